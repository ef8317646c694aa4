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
/** The system, and whoever reorganises: the two that write the tree, its history and totals. */
export const mayRestructure = (look: Look) => isSystem(look) || look.reach === 'structure'
export const isVisitor = (look: Look) => look.reach === 'sign_in'
/** Somebody with business roles, or the system: the two that touch business rows at all. */
export const atWork = (look: Look) => look.reach === 'business' || isSystem(look)

/** Those, and whoever reorganises: the totals of the new tree are computed from what lies below. */
export const readsBelow = (look: Look) => atWork(look) || mayRestructure(look)

export const belowMe = (row: Row, look: Look) => readsBelow(look) && look.below.has(tenant(row))
export const mine = (row: Row, look: Look) => look.reach === 'business' && tenant(row) === look.me
/** A user writes the own body's rows, the system those of all below. */
export const writableBody = (body: number, look: Look) =>
  (look.reach === 'business' && body === look.me) || (isSystem(look) && look.below.has(body))
export const writable = (row: Row, look: Look) => writableBody(tenant(row), look)

/** What belongs to accounts: of the own body, but not for visitors nor to reorganise; for the system of all below. */
export const ownAccounts = (row: Row, look: Look) =>
  (!isVisitor(look) && look.reach !== 'structure' && tenant(row) === look.me) ||
  (isSystem(look) && look.below.has(tenant(row)))

export type Verb = 'add' | 'change' | 'drop'

/** Read by the body and those above it, written by the body; what is missing from `verbs` nobody does at all. */
export const ordinary = (...verbs: Verb[]): Rules => ({
  see: belowMe,
  ...Object.fromEntries(verbs.map((verb) => [verb, writable])),
})
/** Personal: read and written by the body that owns it and by nobody else (handbook 14.2). */
export const personal = (...verbs: Verb[]): Rules => ({ ...ordinary(...verbs), see: writable })
/** Issued for those below, who read it; those above read it too. */
export const issued = (...verbs: Verb[]): Rules => ({
  ...ordinary(...verbs),
  see: (row, look) => atWork(look) && (look.below.has(tenant(row)) || look.above.has(tenant(row))),
})
