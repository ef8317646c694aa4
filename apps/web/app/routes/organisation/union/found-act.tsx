import { useText } from '@gonglian/ui'
import { electedBodies } from '@gonglian/organisation/codes'
import { ActDialog } from '../../../act-dialog.tsx'
import { readRows, readWhole } from '../../../act-values.ts'
import { knownOf } from '../unions/union.ts'
import type { UnionView } from './union.ts'

/** The founding: who came to its congress, and the votes of those who were applied for; a dispatched body is not elected. */
export function FoundAct({ view }: { readonly view: UnionView }) {
  const text = useText()
  const { union, founding } = view
  const rows = (founding?.bodies ?? []).flatMap(({ body, candidates }) =>
    candidates.map(({ name }) => ({ body, bodyName: text(`unions.termOf.${body}`), name, votes: '' })),
  )
  return (
    <ActDialog
      primary
      wide
      label={text('unions.found')}
      title={text('unions.found.title', { name: union.name })}
      text={
        founding === null
          ? text('unions.found.dispatched')
          : text('elections.hold.text', { eligible: founding.eligible })
      }
      fields={[
        { name: 'on', label: text('unions.founded'), kind: 'date', initial: 'today' },
        ...(founding === null
          ? []
          : [
              { name: 'present', paths: ['congress.present'], label: text('slate.present'), kind: 'number' as const },
              {
                name: 'votes',
                paths: ['congress'],
                label: text('elections.hold.votes'),
                kind: 'rows' as const,
                isFixed: true,
                initial: JSON.stringify(rows),
                columns: [
                  { name: 'bodyName', label: text('slate.body'), kind: 'said' as const },
                  { name: 'name', label: text('elections.candidate'), kind: 'said' as const },
                  { name: 'votes', label: text('slate.votes'), kind: 'number' as const },
                ],
              },
            ]),
      ]}
      run={(api, values) =>
        api.unions.foundUnion.mutate({
          unionId: union.id,
          version: union.version,
          on: values['on'] ?? '',
          congress:
            founding === null
              ? null
              : {
                  present: readWhole(values['present']),
                  votes: readRows(values['votes']).map((row) => ({
                    body: knownOf(electedBodies, row['body'] ?? '') ?? 'union_committee',
                    name: row['name'] ?? '',
                    votes: readWhole(row['votes']),
                  })),
                },
        })
      }
    />
  )
}
