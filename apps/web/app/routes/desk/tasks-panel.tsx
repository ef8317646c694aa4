import { Link } from '@remix-run/react'
import { formatPeriod, useLocale, useText } from '@gonglian/ui'
import { translateUnknown } from '@gonglian/ui/messages'
import { useState } from 'react'
import { useAct } from '../../act.ts'
import { useKeepingPeriod } from '../../address.ts'
import type { TaskKind, TaskLine } from './loaded.ts'
import { groupTasks, type StepGroup } from './task-groups.ts'

/** Lines of one step that are shown before somebody asks for more. */
const linesShown = 6

/** What waits for me, by what I do next; what is overdue stands first. */
export function TasksPanel({ kinds }: { readonly kinds: readonly TaskKind[] }) {
  const text = useText()
  const { act, busy, refusal } = useAct()
  const groups = groupTasks(kinds)
  const total = kinds.reduce((sum, kind) => sum + kind.total, 0)
  const overdue = kinds.reduce((sum, kind) => sum + kind.overdue, 0)
  const settle = (key: string, id: string) => void act((api) => api.tasks.settleTask.mutate({ key, id }))
  return (
    <section className="panel" aria-labelledby="desk-tasks">
      <h2 id="desk-tasks">
        {text('desk.waiting')} {total > 0 ? <span className="desk-count">{total}</span> : null}
        {overdue > 0 ? <span className="desk-overdue">{text('tasks.overdue', { count: overdue })}</span> : null}
      </h2>
      {total === 0 ? (
        <p className="desk-nothing">
          {text('desk.waiting.none')}
          <span className="gl-hint">{text('desk.waiting.noneText')}</span>
        </p>
      ) : null}
      {refusal ? (
        <p className="gl-error-text" role="alert">
          {refusal.message}
        </p>
      ) : null}
      {groups.map((group) => (
        <TaskGroup key={group.step} group={group} busy={busy} onSettle={settle} />
      ))}
    </section>
  )
}

type GroupProps = {
  readonly group: StepGroup
  readonly busy: boolean
  readonly onSettle: (key: string, id: string) => void
}

function TaskGroup({ group, busy, onSettle }: GroupProps) {
  const text = useText()
  const locale = useLocale()
  const keep = useKeepingPeriod()
  const [isWhole, setIsWhole] = useState(false)
  const { step, lines, beyond, later } = group
  // Nobody presses a button for one or two more.
  const shown = isWhole || lines.length <= linesShown + 2 ? lines : lines.slice(0, linesShown)
  const hidden = lines.length - shown.length
  return (
    <>
      <h3>{text(`tasks.step.${step}`)}</h3>
      <ul className="desk-list desk-tasks">
        {shown.map(({ kind, row }) => (
          <TaskItem key={`${kind.key} ${row.id}`} kind={kind} row={row} busy={busy} onSettle={onSettle} />
        ))}
      </ul>
      {hidden > 0 ? (
        <p className="desk-later">
          <button type="button" className="gl-link-button" onClick={() => setIsWhole(true)}>
            {text('tasks.more', { count: hidden })}
          </button>
        </p>
      ) : null}
      {[
        ...beyond.map((kind) => ({ kind, words: text('tasks.all', { count: kind.total }) })),
        ...later.map((kind) => ({ kind, words: text('tasks.later', { count: kind.later }) })),
      ].map(({ kind, words }) => (
        <p key={`${kind.key} ${words}`} className="desk-later">
          <Link to={keep(kind.all ?? '/')}>
            {translateUnknown(locale, `tasks.${kind.key}`)}: {words}
          </Link>
        </p>
      ))}
    </>
  )
}

type ItemProps = Pick<GroupProps, 'busy' | 'onSettle'> & { readonly kind: TaskKind; readonly row: TaskLine }

/** One task: what it is about, what is to be done and until when, and the button that does it. */
export function TaskItem({ kind, row, busy, onSettle }: ItemProps) {
  const text = useText()
  const locale = useLocale()
  const keep = useKeepingPeriod()
  const kindName = translateUnknown(locale, `tasks.${kind.key}`)
  const act = translateUnknown(locale, `tasks.${kind.key}.act`)
  const name = row.title === null ? kindName : locale === 'en' ? row.title.en : row.title.zh
  const title = row.period === undefined ? name : `${name} · ${formatPeriod(row.period, locale)}`
  const hints = [
    row.title === null || kind.step === 'urged' ? [] : kindName,
    row.count === undefined ? [] : text('tasks.count', { count: row.count }),
    row.body ?? [],
    (row.notes ?? []).map(({ key, params }) => translateUnknown(locale, key, params)),
    row.since === null ? [] : text('tasks.since', { date: row.since }),
  ].flat()
  const label = text('tasks.actOn', { act, title })
  return (
    <li data-urgency={row.urgency}>
      <div>
        {kind.isSettledHere ? <Link to={keep(row.to)}>{title}</Link> : <span className="desk-task-title">{title}</span>}
        <p className="gl-hint">
          <DaysLeft row={row} />
          {row.daysLeft !== null && hints.length > 0 ? ' · ' : ''}
          {hints.join(' · ')}
        </p>
      </div>
      {kind.isSettledHere ? (
        <button
          type="button"
          className="gl-button desk-act"
          disabled={busy}
          aria-label={label}
          onClick={() => onSettle(kind.key, row.id)}
        >
          {act}
        </button>
      ) : (
        <Link className="gl-button desk-act" to={keep(row.to)} aria-label={label}>
          {act}
        </Link>
      )}
    </li>
  )
}

function DaysLeft({ row: { urgency, daysLeft, due } }: { readonly row: TaskLine }) {
  const text = useText()
  if (daysLeft === null || due === null) return null
  const words =
    urgency === 'overdue'
      ? text('desk.over', { days: -daysLeft })
      : urgency === 'today'
        ? text('desk.today')
        : text('desk.left', { days: daysLeft })
  return (
    <span className={`desk-due desk-due-${urgency}`} title={text('tasks.due', { date: due })}>
      {words}
    </span>
  )
}
