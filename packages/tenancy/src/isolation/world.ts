import type { Country } from './country.ts'
import type { Rules } from './sight.ts'

export type Cell = string | number | boolean | null | number[] | string[] | Record<string, string>
export type Row = Record<string, Cell>

/** Everything that was planted, so that a rule can ask about a row's neighbours. */
export type World = {
  country: Country
  /** Ids of the bodies, by number. */
  ids: number[]
  rows: Map<string, Row[]>
  /** A number nobody had before. */
  next(): number
}

/** The number in a cell; a rule that asks for a column that is none is wrong. */
export function int(row: Row | undefined, column: string): number {
  const cell = row?.[column]
  if (typeof cell !== 'number') throw new Error(`${column} is no number`)
  return cell
}

export function findRow(world: World, table: string, wanted: Row): Row | undefined {
  return world.rows.get(table)?.find((row) => Object.entries(wanted).every(([column, cell]) => row[column] === cell))
}

/** A row planted before that belongs to the body; another of its rows when `offset` says so. */
export function rowOf(world: World, table: string, tenantId: number, offset = 0): Row {
  const own = (world.rows.get(table) ?? []).filter((row) => row['tenant_id'] === tenantId)
  const row = own[offset % Math.max(1, own.length)]
  if (!row) throw new Error(`nothing planted in ${table} for ${tenantId}`)
  return row
}

/** One after the other. */
export function pick<T>(things: readonly [T, ...T[]], number: number): T {
  return things[number % things.length] ?? things[0]
}

/** One row of a table for a body (and, where two have a part in it, another): what a column must have beyond its default. */
export type Plant = (world: World, tenantId: number, otherId: number) => Row

/** What rows of a table need besides their own number and their body, and what its types and words demand. */
export type SimplePlant = {
  /** Columns in which no two rows may be alike. */
  numbered?: string[]
  /** The column that names the other body. */
  other?: string
  /** Whatever the table insists on beyond its types and words. */
  more?: Row
}

/** @param key the columns by which a row is known again, where that is not its number */
export function plantSimply({ numbered = [], other, more }: SimplePlant, key?: readonly string[]): Plant {
  return (world, tenant_id, otherId) => ({
    ...(key === undefined ? { id: world.next() } : {}),
    tenant_id,
    ...Object.fromEntries(numbered.map((column) => [column, world.next()])),
    ...(other === undefined ? {} : { [other]: otherId }),
    ...more,
  })
}

/** What the tests of the whole database have to know of tables: who may do what with a row, how one is planted, and by what it is known again. */
export type TableEntries = {
  readonly rules: Readonly<Record<string, Rules>>
  /** In the order in which they refer to each other. */
  readonly plants: Readonly<Record<string, Plant>>
  /** The columns by which a row is known again, where that is not its number. */
  readonly keys: Readonly<Record<string, readonly string[]>>
  /** Functions that see more than their caller does, and why they must. */
  readonly definers: Readonly<Record<string, string>>
  /** Tables whose policies let the role of those functions pass, and for what (a: insert, r: select, *: all). */
  readonly definerPolicies: readonly string[]
}
