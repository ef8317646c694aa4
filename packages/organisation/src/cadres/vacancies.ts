import {
  DomainError,
  found,
  listWithin,
  paging,
  recordAudit,
  requirePermission,
  type TenantContext,
  within,
} from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { countStaffNeeded, findSize, judgeSize } from './committee-sizes.ts'
import { coveredEmployers } from '../coverage/covered-employers.ts'
import { limits, readLimit } from '../limits.ts'
import { readPage } from '../pages.ts'
import { vacantPosts } from '../codes/cadres.ts'

export const ListVacancies = z.object({
  on: z.iso.date().optional(),
  isOverdue: z.boolean().default(false),
  posts: z.array(z.enum(vacantPosts)).max(3).default([]),
  ...within,
  ...paging,
})

export type Vacancy = {
  readonly unionId: number | null
  readonly unionName: string | null
  readonly body: string
  readonly bodyName: string
  readonly post: (typeof vacantPosts)[number]
  readonly since: string
  readonly dueOn: string
  readonly isOverdue: boolean
}

/**
 * Posts of chair, vice chair and audit chair whose last holder left and nobody followed, with the day by which they must be filled
 * (ORG-10, three months unless the place says otherwise), longest open first.
 *
 * Plan: who left, by officer_ended alone; who followed and which committee is new, of these bodies only, each in one pass.
 */
export async function listVacancies(
  ctx: TenantContext,
  input: z.output<typeof ListVacancies>,
): Promise<{ rows: Vacancy[]; total: number }> {
  requirePermission(ctx, 'organisation:read')
  const on = input.on ?? ctx.today
  const months = await readLimit(ctx, limits.vacancyMonths, { on })
  const bodies = await listWithin(ctx, input.body)
  const posts = input.posts.length > 0 ? input.posts : [...vacantPosts]
  const key = (row: string) => sql`(${sql.ref(`${row}.tenant_id`)}, coalesce(${sql.ref(`${row}.union_id`)}, 0))`
  const list = sql`
    with ended as materialized (
      select o.tenant_id, o.union_id, o.post, max(o.valid_to) + 1 as since from organisation.officer o
      where o.post in ('chair', 'vice_chair', 'audit_chair') and o.post = any (${posts}::text[]) and o.valid_to < ${on}::date and (${bodies}::int[] is null or o.tenant_id = any (${bodies}::int[]))
      group by o.tenant_id, o.union_id, o.post
    ), held as materialized (
      select o.tenant_id, o.union_id, o.post from organisation.officer o
      where o.tenant_id = any (array(select distinct tenant_id from ended)) and o.post = any (${posts}::text[])
        and o.valid_from <= ${on}::date and (o.valid_to is null or o.valid_to >= ${on}::date)
    ), renewed as materialized (
      select t.tenant_id, t.union_id, t.starts_on from organisation.term t
      where t.tenant_id = any (array(select distinct tenant_id from ended where post = 'vice_chair')) and t.body = 'union_committee'
    ), vacant as (
      select e.*, (e.since + make_interval(months => ${months}::int))::date as due_on from ended e
      where not exists (select from held h where ${key('h')} = ${key('e')} and h.post = e.post)
        -- A new committee that elected no vice chair does not lack one.
        and not (e.post = 'vice_chair' and exists (select from renewed t where ${key('t')} = ${key('e')} and t.starts_on = e.since))
    ), wanted as materialized (
      select v.union_id as "unionId", u.name as "unionName", f.code as body, f.name as "bodyName", v.post, v.since, v.due_on as "dueOn",
        v.due_on < ${on}::date as "isOverdue"
      from vacant v join tenancy.federation f on f.id = v.tenant_id left join organisation.trade_union u on u.id = v.union_id
      where (u.id is null or u.ended_on is null or u.ended_on > ${on}::date) and (not ${input.isOverdue} or v.due_on < ${on}::date)
    )`
  return readPage<Vacancy, { total: number }>(ctx, {
    list,
    from: 'wanted',
    order: sql`since, body, "unionId" nulls last, post`,
    sums: sql`(select count(*) from wanted) as total`,
    ...input,
  })
}

export const ReadStaffing = z.object({ on: z.iso.date().optional(), ...within })

/** Full-time staff and workers of the bodies asked for: how many 3 per mille would be (ORG-12), and who is what. */
export async function readStaffing(ctx: TenantContext, input: z.output<typeof ReadStaffing>) {
  requirePermission(ctx, 'organisation:read')
  const on = input.on ?? ctx.today
  const perMille = await readLimit(ctx, limits.staffPerMille, { on })
  const bodies = await listWithin(ctx, input.body)
  const { rows } = await sql<{ full_time: number; part_time: number; contracted: number; workers: number }>`
    select count(*) filter (where engagement = 'full_time')::int as full_time, count(*) filter (where engagement = 'part_time')::int as part_time,
      count(*) filter (where engagement = 'contracted')::int as contracted,
      (select coalesce(sum(headcount), 0)::bigint from (
        ${coveredEmployers(on, sql`(${bodies}::int[] is null or c.tenant_id = any (${bodies}::int[]))`)}) covered) as workers
    from organisation.officer o where o.post <> 'team_leader' and o.valid_from <= ${on} and (o.valid_to is null or o.valid_to >= ${on})
      and (${bodies}::int[] is null or o.tenant_id = any (${bodies}::int[]))`.execute(ctx.db)
  const { full_time: fullTime = 0, part_time: partTime = 0, contracted = 0, workers = 0 } = rows[0] ?? {}
  const needed = countStaffNeeded(workers, perMille)
  return { fullTime, partTime, contracted, workers, needed, short: Math.max(0, needed - fullTime) }
}

