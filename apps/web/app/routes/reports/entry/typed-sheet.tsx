import {
  EntryGrid,
  emptyEntry,
  formatDate,
  useLocale,
  useText,
  type EntryProblem,
  type EntryValues,
} from '@gonglian/ui'
import { useMemo, useRef, useState } from 'react'
import { useAct } from '../../../act.ts'
import { useMay } from '../../../may.ts'
import { ActionBar } from './action-bar.tsx'
import { isSameEntry, readEntries, readEntry, writeSheet } from './cells.ts'
import { CellConflicts } from './cell-conflicts.tsx'
import { HandInDialog } from './hand-in-dialog.tsx'
import { checkSheet, listChangedKeys, listEmptyKeys, listEntryItems, showValues, type Report } from './report.ts'
import { StandingNotice } from './standing-notice.tsx'
import { UnsavedCells } from './unsaved-cells.tsx'
import { useKeeper } from './use-keeper.ts'

const noProblems: readonly EntryProblem[] = []

/** Nothing is typed: no figure, no reason, no note. */
function isBlank(values: EntryValues): boolean {
  return Object.values(values).every((entry) => entry === undefined || isSameEntry(entry, emptyEntry))
}

type Props = { readonly report: Report; readonly now: Date }

/** Begun or not: the owner may type as soon as the period has begun. The first cell typed begins the report. */
function canType(report: Report, now: Date): boolean {
  if (report.state !== 'not_started') return report.isEditable
  const started = Date.parse(`${report.span.start}T00:00:00+08:00`) <= now.getTime()
  return started && report.form.fillerLevels.includes(report.body.level) && report.form.items.length > 0
}

/** The body's own report: the grid, kept as typed, and what can be done with it. */
export function TypedSheet({ report, now }: Props) {
  const text = useText()
  const locale = useLocale()
  const may = useMay()
  const { keeper, kept, unreadable } = useKeeper(report)
  const { act, busy, refusal, clear } = useAct()
  const [unreadableKeys, setUnreadableKeys] = useState<readonly string[]>([])
  const [handingIn, setHandingIn] = useState<'typed' | 'zero' | null>(null)
  const [told, setTold] = useState<'errors' | 'unsaved' | null>(null)
  const [asked, setAsked] = useState(false)
  // Which conflicts were put off: another one opens the question again.
  const [later, setLater] = useState('')
  const conflicting = Object.keys(kept.conflicts).join(' ')
  const box = useRef<HTMLDivElement>(null)

  const editable = canType(report, now) && may('report:fill')
  const handedIn = useMemo(() => readEntries(report.draft ?? report.sheet), [report])
  const values = editable ? kept.values : handedIn
  const items = useMemo(() => listEntryItems(report, values, locale), [report, values, locale])
  const shown = useMemo(() => showValues(items, values), [items, values])
  const ruled = useMemo(
    () => (editable || report.submittedAt ? checkSheet(report, writeSheet(values, items.length), locale) : []),
    [editable, report, values, items.length, locale],
  )
  const unanswered = useMemo(
    () =>
      report.state === 'returned'
        ? report.faults.filter(({ position }) =>
            isSameEntry(kept.values[String(position)] ?? emptyEntry, readEntry(report.sheet, position)),
          )
        : [],
    [report, kept.values],
  )
  const problems = useMemo<readonly EntryProblem[]>(
    () => [
      ...Object.entries(kept.faulty).map(([key, message]) => ({ key, level: 'error' as const, text: message })),
      ...Object.keys(kept.conflicts).map((key) => ({
        key,
        level: 'error' as const,
        text: text('reports.conflict.cell'),
      })),
      ...unanswered.map(({ position, reason }) => ({ key: String(position), level: 'faulty' as const, text: reason })),
      ...ruled,
    ],
    [kept.faulty, kept.conflicts, unanswered, ruled, text],
  )
  const empties = useMemo(() => listEmptyKeys(report, kept.values), [report, kept.values])
  // A sheet nobody has begun is not full of mistakes: what is missing is said from the first cell on, or when one hands in.
  const isUntouched = !asked && report.state === 'not_started' && isBlank(kept.values)
  const said = isUntouched ? noProblems : problems
  const isRevised = report.state === 'returned' || report.state === 'correcting'
  const changedKeys = useMemo(
    () => (isRevised ? listChangedKeys(report, kept.values) : undefined),
    [isRevised, report, kept.values],
  )

  const jump = () => {
    const key = [
      ...unreadableKeys,
      ...problems.filter(({ level }) => level !== 'warning').map((problem) => problem.key),
    ][0]
    const cell = box.current?.querySelector<HTMLElement>(`[data-entry="${key ?? ''}"][data-column="declared"]`)
    cell?.scrollIntoView({ block: 'center' })
    cell?.focus()
  }
  const hasErrors = unreadableKeys.length > 0 || problems.some(({ level }) => level !== 'warning')
  const beginHandIn = async (how: 'typed' | 'zero') => {
    clear()
    setTold(null)
    setAsked(true)
    // A zero report answers what is missing: it is judged in the dialog, with its zeros.
    if (unreadableKeys.length > 0 || (how === 'typed' && hasErrors)) {
      setTold('errors')
      jump()
      return
    }
    if (await keeper.flush()) setHandingIn(how)
    else setTold('unsaved')
  }
  const handIn = async (how: { readonly zero: boolean; readonly confirmWarnings: boolean }) => {
    const done = await act(async (api) => {
      const { reportId, version } = await keeper.begin()
      return api.reports.submitReport.mutate({ reportId, version, ...how })
    })
    if (done?.ok) setHandingIn(null)
  }

  return (
    <div ref={box} className="report-sheet">
      <StandingNotice report={report} unanswered={unanswered} items={items} />
      {editable ? null : <UnsavedCells items={items} known={report} kept={kept} />}
      {kept.refusal ? (
        <p className="report-notice report-notice-refusal" role="alert">
          {kept.refusal.message}
        </p>
      ) : null}
      {report.state === 'not_started' && !editable ? (
        <p className="report-notice">
          {canType(report, now)
            ? text('reports.entry.mayNot')
            : report.form.fillerLevels.includes(report.body.level)
              ? text('reports.entry.later', { start: formatDate(report.span.start) })
              : text('reports.entry.notFiller')}
        </p>
      ) : null}
      <EntryGrid
        items={items}
        values={shown}
        onChange={keeper.change}
        problems={said}
        untouched={isUntouched}
        onUnreadable={(keys) => {
          unreadable.current = keys.length > 0
          setUnreadableKeys(keys)
        }}
        readOnly={!editable}
        {...(changedKeys ? { changedKeys } : {})}
      />
      <ActionBar
        report={report}
        editable={editable}
        saving={kept.saving}
        filled={items.filter((item) => item.editable).length - empties.length}
        problems={said}
        unreadable={unreadableKeys.length}
        told={told === 'errors' && !hasErrors ? null : told}
        refusal={handingIn === null ? refusal : null}
        busy={busy}
        onChoose={conflicting === '' ? null : () => setLater('')}
        onHandIn={beginHandIn}
        act={act}
      />
      <HandInDialog
        report={report}
        how={handingIn}
        values={kept.values}
        empties={empties}
        items={items}
        now={now}
        busy={busy}
        refusal={refusal}
        onClose={() => setHandingIn(null)}
        onHandIn={handIn}
      />
      <CellConflicts
        items={items}
        kept={kept}
        later={later === conflicting}
        onLater={() => setLater(conflicting)}
        onResolve={keeper.resolve}
      />
    </div>
  )
}
