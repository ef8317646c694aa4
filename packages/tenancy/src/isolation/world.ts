import type { Country } from './country.ts'

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
