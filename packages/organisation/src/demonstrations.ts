import { DomainError, found, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { likeName } from './names.ts'
import { listWithin, paging, within } from './scope.ts'
import { checkDay, holdUnion } from './union-states.ts'

export const NameDemonstration = z.object({
  unionId: z.int().positive(),
  title: z.string().trim().min(2).max(80),
  partyBranch: z.string().trim().max(120).default(''),
  on: z.iso.date(),
})
export const EndDemonstration = z.object({ demonstrationId: z.int().positive(), on: z.iso.date() })

/** Names a unit as an example of building party and union together (党工共建示范点, M079). */
export async function nameDemonstration(
  ctx: TenantContext,
  input: z.output<typeof NameDemonstration>,
): Promise<{ demonstrationId: number }> {
  requirePermission(ctx, 'organisation:approve')
  const union = await holdUnion(ctx, input.unionId)
  if (union.state !== 'active') throw new DomainError('conflict', 'organisation.union.notActive')
  if (union.has_party_organisation === false) throw new DomainError('conflict', 'organisation.demonstration.noParty')
  checkDay(ctx, 'on', input.on, union.founded_on)
  const row = await ctx.db
    .insertInto('organisation.demonstration_unit')
    .values({
      tenant_id: ctx.tenantId,
      union_id: union.id,
      title: input.title,
      party_branch: input.partyBranch,
      named_on: input.on,
    })
    .onConflict((conflict) => conflict.columns(['union_id', 'title']).doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row) throw new DomainError('conflict', 'organisation.demonstration.present')
  await recordAudit(ctx, {
    action: 'demonstration.name',
    objectKind: 'union',
    objectId: union.id,
    after: { title: input.title },
  })
  return { demonstrationId: row.id }
}

export async function endDemonstration(ctx: TenantContext, input: z.output<typeof EndDemonstration>): Promise<void> {
  requirePermission(ctx, 'organisation:approve')
  const row = found(
    await ctx.db
      .selectFrom('organisation.demonstration_unit')
      .selectAll()
      .where('id', '=', input.demonstrationId)
      .where('tenant_id', '=', ctx.tenantId)
      .where('ended_on', 'is', null)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.demonstration.notFound',
  )
  checkDay(ctx, 'on', input.on, row.named_on)
  await ctx.db
    .updateTable('organisation.demonstration_unit')
    .set({ ended_on: input.on })
    .where('id', '=', row.id)
    .execute()
  await recordAudit(ctx, {
    action: 'demonstration.end',
    objectKind: 'union',
    objectId: row.union_id,
    after: { title: row.title },
  })
}

export const ListDemonstrations = z.object({
  unionId: z.int().positive().optional(),
  /** In the name of the union. */
  search: z.string().trim().max(80).default(''),
  ...within,
  ...paging,
})
export type Demonstration = {
  id: number
  tenantId: number
  /** The federation that named it. */
  bodyName: string
  unionId: number
  unionName: string
  title: string
  partyBranch: string
  namedOn: string
}

/** Units that are examples today. */
export async function listDemonstrations(
  ctx: TenantContext,
  input: z.output<typeof ListDemonstrations>,
): Promise<{ rows: Demonstration[]; total: number }> {
  requirePermission(ctx, 'organisation:read')
  const bodies = await listWithin(ctx, input.body)
  let query = ctx.db
    .selectFrom('organisation.demonstration_unit as d')
    .innerJoin('organisation.trade_union as u', 'u.id', 'd.union_id')
    .where('d.ended_on', 'is', null)
  if (bodies) query = query.where('d.tenant_id', '=', sql<number>`any (${bodies})`)
  if (input.unionId !== undefined) query = query.where('d.union_id', '=', input.unionId)
  if (input.search !== '') query = query.where('u.name_key', 'like', likeName(input.search))
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .innerJoin('tenancy.federation as f', 'f.id', 'd.tenant_id')
    .select([
      'd.id',
      'd.tenant_id as tenantId',
      'f.short_name as bodyName',
      'd.union_id as unionId',
      'u.name as unionName',
      'd.title',
      'd.party_branch as partyBranch',
      'd.named_on as namedOn',
    ])
    .orderBy('d.named_on', 'desc')
    .orderBy('d.id')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return { rows, total }
}
