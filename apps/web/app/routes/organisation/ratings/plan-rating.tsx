import { useLocale, useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { readTyped } from '../day.ts'
import { findUnions } from '../find-union.ts'
import { nameLevel, quarters, type Scheme } from './rating.ts'

/** Puts a union (or the body itself) into the plan of a year. */
export function PlanRating({ scheme, year }: { readonly scheme: Scheme; readonly year: number }) {
  const text = useText()
  const locale = useLocale()
  return (
    <ActDialog
      primary
      label={text('ratings.plan')}
      title={text('ratings.plan.title', { year: String(year) })}
      fields={[
        ...(scheme.subject === 'union'
          ? [
              {
                name: 'union',
                label: text('registers.union'),
                kind: 'find',
                find: findUnions,
                paths: ['rows.0', 'rows.0.unionId'],
              } as const,
            ]
          : []),
        {
          name: 'rank',
          label: text('ratings.level'),
          kind: 'choice',
          initial: '1',
          paths: ['rows.0.rank'],
          options: scheme.levels.map(({ rank }) => ({ value: String(rank), label: nameLevel(scheme, rank, locale) })),
        },
        {
          name: 'quarter',
          label: text('ratings.quarter'),
          kind: 'choice',
          initial: '4',
          paths: ['rows.0.quarter'],
          options: quarters.map((quarter) => ({ value: quarter, label: text('ratings.quarterOf', { quarter }) })),
        },
      ]}
      run={(api, values) =>
        api.ratings.planRatings.mutate({
          schemeId: scheme.schemeId,
          year,
          rows: [
            {
              unionId: scheme.subject === 'union' ? readTyped(values['union']) : null,
              quarter: readTyped(values['quarter']),
              rank: readTyped(values['rank']),
            },
          ],
        })
      }
    />
  )
}