export const CheckCommittee = z.object({ unionId: z.int().positive(), members: z.int().min(0).max(2_000_000) })

/** What the size of a union asks of its committee and congress (ORG-11, ORG-15, ORG-16), and what it has. */
export async function checkCommittee(ctx: TenantContext, input: z.output<typeof CheckCommittee>) {
  requirePermission(ctx, 'organisation:read')
  const union = found(
    await ctx.db
      .selectFrom('organisation.trade_union')
      .select(['id', 'headcount', 'tenant_id'])
      .where('id', '=', input.unionId)
      .executeTakeFirst(),
    'organisation.unionNotFound',
  )
  const options = { federationId: union.tenant_id }
  const committees = await readLimit(ctx, limits.committeeSizes, options)
  const congresses = await readLimit(ctx, limits.congressSizes, options)
  const fullTimeFrom = await readLimit(ctx, limits.fullTimeChairFrom, options)
  const seated = await ctx.db
    .selectFrom('organisation.officer')
    .select(['name', 'post', 'engagement'])
    .where('union_id', '=', union.id)
    .where('valid_to', 'is', null)
    .where('post', 'in', ['chair', 'vice_chair', 'committee_member', 'women_chair'])
    .execute()
  // Who leads the women sits on the committee; elected into both, she takes one seat.
  const own = seated.filter((one) => one.post !== 'women_chair')
  const women = seated.filter((one) => one.post === 'women_chair' && !own.some((other) => other.name === one.name))
  const seats = own.length + women.length
  return {
    seats,
    asked: findSize(committees, input.members),
    verdict: judgeSize(committees, input.members, seats),
    congress: findSize(congresses, input.members),
    mayHaveFullTimeChair: union.headcount >= fullTimeFrom,
    hasFullTimeChair: seated.some((one) => one.post === 'chair' && one.engagement === 'full_time'),
  }
}

export const RecordUnionDay = z.object({ officerId: z.int().positive(), day: z.iso.date() })

/**
 * Notes a paid working day that an officer who is not full-time spends on union work (ORG-14: three a month, of one person in one body,
 * also across two terms).
 *
 * @throws DomainError conflict organisation.paidDaysSpent; invalid organisation.officerFullTime
 */
export async function recordUnionDay(
  ctx: TenantContext,
  input: z.output<typeof RecordUnionDay>,
): Promise<{ left: number }> {
  requirePermission(ctx, 'organisation:write')
  const officer = found(
    await ctx.db
      .selectFrom('organisation.officer')
      .selectAll()
      .where('id', '=', input.officerId)
      .where('tenant_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.officerNotFound',
  )
  if (officer.engagement === 'full_time')
    throw new DomainError('invalid', 'organisation.officerFullTime', {
      fields: [{ path: 'officerId', key: 'organisation.officerFullTime' }],
    })
  const allowed = await readLimit(ctx, limits.paidDays, { on: input.day })
  if (input.day < officer.valid_from || (officer.valid_to !== null && input.day > officer.valid_to))
    throw new DomainError('invalid', 'organisation.day', { fields: [{ path: 'day', key: 'organisation.day' }] })
  const { spent } = await ctx.db
    .selectFrom('organisation.union_day as d')
    .innerJoin('organisation.officer as o', 'o.id', 'd.officer_id')
    .select((eb) => eb.fn.count<number>('d.day').distinct().as('spent'))
    .where('o.tenant_id', '=', officer.tenant_id)
    .where(sql<boolean>`o.union_id is not distinct from ${officer.union_id}`)
    .where('o.name', '=', officer.name)
    .where(sql<boolean>`date_trunc('month', d.day) = date_trunc('month', ${input.day}::date)`)
    .where('d.day', '<>', input.day)
    .executeTakeFirstOrThrow()
  if (spent >= allowed)
    throw new DomainError('conflict', 'organisation.paidDaysSpent', {
      params: { allowed },
      fields: [{ path: 'day', key: 'organisation.paidDaysSpent', params: { allowed } }],
    })
  await ctx.db
    .insertInto('organisation.union_day')
    .values({ officer_id: officer.id, tenant_id: officer.tenant_id, day: input.day })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await recordAudit(ctx, {
    action: 'officer.union_day',
    objectKind: 'officer',
    objectId: officer.id,
    after: { day: input.day },
  })
  return { left: allowed - spent - 1 }
}
