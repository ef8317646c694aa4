import { field } from '@gonglian/records/declared'
import { z } from 'zod'
import type { Api } from './act.ts'

/** What was typed, by the name of the field; a tick is "yes" or "". */
export type ActValues = Readonly<Record<string, string>>

export type ActColumn = {
  readonly name: string
  readonly label: string
  /** `said`: shown, not asked. */
  readonly kind: 'text' | 'number' | 'choice' | 'check' | 'said'
  readonly options?: readonly { readonly value: string; readonly label: string }[]
  /** Of a text; 60 where nothing is said. */
  readonly maxLength?: number
}

export type ActFinder = (
  api: Api,
  search: string,
) => Promise<readonly { readonly value: string; readonly label: string }[]>

export const emptyRows = '[]'
const Rows = z.array(z.record(z.string(), z.string()))

/** The rows that were filled in; those without any text are none. */
export function readRows(text: string | undefined): readonly ActValues[] {
  return Rows.parse(JSON.parse(text === undefined || text === '' ? emptyRows : text))
}

/** The rows that say something: a tick or a choice alone does not. */
export function readFilledRows(text: string | undefined, by: string): readonly ActValues[] {
  return readRows(text).filter((row) => (row[by] ?? '').trim() !== '')
}

/** A whole number as people type it; NaN, which the API refuses beside its field, for anything else: missing is not 0. */
export function readWhole(text: string | undefined): number {
  return field.readWhole(text ?? '')
}

/** The same, null where nothing was typed. */
export function readWholeOrNull(text: string | undefined): number | null {
  return (text ?? '').trim() === '' ? null : readWhole(text)
}

/** Yuan with up to two digits after the point, as fen; NaN for anything else. */
export function readFen(text: string | undefined): number {
  return field.readFen(text ?? '')
}

/** Percent with up to two digits after the point, as hundredths of a percent; null where nothing was typed, NaN for anything else. */
export function readPercentOrNull(text: string | undefined): number | null {
  const plain = (text ?? '').trim().replace(/[%％]$/, '')
  return plain === '' ? null : readFen(plain)
}

/** What was ticked of a field of several. */
export function readMany(text: string | undefined): string[] {
  return field.readMany(text ?? '')
}

/** Null where nothing was typed. */
export function orNull(text: string | undefined): string | null {
  return text === undefined || text === '' ? null : text
}

/** One per line. */
export function readLines(text: string | undefined): string[] {
  return field.readEach(text ?? '')
}
