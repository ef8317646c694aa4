import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { readWhole } from '../../../act-values.ts'
import { useAddress, useTableQuery } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import { knownOf } from '../unions/union.ts'
import { askPlace, readPlace } from './place.ts'
import { activityKinds, type Activities, type Activity } from './women.ts'

/** What was done for and by women workers in a year. */
export function ActivityTable({ activities, bodyId }: { readonly activities: Activities; readonly bodyId: number }) {
  const text = useText()
  const may = useMay()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('activities')
  const columns: readonly DataColumn<Activity>[] = [
    { key: 'name', title: text('women.activity'), render: ({ name }) => name },
    {
      key: 'kind',
      title: text('women.activity.kind'),
      filters: activityKinds.map((value) => ({ value, label: text(`women.activityKind.${value}`) })),
      render: ({ kind }) => text(`women.activityKind.${kind}`),
    },
    { key: 'place', title: text('women.place'), render: ({ unionName, bodyName }) => unionName ?? bodyName },
    { key: 'held', title: text('women.heldOn'), sortable: true, render: ({ heldOn }) => heldOn },
    { key: 'persons', title: text('women.persons'), figure: true, sortable: true, render: ({ persons }) => persons },
  ]
  const place = { place: text('women.place'), itself: text('registers.itself'), union: text('registers.union') }
  return (
    <DataTable
      label={text('women.activity')}
      rows={activities.rows}
      rowKey={({ activityId }) => String(activityId)}
      columns={columns}
      query={query}
      onQuery={setQuery}
      total={activities.total}
      exports={exportsOf('/organisation/women/activities/export.csv', params)}
      tools={
        <>
          <span className="gl-hint gl-figure-text">{text('women.persons.sum', { persons: activities.persons })}</span>
          {may('organisation:write') ? (
            <ActDialog
              label={text('women.activity.record')}
              title={text('women.activity.record')}
              fields={[
                ...askPlace(place, bodyId),
                { name: 'name', label: text('women.activity'), kind: 'text', maxLength: 80 },
                {
                  name: 'kind',
                  label: text('women.activity.kind'),
                  kind: 'choice',
                  initial: 'other',
                  options: activityKinds.map((value) => ({ value, label: text(`women.activityKind.${value}`) })),
                },
                { name: 'heldOn', label: text('women.heldOn'), kind: 'date', initial: 'today' },
                { name: 'persons', label: text('women.persons'), kind: 'number' },
              ]}
              run={(api, values) =>
                api.women.recordWomenActivity.mutate({
                  unionId: readPlace(values),
                  name: values['name'] ?? '',
                  kind: knownOf(activityKinds, values['kind'] ?? '') ?? 'other',
                  heldOn: values['heldOn'] ?? '',
                  persons: readWhole(values['persons']),
                })
              }
            />
          ) : null}
        </>
      }
      empty={<EmptyState title={text('women.activities.none')} />}
    />
  )
}
