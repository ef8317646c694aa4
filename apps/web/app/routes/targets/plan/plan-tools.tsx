import { useLocation } from '@remix-run/react'
import { useText, FileLinks } from '@gonglian/ui'
import { useEffect, useState } from 'react'
import { useAddress } from '../../../address.ts'
import { matchesShow, shows, type PlanView, type Show } from './items.ts'
import { exportsOf } from '../../../table-export.ts'

export type PlanToolsProps = {
  readonly view: PlanView
  readonly filter: { readonly search: string; readonly show: Show | null }
  /** Items left. */
  readonly count: number
}

const pauseMs = 250

/** Above the items: search, what waits, export, print. */
export function PlanTools({ view, filter, count }: PlanToolsProps) {
  const text = useText()
  const { change } = useAddress()
  const { search } = useLocation()
  const [typed, setTyped] = useState(filter.search)
  useEffect(() => {
    if (typed === filter.search) return
    const timer = setTimeout(() => change({ q: typed === '' ? null : typed }), pauseMs)
    return () => clearTimeout(timer)
  }, [typed, filter.search, change])
  const items = view.aspects.flatMap((aspect) => aspect.items)
  const counts = shows
    .map((show) => ({ show, count: items.filter((item) => matchesShow(item, show)).length }))
    .filter((one) => one.count > 0 || one.show === filter.show)
  const narrowed = filter.search !== '' || filter.show !== null
  return (
    <div className="gl-table-tools">
      <input
        type="search"
        className="gl-input gl-table-search"
        aria-label={text('targets.items.search')}
        placeholder={text('targets.items.search')}
        maxLength={60}
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      {counts.length === 0 ? null : (
        <span className="targets-shows" role="group" aria-label={text('targets.waiting')}>
          {counts.map((one) => (
            <button
              key={one.show}
              type="button"
              className="targets-show"
              aria-pressed={filter.show === one.show}
              onClick={() => change({ show: filter.show === one.show ? null : one.show })}
            >
              {text(`targets.duty.${one.show}`, { count: one.count })}
            </button>
          ))}
        </span>
      )}
      <span className="gl-hint" role="status">
        {narrowed
          ? text('tables.filtered', { count, total: items.length })
          : text('tables.total', { count: items.length })}
      </span>
      {narrowed ? (
        <button
          type="button"
          className="gl-link-button"
          onClick={() => {
            setTyped('')
            change({ q: null, show: null })
          }}
        >
          {text('tables.clear')}
        </button>
      ) : null}
      <span className="gl-table-right">
        <button type="button" className="gl-button" onClick={() => window.print()}>
          {text('tables.print')}
        </button>
        <FileLinks {...exportsOf(`/targets/${view.plan.id}/export.csv${search}`)} />
      </span>
    </div>
  )
}
