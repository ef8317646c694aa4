import { wakeFeeds } from '@gonglian/indicators'
import { DomainError, found, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { listWithin, within } from './scope.ts'
import { postCategories } from './codes/cadres.ts'

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

export const ListQuotas = z.object({ on: z.iso.date().optional(), ...within })

/** Approved and filled posts by unit and category on a day (M107: 3 + 6 + 2). */
export async function listQuotas(ctx: TenantContext, input: z.output<typeof ListQuotas>) {
  requirePermission(ctx, 'organisation:read')
  const on = input.on ?? ctx.today
  const bodies = await listWithin(ctx, input.body)
  const { rows } = await sql<{
    quotaId: number
    version: number
    body: string
    bodyName: string
    unitName: string
    category: 'administrative' | 'institution' | 'worker' | 'contracted'
    document: string
    posts: number
    filled: number
  }>`
    select q.id as "quotaId", q.version, f.code as body, f.name as "bodyName", q.unit_name as "unitName", q.category, q.document, q.posts,
      (select count(*)::int from organisation.officer o where o.quota_id = q.id and o.valid_from <= ${on}
        and (o.valid_to is null or o.valid_to >= ${on})) as filled
    from organisation.staff_quota q join tenancy.federation f on f.id = q.tenant_id
    where q.valid_from <= ${on} and (q.valid_to is null or q.valid_to > ${on})
      and (${bodies}::int[] is null or q.tenant_id = any (${bodies}::int[]))
    order by f.code, q.id`.execute(ctx.db)
  const sum = (pick: (row: (typeof rows)[number]) => number) => rows.reduce((all, row) => all + pick(row), 0)
  return {
    rows: rows.map((row) => ({ ...row, open: row.posts - row.filled })),
    posts: sum((row) => row.posts),
    filled: sum((row) => row.filled),
  }
}
