import type { ReadFigure } from '../figure-hand.tsx'
import type { Share, Shares, SplitRow } from './split.ts'

export type SplitPaste = { readonly shares: Shares; readonly unknown: number }

const normalize = (name: string): string => name.normalize('NFKC').replace(/\s/gu, '')

/**
 * Shares from copied cells: name or code and figure in two columns, or figures alone from the active row down. Rows that
 * name no body of this split, or whose figure can't be read, are counted and left out.
 */
export function readSplitPaste(
  rows: readonly SplitRow[],
  startCode: string,
  cells: readonly (readonly string[])[],
  read: (text: string) => ReadFigure,
): SplitPaste {
  const byName = new Map<string, SplitRow>()
  for (const row of rows) {
    byName.set(normalize(row.name), row)
    byName.set(row.code, row)
  }
  const named = cells.some((row) => row.length > 1)
  const first = rows.findIndex(({ code }) => code === startCode)
  const shares: Record<string, Share> = {}
  let unknown = 0
  cells.forEach((cell, index) => {
    const row = named ? byName.get(normalize(cell[0] ?? '')) : rows[first + index]
    const figure = read((named ? cell[cell.length - 1] : cell[0]) ?? '')
    // A target is a plain figure: about, over and ranges are what reports say.
    if (!row?.editable || !figure.ok || figure.mark !== 0) unknown += 1
    else shares[row.code] = { value: figure.value, locked: figure.value !== null }
  })
  return { shares, unknown }
}
