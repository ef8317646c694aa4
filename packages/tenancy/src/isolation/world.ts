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
