import { sql } from 'kysely'
import { z } from 'zod'
import { DomainError, found, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { MemberStep } from './enrolment.ts'
import type { MemberState } from './facets.ts'
import type { MemberRow } from './members.ts'
import { recordStep, type Move } from '../steps.ts'

const day = z.iso.date()
const OnDay = MemberStep.extend({ on: day.optional() })

export const RetainMember = OnDay.extend({ for: z.enum(['retired', 'unemployed', 'military']) })
export const ReemployMember = OnDay
export const LeaveMember = OnDay.extend({
  how: z.enum(['own_wish', 'treated_as_left']),
  /** Of one treated as left: since when neither fee nor part taken, and when admonished (MEM-08). */
  unpaidSince: day.optional(),
  admonishedOn: day.optional(),
  reason: z.string().trim().max(200).default(''),
})
export const ExpelMember = OnDay.extend({
  groupDiscussedOn: day,
  committeeDecidedOn: day,
  reason: z.string().trim().min(4).max(200),
})
export const RecordDeath = OnDay

export type Standing = { memberId: number; version: number; state: MemberState }
type Held = Omit<MemberRow, 'union_name'>

async function holdMember(
  ctx: TenantContext,
  input: { memberId: number; version: number; on?: string | undefined },
  from: readonly MemberState[],
): Promise<{ row: Held; on: string }> {
  const row = found(
    await ctx.db
      .selectFrom('organisation.member')
      .selectAll()
      .where('id', '=', input.memberId)
      .forUpdate()
      .executeTakeFirst(),
  )
  if (row.version !== input.version) throw new DomainError('conflict', 'errors.conflict')
  if (!from.includes(row.state))
    throw new DomainError('conflict', 'organisation.member.wrongState', { params: { state: row.state } })
  const on = input.on ?? ctx.today
  const lastChange = row.joined_on ?? row.applied_on
  if (on > ctx.today || on < lastChange) {
    const key = 'organisation.member.day'
    throw new DomainError('invalid', key, {
      fields: [{ path: 'on', key, params: { from: lastChange, to: ctx.today } }],
    })
  }
  return { row, on }
}

async function move(
  ctx: TenantContext,
  row: Held,
  set: Record<string, unknown> & { state: MemberState },
  step: Pick<Move, 'reason' | 'details'>,
): Promise<Standing> {
  const done = await ctx.db
    .updateTable('organisation.member')
    .set({ ...set, version: sql`version + 1` })
    .where('id', '=', row.id)
    .returning('version')
    .executeTakeFirstOrThrow()
  await recordStep(ctx, { kind: 'member', id: row.id, from: row.state, to: set.state, ...step })
  return { memberId: row.id, version: done.version, state: set.state }
}

/** Days kept so far, the last open one closed on a day. */
const closeRetained = (on: string) => sql`retained * datemultirange(daterange(null, ${on}::date))`

/**
 * Keeps a membership without vote and fee (MEM-07): of the retired at their former union (MEM-04), of the unemployed (MEM-05), of
 * those in the army (MEM-06). Who retired inside the enterprise only stays a member until the formal day, and is not moved here.
 */
export async function retainMember(ctx: TenantContext, input: z.output<typeof RetainMember>): Promise<Standing> {
  requirePermission(ctx, 'member:write')
  const { row, on } = await holdMember(ctx, input, ['active'])
  return move(
    ctx,
    row,
    {
      state: 'retained',
      retained_for: input.for,
      retained: sql`retained + datemultirange(daterange(${on}::date, null))`,
    },
    { details: { for: input.for, on } },
  )
}

/**
 * Back in work at the same union: vote and fee return. The retired who are hired again stay retained (MEM-04).
 *
 * @throws DomainError conflict organisation.member.retiredStays
 */
export async function reemployMember(ctx: TenantContext, input: z.output<typeof ReemployMember>): Promise<Standing> {
  requirePermission(ctx, 'member:write')
  const { row, on } = await holdMember(ctx, input, ['retained'])
  if (row.retained_for === 'retired') throw new DomainError('conflict', 'organisation.member.retiredStays')
  return move(
    ctx,
    row,
    { state: 'active', retained_for: '', retained: closeRetained(on) },
    { details: { from: row.retained_for, on } },
  )
}

async function endMember(
  ctx: TenantContext,
  { row, on }: { row: Held; on: string },
  end: { state: 'left' | 'expelled' | 'deceased'; why: string; step: Pick<Move, 'reason' | 'details'> },
): Promise<Standing> {
  const open = await ctx.db
    .selectFrom('organisation.transfer')
    .select('id')
    .where('member_id', '=', row.id)
    .where('state', '=', 'requested')
    .executeTakeFirst()
  if (open) throw new DomainError('conflict', 'organisation.member.transferOpen')
  return move(
    ctx,
    row,
    { state: end.state, left_on: on, retained_for: '', retained: closeRetained(on), end_reason: end.why },
    end.step,
  )
}

/** The first day of the month so many months later; a 31st becomes the last day there is. */
function addMonths(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}

/**
 * Leaving is free (MEM-08). Who for six months neither pays nor takes part, without a reason and after being admonished, is treated
 * as having left. Applications that are taken back end the same way.
 *
 * @throws DomainError invalid organisation.member.sixMonths
 */
export async function leaveMember(ctx: TenantContext, input: z.output<typeof LeaveMember>): Promise<Standing> {
  requirePermission(ctx, 'member:write')
  const held = await holdMember(ctx, input, input.how === 'own_wish' ? ['applied', 'active', 'retained'] : ['active'])
  if (input.how === 'treated_as_left') {
    const { unpaidSince, admonishedOn } = input
    const ripe =
      unpaidSince !== undefined &&
      admonishedOn !== undefined &&
      addMonths(unpaidSince, 6) <= held.on &&
      admonishedOn >= unpaidSince &&
      admonishedOn < held.on
    if (!ripe) {
      const key = 'organisation.member.sixMonths'
      throw new DomainError('invalid', key, { fields: [{ path: 'unpaidSince', key }] })
    }
  }
  return endMember(ctx, held, {
    state: 'left',
    why: input.how,
    step: { reason: input.reason, details: { how: input.how, on: held.on } },
  })
}

/**
 * Expulsion (MEM-09): the group has discussed it, then the committee decided. What is reported to the superior stands in the union's
 * history: that one was expelled, and how it was decided. Who, only the owner reads.
 *
 * @throws DomainError invalid organisation.member.expelOrder
 */
export async function expelMember(ctx: TenantContext, input: z.output<typeof ExpelMember>): Promise<Standing> {
  requirePermission(ctx, 'organisation:approve')
  const held = await holdMember(ctx, input, ['active', 'retained'])
  if (input.groupDiscussedOn > input.committeeDecidedOn || input.committeeDecidedOn > held.on) {
    const key = 'organisation.member.expelOrder'
    throw new DomainError('invalid', key, { fields: [{ path: 'committeeDecidedOn', key }] })
  }
  const { groupDiscussedOn, committeeDecidedOn } = input
  const union = await ctx.db
    .selectFrom('organisation.trade_union')
    .select(['id', 'state'])
    .where('id', '=', held.row.union_id)
    .executeTakeFirstOrThrow()
  await recordStep(ctx, {
    kind: 'union',
    id: union.id,
    from: union.state,
    to: union.state,
    details: { expelledMembers: 1, groupDiscussedOn, committeeDecidedOn, on: held.on },
  })
  return endMember(ctx, held, {
    state: 'expelled',
    why: input.reason,
    step: { details: { groupDiscussedOn, committeeDecidedOn, on: held.on } },
  })
}

/** The membership ends with the member's death. */
export async function recordDeath(ctx: TenantContext, input: z.output<typeof RecordDeath>): Promise<Standing> {
  requirePermission(ctx, 'member:write')
  const held = await holdMember(ctx, input, ['active', 'retained'])
  return endMember(ctx, held, { state: 'deceased', why: 'deceased', step: { details: { on: held.on } } })
}
