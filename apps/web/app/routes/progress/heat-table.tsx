import { Link } from '@remix-run/react'
import type { RouterOutputs } from '@gonglian/api'
import { EmptyState, ErrorState, Light, PageSkeleton, formatPercent, useLocale, useText } from '@gonglian/ui'
import { useEffect, useState } from 'react'
import { api } from '../../act.ts'
import type { Board } from './choice.ts'

type Heat = RouterOutputs['progress']['getHeat']
type Row = Heat['rows'][number]
type Props = {
  readonly board: Board
  /** The board of another item, and that of another body in this table. */
  readonly linkToItem: (itemId: number) => string
  readonly linkToBody: (code: string) => string
}

/** 各地各指标: bodies by items at one glance. Each cell has colour, shape and rate; the head of a column leads to its item's board. */
export function HeatTable({ board, linkToItem, linkToBody }: Props) {
  const text = useText()
  const locale = useLocale()
  const [heat, setHeat] = useState<Heat | null>(null)
  const [failed, setFailed] = useState(false)
  const [attempt, setAttempt] = useState(0)
  const body = board.total.body.code
  const planId = board.plan.id
  // `board` comes anew when its totals move: then the table asks again, too.
  useEffect(() => {
    let stale = false
    setFailed(false)
    api.progress.getHeat.query({ planId, period: board.period, body }).then(
      (answer) => stale || setHeat(answer),
      () => stale || setFailed(true),
    )
    return () => {
      stale = true
    }
  }, [board, planId, body, attempt])
  if (failed) return <ErrorState onRetry={() => setAttempt((count) => count + 1)} />
  if (!heat) return <PageSkeleton shape="table" rows={12} />
  if (heat.items.length === 0) return <EmptyState title={text('progress.empty.title')} />
  const aspects = groupAspects(heat.items)
  return (
    <div className="progress-heat" tabIndex={0} role="region" aria-label={text('progress.heat')}>
      <table>
        <caption className="gl-hidden">{text('progress.heat')}</caption>
        <thead>
          <tr>
            <th rowSpan={2} scope="col">
              {text('progress.body')}
            </th>
            {aspects.map(({ aspect, count }) => (
              <th key={aspect} colSpan={count} scope="colgroup">
                {aspect}
              </th>
            ))}
            <th rowSpan={2} scope="col">
              {text('progress.heat.counts')}
            </th>
          </tr>
          <tr>
            {heat.items.map((item) => (
              <th key={item.id} scope="col" aria-current={item.id === board.item.id ? 'true' : undefined}>
                <Link to={linkToItem(item.id)}>{locale === 'en' ? item.measure.nameEn : item.measure.nameZh}</Link>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {[heat.total, ...heat.rows].map((row) => (
            <tr key={row.body.id} className={row === heat.total ? 'progress-total-row' : undefined}>
              <th scope="row">
                {row !== heat.total && row.body.childCount > 0 ? (
                  <Link to={linkToBody(row.body.code)}>{row.body.shortName}</Link>
                ) : (
                  row.body.shortName
                )}
              </th>
              {row.cells.map((cell, index) => (
                <td
                  key={heat.items[index]?.id ?? index}
                  className={cell?.light ? `progress-heat-${cell.light}` : undefined}
                  title={cell ? undefined : text('progress.heat.none')}
                >
                  {cell ? (
                    <>
                      <Light value={cell.light} compact /> {formatPercent(cell.rate, locale)}
                    </>
                  ) : (
                    <span aria-label={text('progress.heat.none')}>—</span>
                  )}
                </td>
              ))}
              <td>
                <Counts row={row} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Counts({ row }: { readonly row: Row }) {
  const shown = (['red', 'yellow', 'green'] as const).filter((light) => row.counts[light] > 0)
  return shown.length === 0 ? (
    <>—</>
  ) : (
    <span className="progress-heat-counts">
      {shown.map((light) => (
        <span key={light}>
          <Light value={light} compact /> {row.counts[light]}
        </span>
      ))}
    </span>
  )
}

/** Neighbouring items of one aspect share a head. */
function groupAspects(items: Heat['items']): { aspect: string; count: number }[] {
  const groups: { aspect: string; count: number }[] = []
  for (const { aspect } of items) {
    const last = groups.at(-1)
    if (last?.aspect === aspect) last.count += 1
    else groups.push({ aspect, count: 1 })
  }
  return groups
}
