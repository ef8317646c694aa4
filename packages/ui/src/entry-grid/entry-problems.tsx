import { useText } from '../text.tsx'
import type { EntryItem, EntryProblem } from './entry.ts'

export type EntryProblemsProps = {
  readonly gridId: string
  readonly items: readonly EntryItem[]
  readonly problems: readonly EntryProblem[]
  /** Nobody has typed anything: that there is no problem says nothing yet. */
  readonly untouched?: boolean
}

/** Everything to be dealt with, in the order of the form; a click or Enter jumps to the cell. */
export function EntryProblems({ gridId, items, problems, untouched = false }: EntryProblemsProps) {
  const text = useText()
  const order = new Map(items.map((item, index) => [item.key, { index, label: item.label }]))
  const listed = [...problems].sort((a, b) => (order.get(a.key)?.index ?? 0) - (order.get(b.key)?.index ?? 0))
  const warnings = problems.filter(({ level }) => level === 'warning').length
  const jump = (key: string) => {
    const cell = document.getElementById(`${gridId}-${key}`)
    cell?.scrollIntoView({ block: 'center' })
    cell?.focus()
  }
  return (
    <aside className="gl-entry-problems" aria-label={text('entry.problems')}>
      <h2>{text('entry.problems')}</h2>
      <p className="gl-hint" role="status">
        {problems.length === 0
          ? text(untouched ? 'entry.problems.untouched' : 'entry.problems.none')
          : text('entry.problems.count', { errors: problems.length - warnings, warnings })}
      </p>
      <ul>
        {listed.map((problem, index) => (
          <li key={`${problem.key}-${index}`}>
            <button
              type="button"
              className={`gl-problem gl-problem-${problem.level}`}
              onClick={() => jump(problem.key)}
            >
              <span className="gl-problem-level">
                {text(problem.level === 'warning' ? 'entry.warning' : 'entry.error')}
              </span>
              <strong>{order.get(problem.key)?.label}</strong>
              <span>{problem.level === 'faulty' ? text('entry.faulty', { reason: problem.text }) : problem.text}</span>
            </button>
          </li>
        ))}
      </ul>
    </aside>
  )
}
