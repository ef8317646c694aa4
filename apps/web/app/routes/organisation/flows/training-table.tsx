import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { ActDialog } from '../../../act-dialog.tsx'
import { readWhole, readWholeOrNull } from '../../../act-values.ts'
import { useAddress, useTableQuery } from '../../../address.ts'
import { useMay } from '../../../may.ts'
import { exportsOf } from '../../../table-export.ts'
import type { Trainings } from './flow.ts'

type Training = Trainings['rows'][number]

/** The trainings of a year, of the own body and those below. */
export function TrainingTable({ trainings, year }: { readonly trainings: Trainings; readonly year: number }) {
  const text = useText()
  const may = useMay()
  const { params } = useAddress()
  const [query, setQuery] = useTableQuery('trainings')
  const columns: readonly DataColumn<Training>[] = [
    { key: 'on', title: text('flows.heldOn'), render: ({ heldOn }) => heldOn },
    { key: 'topic', title: text('flows.topic'), render: ({ topic }) => topic },
    { key: 'attendance', title: text('flows.attendance'), figure: true, render: ({ attendance }) => attendance },
    {
      key: 'outgoing',
      title: text('flows.outgoingAttendance'),
      figure: true,
      render: ({ outgoingAttendance }) => outgoingAttendance,
    },
    { key: 'body', title: text('registers.body'), render: ({ bodyName }) => bodyName },
    { key: 'by', title: text('flows.by'), render: ({ actor }) => actor },
  ]
  return (
    <section>
      <div className="register-head">
        <h2>{text('flows.trainings', { year: String(year) })}</h2>
        {may('member:write') ? <RecordTraining /> : null}
      </div>
      <DataTable
        label={text('flows.trainings', { year: String(year) })}
        rows={trainings.rows}
        rowKey={({ id }) => String(id)}
        columns={columns}
        query={query}
        onQuery={setQuery}
        total={trainings.total}
        hideSearch
        exports={exportsOf('/organisation/members/trainings/export.csv', params)}
        empty={<EmptyState title={text('flows.trainings.empty')} text={text('flows.trainings.empty.text')} />}
      />
    </section>
  )
}

function RecordTraining() {
  const text = useText()
  return (
    <ActDialog
      label={text('flows.record')}
      title={text('flows.record')}
      text={text('flows.record.text')}
      fields={[
        { name: 'heldOn', label: text('flows.heldOn'), kind: 'date', initial: 'today' },
        { name: 'topic', label: text('flows.topic'), kind: 'text', maxLength: 120 },
        { name: 'attendance', label: text('flows.attendance'), kind: 'number' },
        { name: 'outgoingAttendance', label: text('flows.outgoingAttendance'), kind: 'number', optional: true },
      ]}
      run={(api, values) =>
        api.members.recordTraining.mutate({
          heldOn: values['heldOn'] ?? '',
          topic: values['topic'] ?? '',
          attendance: readWhole(values['attendance']),
          outgoingAttendance: readWholeOrNull(values['outgoingAttendance']) ?? 0,
        })
      }
    />
  )
}
