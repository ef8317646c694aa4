import { wakeFeeds } from '@gonglian/indicators'
import {
  DomainError,
  listWithin,
  paging,
  recordAudit,
  requirePermission,
  type TenantContext,
  within,
} from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { livedOn } from '../checklists/checklists.ts'
import { findUnion, shareOf } from '../checklists/ledgers.ts'
import { limits, readLimit } from '../limits.ts'
import { foldName } from '../numbers/names.ts'
import { isBasicUnion } from '../unions/union-states.ts'

export type WomenBody = 'committee' | 'member'

/** ORG-02: what a union with so many women should have at least; null: none are there. */
export function askWomenBody(women: number, committeeFrom: number): WomenBody | null {
  if (women === 0) return null
  return women >= committeeFrom ? 'committee' : 'member'
}

export const FormWomenBody = z.object({
  unionId: z.int().positive(),
  kind: z.enum(['committee', 'member']),
  formedOn: z.iso.date(),
})

/**
 * Gives an own union its women's committee, or a woman member where the women are few (ORG-02). One follows the other: what was there
 * ends the day the new one is formed.
 *
 * @throws DomainError invalid organisation.womenNone, organisation.womenMany (a committee is asked for), organisation.future
 */
export async function formWomenBody(ctx: TenantContext, input: z.output<typeof FormWomenBody>): Promise<void> {
  requirePermission(ctx, 'organisation:write')
  const union = await findUnion(ctx, input.unionId, { own: true })
  const committeeFrom = await readLimit(ctx, limits.womenCommitteeFrom, { federationId: union.tenant_id })
  const asked = askWomenBody(union.female_headcount, committeeFrom)
  const refuse = (path: string, key: string, params: Record<string, number> = {}) =>
    new DomainError('invalid', key, { params, fields: [{ path, key, params }] })
  if (input.formedOn > ctx.today) throw refuse('formedOn', 'organisation.future')
  if (asked === null) throw refuse('unionId', 'organisation.womenNone')
  if (asked === 'committee' && input.kind === 'member')
    throw refuse('kind', 'organisation.womenMany', { women: union.female_headcount, limit: committeeFrom })
  await ctx.db.selectFrom('organisation.trade_union').select('id').where('id', '=', union.id).forUpdate().execute()
  await ctx.db
    .updateTable('organisation.companion_body')
    .set({ ended_on: input.formedOn })
    .where('union_id', '=', union.id)
    .where('kind', 'in', ['women_committee', 'women_member'])
    .where('ended_on', 'is', null)
    .where('formed_on', '<=', input.formedOn)
    .execute()
  const formed = await ctx.db
    .insertInto('organisation.companion_body')
    .values({
      tenant_id: union.tenant_id,
      union_id: union.id,
      kind: input.kind === 'committee' ? 'women_committee' : 'women_member',
      formed_on: input.formedOn,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!formed) throw new DomainError('conflict', 'errors.conflict')
  await recordAudit(ctx, {
    action: 'womenBody.form',
    objectKind: 'union',
    objectId: union.id,
    after: { kind: input.kind, on: input.formedOn },
  })
  wakeFeeds(ctx)
}

const faults = ['absent', 'late', 'weak'] as const
export const ListWomenGaps = z.object({
  on: z.iso.date().optional(),
  faults: z.array(z.enum(faults)).max(3).default([]),
  /** In the union's name. */
  search: z.string().trim().max(80).default(''),
  ...within,
  ...paging,
})

export type WomenGap = {
  readonly unionId: number
  readonly unionName: string
  readonly body: string
  readonly bodyName: string
  readonly women: number
  readonly foundedOn: string | null
  readonly formedOn: string | null
  /** absent: neither committee nor member; late: not founded together with the union; weak: a member where a committee is asked for. */
  readonly fault: (typeof faults)[number]
}

/**
 * 三同时 (M203): for each union with women workers a committee or a member, founded together with the union. What is missing, and the sum
 * that must come out: committees + members + absent = unions with women.
 */
export async function listWomenGaps(ctx: TenantContext, input: z.output<typeof ListWomenGaps>) {
  requirePermission(ctx, 'organisation:read')
  const on = input.on ?? ctx.today
  const committeeFrom = await readLimit(ctx, limits.womenCommitteeFrom, { on })
  const bodies = await listWithin(ctx, input.body)
  // One pass over the unions with women in sight, hashed against their bodies. Full joins, of which what is no union falls away, because PostgreSQL hashes
  // them: for others it expects the rows of ten bodies, and compares each row with each.
  const held = sql`
    with living as (
      select u.id, u.name, u.name_key, u.tenant_id, u.female_headcount as women, u.founded_on from organisation.trade_union u
      where u.female_headcount > 0 and ${isBasicUnion()} and ${livedOn(on)}
        and (${bodies}::int[] is null or u.tenant_id = any (${bodies}::int[]))
    ), present as (
      select union_id, kind, formed_on from organisation.companion_body b
      where b.kind in ('women_committee', 'women_member') and b.formed_on <= ${on} and (b.ended_on is null or b.ended_on > ${on})
    ), first as (
      select union_id, min(formed_on) as first_on from organisation.companion_body
      where kind in ('women_committee', 'women_member') group by union_id
    ), seen as (
      select u.id, u.name, u.name_key, u.tenant_id, u.women, u.founded_on, b.kind, b.formed_on, first.first_on
      from living u full join first on first.union_id = u.id full join present b on b.union_id = u.id
      where coalesce(u.id, 0) > 0
    ), judged as (
      select seen.*, case when kind is null then 'absent' when kind = 'women_member' and women >= ${committeeFrom} then 'weak'
        when first_on > founded_on then 'late' end as fault from seen
    )`
  const { rows: sums } = await sql<{
    unions: number
    committees: number
    members: number
    absent: number
    weak: number
    late: number
  }>`
    ${held} select count(*)::int as unions, count(*) filter (where kind = 'women_committee')::int as committees,
      count(*) filter (where kind = 'women_member')::int as members, count(*) filter (where fault = 'absent')::int as absent,
      count(*) filter (where fault = 'weak')::int as weak, count(*) filter (where fault = 'late')::int as late from judged`.execute(
    ctx.db,
  )
  const chosen: readonly (typeof faults)[number][] = input.faults.length > 0 ? input.faults : faults
  const needle = foldName(input.search).replaceAll(/[\\%_]/g, '\\$&')
  const named = input.search === '' ? sql`true` : sql`j.name_key like ${`%${needle}%`}`
  const { rows } = await sql<WomenGap & { total: number }>`
    ${held} select count(*) over () as total, j.id as "unionId", j.name as "unionName", f.code as body, f.name as "bodyName", j.women, j.founded_on::text as "foundedOn",
      j.formed_on::text as "formedOn", j.fault
    from judged j join tenancy.federation f on f.id = j.tenant_id
    where j.fault = any (${chosen}::text[]) and ${named}
    order by j.fault, j.women desc, j.id limit ${input.pageSize} offset ${(input.page - 1) * input.pageSize}`.execute(
    ctx.db,
  )
  const counts = sums[0] ?? { unions: 0, committees: 0, members: 0, absent: 0, weak: 0, late: 0 }
  return {
    rows: rows.map(({ total: _total, ...row }) => row),
    total: input.search === '' ? chosen.reduce((sum, fault) => sum + counts[fault], 0) : (rows[0]?.total ?? 0),
    counts: { ...counts, coverage: shareOf(counts.committees + counts.members, counts.unions) },
  }
}
