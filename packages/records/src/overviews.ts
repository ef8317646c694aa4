import type { DueKind } from '@gonglian/tasks'
import type { Permission, TenantContext } from '@gonglian/tenancy'
import type { Grouping } from './below.ts'
import type { WorkArea } from './pages.ts'

/** What the start page of a domain shows, beside the tasks that the domain declares. */
export type Overview = {
  readonly permission: Permission
  /** Indicators whose figures stand on the page, by code; the catalogue and the roll-up say what they are. */
  readonly figures: readonly string[]
  /** Of these, what bodies below are compared by; the first decides who is worse where equally much is overdue. */
  readonly below: readonly string[]
  /** Days that come. */
  readonly due: readonly DueKind[]
  /** Lists that are counted by the level below. */
  readonly groupings: readonly Grouping[]
  /** Its tabs and lists. */
  readonly work: readonly WorkArea[]
  /** Whether any record is in sight; without one the page says how to begin. */
  readonly isKept: (ctx: TenantContext) => Promise<boolean>
}
