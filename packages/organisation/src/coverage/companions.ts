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
import { wakeFeeds } from '@gonglian/indicators'
import { sql } from 'kysely'
import { z } from 'zod'
import { readLimit } from '../limits.ts'
import { likeName } from '../numbers/names.ts'
import { readPage } from '../pages.ts'
import { companionKinds, unionLimits, type CompanionKind } from '../unions/union-limits.ts'
import { checkDay, holdUnion } from '../unions/union-states.ts'

export const FormCompanion = z.object({ unionId: z.int().positive(), kind: z.enum(companionKinds), on: z.iso.date() })
export const EndCompanion = FormCompanion.extend({})

/**
 * Notes that a union has formed one of its companion bodies (六会同建).
 *
 * @throws DomainError conflict for a body it has, or a union that is not at work
 */
export async function formCompanion(ctx: TenantContext, input: z.output<typeof FormCompanion>): Promise<void> {
  requirePermission(ctx, 'organisation:write')
  const union = await holdUnion(ctx, input.unionId)
  if (union.state !== 'active') throw new DomainError('conflict', 'organisation.union.notActive')
  checkDay(ctx, 'on', input.on, union.founded_on)
  const row = await ctx.db
    .insertInto('organisation.companion_body')
    .values({ tenant_id: ctx.tenantId, union_id: union.id, kind: input.kind, formed_on: input.on })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!row) throw new DomainError('conflict', 'organisation.companion.present')
  await recordAudit(ctx, {
    action: 'companion.form',
    objectKind: 'union',
    objectId: union.id,
    after: { kind: input.kind, on: input.on },
  })
  wakeFeeds(ctx)
}

/** @throws DomainError not_found for a body the union does not have */
export async function endCompanion(ctx: TenantContext, input: z.output<typeof EndCompanion>): Promise<void> {
  requirePermission(ctx, 'organisation:write')
  const row = found(
    await ctx.db
      .selectFrom('organisation.companion_body')
      .select(['id', 'formed_on'])
      .where('union_id', '=', input.unionId)
      .where('kind', '=', input.kind)
      .where('tenant_id', '=', ctx.tenantId)
      .where('ended_on', 'is', null)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.companion.notFound',
  )
  checkDay(ctx, 'on', input.on, row.formed_on)
  await ctx.db.updateTable('organisation.companion_body').set({ ended_on: input.on }).where('id', '=', row.id).execute()
  await recordAudit(ctx, {
    action: 'companion.end',
    objectKind: 'union',
    objectId: input.unionId,
    after: { kind: input.kind, on: input.on },
  })
  wakeFeeds(ctx)
}

export const ListMissingCompanions = z.object({
  search: z.string().trim().max(80).default(''),
  kind: z.enum(companionKinds).optional(),
  ...within,
  ...paging,
})
export type MissingCompanions = {
  unionId: number
  tenantId: number
  /** The federation that keeps it. */
  bodyName: string
  name: string
  code: string | null
  missing: CompanionKind[]
}

/**
 * Basic unions at work that lack bodies the place requires, and how many lack each. The required ones are a parameter.
 *
 * Plan: unions and bodies once each; what is missing is worked out for the page alone. "Not in" is always hashed: for a join the planner expects the rows
 * of ten bodies, and compares each row with each.
 */
export async function listMissingCompanions(
  ctx: TenantContext,
  input: z.output<typeof ListMissingCompanions>,
): Promise<{ rows: MissingCompanions[]; total: number; required: CompanionKind[] }> {
  requirePermission(ctx, 'organisation:read')
  const bodies = await listWithin(ctx, input.body)
  const required = [...new Set(await readLimit(ctx, unionLimits.companions))]
  const asked = input.kind === undefined ? required : required.filter((kind) => kind === input.kind)
  const mine = (column: string) => (bodies ? sql<boolean>`${sql.ref(column)} = any (${bodies})` : sql<boolean>`true`)
  const list = sql`
    with complete as materialized (
      select c.union_id from organisation.companion_body c
      where c.ended_on is null and c.kind = any (${asked}::text[]) and ${mine('c.tenant_id')}
      group by c.union_id having count(*) = ${asked.length}
    ), lacking as materialized (
      select u.id, u.tenant_id, u.name, u.code from organisation.trade_union u
      where u.state = 'active' and u.kind in ('BASIC_SINGLE', 'BASIC_JOINT') and ${asked.length > 0} and u.id not in (select union_id from complete)
        and ${input.search === '' ? sql<boolean>`true` : sql<boolean>`(u.name_key like ${likeName(input.search)} or u.code = ${input.search.toUpperCase()})`}
        and ${mine('u.tenant_id')}
    ), page as materialized (
      select * from lacking order by id limit ${input.pageSize} offset ${(input.page - 1) * input.pageSize}
    ), held as materialized (
      select c.union_id, c.kind from organisation.companion_body c
      where c.ended_on is null and c.tenant_id = any (array(select tenant_id from page)) and c.union_id = any (array(select id from page))
    ), shown as (
      select u.id as "unionId", u.tenant_id as "tenantId", f.short_name as "bodyName", u.name, u.code,
        array(select k from unnest(${asked}::text[]) k where k not in (select h.kind from held h where h.union_id = u.id) order by k) as missing
      from page u join tenancy.federation f on f.id = u.tenant_id
    )`
  const { rows, total } = await readPage<MissingCompanions, { total: number }>(ctx, {
    list,
    from: 'shown',
    order: sql`"unionId"`,
    sums: sql`(select count(*) from lacking) as total`,
    // The page was cut before.
    page: 1,
    pageSize: input.pageSize,
  })
  return { rows, total, required }
}
