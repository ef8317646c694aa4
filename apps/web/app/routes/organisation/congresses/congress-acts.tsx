import type { RouterOutputs } from '@gonglian/api'
import { useText } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { readLines, readToday, readWhole, readWholeOrNull } from '../../../act-values.ts'
import { useMay } from '../../../may.ts'
import { findUnions } from '../finders.ts'

export type Congress = RouterOutputs['congresses']['listCongresses']['rows'][number]

/** Prepares a congress, of the body itself or of one of its unions. */
export function PlanAct({ bodyId }: { readonly bodyId: number }) {
  const text = useText()
  return (
    <ActDialog
      primary
      label={text('congresses.plan')}
      title={text('congresses.plan')}
      fields={[
        {
          name: 'whose',
          label: text('terms.whose'),
          kind: 'choice',
          initial: 'own',
          options: [
            { value: 'own', label: text('terms.whose.own') },
            { value: 'union', label: text('terms.whose.union') },
          ],
        },
        {
          name: 'unionId',
          label: text('unions.name'),
          kind: 'find',
          find: findUnions(bodyId),
          when: (values) => values['whose'] === 'union',
        },
        {
          name: 'kind',
          label: text('congresses.kind'),
          kind: 'choice',
          initial: 'union',
          options: (['union', 'women'] as const).map((kind) => ({
            value: kind,
            label: text(`congresses.kind.${kind}`),
          })),
        },
        { name: 'number', label: text('terms.number'), kind: 'number' },
        { name: 'plannedOn', label: text('elections.planned'), kind: 'date' },
        { name: 'delegatesPlanned', label: text('congresses.delegates'), kind: 'number' },
        { name: 'isExtraordinary', label: text('congresses.extraordinary'), kind: 'check' },
        {
          name: 'extraordinary.members',
          label: text('slate.memberCount'),
          kind: 'number',
          when: (values) => values['isExtraordinary'] === 'yes',
        },
        {
          name: 'extraordinary.proposers',
          label: text('congresses.proposers'),
          kind: 'number',
          when: (values) => values['isExtraordinary'] === 'yes',
        },
      ]}
      run={(api, values) =>
        api.congresses.planCongress.mutate({
          unionId: values['whose'] === 'union' ? Number(values['unionId']) : null,
          kind: values['kind'] === 'women' ? 'women' : 'union',
          number: readWhole(values['number']),
          plannedOn: values['plannedOn'] ?? '',
          delegatesPlanned: readWhole(values['delegatesPlanned']),
          extraordinary:
            values['isExtraordinary'] === 'yes'
              ? {
                  proposedBy: 'members',
                  members: readWhole(values['extraordinary.members']),
                  proposers: readWhole(values['extraordinary.proposers']),
                }
              : null,
        })
      }
    />
  )
}

/** Enters what a congress was, or that there will be none. */
export function CongressActs({ congress }: { readonly congress: Congress }) {
  const text = useText()
  const may = useMay()
  const seen = { congressId: congress.id, version: congress.version }
  if (congress.state !== 'preparing') return null
  return (
    <span className="row-acts">
      {may('organisation:write') ? (
        <ActDialog
          quiet
          label={text('congresses.hold')}
          title={text('congresses.hold')}
          fields={[
            { name: 'from', label: text('campaigns.from'), kind: 'date', initial: readToday() },
            { name: 'to', label: text('campaigns.to'), kind: 'date', initial: readToday() },
            { name: 'delegatesPresent', label: text('congresses.present'), kind: 'number' },
            { name: 'reviewedYears', label: text('congresses.reviewed'), kind: 'number', optional: true },
            { name: 'reports', label: text('congresses.reports'), kind: 'lines', maxLength: 4000, optional: true },
            {
              name: 'resolutions',
              label: text('congresses.resolutions'),
              kind: 'lines',
              maxLength: 4000,
              optional: true,
            },
            { name: 'goals', label: text('congresses.goals'), kind: 'lines', maxLength: 4000, optional: true },
          ]}
          run={(api, values) =>
            api.congresses.holdCongress.mutate({
              ...seen,
              from: values['from'] ?? '',
              to: values['to'] ?? '',
              delegatesPresent: readWhole(values['delegatesPresent']),
              reviewedYears: readWholeOrNull(values['reviewedYears']),
              reports: readLines(values['reports']),
              resolutions: readLines(values['resolutions']),
              goals: values['goals'] ?? '',
            })
          }
        />
      ) : null}
      {may('organisation:approve') ? (
        <ActDialog
          quiet
          label={text('congresses.cancel')}
          title={text('congresses.cancel')}
          fields={[{ name: 'reason', label: text('unions.end.reason'), kind: 'lines', maxLength: 300 }]}
          run={(api, values) => api.congresses.cancelCongress.mutate({ ...seen, reason: values['reason'] ?? '' })}
        />
      ) : null}
    </span>
  )
}
