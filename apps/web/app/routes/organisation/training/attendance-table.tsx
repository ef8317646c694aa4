import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useTableQuery } from '../../../address.ts'
import { exportsOf } from '../../../table-export.ts'
import { attendances, type TrainingView } from '../cadres/cadre.ts'
import { knownOf } from '../unions/union.ts'

type Attendance = TrainingView['attendance'][number]
export type AttendanceTableProps = {
  readonly trainingId: number
  readonly attendance: readonly Attendance[]
}

/** Who was there, passed, or stayed away. */
export function AttendanceTable({ trainingId, attendance }: AttendanceTableProps) {
  const text = useText()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('attendance')
  const columns: readonly DataColumn<Attendance>[] = [
    { key: 'name', title: text('cadres.name'), value: ({ name }) => name },
    { key: 'post', title: text('cadres.post'), value: ({ post }) => text(`cadres.post.${post}`) },
    { key: 'place', title: text('cadres.place'), value: ({ unionName, bodyName }) => unionName ?? bodyName },
    {
      key: 'result',
      title: text('cadres.attendance'),
      value: ({ result }) => result,
      filters: attendances.map((value) => ({ value, label: text(`cadres.attendance.${value}`) })),
      render: ({ result }) => {
        const known = knownOf(attendances, result)
        return known === null ? '—' : text(`cadres.attendance.${known}`)
      },
    },
  ]
  return (
    <section>
      <h2>{text('cadres.attendance.list')}</h2>
      <DataTable
        label={text('cadres.attendance.list')}
        rows={attendance}
        rowKey={({ officerId }) => String(officerId)}
        columns={columns}
        query={query}
        onQuery={setQuery}
        exports={exportsOf(`/organisation/cadres/trainings/${trainingId}/export.csv`, params)}
        empty={<EmptyState title={text('cadres.attendance.none')} />}
      />
    </section>
  )
}
