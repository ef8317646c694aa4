import { exportPersons, listWithin, paging, requirePermission, type TenantContext, within } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { limits, readLimit } from '../limits.ts'
import { Engagement, judgeRank, posts } from './officers.ts'

export const ListOfficers = z.object({
  on: z.iso.date().optional(),
  posts: z.array(z.enum(posts)).max(posts.length).default([]),
  engagements: z.array(Engagement).max(3).default([]),
  unionId: z.int().positive().optional(),
  search: z.string().trim().max(60).default(''),
  sort: z.enum(['body', 'from', '-from', 'name', '-name']).default('body'),
  ...within,
  ...paging,
})

/** Who holds which post on a day, in the own body and below (names of officers are seen by superiors, handbook 14.2). */
export async function listOfficers(ctx: TenantContext, input: z.output<typeof ListOfficers>) {
  requirePermission(ctx, 'organisation:read')
  const on = input.on ?? ctx.today
  const bodies = await listWithin(ctx, input.body)
  let query = ctx.db
    .selectFrom('organisation.officer as o')
    .innerJoin('tenancy.federation as f', 'f.id', 'o.tenant_id')
    .leftJoin('organisation.trade_union as u', 'u.id', 'o.union_id')
    .where('o.valid_from', '<=', on)
    .where((eb) => eb.or([eb('o.valid_to', 'is', null), eb('o.valid_to', '>=', on)]))
  if (bodies !== null) query = query.where('o.tenant_id', '=', sql<number>`any (${bodies})`)
  if (input.posts.length > 0) query = query.where('o.post', 'in', input.posts)
  if (input.engagements.length > 0) query = query.where('o.engagement', 'in', input.engagements)
  if (input.unionId !== undefined) query = query.where('o.union_id', '=', input.unionId)
  if (input.search !== '') {
    const needle = `%${input.search.replaceAll(/[\\%_]/g, '\\$&')}%`
    query = query.where((eb) => eb.or([eb('o.name', 'ilike', needle), eb('u.name', 'ilike', needle)]))
  }
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const isDown = input.sort.startsWith('-')
  const rows = await query
    .select([
      'o.id as officerId',
      'o.version',
      'o.name',
      'o.gender',
      'o.post',
      'o.engagement',
      'o.rank',
      'o.union_id as unionId',
    ])
    .select(['u.name as unionName', 'u.ownership', 'f.code as body', 'f.name as bodyName', 'f.level'])
    .select([
      'o.concurrent_post as concurrentPost',
      'o.quota_id as quotaId',
      'o.valid_from as validFrom',
      'o.valid_to as validTo',
      'o.appointed_by as appointedBy',
      'o.is_party_committee as isPartyCommittee',
      'o.contract_ends_on as contractEndsOn',
      // Days are the owner's to see: of others' officers there are none in sight.
      sql<number>`(select count(*) from organisation.union_day d where d.officer_id = o.id
        and date_trunc('month', d.day) = date_trunc('month', ${on}::date))`.as('unionDays'),
    ])
    .$if(input.sort.endsWith('from'), (sorted) => sorted.orderBy('o.valid_from', isDown ? 'desc' : 'asc'))
    .$if(input.sort.endsWith('name'), (sorted) => sorted.orderBy('o.name', isDown ? 'desc' : 'asc'))
    .orderBy('f.code')
    .orderBy('o.union_id', (order) => order.asc().nullsFirst())
    .orderBy('o.id')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  const rules = await readLimit(ctx, limits.ranks)
  const paidDays = await readLimit(ctx, limits.paidDays, { on })
  return {
    rows: rows.map(({ ownership, level, ...row }) => ({
      ...row,
      /** Null: no rule speaks of the post. */
      isRankRight: judgeRank(
        rules,
        row.unionId === null ? { level } : { ownership: ownership ?? '' },
        row.post,
        row.rank,
      ),
    })),
    total,
    /** ORG-14: so many paid working days a month for whoever is not full-time. */
    paidDays,
  }
}

export const ExportOfficers = ListOfficers.omit({ page: true, pageSize: true })

/** All that search and filters leave, for a file. */
export async function exportOfficers(ctx: TenantContext, input: z.output<typeof ExportOfficers>) {
  requirePermission(ctx, 'organisation:read')
  return exportPersons(ctx, 'cadres.listOfficers', (part) => listOfficers(ctx, { ...input, ...part }))
}
