import { definerPolicies, definers } from './definers.ts'
import { keys, plants, treePlants } from './planting.ts'
import { rules } from './rules.ts'
import type { TableEntries } from './world.ts'

export { anyCountry, lookFrom, type Country, type Look } from './country.ts'
export { describeTables, type DescribedTable } from './described.ts'
export {
  atWork,
  belowMe,
  isSystem,
  issued,
  ordinary,
  personal,
  tenant,
  writable,
  writableBody,
  type Rules,
} from './sight.ts'
export {
  findRow,
  int,
  pick,
  plantSimply,
  rowOf,
  type Cell,
  type Plant,
  type Row,
  type SimplePlant,
  type TableEntries,
  type World,
} from './world.ts'

/** The tables of the platform; those of the domains stand in their packages. */
export const platformTables: TableEntries = { rules, plants, keys, definers, definerPolicies }
export { treePlants }
