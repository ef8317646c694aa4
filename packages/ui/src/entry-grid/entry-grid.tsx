import { readCopied } from '@gonglian/spreadsheets/separated'
import { useId, useMemo, useRef, useState, type ClipboardEvent, type KeyboardEvent } from 'react'
import { useFigureHand } from '../figure-hand.tsx'
import { EmptyState } from '../page-states.tsx'
import { translateUnknown, type Locale } from '../messages/index.ts'
import { useLocale, useText } from '../text.tsx'
import { applyChanges, keepBefore, useDrafts, type BeforePaste, type Drafts } from './entries.ts'
import {
  emptyEntry,
  type EntryChange,
  type EntryColumn,
  type EntryItem,
  type EntryProblem,
  type EntryValue,
  type EntryValues,
} from './entry.ts'
import { EntryProblems } from './entry-problems.tsx'
import { EntryRow } from './entry-row.tsx'
import { planPaste } from './pasting.ts'
import { steerEntry } from './steering.ts'

export type EntryGridProps = {
  readonly items: readonly EntryItem[]
  readonly values: EntryValues
  /** The entries that changed, whole. Called as one types. */
  readonly onChange: (changed: EntryValues) => void
  /** What the rules of the form and the superior say; wrong figures are added by the grid itself. */
  readonly problems: readonly EntryProblem[]
  /** Called with the keys whose text is no figure: such a report can't be submitted. */
  readonly onUnreadable?: (keys: readonly string[]) => void
  readonly readOnly?: boolean
  /** Nobody has typed anything yet. */
  readonly untouched?: boolean
  /** Cells to mark as changed against the last accepted version. */
  readonly changedKeys?: ReadonlySet<string>
}

/** The report as a spreadsheet: one item a row; keyboard, paste, rules beside the cell, a list of problems that jumps to it. */
export function EntryGrid(props: EntryGridProps) {
  const { items, values, onChange, problems, onUnreadable, readOnly = false, untouched = false, changedKeys } = props
  const text = useText()
  const locale = useLocale()
  const hand = useFigureHand()
  const gridId = useId()
  const table = useRef<HTMLTableElement>(null)
  const [drafts, setDrafts] = useDrafts()
  const [said, setSaid] = useState('')
  const [before, setBefore] = useState<BeforePaste | null>(null)

  const change = (changes: readonly EntryChange[]) => {
    const next = applyChanges(hand, items, values, drafts, changes)
    setBefore(null)
    setDrafts(next.drafts)
    onUnreadable?.(Object.keys(next.drafts))
    if (Object.keys(next.values).length > 0) onChange(next.values)
  }
  // Rows are memoised: they get one function that never changes and finds the latest state by itself.
  const latest = useRef(change)
  latest.current = change
  const changeOne = useMemo(() => (entry: EntryChange) => latest.current([entry]), [])

  const paste = (event: ClipboardEvent) => {
    const cell = findCell(event.target)
    const copied = event.clipboardData.getData('text/plain')
    if (!cell || readOnly || !/[\t\n]/.test(copied.replace(/\r?\n$/, ''))) return
    event.preventDefault()
    const plan = planPaste(items, cell, readCopied(copied))
    change(plan.changes)
    if (plan.changes.length > 0) setBefore(keepBefore(values, drafts, plan.changes))
    const count = plan.changes.length
    setSaid(
      plan.skipped === 0
        ? text('entry.pasted', { count })
        : text('entry.pastedSkipped', { count, skipped: plan.skipped }),
    )
  }
  const undoPaste = () => {
    if (before === null) return
    setBefore(null)
    setDrafts(before.drafts)
    onUnreadable?.(Object.keys(before.drafts))
    onChange(before.values)
    setSaid(text('entry.pasteUndone'))
  }
  const steer = (event: KeyboardEvent) => {
    if (table.current) steerEntry(table.current, event)
  }
  const takeAllDerived = () => {
    const taken = items.flatMap(({ key, derived, editable }): [string, EntryValue][] => {
      const before = values[key] ?? emptyEntry
      return derived && editable && before.value === null ? [[key, { ...before, ...derived }]] : []
    })
    onChange(Object.fromEntries(taken))
  }

  const all = useMemo(() => [...listDraftProblems(drafts, locale), ...problems], [drafts, problems, locale])
  const byKey = useMemo(() => groupProblems(all), [all])
  if (items.length === 0) return <EmptyState title={text('entry.empty')} />
  const editable = items.filter((item) => item.editable)
  const filled = editable.filter(({ key }) => (values[key]?.value ?? null) !== null).length
  const canTake =
    !readOnly && editable.some(({ key, derived }) => derived?.value != null && (values[key]?.value ?? null) === null)

  return (
    <div className="gl-entry">
      <div className="gl-entry-main">
        <div className="gl-entry-tools">
          <span>{text('entry.progress', { filled, total: editable.length })}</span>
          {canTake ? (
            <button type="button" className="gl-link-button" onClick={takeAllDerived}>
              {text('entry.takeAllDerived')}
            </button>
          ) : null}
          <span className="gl-hint gl-wide-only">{text(readOnly ? 'entry.readOnly' : 'entry.help')}</span>
          <span className="gl-hint" role="status">
            {said}
          </span>
          {before === null || readOnly ? null : (
            <button type="button" className="gl-link-button" onClick={undoPaste}>
              {text('entry.undoPaste')}
            </button>
          )}
        </div>
        <table ref={table} className="gl-entry-table" aria-label={text('entry.grid')} onPaste={paste} onKeyDown={steer}>
          <thead>
            <tr>
              <th scope="col">{text('entry.item')}</th>
              <th scope="col">{text('entry.unit')}</th>
              <th scope="col" className="gl-figure">
                {text('entry.lastPeriod')}
              </th>
              <th scope="col" className="gl-figure">
                {text('entry.lastYear')}
              </th>
              <th scope="col" className="gl-figure gl-entry-derived">
                {text('entry.derived')}
              </th>
              <th scope="col" className="gl-figure">
                {text('entry.declared')}
              </th>
              <th scope="col">{text('entry.note')}</th>
            </tr>
          </thead>
          <tbody>
            {items.map((item) => (
              <EntryRow
                key={item.key}
                gridId={gridId}
                item={item}
                entry={values[item.key] ?? emptyEntry}
                draft={drafts[item.key]?.text ?? null}
                problems={byKey.get(item.key) ?? noProblems}
                readOnly={readOnly}
                changed={changedKeys?.has(item.key) ?? false}
                onChange={changeOne}
              />
            ))}
          </tbody>
        </table>
      </div>
      <EntryProblems gridId={gridId} items={items} problems={all} untouched={untouched} />
    </div>
  )
}

function groupProblems(problems: readonly EntryProblem[]): ReadonlyMap<string, readonly EntryProblem[]> {
  const byKey = new Map<string, EntryProblem[]>()
  for (const problem of problems) {
    const known = byKey.get(problem.key)
    if (known) known.push(problem)
    else byKey.set(problem.key, [problem])
  }
  return byKey
}

const noProblems: readonly EntryProblem[] = []

function listDraftProblems(drafts: Drafts, locale: Locale): EntryProblem[] {
  return Object.entries(drafts).map(([key, { problem }]) => ({
    key,
    level: 'error',
    text: translateUnknown(locale, problem.key, problem.params),
  }))
}

function findCell(target: EventTarget): { readonly key: string; readonly column: EntryColumn } | null {
  if (!(target instanceof HTMLElement)) return null
  const { entry, column } = target.dataset
  return entry !== undefined && (column === 'declared' || column === 'note') ? { key: entry, column } : null
}
