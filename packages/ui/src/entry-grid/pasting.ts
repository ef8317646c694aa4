import type { EntryChange, EntryColumn, EntryItem } from './entry.ts'

export type PastePlan = { readonly changes: readonly EntryChange[]; readonly skipped: number }

type Cells = readonly (readonly string[])[]

/** Without numbers in front ("1.", "（一）"), signs between and "其中". */
const normalize = (label: string): string =>
  label
    .normalize('NFKC')
    .replace(/^\s*(?:\(?[\d一二三四五六七八九十]{1,3}[.)、]\)?)+/u, '')
    .replace(/[\s\p{Cf}:、,。]|其中/gu, '')
    .toLowerCase()

/** How sheets head the column of figures, and that of notes; compared without signs. */
const figureHeads =
  /^(?:数值|数据|数量|数字|填报(?:数|值)?|申报(?:数|值)?|上报(?:数|值)?|本(?:期|月|季|年|次)(?:数|值|实际|完成|填报|上报)?(?:数|值)?|实际(?:数|值|完成)?|完成(?:数|值|情况)|value|figure|declared|reported|thisperiod)(?:\(.*\))?$/u
const noteHeads = /^(?:备注|说明|附注|note|notes|remark|remarks)$/u
/** A figure, perhaps with a word before or behind: "约 1,200 人", ">30", "84.9%", "—". */
const figureLike = /^(?:[^\d\s]{0,3}\s*[-+]?\d[\d,]*(?:\.\d+)?\s*[^\d]{0,4}|[-—/]+)$/u

/**
 * Where copied cells go. If a copied column holds names of items, wherever it stands, rows go to the items they name, and the column of
 * figures is the one with such a head, or else the only one that holds figures; otherwise the cells go down and right from the active
 * cell. Cells that can't be filled in are counted, not guessed.
 */
export function planPaste(
  items: readonly EntryItem[],
  start: { readonly key: string; readonly column: EntryColumn },
  cells: Cells,
): PastePlan {
  const byName = planByName(items, cells)
  if (byName) return byName
  const first = items.findIndex((item) => item.key === start.key)
  const columns: readonly EntryColumn[] = start.column === 'declared' ? ['declared', 'note'] : ['note']
  return fill(cells, (index) => items[first + index], columns)
}

function planByName(items: readonly EntryItem[], cells: Cells): PastePlan | null {
  const byLabel = new Map(items.map((item) => [normalize(item.label), item]))
  const width = Math.max(0, ...cells.map((row) => row.length))
  if (width < 2) return null
  const find = (row: readonly string[], place: number) => byLabel.get(normalize(row[place] ?? ''))
  const counts = Array.from({ length: width }, (_, place) => cells.filter((row) => find(row, place)).length)
  const most = Math.max(...counts)
  if (most === 0 || most * 2 < cells.length) return null
  const names = counts.indexOf(most)
  const columns = findColumns(cells, names, (row) => find(row, names) !== undefined)
  if (columns === null) return { changes: [], skipped: cells.length }
  const isHead = (row: readonly string[]) =>
    columns.some((column, place) => column !== null && isHeadOf(column, row[place]))
  return fill(
    cells.map((row, index) => (index === 0 && !find(row, names) && isHead(row) ? [] : row)),
    (index) => find(cells[index] ?? [], names),
    columns,
  )
}

function isHeadOf(column: EntryColumn, cell: string | undefined): boolean {
  return (column === 'declared' ? figureHeads : noteHeads).test(normalize(cell ?? ''))
}

/** What each copied column is, null for those that fill in nothing; null: several may be the figures, and no head says which. */
function findColumns(
  cells: Cells,
  names: number,
  isNamed: (row: readonly string[]) => boolean,
): (EntryColumn | null)[] | null {
  const width = Math.max(0, ...cells.map((row) => row.length))
  const places = Array.from({ length: width }, (_, place) => place).filter((place) => place !== names)
  const [head = []] = cells
  const hasHead = !isNamed(head)
  const headed = (column: EntryColumn) => (hasHead ? places.filter((place) => isHeadOf(column, head[place])) : [])
  const rows = cells.filter(isNamed)
  const figures = places.filter((place) => holdsFigures(rows, place) && !countsRows(rows, place))
  const [figure, ...more] = headed('declared').length > 0 ? headed('declared') : figures
  if (figure === undefined || more.length > 0) return null
  const [note] = headed('note')
  const behind = figure + 1
  const isNote = note ?? (behind < width && behind !== names && !holdsFigures(rows, behind) && !hasHead ? behind : null)
  return Array.from({ length: width }, (_, place) => (place === figure ? 'declared' : place === isNote ? 'note' : null))
}

function holdsFigures(rows: Cells, place: number): boolean {
  const filled = rows.map((row) => (row[place] ?? '').trim()).filter((cell) => cell !== '')
  return filled.length > 0 && filled.filter((cell) => figureLike.test(cell)).length * 2 > filled.length
}

/** 1, 2, 3, ...: numbers of the rows, where there are at least two. */
function countsRows(rows: Cells, place: number): boolean {
  const numbers = rows.map((row) => Number((row[place] ?? '').trim() || Number.NaN))
  const [first = Number.NaN] = numbers
  return numbers.length > 1 && numbers.every((number, index) => number === first + index)
}

function fill(
  cells: Cells,
  find: (row: number) => EntryItem | undefined,
  columns: readonly (EntryColumn | null)[],
): PastePlan {
  const changes: EntryChange[] = []
  let skipped = 0
  cells.forEach((row, index) => {
    const item = find(index)
    row.forEach((text, at) => {
      const column = columns[at]
      if (column === null) return
      if (item && column && (item.editable || column === 'note'))
        changes.push({ key: item.key, column, text: text.trim() })
      else if (text.trim() !== '') skipped += 1
    })
  })
  return { changes, skipped }
}
