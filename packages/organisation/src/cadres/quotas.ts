import { wakeFeeds } from '@gonglian/indicators'
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
import { escapeLike } from '../numbers/names.ts'
import { readPage } from '../pages.ts'
import { postCategories } from '../codes/cadres.ts'

export const ApproveQuota = z.object({
  unitName: z.string().trim().min(2).max(80),
  category: z.enum(postCategories),
  posts: z.int().min(1).max(10_000),
  /** The staffing office's document. */
  document: z.string().trim().max(200).default(''),
  validFrom: z.iso.date(),
})

/** Enters posts that were approved for a unit of the own body (核定编制, M107). */
export async function approveQuota(
  ctx: TenantContext,
  input: z.output<typeof ApproveQuota>,
): Promise<{ quotaId: number }> {
  requirePermission(ctx, 'organisation:approve')
  const { id } = await ctx.db
    .insertInto('organisation.staff_quota')
    .values({
      tenant_id: ctx.tenantId,
      unit_name: input.unitName,
      category: input.category,
      posts: input.posts,
      document: input.document,
      valid_from: input.validFrom,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordAudit(ctx, {
    action: 'quota.approve',
    objectKind: 'staff_quota',
    objectId: id,
    after: { category: input.category, posts: input.posts },
  })
  wakeFeeds(ctx)
  return { quotaId: id }
}

export const EndQuota = z.object({ quotaId: z.int().positive(), version: z.int().positive(), on: z.iso.date() })

/** @throws DomainError conflict errors.conflict; invalid organisation.dayBefore */
export async function endQuota(ctx: TenantContext, input: z.output<typeof EndQuota>): Promise<void> {
  requirePermission(ctx, 'organisation:approve')
  const row = found(
    await ctx.db
      .selectFrom('organisation.staff_quota')
      .selectAll()
      .where('id', '=', input.quotaId)
      .where('tenant_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.quotaNotFound',
  )
  if (row.version !== input.version || row.valid_to !== null) throw new DomainError('conflict', 'errors.conflict')
  if (input.on <= row.valid_from)
    throw new DomainError('invalid', 'organisation.dayBefore', {
      params: { from: row.valid_from },
      fields: [{ path: 'on', key: 'organisation.dayBefore', params: { from: row.valid_from } }],
    })
  await ctx.db
    .updateTable('organisation.staff_quota')
    .set({ valid_to: input.on, version: row.version + 1 })
    .where('id', '=', row.id)
    .execute()
  await recordAudit(ctx, { action: 'quota.end', objectKind: 'staff_quota', objectId: row.id, after: { on: input.on } })
}

export const ListQuotas = z.object({
  on: z.iso.date().optional(),
  /** Only what was approved for the own body itself. */
  own: z.boolean().default(false),
  /** In the name of the unit or of the body. */
  search: z.string().trim().max(80).default(''),
  categories: z.array(z.enum(postCategories)).max(4).default([]),
  ...within,
  ...paging,
})

export type ListedQuota = {
  quotaId: number
  version: number
  body: string
  bodyName: string
  unitName: string
  category: (typeof postCategories)[number]
  document: string
  posts: number
  filled: number
  /** Posts that nobody fills. */
  open: number
}

/** Approved and filled posts by unit and category on a day (M107: 3 + 6 + 2), with the sums of all of them, whatever is searched for. */
export async function listQuotas(ctx: TenantContext, input: z.output<typeof ListQuotas>) {
  requirePermission(ctx, 'organisation:read')
  const on = input.on ?? ctx.today
  const bodies = input.own ? [ctx.tenantId] : await listWithin(ctx, input.body)
  const needle = `%${escapeLike(input.search)}%`
  const list = sql`
    with chosen as materialized (
      select q.* from organisation.staff_quota q
      where q.valid_from <= ${on}::date and (q.valid_to is null or q.valid_to > ${on}::date)
        and (${bodies}::int[] is null or q.tenant_id = any (${bodies}::int[]))
    ), filled as materialized (
      select o.quota_id, count(*) as officers from organisation.officer o
      where o.tenant_id = any (array(select distinct tenant_id from chosen)) and o.quota_id is not null and o.valid_from <= ${on}::date
        and (o.valid_to is null or o.valid_to >= ${on}::date)
      group by 1
    ), wanted as materialized (
      select q.id as "quotaId", q.version, f.code as body, f.name as "bodyName", q.unit_name as "unitName", q.category, q.document, q.posts,
        coalesce(o.officers, 0) as filled, q.posts - coalesce(o.officers, 0) as open
      from chosen q join tenancy.federation f on f.id = q.tenant_id left join filled o on o.quota_id = q.id
      where (q.unit_name ilike ${needle} or f.name ilike ${needle})
        and (cardinality(${input.categories}::text[]) = 0 or q.category = any (${input.categories}::text[]))
    )`
  return readPage<ListedQuota, { total: number; posts: number; filled: number }>(ctx, {
    list,
    from: 'wanted',
    order: sql`body, "quotaId"`,
    sums: sql`(select count(*) from wanted) as total, (select coalesce(sum(posts), 0)::bigint from chosen) as posts,
      (select coalesce(sum(officers), 0)::bigint from filled where quota_id in (select id from chosen)) as filled`,
    ...input,
  })
}
