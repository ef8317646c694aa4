import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { readWhole } from '../../../act-values.ts'
import { useSlateFields, readSlateBodies } from '../slate.ts'
import type { UnionRow } from './union.ts'

/** The founding: its congress and what it elected; a dispatched body is not elected. */
export function FoundAct({ union }: { readonly union: UnionRow }) {
  const text = useText()
  const fields = useSlateFields({
    isFederation: union.kind.startsWith('UNION_ASSOC') || union.kind === 'FEDERATION_TOWNSHIP',
    votes: true,
  })
  const isDispatched = union.kind === 'WORK_COMMITTEE'
  return (
    <ActDialog
      primary
      wide
      label={text('unions.found')}
      title={text('unions.found.title', { name: union.name })}
      text={text(isDispatched ? 'unions.found.dispatched' : 'unions.found.text')}
      fields={[
        { name: 'on', label: text('unions.founded'), kind: 'date', initial: 'today' },
        ...(isDispatched ? [] : fields),
      ]}
      run={(api, values) =>
        api.unions.foundUnion.mutate({
          unionId: union.id,
          version: union.version,
          on: values['on'] ?? '',
          congress: isDispatched
            ? null
            : {
                memberCount: readWhole(values['memberCount']),
                electorate: values['electorate'] === 'representatives' ? 'representatives' : 'members',
                eligible: readWhole(values['eligible']),
                present: readWhole(values['present']),
                termYears: readWhole(values['termYears']),
                bodies: readSlateBodies(values).map((ballot) => ({
                  ...ballot,
                  candidates: ballot.candidates.map(({ votes, ...one }) => ({ ...one, votes })),
                })),
              },
        })
      }
    />
  )
}
