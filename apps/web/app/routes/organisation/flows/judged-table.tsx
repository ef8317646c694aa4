import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { useAddress, useTableQuery } from '../../../address.ts'
import { exportsOf } from '../../../table-export.ts'
import { nameVerdict, type Judged } from './flow.ts'

type Verdict = Judged['rows'][number]

/** Township by township: whether the trainings of the year were enough. */
export function JudgedTable({ judged }: { readonly judged: Judged }) {
  const text = useText()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('judged')
  const columns: readonly DataColumn<Verdict>[] = [
    { key: 'name', title: text('registers.body'), render: ({ name }) => name },
    { key: 'held', title: text('flows.held'), figure: true, render: ({ held, required }) => `${held} / ${required}` },
    { key: 'attendance', title: text('flows.attendance'), figure: true, render: ({ attendance }) => attendance },
    {
      key: 'outgoing',
      title: text('flows.outgoingAttendance'),
      figure: true,
      render: ({ outgoingAttendance }) => outgoingAttendance,
    },
    {
      key: 'verdict',
      title: text('flows.verdict'),
      filters: (['yes', 'no'] as const).map((value) => ({ value, label: text(`flows.filter.${value}`) })),
      render: ({ complies }) => {
        const word = nameVerdict(complies)
        const mark = word === 'yes' ? 'check-mark-met' : word === 'no' ? 'check-mark-unmet' : ''
        return <span className={`check-mark ${mark}`}>{text(`flows.verdict.${word}`)}</span>
      },
    },
  ]
  return (
    <section>
      <h2>{text('flows.judged')}</h2>
      <DataTable
        label={text('flows.judged')}
        rows={judged.rows}
        rowKey={({ body }) => body}
        columns={columns}
        query={query}
        onQuery={setQuery}
        total={judged.total}
        exports={exportsOf('/organisation/members/judged/export.csv', params)}
        empty={<EmptyState title={text('flows.judged.empty')} text={text('flows.judged.empty.text')} />}
      />
    </section>
  )
}
