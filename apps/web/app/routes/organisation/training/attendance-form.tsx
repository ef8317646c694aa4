import { DataTable, EmptyState, useText, type DataColumn } from '@gonglian/ui'
import { useState } from 'react'
import { readWhole } from '../../../act-values.ts'
import { useAct } from '../../../act.ts'
import { useTableQuery } from '../../../address.ts'
import { TextField } from '../../../text-field.tsx'
import { attendances, type Officer, type Officers, type TrainingView } from '../cadres/cadre.ts'
import { knownOf } from '../unions/union.ts'

type Result = (typeof attendances)[number]
export type AttendanceFormProps = {
  readonly view: TrainingView
  /** A page of the roster; what was chosen stays chosen while one searches on. */
  readonly roster: Officers
}

/** Notes who of the roster was there. What is saved replaces what was noted before. */
export function AttendanceForm({ view, roster }: AttendanceFormProps) {
  const { training, attendance } = view
  const text = useText()
  const { act, busy, refusal } = useAct()
  const [query, setQuery] = useTableQuery('roster')
  const [audience, setAudience] = useState(String(training.audience))
  const [chosen, setChosen] = useState<ReadonlyMap<number, Result>>(
    () =>
      new Map(
        attendance.flatMap(({ officerId, result }) => {
          const known = knownOf(attendances, result)
          return known === null ? [] : [[officerId, known] as const]
        }),
      ),
  )
  const choose = (officerId: number, value: string) => {
    const next = new Map(chosen)
    const known = knownOf(attendances, value)
    if (known === null) next.delete(officerId)
    else next.set(officerId, known)
    setChosen(next)
  }
  const wrong = refusal?.fields.find(({ path }) => path === 'audience')?.message ?? null
  const columns: readonly DataColumn<Officer>[] = [
    { key: 'name', title: text('cadres.name'), render: ({ name }) => name },
    { key: 'post', title: text('cadres.post'), render: ({ post }) => text(`cadres.post.${post}`) },
    { key: 'place', title: text('cadres.place'), render: ({ unionName, bodyName }) => unionName ?? bodyName },
    {
      key: 'result',
      title: text('cadres.attendance'),
      render: ({ officerId, name }) => (
        <select
          className="gl-input"
          aria-label={text('cadres.attendance.of', { name })}
          value={chosen.get(officerId) ?? ''}
          onChange={(event) => choose(officerId, event.target.value)}
        >
          <option value="">{text('cadres.attendance.not')}</option>
          {attendances.map((value) => (
            <option key={value} value={value}>
              {text(`cadres.attendance.${value}`)}
            </option>
          ))}
        </select>
      ),
    },
  ]
  const present = [...chosen.values()].filter((result) => result !== 'absent').length
  const save = () =>
    act((api) =>
      api.cadres.holdTraining.mutate({
        trainingId: training.id,
        version: training.version,
        audience: readWhole(audience),
        officers: [...chosen].map(([officerId, result]) => ({ officerId, result })),
      }),
    )
  return (
    <section aria-label={text('cadres.training.hold')}>
      <h2>{text('cadres.training.hold')}</h2>
      <p className="gl-hint">{text('cadres.training.hold.text')}</p>
      <div className="fields attendance-audience">
        <TextField
          name="audience"
          label={text('cadres.training.audience')}
          value={audience}
          onChange={setAudience}
          wrong={wrong}
          maxLength={6}
          plain
        />
      </div>
      <DataTable
        label={text('cadres.training.roster')}
        rows={roster.rows}
        rowKey={({ officerId }) => String(officerId)}
        columns={columns}
        query={query}
        onQuery={setQuery}
        total={roster.total}
        empty={<EmptyState title={text('cadres.empty')} text={text('cadres.empty.text')} />}
      />
      <div className="ledger-save">
        <button type="button" className="gl-button gl-button-main" disabled={busy} onClick={() => void save()}>
          {text('cadres.training.hold.save')}
        </button>
        <span role="status">{text('cadres.training.hold.chosen', { count: chosen.size, present })}</span>
        {refusal && wrong === null ? (
          <span className="gl-error-text" role="alert">
            {refusal.message}
          </span>
        ) : null}
      </div>
    </section>
  )
}
