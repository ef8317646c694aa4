import { useCallback, useMemo, useReducer } from 'react'
import type { Share, Shares } from './split.ts'

export type SplitEdits = {
  readonly shares: Shares
  /** Earlier and later states, nearest last. */
  readonly past: readonly Shares[]
  readonly future: readonly Shares[]
  /** The cell being typed in: its keystrokes are one step. */
  readonly typing: string | null
}

export type SplitEdit =
  | { readonly kind: 'type'; readonly code: string; readonly value: number | null }
  | { readonly kind: 'leave' }
  | { readonly kind: 'apply'; readonly shares: Shares }
  | { readonly kind: 'unlock'; readonly code: string }
  | { readonly kind: 'undo' }
  | { readonly kind: 'redo' }
  | { readonly kind: 'reset'; readonly shares: Shares }

const depth = 100

export function startEdits(shares: Shares): SplitEdits {
  return { shares, past: [], future: [], typing: null }
}

function step(edits: SplitEdits, changes: Shares, typing: string | null): SplitEdits {
  const shares = { ...edits.shares, ...changes }
  const sameCell = typing !== null && typing === edits.typing
  const past = sameCell ? edits.past : [...edits.past, edits.shares].slice(-depth)
  return { shares, past, future: [], typing }
}

/** One edit of a split. A typed share is locked; `apply` (a computed or pasted set) is one step to undo. */
export function reduceEdits(edits: SplitEdits, edit: SplitEdit): SplitEdits {
  switch (edit.kind) {
    case 'type':
      return step(edits, { [edit.code]: { value: edit.value, locked: edit.value !== null } }, edit.code)
    case 'leave':
      return { ...edits, typing: null }
    case 'apply':
      return step(edits, edit.shares, null)
    case 'unlock': {
      const before: Share | undefined = edits.shares[edit.code]
      return before ? step(edits, { [edit.code]: { ...before, locked: false } }, null) : edits
    }
    case 'undo': {
      const shares = edits.past.at(-1)
      if (!shares) return edits
      return { shares, past: edits.past.slice(0, -1), future: [...edits.future, edits.shares], typing: null }
    }
    case 'redo': {
      const shares = edits.future.at(-1)
      if (!shares) return edits
      return { shares, past: [...edits.past, edits.shares], future: edits.future.slice(0, -1), typing: null }
    }
    case 'reset':
      return startEdits(edit.shares)
  }
}

/** The edits of one split, for the page that holds the editor. */
export function useSplitEdits(initial: Shares) {
  const [edits, dispatch] = useReducer(reduceEdits, initial, startEdits)
  const apply = useCallback((shares: Shares) => dispatch({ kind: 'apply', shares }), [])
  const reset = useCallback((shares: Shares) => dispatch({ kind: 'reset', shares }), [])
  return useMemo(
    () => ({ shares: edits.shares, changed: edits.past.length > 0, edits, dispatch, apply, reset }),
    [edits, apply, reset],
  )
}

export type SplitEditor = ReturnType<typeof useSplitEdits>
