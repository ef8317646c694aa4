import type { Share, Shares } from '@gonglian/ui'

export type ShareConflict = { readonly code: string; readonly mine: number | null; readonly theirs: number | null }
export type Merged = {
  /** Mine where only I changed it or both did, theirs elsewhere. */
  readonly shares: Shares
  /** Both changed it, differently. */
  readonly conflicts: readonly ShareConflict[]
  /** My changes that cannot stand: the share was issued meanwhile. */
  readonly lost: readonly string[]
}

const valueOf = (share: Share | undefined) => share?.value ?? null

/**
 * Somebody saved the split while I edited it: what I changed and what they changed are put together row by row.
 *
 * @param base what both started from
 * @param isOpen whether a row is still a draft in theirs
 */
export function mergeSplits(base: Shares, mine: Shares, theirs: Shares, isOpen: (code: string) => boolean): Merged {
  const shares: Record<string, Share> = {}
  const conflicts: ShareConflict[] = []
  const lost: string[] = []
  for (const code of new Set([...Object.keys(base), ...Object.keys(mine), ...Object.keys(theirs)])) {
    const [before, own, other] = [base[code], mine[code], theirs[code]]
    const iChanged = valueOf(own) !== valueOf(before) || (own?.locked ?? false) !== (before?.locked ?? false)
    const kept = iChanged && isOpen(code) ? own : other
    if (kept) shares[code] = kept
    const valueDiffers = valueOf(own) !== valueOf(before) && valueOf(own) !== valueOf(other)
    if (!valueDiffers) continue
    if (!isOpen(code)) lost.push(code)
    else if (valueOf(other) !== valueOf(before)) conflicts.push({ code, mine: valueOf(own), theirs: valueOf(other) })
  }
  return { shares, conflicts, lost }
}
