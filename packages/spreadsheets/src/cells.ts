import { nameColumn } from './column-names.ts'
import { cleanText, type Choice, type Column } from './columns.ts'
import { readDayText, type DayFault } from './days.ts'
import type { CellKind, SheetRow } from './limits.ts'
import { findSimilar } from './similarity.ts'
import type { TableRow } from './tables.ts'

/**
 * What is wrong with a cell. `errorCell`: its formula failed; `digitsLost`: a number of more than fifteen digits, which a spreadsheet
 * does not keep: the cell has to be formatted as text and typed again.
 */
export type CellRule = 'required' | 'errorCell' | 'digitsLost' | 'tooLong' | 'count' | 'choice' | DayFault

export type CellFault<Key extends string> = {
  readonly key: Key
  readonly line: number
  /** As a spreadsheet names it, "C7"; null: the file has no such column. */
  readonly cell: string | null
  readonly value: string
  readonly rule: CellRule
  /** The words that may stand there. */
  readonly allowed: readonly string[]
  /** The word that was probably meant. */
  readonly suggestion: string | null
  /** The most signs, for `tooLong`. */
  readonly length: number | null
}

export type ReadCells<Key extends string> = {
  /** By key, as their columns hold them: days "2026-01-15", choices by their value. Empty and faulty cells are left out. */
  readonly values: ReadonlyMap<Key, string>
  readonly faults: readonly CellFault<Key>[]
}

/** Every cell of a row, as far as its column says what may stand there. */
export function readCells<Key extends string>(row: TableRow<Key>, columns: readonly Column<Key>[]): ReadCells<Key> {
  const values = new Map<Key, string>()
  const faults: CellFault<Key>[] = []
  for (const column of columns) {
    const { text, kind, place } = row.find(column.key)
    const read = readCell(text, kind, column)
    if ('value' in read) {
      if (read.value !== '') values.set(column.key, read.value)
      continue
    }
    const allowed = column.choices?.flatMap(({ words }) => words.slice(0, 1)) ?? []
    faults.push({
      key: column.key,
      line: row.line,
      cell: place === null ? null : `${nameColumn(place)}${row.line}`,
      value: text,
      rule: read.rule,
      allowed,
      suggestion: read.rule === 'choice' ? findChoice(cleanText(text), column) : null,
      length: read.rule === 'tooLong' ? (column.length ?? null) : null,
    })
  }
  return { values, faults }
}

/** The value of one cell, '' for an empty one; or what is wrong with it. */
export function readCell(
  text: string,
  kind: CellKind,
  column: Omit<Column<string>, 'key' | 'names'>,
): { readonly value: string } | { readonly rule: CellRule } {
  if (kind === 'error') return { rule: 'errorCell' }
  const plain = cleanText(text)
  if (plain === '') return column.isRequired === true ? { rule: 'required' } : { value: '' }
  if (column.length !== undefined && plain.length > column.length) return { rule: 'tooLong' }
  switch (column.holds) {
    case 'text':
      return { value: plain }
    case 'digits':
      return hasLostDigits(plain, kind) ? { rule: 'digitsLost' } : { value: plain }
    case 'count':
      return readCount(plain)
    case 'day': {
      const read = readDayText(plain)
      return 'day' in read ? { value: read.day } : { rule: read.fault }
    }
    case 'choice':
      return readChoice(plain, column)
  }
}

/**
 * Whether a number has lost digits: a spreadsheet keeps fifteen. Of those that were cut, one in eleven still passes a check digit. In a
 * text file it stands as 1.10105E+17.
 */
export function hasLostDigits(text: string, kind: CellKind): boolean {
  if (/^[+-]?\d+(?:\.\d+)?E[+-]?\d+$/i.test(text)) return true
  return kind === 'number' && text.replaceAll(/\D/g, '').length > 15
}

/** "1,250人", "1250.0" and "1250" are 1250. */
function readCount(text: string): { value: string } | { rule: CellRule } {
  const plain = text
    .normalize('NFKC')
    .replaceAll(/[,\s人名个家户]/gu, '')
    .replace(/\.0*$/, '')
  if (plain === '-' || plain === '/') return { value: '' }
  return /^\d{1,15}$/.test(plain) ? { value: String(Number(plain)) } : { rule: 'count' }
}

const foldWord = (word: string) => word.normalize('NFKC').trim().toLowerCase()

/** The values of a column by their folded words: a file asks for the same few 100,000 times. */
const foldedChoices = new WeakMap<readonly Choice[], ReadonlyMap<string, string>>()

function foldChoices(choices: readonly Choice[]): ReadonlyMap<string, string> {
  const known = foldedChoices.get(choices)
  if (known) return known
  // Of two that share a word the first counts.
  const folded = new Map(
    choices
      .flatMap(({ value, words }) => [value, ...words.map(foldWord)].map((word) => [word, value] as const))
      .toReversed(),
  )
  foldedChoices.set(choices, folded)
  return folded
}

function readChoice(text: string, { choices = [] }: Pick<Column<string>, 'choices'>) {
  const value = foldChoices(choices).get(foldWord(text))
  return value === undefined ? ({ rule: 'choice' } as const) : { value }
}

function findChoice(text: string, { choices = [] }: Pick<Column<string>, 'choices'>): string | null {
  const similar = findSimilar(
    foldWord(text),
    choices.flatMap(({ words }) => words.map(foldWord)),
  )
  return choices.find(({ words }) => words.some((word) => foldWord(word) === similar))?.words[0] ?? null
}

const totals = /^(?:合\s*计|总\s*计|小\s*计|共\s*计|总\s*数|(?:grand )?total|sum)[:：]?$/iu

/** Whether a row sums up those above it: its first word says so. */
export function isTotalRow({ cells }: Pick<SheetRow, 'cells'>): boolean {
  for (const cell of cells) {
    const first = cleanText(cell)
    if (first !== '') return totals.test(first)
  }
  return false
}
