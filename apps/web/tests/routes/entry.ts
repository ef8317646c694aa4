import { roles, type Role } from '@gonglian/tenancy/permissions'

/** What is recorded for the walk: things of one county. */
export type Fixture = {
  readonly period: string
  readonly planId: number
  readonly itemId: number
  readonly reportId: number
  readonly unionId: number
  readonly memberId: number
  /** An approved union of the county. */
  readonly approvedId: number
  /** Of its approval, signed. */
  readonly paperToken: string
  readonly importId: number
  readonly listId: number
  readonly electionId: number
  readonly congressId: number
  readonly trainingId: number
  readonly ratingId: number
  readonly appraisalId: number
  readonly applicationId: number
}

export type Entry = {
  readonly to: (fixture: Fixture) => string
  /** The roles of the body itself that get 200; the others get 403. */
  readonly allowed: readonly Role[]
  /** Others who may ask for the like, not for exactly this. */
  readonly asking?: readonly Role[]
  /** What business people of another body get who ask for exactly this. */
  readonly sibling: number
  readonly child: number
  /** A text that whoever may see the page finds on it. */
  readonly shows?: string
  /** What those allowed get; default 200. */
  readonly answers?: number
  /** What whoever is signed in gets; then roles and bodies do not count. */
  readonly everybody?: number
  /** Tells everybody what others must not read elsewhere, and why. */
  readonly told?: string
  /** What nobody gets, instead of being sent to the sign-in. */
  readonly nobody?: number
}

export const everyRole = roles
/** Whoever reads the rows of the register, and whoever takes them out. */
export const keepers = ['leader', 'officer', 'reviewer'] as const
export const takers = ['leader', 'officer'] as const
export const business = ['leader', 'officer', 'reviewer', 'finance', 'auditor'] as const
export const readers = [...business, 'secadmin'] as const

export const county = '513221'
export const form = 'org-monthly'
/** One's own of the same: pages that name no body. */
export const theirs = { sibling: 200, child: 200 } as const
/** Is there, but not for others. */
export const hidden = { sibling: 404, child: 404 } as const
export const office = { sibling: 403, child: 403 } as const

/** By address, as the route table writes it. */
export type Pages = Readonly<Record<string, Entry>>
