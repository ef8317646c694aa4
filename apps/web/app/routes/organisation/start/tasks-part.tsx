import { Link } from '@remix-run/react'
import { useText } from '@gonglian/ui'
import { useAct } from '../../../act.ts'
import { useKeepingPeriod } from '../../../address.ts'
import { pickTasks } from '../../desk/task-groups.ts'
import { TaskItem } from '../../desk/tasks-panel.tsx'
import type { OverviewData } from './loaded.ts'

/** The desk has all of them. */
const linesShown = 5

/** The most pressing tasks of the domain; the desk lists all. */
export function TasksPart({ kinds }: { readonly kinds: OverviewData['tasks'] }) {
  const text = useText()
  const keep = useKeepingPeriod()
  const { act, busy, refusal } = useAct()
  const { lines, total } = pickTasks(kinds, linesShown)
  return (
    <section className="panel" aria-labelledby="overview-tasks">
      <h2 id="overview-tasks">
        {text('desk.waiting')} {total > 0 ? <span className="desk-count">{total}</span> : null}
      </h2>
      {total === 0 ? <p className="gl-hint">{text('desk.waiting.none')}</p> : null}
      {refusal ? (
        <p className="gl-error-text" role="alert">
          {refusal.message}
        </p>
      ) : null}
      <ul className="desk-list desk-tasks">
        {lines.map(({ kind, row }) => (
          <TaskItem
            key={`${kind.key} ${row.id}`}
            kind={kind}
            row={row}
            busy={busy}
            onSettle={(key, id) => void act((api) => api.tasks.settleTask.mutate({ key, id }))}
          />
        ))}
      </ul>
      {total > lines.length ? (
        <p className="desk-later">
          <Link to={keep('/')}>{text('overview.tasks.all', { count: total })}</Link>
        </p>
      ) : null}
    </section>
  )
}
