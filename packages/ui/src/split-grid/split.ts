import type { Figure } from '../figures.ts'

export type AllocationState = 'draft' | 'issued' | 'accepted' | 'disputed' | 'settled' | 'signed'

/** One body's row in a split. Figures are stored integers of the target's unit. */
export type SplitRow = {
  readonly code: string
  readonly name: string
  readonly depth?: number
  readonly lastYear: Figure
  readonly basis: Figure
  readonly state: AllocationState
  /** False once signed, or where the reader may not split. */
  readonly editable: boolean
  readonly counter: number | null
  readonly counterReason?: string
}

/** A share: locked when typed by hand, so that computing the split again leaves it. */
export type Share = { readonly value: number | null; readonly locked: boolean }

export type Shares = Readonly<Record<string, Share>>

/** What each share is held against where shares are rates or equal quotas: the splitting body's own value. */
export type SplitBound = { readonly value: number; readonly kind: 'atLeast' | 'atMost' | 'equal' }

/** Whether a share breaks the bound. None, or none given yet, breaks nothing. */
export function isOffBound(bound: SplitBound | null, value: number | null): boolean {
  if (bound === null || value === null) return false
  if (bound.kind === 'equal') return value !== bound.value
  return bound.kind === 'atLeast' ? value < bound.value : value > bound.value
}

export const emptyShare: Share = { value: null, locked: false }
