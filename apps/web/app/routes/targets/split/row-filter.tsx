import { useText, type Shares, type SplitRow } from '@gonglian/ui'
import { useMemo } from 'react'
import { useAddress } from '../../../address.ts'
import { codeOf, type SplitView, type ViewRow } from './rows.ts'

export const rowKinds = ['disputed', 'waiting', 'unsigned', 'empty', 'locked'] as const
export type RowKind = (typeof rowKinds)[number]

function isKind(row: ViewRow, shares: Shares, kind: RowKind): boolean {
  const state = row.share?.state
  const share = shares[codeOf(row)]
  switch (kind) {
    case 'disputed':
      return state === 'disputed'
    case 'waiting':
      return state === 'issued'
    case 'unsigned':
      return state === 'accepted' || state === 'settled'
    case 'empty':
      return (share?.value ?? null) === null
    case 'locked':
      return share?.locked ?? false
  }
}

/** Which rows the address asks for. They are chosen when one asks: a row does not vanish while one fills it in. */
export function useRowFilter(view: SplitView, shares: Shares) {
  const { params, change } = useAddress()
  const only = rowKinds.find((kind) => kind === params.get('only')) ?? null
  const codes = useMemo(
    () => (only === null ? null : new Set(view.rows.filter((row) => isKind(row, shares, only)).map(codeOf))),
    // `shares` is read as it is when the filter is chosen or the page's data comes anew.
    [view, only],
  )
  const filter = useMemo(() => (codes === null ? null : (row: SplitRow) => codes.has(row.code)), [codes])
  return { only, filter, setOnly: (kind: RowKind | null) => change({ only: kind }) }
}

export type RowFilterProps = {
  readonly view: SplitView
  readonly shares: Shares
  readonly only: RowKind | null
  readonly onOnly: (kind: RowKind | null) => void
}

/** How the bodies below stand with their shares; a click shows only those. */
export function RowFilter({ view, shares, only, onOnly }: RowFilterProps) {
  const text = useText()
  const counts = rowKinds
    .map((kind) => ({ kind, count: view.rows.filter((row) => isKind(row, shares, kind)).length }))
    .filter(({ kind, count }) => count > 0 || kind === only)
  if (counts.length === 0) return null
  return (
    <div className="targets-shows" role="group" aria-label={text('targets.rows')}>
      <button type="button" className="targets-show" aria-pressed={only === null} onClick={() => onOnly(null)}>
        {text('targets.rows.all', { count: view.rows.length })}
      </button>
      {counts.map(({ kind, count }) => (
        <button
          key={kind}
          type="button"
          className="targets-show"
          aria-pressed={only === kind}
          onClick={() => onOnly(only === kind ? null : kind)}
        >
          {text(`targets.rows.${kind}`, { count })}
        </button>
      ))}
    </div>
  )
}
