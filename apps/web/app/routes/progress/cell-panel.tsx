import { Link } from '@remix-run/react'
import type { RouterOutputs } from '@gonglian/api'
import {
  Dialog,
  ErrorState,
  FigureCell,
  FigureText,
  PageSkeleton,
  formatDateTime,
  formatPeriod,
  useLocale,
  useText,
} from '@gonglian/ui'
import { useEffect, useState } from 'react'
import { api } from '../../act.ts'
import { nameActor } from '../reports/actor.ts'

type Cell = RouterOutputs['progress']['getCell']
type CellPanelProps = {
  /** The item of a plan, or the indicator where the number stands beside none. */
  readonly of: { readonly itemId: number } | { readonly indicator: string }
  readonly period: string
  readonly body: { readonly code: string; readonly name: string }
  readonly onClose: () => void
}

/** Where a number comes from: own report, bodies below, months, versions. A body below opens its own make-up, down to one cell. */
export function CellPanel({ of, period, body: first, onClose }: CellPanelProps) {
  const text = useText()
  const locale = useLocale()
  const [body, setBody] = useState({ code: first.code, name: first.name })
  const key = 'itemId' in of ? of.itemId : of.indicator
  const [cell, setCell] = useState<Cell | null>(null)
  const [failed, setFailed] = useState(false)
  const [attempt, setAttempt] = useState(0)
  useEffect(() => {
    let stale = false
    setCell(null)
    setFailed(false)
    api.progress.getCell.query({ ...of, period, body: body.code }).then(
      (answer) => !stale && setCell(answer),
      () => !stale && setFailed(true),
    )
    return () => {
      stale = true
    }
  }, [key, period, body.code, attempt])
  const measure = cell?.measure
  const name = measure ? (locale === 'en' ? measure.nameEn : measure.nameZh) : ''
  return (
    <Dialog
      open
      onClose={onClose}
      place="side"
      wide
      title={text('progress.cell.title', { body: body.name, item: name })}
    >
      {failed ? <ErrorState onRetry={() => setAttempt((count) => count + 1)} /> : null}
      {!cell && !failed ? <PageSkeleton shape="form" rows={8} /> : null}
      {cell && measure ? (
        <>
          <section>
            <h3>{text('progress.cell.own')}</h3>
            <OwnReport cell={cell} scale={measure.scale} />
          </section>
          {cell.parts.length > 0 ? (
            <section>
              <h3>{text('progress.cell.parts', { period: formatPeriod(cell.period, locale) })}</h3>
              <FigureTable
                first={text('progress.body')}
                scale={measure.scale}
                rows={cell.parts.map((part) => ({
                  key: part.body.code,
                  head: (
                    <button
                      type="button"
                      className="gl-link-button"
                      onClick={() => setBody({ code: part.body.code, name: part.body.name })}
                    >
                      {part.body.shortName}
                    </button>
                  ),
                  figure: part,
                }))}
              />
            </section>
          ) : null}
          <section>
            <h3>{text('progress.cell.months')}</h3>
            <FigureTable
              first={text('progress.cell.period')}
              scale={measure.scale}
              rows={cell.months.map((month) => ({
                key: month.period,
                head: formatPeriod(month.period, locale),
                figure: month,
              }))}
            />
          </section>
          <Versions cell={cell} />
        </>
      ) : null}
    </Dialog>
  )
}

function OwnReport({ cell, scale }: { readonly cell: Cell; readonly scale: number }) {
  const text = useText()
  const locale = useLocale()
  const { own } = cell
  if (own.reportId === null) return <p className="gl-hint">{text('progress.cell.none')}</p>
  return (
    <>
      <p>
        <FigureText value={own.figure} scale={scale} mark={own.mark} /> · {text(`states.report.${own.state}`)}
        {own.note === '' ? null : <span className="gl-hint"> {own.note}</span>}
      </p>
      <p className="gl-hint">
        {own.submittedAt
          ? text('progress.cell.submitted', {
              who: nameActor(own.submittedBy, locale),
              when: formatDateTime(own.submittedAt),
            })
          : null}
        {own.decidedAt
          ? ` · ${text('progress.cell.decided', { who: nameActor(own.decidedBy, locale), when: formatDateTime(own.decidedAt) })}`
          : null}
      </p>
      <Link to={`/reports/${cell.form.code}/${cell.period}?body=${encodeURIComponent(cell.body.code)}`}>
        {text('progress.cell.report')}
      </Link>
    </>
  )
}

type FigureRow = {
  readonly key: string
  readonly head: React.ReactNode
  readonly figure: Pick<
    Cell['months'][number],
    'reported' | 'accepted' | 'expectedCount' | 'reportedCount' | 'reviewedCount'
  >
}

function FigureTable({
  first,
  scale,
  rows,
}: {
  readonly first: string
  readonly scale: number
  readonly rows: readonly FigureRow[]
}) {
  const text = useText()
  return (
    <table className="gl-plain-table">
      <thead>
        <tr>
          <th scope="col">{first}</th>
          <th scope="col" className="gl-figure">
            {text('progress.reported')}
          </th>
          <th scope="col" className="gl-figure">
            {text('progress.accepted')}
          </th>
          <th scope="col" className="gl-figure">
            {text('progress.coverage')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ key, head, figure }) => (
          <tr key={key}>
            <th scope="row">{head}</th>
            <td className="gl-figure">
              <FigureCell value={figure.reported} scale={scale} />
            </td>
            <td className="gl-figure">
              <FigureCell value={figure.accepted} scale={scale} />
            </td>
            <td className="gl-figure">
              {text('progress.coverage.cell', {
                reviewed: figure.reviewedCount,
                reported: figure.reportedCount,
                expected: figure.expectedCount,
              })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Versions({ cell }: { readonly cell: Cell }) {
  const text = useText()
  const locale = useLocale()
  const scaleOf = cell.measure.additivity === 'ratio' ? 0 : cell.measure.scale
  const lines = cell.history.flatMap((place) => place.steps.map((step) => ({ place, step })))
  if (lines.length === 0) return null
  return (
    <section>
      <h3>{text('progress.cell.history')}</h3>
      <ul className="progress-versions">
        {lines.map(({ place, step }) => (
          <li key={`${place.position} ${step.version} ${step.event} ${String(step.at)} ${step.below?.bodyId ?? ''}`}>
            <span className="gl-hint">{formatDateTime(step.at)}</span>{' '}
            {cell.history.length > 1 ? (locale === 'en' ? place.nameEn : place.nameZh) : ''}{' '}
            {text(`progress.cell.event.${step.event}`)} {step.below?.name ?? ''}{' '}
            <FigureText value={step.value} scale={scaleOf} mark={step.mark} />{' '}
            <span className="gl-hint">{nameActor(step.actor, locale)}</span>{' '}
            {step.faults.find((fault) => fault.position === place.position)?.reason ?? step.reason}
          </li>
        ))}
      </ul>
    </section>
  )
}
