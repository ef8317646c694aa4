import { isMissingReason, largestFigure, marks, readMark, writeScaled, type Mark } from '@gonglian/indicators/figures'
import type { FormItem } from '@gonglian/indicators'
import { DomainError, type FieldError } from '@gonglian/tenancy'
import { z } from 'zod'

/** One cell as it is typed. Whether the value is allowed is said by `findFaultyCells`, beside the cell and in the reader's language. */
export const CellInput = z.object({
  position: z.int().min(1).max(4000),
  value: z.number().nullable(),
  mark: z.int().min(0).max(10).default(0),
  /** Upper end of a range. */
  upper: z.number().nullable().default(null),
  /** Left out: the note stays as it is. Empty: it is removed. */
  note: z.string().trim().max(500).optional(),
})
export type CellInput = z.output<typeof CellInput>

/** The cells of one report, by position. All vectors are as long as the form. */
export type Sheet = {
  readonly figures: (number | null)[]
  readonly marks: Mark[]
  readonly upper: (number | null)[]
  readonly notes: Readonly<Record<string, string>>
}

type StoredSheet = {
  figures: (number | null)[] | null
  marks: number[] | null
  upper_figures: (number | null)[] | null
  notes: unknown
}

const Notes = z.record(z.string(), z.string()).catch({})

/** A stored report or draft as cells. Items that were appended to the form since are missing. */
export function readSheet(stored: StoredSheet | undefined, width: number): Sheet {
  return {
    figures: Array.from({ length: width }, (_, index) => stored?.figures?.[index] ?? null),
    marks: Array.from({ length: width }, (_, index) => readMark(stored?.marks?.[index])),
    upper: Array.from({ length: width }, (_, index) => stored?.upper_figures?.[index] ?? null),
    notes: Notes.parse(stored?.notes ?? {}),
  }
}

/** The columns that hold a sheet; vectors that say nothing are null. */
export function writeSheet(sheet: Sheet): {
  figures: (number | null)[]
  marks: number[] | null
  upper_figures: (number | null)[] | null
  notes: string
} {
  return {
    figures: sheet.figures,
    marks: sheet.marks.some((mark) => mark !== marks.exact) ? sheet.marks : null,
    upper_figures: sheet.upper.some((value) => value !== null) ? sheet.upper : null,
    notes: JSON.stringify(sheet.notes),
  }
}

export function isSameCell(a: Sheet, b: Sheet, position: number): boolean {
  const at = position - 1
  return (
    a.figures[at] === b.figures[at] &&
    a.marks[at] === b.marks[at] &&
    a.upper[at] === b.upper[at] &&
    (a.notes[String(position)] ?? '') === (b.notes[String(position)] ?? '')
  )
}

export function isEmptySheet(sheet: Sheet): boolean {
  return sheet.figures.every((value) => value === null) && !sheet.marks.some(isMissingReason)
}

/** A zero report (零报告): everything is stated to be 0. */
export function isZeroSheet(sheet: Sheet): boolean {
  return sheet.figures.some((value) => value === 0) && sheet.figures.every((value) => value === null || value === 0)
}

function checkFigure(value: number, item: FormItem): { key: string; params?: Record<string, string | number> } | null {
  if (!Number.isFinite(value)) return { key: 'checks.notNumber' }
  if (value < 0) return { key: 'checks.negative' }
  if (!Number.isInteger(value)) {
    return item.scale === 0 ? { key: 'checks.fraction' } : { key: 'checks.tooPrecise', params: { digits: item.scale } }
  }
  if (value > largestFigure) {
    return { key: 'checks.tooLarge', params: { limit: writeScaled(largestFigure, item.scale) } }
  }
  return null
}

/** What no cell may hold, whatever the form's rules say. Values are stored integers. */
function checkCell(cell: CellInput, item: FormItem): { key: string; params?: Record<string, string | number> } | null {
  const isReason = isMissingReason(cell.mark)
  if (cell.value === null) return cell.mark === marks.exact || isReason ? null : { key: 'errors.cellMarkWithoutValue' }
  if (isReason) return { key: 'errors.cellReasonWithValue' }
  const fault = checkFigure(cell.value, item)
  if (fault) return fault
  if (cell.mark !== marks.range) return cell.upper === null ? null : { key: 'checks.rangeOrder' }
  if (cell.upper === null || cell.upper <= cell.value) return { key: 'checks.rangeOrder' }
  return checkFigure(cell.upper, item)
}

/**
 * Refuses cells that are not of the form, come twice, or hold what cannot be a figure.
 *
 * @throws DomainError invalid errors.invalid with one field per cell (`cells.<position>`)
 */
export function refuseFaultyCells(cells: readonly CellInput[], items: readonly FormItem[]): void {
  const byPosition = new Map(items.map((item) => [item.position, item]))
  const seen = new Set<number>()
  const fields: FieldError[] = cells.flatMap((cell) => {
    const item = byPosition.get(cell.position)
    const fault = seen.has(cell.position)
      ? { key: 'errors.cellTwice' }
      : item
        ? checkCell(cell, item)
        : { key: 'errors.cellUnknown', params: { position: cell.position } }
    seen.add(cell.position)
    return fault ? [{ path: `cells.${cell.position}`, ...fault }] : []
  })
  if (fields.length > 0) throw new DomainError('invalid', 'errors.invalid', { fields })
}

/** The sheet with these cells typed in. */
export function typeCells(sheet: Sheet, cells: readonly CellInput[]): Sheet {
  const figures = [...sheet.figures]
  const markList = [...sheet.marks]
  const upper = [...sheet.upper]
  const notes = new Map(Object.entries(sheet.notes))
  for (const cell of cells) {
    const at = cell.position - 1
    figures[at] = cell.value
    markList[at] = readMark(cell.mark)
    upper[at] = cell.upper
    if (cell.note === '') notes.delete(String(cell.position))
    else if (cell.note !== undefined) notes.set(String(cell.position), cell.note)
  }
  return { figures, marks: markList, upper, notes: Object.fromEntries(notes) }
}

/** A figure for a message: 12.50, or a dash where it is missing. */
export function showFigure(sheet: Sheet, item: FormItem): string {
  const value = sheet.figures[item.position - 1]
  return value === null || value === undefined ? '—' : writeScaled(value, item.scale)
}
