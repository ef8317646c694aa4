import type { EntryValue, EntryValues } from '@gonglian/ui'
import { emptyEntry } from '@gonglian/ui'

/** A vector of figures as the API gives it. */
export type StoredSheet = {
  readonly figures: readonly (number | null)[]
  readonly marks: readonly number[]
  readonly upper: readonly (number | null)[]
  readonly notes: Readonly<Record<string, string>>
}

/** One cell; keys of entries are positions as text. */
export function readEntry(sheet: StoredSheet, position: number): EntryValue {
  return {
    value: sheet.figures[position - 1] ?? null,
    mark: sheet.marks[position - 1] ?? 0,
    upper: sheet.upper[position - 1] ?? null,
    note: sheet.notes[String(position)] ?? '',
  }
}

export function readEntries(sheet: StoredSheet): EntryValues {
  return Object.fromEntries(sheet.figures.map((_, index) => [String(index + 1), readEntry(sheet, index + 1)]))
}

/** The entries as the rules want them: vectors as long as the form. */
export function writeSheet(values: EntryValues, width: number): StoredSheet {
  const at = Array.from({ length: width }, (_, index) => values[String(index + 1)] ?? emptyEntry)
  return {
    figures: at.map((entry) => entry.value),
    marks: at.map((entry) => entry.mark),
    upper: at.map((entry) => entry.upper ?? null),
    notes: Object.fromEntries(
      at.flatMap((entry, index) => (entry.note === '' ? [] : [[String(index + 1), entry.note]])),
    ),
  }
}

/** The server trims notes: blanks at the ends make no difference. */
export function isSameEntry(a: EntryValue, b: EntryValue): boolean {
  return (
    a.value === b.value &&
    a.mark === b.mark &&
    (a.upper ?? null) === (b.upper ?? null) &&
    a.note.trim() === b.note.trim()
  )
}

export type Rebased = { readonly mine: EntryValues; readonly conflicts: EntryValues }

/**
 * What is left of one's own unsaved cells when the server's have moved on: what both changed alike is settled, what both changed
 * differently is a conflict (with the other's entry) and stays mine until somebody chooses.
 */
export function rebaseEntries(known: EntryValues, mine: EntryValues, theirs: EntryValues): Rebased {
  const left: Record<string, EntryValue> = {}
  const conflicts: Record<string, EntryValue> = {}
  for (const [key, entry] of Object.entries(mine)) {
    const other = theirs[key] ?? emptyEntry
    if (isSameEntry(entry, other)) continue
    left[key] = entry
    if (!isSameEntry(known[key] ?? emptyEntry, other)) conflicts[key] = other
  }
  return { mine: left, conflicts }
}
