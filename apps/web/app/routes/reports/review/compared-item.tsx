import { FigureCell, formatUnit, useLocale, useText, type EntryValue } from '@gonglian/ui'
import { translateUnknown } from '@gonglian/ui/messages'
import { useId } from 'react'
import { Difference } from '../difference.tsx'
import type { ComparedRow } from './rows.ts'

type Props = {
  readonly row: ComparedRow
  readonly hasBasis: boolean
  readonly withSection: boolean
  /** Why the cell is wrong, while it is marked. */
  readonly reason: string | null
  readonly onMark: ((position: number, reason: string | null) => void) | null
}

const reasons = ['check', 'ledger', 'parts', 'unit', 'scope', 'explain'] as const

/** One item of a report under review, and beneath it why it is sent back. */
export function ComparedItem({ row, hasBasis, withSection, reason, onMark }: Props) {
  const text = useText()
  const locale = useLocale()
  const id = useId()
  const { item, now, before, position, problems, isChanged } = row
  const columns = 7 + (hasBasis ? 1 : 0) + (onMark ? 1 : 0)
  const open = problems.some((problem) => !problem.settled)
  const classes = [
    'report-row',
    isChanged ? 'report-row-changed' : '',
    open ? 'report-row-open' : '',
    reason === null ? '' : 'report-row-marked',
  ]
  return (
    <>
      {withSection && item.section !== undefined ? (
        <tr className="report-section">
          <th scope="rowgroup" colSpan={columns}>
            {item.section}
          </th>
        </tr>
      ) : null}
      <tr className={classes.join(' ')}>
        <th scope="row" className={item.depth === 1 ? 'report-part' : ''} title={item.definition}>
          {item.label}
        </th>
        <td className="gl-hint">{formatUnit(item.unit, locale)}</td>
        <Figure label={text('entry.lastYear')} value={item.lastYear?.value ?? null} scale={item.scale} />
        <Figure label={text('entry.lastPeriod')} value={item.lastPeriod?.value ?? null} scale={item.scale} />
        {hasBasis ? <Written label={text('reports.changes.before')} entry={before} scale={item.scale} /> : null}
        <Written label={text('reports.changes.now')} entry={now} scale={item.scale} isChanged={isChanged} />
        <td className="gl-figure" data-label={text('reports.review.moved')}>
          <Difference
            now={now.value}
            before={(isChanged ? before?.value : item.lastPeriod?.value) ?? null}
            unit={item.unit}
            scale={item.scale}
          />
        </td>
        <td className="report-said">
          {problems.map((problem, index) => (
            <p key={index} className={problem.settled ? 'gl-hint' : 'gl-warning-text'}>
              {translateUnknown(locale, problem.key, problem.params)}
            </p>
          ))}
          {now.note === '' ? null : (
            <p>
              <span className="gl-hint">{text('entry.note')}: </span>
              {now.note}
            </p>
          )}
        </td>
        {onMark ? (
          <td>
            <button
              type="button"
              className="gl-link-button"
              aria-pressed={reason !== null}
              aria-label={`${text(reason === null ? 'reports.review.mark' : 'reports.review.unmark')}: ${item.label}`}
              onClick={() => onMark(position, reason === null ? '' : null)}
            >
              {text(reason === null ? 'reports.review.mark' : 'reports.review.unmark')}
            </button>
          </td>
        ) : null}
      </tr>
      {onMark && reason !== null ? (
        <tr className="report-fault">
          <td colSpan={columns}>
            <label htmlFor={id}>{text('reports.review.why', { item: item.label })}</label>
            <input
              id={id}
              className="gl-input"
              maxLength={300}
              value={reason}
              // Marked just now: one goes on writing.
              autoFocus={reason === ''}
              aria-invalid={reason.trim().length < 2}
              onChange={(event) => onMark(position, event.target.value)}
            />
            <span className="report-reasons">
              {reasons.map((known) => (
                <button
                  type="button"
                  key={known}
                  className="gl-link-button"
                  onClick={() => onMark(position, text(`reports.fault.${known}`))}
                >
                  {text(`reports.fault.${known}`)}
                </button>
              ))}
            </span>
          </td>
        </tr>
      ) : null}
    </>
  )
}

function Figure(props: { readonly label: string; readonly value: number | null; readonly scale: number }) {
  return (
    <td className="gl-figure report-past" data-label={props.label}>
      <FigureCell value={props.value} scale={props.scale} />
    </td>
  )
}

type WrittenProps = {
  readonly label: string
  readonly entry: EntryValue | null
  readonly scale: number
  readonly isChanged?: boolean
}

function Written({ label, entry, scale, isChanged }: WrittenProps) {
  const text = useText()
  return (
    <td className={isChanged === undefined ? 'gl-figure report-past' : 'gl-figure report-now'} data-label={label}>
      {isChanged === true ? <span className="gl-hidden">{text('reports.review.changed')} </span> : null}
      <FigureCell value={entry?.value} mark={entry?.mark} upper={entry?.upper ?? null} scale={scale} />
    </td>
  )
}
