import { roles, type ErrorCode, type Role } from '@gonglian/tenancy'
import type { Fixture } from './fixture.ts'

export type Outcome = 'ok' | ErrorCode

/**
 * What comes of one procedure, asked with one input that aims at what the county owns. Roles that are not among `allowed` get
 * forbidden, whichever body they are of.
 */
export type Entry = {
  input?: (fixture: Fixture) => unknown
  /** Roles that the permission table lets ask. */
  allowed: readonly Role[]
  /** What they get in the county itself; default ok. */
  same?: Outcome
  /** What the strongest of each other body gets: the neighbour, a township below, the city above. */
  sibling: Outcome
  child: Outcome
  superior: Outcome
  /** Needs no role at all, or nobody to be signed in. */
  open?: 'account' | 'public'
  /** A mark that the county's own answer holds: the input does aim at something. */
  shows?: string
  /** Marks that an answer may hold beyond the ordinary, and why. */
  exempt?: { same: readonly string[]; superior: readonly string[]; because: string }
}

/** The entries of each procedure: one for each input worth trying. */
export type Entries = Record<string, Entry | readonly Entry[]>

export const everyRole = roles
export const business = ['leader', 'officer', 'reviewer', 'finance', 'auditor'] as const satisfies readonly Role[]
/** Who reads rules, but no figures. */
export const readers = [...business, 'secadmin'] as const satisfies readonly Role[]
/** What another body gets who asks for something that only the owner may know of. */
export const hidden = { sibling: 'not_found', child: 'not_found', superior: 'not_found' } as const
/** What others get who ask about their own: an answer of their own. */
export const theirs = { sibling: 'ok', child: 'ok', superior: 'ok' } as const
