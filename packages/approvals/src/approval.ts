import { defineFileKind, type GivenFiles } from '@gonglian/files'
import { papers, pictures } from '@gonglian/files/media'
import { defineLimit, type Limit } from '@gonglian/indicators'
import type { Permission, TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'

/** Papers of an application: read by the two bodies, kept once it is decided. */
export const applicationFiles = defineFileKind({
  key: 'application',
  write: 'approval:apply',
  read: 'approval:read',
  media: [...pictures, ...papers],
  visibility: 'shared',
  // They name candidates and members.
  isSensitive: true,
})

const days = z.int().min(1).max(250)
/** Working days in which an application is decided. */
const decisionDays = defineLimit('approvals.decision_working_days', days, 20, '通行做法')
/** Working days after the last day in time, until an application lapses. */
export const graceDays = defineLimit('approvals.grace_working_days', days, 60, '通行做法')
/** What stands before the year in the number of a paper, 川工复〔2026〕3号; `□` stands for the short name of the body. */
export const paperPrefix = defineLimit('approvals.paper_prefix', z.string().trim().min(1).max(20), '□工复', '通行做法')

/** What the page of an application shows of what was typed: keys of texts, and values as they are. */
export type Fact = { readonly label: string; readonly value: string; readonly words?: string }
/** A cell says what was typed, or a code that `words` names. */
export type Cell = string | { readonly value: string; readonly words: string }
export type FactTable = {
  readonly label: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly Cell[])[]
}
export type Shown = { readonly facts: readonly Fact[]; readonly tables: readonly FactTable[] }

/** An application as the domain gets it. */
export type Decided = {
  readonly applicationId: number
  readonly objectId: number
  readonly fromTenantId: number
  /** Why it was returned or taken back. */
  readonly reason: string
}
export type Paper = { readonly paperNo: string; readonly on: string }

/** One thing that needs the approval of the next level, as a domain declares it. */
export type Approval<Typed extends z.ZodType = z.ZodType> = {
  /** `term.extension`: has the text `approvals.kind.term.extension`. */
  readonly key: string
  readonly typed: Typed
  /** Who applies, beside `approval:apply`. */
  readonly permission: Permission
  /** The papers that must be attached where another body decides, by slot: `form` has the text `approvals.slot.form`. */
  readonly slots: readonly string[]
  /** Other than `approvals.decision_working_days`. */
  readonly days?: Limit<number>
  readonly show: (typed: z.output<Typed>) => Shown
  /** Takes effect in the register of the applicant, in the transaction of the decision. `ctx` acts there. */
  readonly approve: (ctx: TenantContext, decided: Decided, typed: z.output<Typed>, paper: Paper) => Promise<void>
  /** It was returned, taken back or has lapsed: what waited for it goes on as before. `ctx` acts at the applicant's. */
  readonly release: (
    ctx: TenantContext,
    decided: Decided,
    typed: z.output<Typed>,
    how: 'returned' | 'withdrawn' | 'lapsed',
  ) => Promise<void>
}

/** An approval whose type of what is typed is known to itself alone: what the mechanism keeps. */
export type AnyApproval = {
  readonly key: string
  readonly permission: Permission
  readonly slots: readonly string[]
  readonly days: Limit<number>
  /** @throws ZodError */
  readonly check: (typed: unknown) => unknown
  readonly show: (typed: unknown) => Shown
  readonly approve: (ctx: TenantContext, decided: Decided, typed: unknown, paper: Paper) => Promise<void>
  readonly release: (
    ctx: TenantContext,
    decided: Decided,
    typed: unknown,
    how: 'returned' | 'withdrawn' | 'lapsed',
  ) => Promise<void>
}

/** Declares what needs the approval of the next level. */
export function defineApproval<Typed extends z.ZodType>(approval: Approval<Typed>): AnyApproval {
  const { key, permission, slots, days: own = decisionDays } = approval
  const read = (typed: unknown) => approval.typed.parse(typed)
  return {
    key,
    permission,
    slots,
    days: own,
    check: read,
    show: (typed) => approval.show(read(typed)),
    approve: (ctx, decided, typed, paper) => approval.approve(ctx, decided, read(typed), paper),
    release: (ctx, decided, typed, how) => approval.release(ctx, decided, read(typed), how),
  }
}

export type ApplyInput = {
  readonly objectId: number
  readonly title: string
  readonly typed: unknown
  readonly files: GivenFiles
  /** `own`: a unit of the own register applies, and the body is the next level itself. */
  readonly level: 'superior' | 'own'
}
