import {
  splitAlike,
  splitByBasis,
  splitBySameShare,
  splitEqual,
  type Reserve,
  type Split,
} from '@gonglian/targets/splits'
import type { Shares } from '@gonglian/ui'
import { codeOf, isDraft, type Basis, type SplitView } from './rows.ts'

export const sumMethods = ['equal', 'lastYear', 'indicator', 'item'] as const
export type SplitMethod = (typeof sumMethods)[number] | 'alike'

/** By what the shares are computed. */
export type Measure =
  | { readonly method: 'equal' | 'alike' }
  | { readonly method: 'lastYear' | 'indicator'; readonly basis: Basis }
  | { readonly method: 'item'; readonly shares: ReadonlyMap<string, number> }

/** Computes the shares that are still free: typed and issued ones stay. Exact, by the rules the server checks. */
export function computeSplit(view: SplitView, shares: Shares, reserve: Reserve, measure: Measure): Split {
  const figures = 'basis' in measure ? new Map(measure.basis.figures.map((one) => [one.bodyId, one.value])) : null
  const rows = view.rows.map((row) => {
    const code = codeOf(row)
    const share = shares[code]
    return {
      code,
      value: share?.value ?? null,
      locked: !isDraft(row) || (share?.locked ?? false),
      basis: figures?.get(row.body.id) ?? null,
    }
  })
  const input = { share: view.share.value, reserve, rows }
  switch (measure.method) {
    case 'equal':
      return splitEqual(input)
    case 'alike':
      return splitAlike(view.share.value, rows)
    case 'lastYear':
    case 'indicator':
      return splitByBasis(input)
    case 'item':
      return splitBySameShare(input, measure.shares)
  }
}

export type Difference = {
  readonly code: string
  readonly name: string
  readonly before: number | null
  readonly after: number | null
}

/** What a computed split would change, the largest change first. */
export function listDifferences(
  view: SplitView,
  shares: Shares,
  values: ReadonlyMap<string, number | null>,
): Difference[] {
  const size = ({ before, after }: Difference) => Math.abs((after ?? 0) - (before ?? 0))
  return view.rows
    .map((row) => {
      const code = codeOf(row)
      return { code, name: row.body.shortName, before: shares[code]?.value ?? null, after: values.get(code) ?? null }
    })
    .filter((one) => one.before !== one.after)
    .sort((a, b) => size(b) - size(a))
}
