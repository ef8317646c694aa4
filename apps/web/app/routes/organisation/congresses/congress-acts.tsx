import { useText } from '@gonglian/ui'
import { ActDialog, type ActValues } from '../../../act-dialog.tsx'
import { readLines, readWhole, readWholeOrNull } from '../../../act-values.ts'
import { useMay } from '../../../may.ts'
import { listWhoseFields } from '../whose-fields.ts'
import type { Congress } from './congress.ts'

/** Who called for it out of turn; null: nobody. */
function readCall(values: ActValues) {
  if (values['calledBy'] === 'committee')
    return { proposedBy: 'committee' as const, members: readWhole(values['extraordinary.members']), proposers: 0 }
  if (values['calledBy'] !== 'members') return null
  return {
    proposedBy: 'members' as const,
    members: readWhole(values['extraordinary.members']),
    proposers: readWhole(values['extraordinary.proposers']),
  }
}

/** Prepares a congress, of the body itself or of one of its unions. */
export function PlanAct({ bodyId }: { readonly bodyId: number }) {
  const text = useText()
  return (
    <ActDialog
      primary
      label={text('congresses.plan')}
      title={text('congresses.plan')}
      fields={[
        ...listWhoseFields(text, bodyId, 'own'),
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
        { name: 'number', label: text('congresses.number'), kind: 'number' },
        { name: 'plannedOn', label: text('elections.planned'), kind: 'date' },
        { name: 'delegatesPlanned', label: text('congresses.delegates'), kind: 'number' },
        {
          name: 'calledBy',
          label: text('congresses.calledBy'),
          kind: 'choice',
          initial: 'regular',
          options: (['regular', 'committee', 'members'] as const).map((value) => ({
            value,
            label: text(`congresses.calledBy.${value}`),
          })),
        },
        {
          name: 'extraordinary.members',
          label: text('slate.memberCount'),
          kind: 'number',
          when: (values) => values['calledBy'] !== 'regular',
        },
        {
          name: 'extraordinary.proposers',
          label: text('congresses.proposers'),
          kind: 'number',
          when: (values) => values['calledBy'] === 'members',
        },
      ]}
      run={(api, values) =>
        api.congresses.planCongress.mutate({
          unionId: values['whose'] === 'union' ? Number(values['unionId']) : null,
          kind: values['kind'] === 'women' ? 'women' : 'union',
          number: readWhole(values['number']),
          plannedOn: values['plannedOn'] ?? '',
          delegatesPlanned: readWhole(values['delegatesPlanned']),
          extraordinary: readCall(values),
        })
      }
    />
  )
}

/** Enters what a congress was, or that there will be none. */
export function CongressActs({ congress, quiet = false }: { readonly congress: Congress; readonly quiet?: boolean }) {
  const text = useText()
  const may = useMay()
  const seen = { congressId: congress.id, version: congress.version }
  if (congress.state !== 'preparing') return null
  return (
    <span className={quiet ? 'row-acts' : 'acts'}>
      {may('organisation:write') ? (
        <ActDialog
          quiet={quiet}
          primary={!quiet}
          label={text('congresses.hold')}
          title={text('congresses.hold')}
          text={text('congresses.hold.text', {
            planned: congress.delegates_planned,
            least: Math.ceil((congress.delegates_planned * 2) / 3),
          })}
          fields={[
            { name: 'from', label: text('congresses.from'), kind: 'date', initial: 'today' },
            { name: 'to', label: text('congresses.to'), kind: 'date', initial: 'today' },
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
          quiet={quiet}
          label={text('congresses.cancel')}
          title={text('congresses.cancel.title')}
          fields={[{ name: 'reason', label: text('unions.end.reason'), kind: 'lines', maxLength: 300 }]}
          run={(api, values) => api.congresses.cancelCongress.mutate({ ...seen, reason: values['reason'] ?? '' })}
        />
      ) : null}
    </span>
  )
}
