import type { Look } from './country.ts'
import { int, type Row, type World } from './world.ts'

/** Who may do what with a row, said in sets. Missing: nobody, not even asked of the rows (no privilege on the table). */
export type Rules = {
  see?: (row: Row, look: Look, world: World) => boolean
  add?: (row: Row, look: Look, world: World) => boolean
  change?: (row: Row, look: Look, world: World) => boolean
  drop?: (row: Row, look: Look, world: World) => boolean
}

export const tenant = (row: Row) => int(row, 'tenant_id')
export const isSystem = (look: Look) => look.reach === 'system'
export const isVisitor = (look: Look) => look.reach === 'sign_in'
/** Somebody with business roles, or the system: the two that touch business rows at all. */
export const atWork = (look: Look) => look.reach === 'business' || isSystem(look)

export const belowMe = (row: Row, look: Look) => atWork(look) && look.below.has(tenant(row))
export const mine = (row: Row, look: Look) => look.reach === 'business' && tenant(row) === look.me
/** A user writes the own body's rows, the system those of all below. */
export const writableBody = (body: number, look: Look) =>
  (look.reach === 'business' && body === look.me) || (isSystem(look) && look.below.has(body))
export const writable = (row: Row, look: Look) => writableBody(tenant(row), look)

/** What belongs to accounts: of the own body in every reach but the visitor's, for the system of all below. */
export const ownAccounts = (row: Row, look: Look) =>
  (!isVisitor(look) && tenant(row) === look.me) || (isSystem(look) && look.below.has(tenant(row)))
