import type { RouterOutputs } from '@gonglian/api'
import { isOffBound, type Share, type Shares, type SplitBound, type SplitRow } from '@gonglian/ui'

export type SplitView = RouterOutputs['targets']['getSplit']
export type ViewRow = SplitView['rows'][number]
export type Basis = RouterOutputs['targets']['readBasis']
/** Reasons for shares off the bound of a rate, by code of the body. */
export type Exemptions = Readonly<Record<string, string>>

/** What a row is known by in the editor; a body out of sight has no code. */
export function codeOf(row: Pick<ViewRow, 'body'>): string {
  return row.body.code === '' ? `#${row.body.id}` : row.body.code
}

/** Shares nobody below has seen yet are typed and saved; issued ones change by amendment only. */
export function isDraft(row: ViewRow): boolean {
  return row.share === null ? row.current : row.share.state === 'draft'
}

/** Shares that can be amended: a disputed one is answered first. */
export function isAmendable(row: ViewRow): boolean {
  return row.share !== null && row.share.state !== 'draft' && row.share.state !== 'disputed'
}

export function readShares(view: Pick<SplitView, 'rows'>): Shares {
  const shares: Record<string, Share> = {}
  for (const row of view.rows) {
    if (row.share)
      shares[codeOf(row)] = { value: row.share.value, locked: row.share.state === 'draft' && row.share.locked }
  }
  return shares
}

export function readExemptions(view: Pick<SplitView, 'rows'>): Exemptions {
  return Object.fromEntries(
    view.rows.flatMap((row) => (row.share?.exemption ? [[codeOf(row), row.share.exemption]] : [])),
  )
}

export type RowFigures = { readonly lastYear: Basis | null; readonly basis: Basis | null }

/** The rows of the grid. */
export function buildRows(
  view: SplitView,
  { lastYear, basis }: RowFigures,
  isEditable: (row: ViewRow) => boolean,
): readonly SplitRow[] {
  const past = new Map(lastYear?.figures.map((figure) => [figure.bodyId, figure.value]))
  const measured = new Map(basis?.figures.map((figure) => [figure.bodyId, figure.value]))
  return view.rows.map((row) => ({
    code: codeOf(row),
    name: row.body.name === '' ? codeOf(row) : row.body.name,
    lastYear: past.get(row.body.id) ?? null,
    basis: measured.get(row.body.id) ?? null,
    state: row.share?.state ?? 'draft',
    editable: isEditable(row),
    counter: row.share?.state === 'disputed' ? row.share.counterValue : null,
    ...(row.share?.state === 'disputed' ? { counterReason: row.share.reason } : {}),
  }))
}

/** What the shares of rates and equal quotas are held against; null for sums. */
export function findBound(view: Pick<SplitView, 'item' | 'share'>, share = view.share.value): SplitBound | null {
  switch (view.item.method) {
    case 'sum':
      return null
    case 'each':
      return { value: share, kind: 'equal' }
    case 'floor':
      return { value: share, kind: view.item.direction === -1 ? 'atMost' : 'atLeast' }
  }
}

/** Shares off the bound that no reason excuses: an equal quota knows no exemption (P1). */
export function listOffBound(bound: SplitBound | null, shares: Shares, exemptions: Exemptions): string[] {
  if (bound === null) return []
  return Object.entries(shares)
    .filter(([code, { value }]) => isOffBound(bound, value) && (bound.kind === 'equal' || !hasReason(exemptions[code])))
    .map(([code]) => code)
}

export function hasReason(reason: string | undefined): boolean {
  return (reason ?? '').trim().length >= 2
}

/** What all shares of the split hold together. */
export function sumShares(view: Pick<SplitView, 'rows'>, shares: Shares): number {
  return view.rows.reduce((sum, row) => sum + (shares[codeOf(row)]?.value ?? 0), 0)
}

export function sameShares(a: Shares, b: Shares): boolean {
  const codes = new Set([...Object.keys(a), ...Object.keys(b)])
  for (const code of codes) {
    const [one, other] = [a[code], b[code]]
    if ((one?.value ?? null) !== (other?.value ?? null) || (one?.locked ?? false) !== (other?.locked ?? false))
      return false
  }
  return true
}

export function sameExemptions(a: Exemptions, b: Exemptions): boolean {
  const codes = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...codes].every((code) => (a[code] ?? '').trim() === (b[code] ?? '').trim())
}
