import { memo } from 'react'
import { CellInput } from '../cell-input.tsx'
import { FigureCell } from '../figure-cell.tsx'
import { useFigureHand, type StoredFigure } from '../figure-hand.tsx'
import { formatFigure, formatUnit } from '../figures.ts'
import { useLocale, useText } from '../text.tsx'
import type { EntryChange, EntryItem, EntryProblem, EntryValue } from './entry.ts'

export type EntryRowProps = {
  readonly gridId: string
  readonly item: EntryItem
  readonly entry: EntryValue
  /** Text that is no figure, as typed; null when the value stands. */
  readonly draft: string | null
  readonly problems: readonly EntryProblem[]
  readonly readOnly: boolean
  readonly changed: boolean
  readonly onChange: (change: EntryChange) => void
}

/** One item: figures to compare with, the cells to fill, and beneath them what is wrong. */
export const EntryRow = memo(function EntryRow(props: EntryRowProps) {
  const { gridId, item, entry, problems, readOnly, changed } = props
  const text = useText()
  const locale = useLocale()
  const unit = formatUnit(item.unit, locale)
  const problemId = `${gridId}-wrong-${item.key}`
  const worst = problems.find(({ level }) => level !== 'warning')?.level ?? problems[0]?.level
  const describedBy = problems.length > 0 ? problemId : undefined
  const locked = readOnly || !item.editable
  return (
    <>
      {item.section === undefined ? null : (
        <tr className="gl-entry-section">
          <th scope="rowgroup" colSpan={7}>
            {item.section}
          </th>
        </tr>
      )}
      <tr
        className={`gl-entry-row ${worst === undefined ? '' : `gl-entry-${worst}`} ${changed ? 'gl-entry-changed' : ''}`}
      >
        <th scope="row" title={item.definition} className={`gl-depth-${Math.min(item.depth ?? 0, 3)}`}>
          {item.label}
        </th>
        <td className="gl-entry-unit">{unit}</td>
        <td className="gl-entry-past" data-label={text('entry.lastPeriod')}>
          <PastFigure figure={item.lastPeriod} scale={item.scale} />
        </td>
        <td className="gl-entry-past" data-label={text('entry.lastYear')}>
          <PastFigure figure={item.lastYear} scale={item.scale} />
        </td>
        <td className="gl-entry-past gl-entry-derived" data-label={text('entry.derived')}>
          <DerivedCell {...props} locked={locked} />
        </td>
        <td className="gl-entry-cell">
          {locked ? (
            <PastFigure figure={entry} scale={item.scale} />
          ) : (
            <DeclaredInput
              {...props}
              unit={unit}
              describedBy={describedBy}
              wrong={worst === 'error' || worst === 'faulty'}
            />
          )}
        </td>
        <td className="gl-entry-note">
          {readOnly ? (
            entry.note
          ) : (
            <input
              data-entry={item.key}
              data-column="note"
              aria-label={text('entry.noteCell', { item: item.label })}
              placeholder={text('entry.note')}
              maxLength={500}
              value={entry.note}
              onChange={(event) => props.onChange({ key: item.key, column: 'note', text: event.target.value })}
            />
          )}
        </td>
      </tr>
      {problems.length === 0 ? null : (
        <tr className="gl-entry-wrong">
          <td colSpan={7} id={problemId}>
            {problems.map((problem, index) => (
              <p key={index} className={`gl-${problem.level === 'warning' ? 'warning' : 'error'}-text`}>
                <span className="gl-hidden">
                  {text(problem.level === 'warning' ? 'entry.warning' : 'entry.error')}:{' '}
                </span>
                {problem.level === 'faulty' ? text('entry.faulty', { reason: problem.text }) : problem.text}
              </p>
            ))}
          </td>
        </tr>
      )}
    </>
  )
})

function PastFigure({ figure, scale }: { readonly figure: StoredFigure | null; readonly scale: number }) {
  return <FigureCell value={figure?.value} mark={figure?.mark} upper={figure?.upper} scale={scale} />
}

type DeclaredInputProps = EntryRowProps & {
  readonly unit: string
  readonly describedBy: string | undefined
  readonly wrong: boolean
}

function DeclaredInput({ gridId, item, entry, draft, onChange, unit, describedBy, wrong }: DeclaredInputProps) {
  const text = useText()
  const locale = useLocale()
  const hand = useFigureHand()
  const { key, scale } = item
  return (
    <CellInput
      id={`${gridId}-${key}`}
      data-entry={key}
      data-column="declared"
      className="gl-figure"
      enterKeyHint="next"
      maxLength={40}
      aria-label={text('entry.cell', { item: item.label, unit })}
      aria-invalid={wrong}
      aria-describedby={describedBy}
      plain={hand.write(entry, item)}
      atRest={
        entry.value === null ? '' : formatFigure(entry.value, { locale, scale, mark: entry.mark, upper: entry.upper })
      }
      target={item}
      draft={draft}
      onText={(typed) => onChange({ key, column: 'declared', text: typed })}
    />
  )
}

function DerivedCell({ item, entry, locked, onChange }: EntryRowProps & { readonly locked: boolean }) {
  const text = useText()
  const locale = useLocale()
  const hand = useFigureHand()
  const { derived, derivedHref, scale } = item
  if (!derived) return <FigureCell value={null} />
  const figure = <PastFigure figure={derived} scale={scale} />
  const differs = derived.value !== null && derived.value !== entry.value
  const written = formatFigure(derived.value, { locale, scale, mark: derived.mark, upper: derived.upper })
  return (
    <>
      {derivedHref === undefined ? figure : <a href={derivedHref}>{figure}</a>}
      {differs && !locked ? (
        <button
          type="button"
          className="gl-take"
          title={text('entry.takeDerived', { figure: written })}
          aria-label={`${item.label}: ${text('entry.takeDerived', { figure: written })}`}
          tabIndex={-1}
          onClick={() => onChange({ key: item.key, column: 'declared', text: hand.write(derived, item) })}
        >
          →
        </button>
      ) : null}
    </>
  )
}
