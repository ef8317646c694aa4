import type { EntryChange, EntryColumn, EntryItem } from './entry.ts'

export type PastePlan = { readonly changes: readonly EntryChange[]; readonly skipped: number }

const normalize = (label: string): string =>
  label
    .normalize('NFKC')
    .replace(/[\s:、,。]|其中/gu, '')
    .toLowerCase()

/**
 * Where copied cells go. If the first copied column holds names of items, rows go to the items they name, wherever one
 * pasted; otherwise they go down and right from the active cell. Cells that can't be filled in are counted, not guessed.
 */
export function planPaste(
  items: readonly EntryItem[],
  start: { readonly key: string; readonly column: EntryColumn },
  cells: readonly (readonly string[])[],
): PastePlan {
  const byName = planByName(items, cells)
  if (byName) return byName
  const first = items.findIndex((item) => item.key === start.key)
  const columns: readonly EntryColumn[] = start.column === 'declared' ? ['declared', 'note'] : ['note']
  return fill(columns, cells, (index) => items[first + index])
}

function planByName(items: readonly EntryItem[], cells: readonly (readonly string[])[]): PastePlan | null {
  if (cells.every((row) => row.length < 2)) return null
  const byLabel = new Map(items.map((item) => [normalize(item.label), item]))
  const named = cells.map((row) => byLabel.get(normalize(row[0] ?? '')))
  if (named.filter((item) => item !== undefined).length * 2 < cells.length) return null
  return fill(
    ['declared', 'note'],
    cells.map((row) => row.slice(1)),
    (index) => named[index],
  )
}

function fill(
  columns: readonly EntryColumn[],
  cells: readonly (readonly string[])[],
  find: (row: number) => EntryItem | undefined,
): PastePlan {
  const changes: EntryChange[] = []
  let skipped = 0
  cells.forEach((row, index) => {
    const item = find(index)
    row.forEach((text, at) => {
      const column = columns[at]
      if (item && column && (item.editable || column === 'note'))
        changes.push({ key: item.key, column, text: text.trim() })
      else if (text.trim() !== '') skipped += 1
    })
  })
  return { changes, skipped }
}
