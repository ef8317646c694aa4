import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import type { Api } from '../../../act.ts'
import { readEveryPage } from '../../../every-page.ts'
import { findEmployers } from '../finders.ts'
import { knownOf } from '../unions/union.ts'
import type { UnionRow, coverageModes } from './union.ts'

export type CoverActProps = {
  readonly union: UnionRow
  readonly offered: ReturnType<typeof coverageModes>
}

/** The employers of a park that are in no union yet: a joint union takes them all at once (M014). */
async function findUncovered(api: Api, park: string, bodyId: number): Promise<number[]> {
  if (park === '') return []
  const rows = await readEveryPage((part) =>
    api.employers.listEmployers.query({ park, union: 'without', sort: 'newest', ...part }),
  )
  return rows.filter(({ tenantId }) => tenantId === bodyId).map(({ id }) => id)
}

/** Puts one employer, or those of a park, under the union. */
export function CoverAct({ union, offered }: CoverActProps) {
  const text = useText()
  return (
    <ActDialog
      label={text('unions.cover')}
      title={text('unions.cover')}
      fields={[
        {
          name: 'scope',
          label: text('unions.cover.scope'),
          kind: 'choice',
          initial: 'one',
          options: (['one', 'park'] as const).map((one) => ({ value: one, label: text(`unions.cover.scope.${one}`) })),
        },
        {
          name: 'employerIds',
          label: text('unions.employer'),
          kind: 'find',
          find: findEmployers(union.tenant_id),
          when: (values) => values['scope'] === 'one',
        },
        {
          name: 'park',
          label: text('employers.park'),
          kind: 'text',
          maxLength: 80,
          hint: text('unions.cover.park.hint'),
          paths: ['employerIds'],
          when: (values) => values['scope'] === 'park',
        },
        {
          name: 'mode',
          label: text('unions.cover.mode'),
          kind: 'choice',
          initial: offered[0] ?? '',
          options: offered.map((mode) => ({ value: mode, label: text(`unions.mode.${mode}`) })),
        },
        { name: 'from', label: text('unions.cover.from'), kind: 'date', initial: 'today' },
        { name: 'note', label: text('unions.note'), kind: 'text', optional: true },
      ]}
      run={async (api, values) =>
        api.coverage.coverEmployers.mutate({
          unionId: union.id,
          employerIds:
            values['scope'] === 'park'
              ? await findUncovered(api, values['park'] ?? '', union.tenant_id)
              : values['employerIds']
                ? [Number(values['employerIds'])]
                : [],
          mode: knownOf(offered, values['mode'] ?? '') ?? 'custody',
          from: values['from'] ?? '',
          note: values['note'] ?? '',
        })
      }
    />
  )
}
