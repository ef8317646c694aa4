import { DomainError, listWithin, paging, requirePermission, type TenantContext, within } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { leaveJointUnions } from '../coverage/coverage.ts'
import type { Obstacles } from './endings.ts'
import { holdEmployer, unsettleUnions } from '../census/employers.ts'
import { readLimit } from '../limits.ts'
import { likeName } from '../numbers/names.ts'
import { readPage } from '../pages.ts'
import { recordStep } from '../steps.ts'
import { unionLimits } from './union-limits.ts'
import { restructuredOn } from './restructured-on.ts'
import { checkDay, holdUnion, moveUnion } from './union-states.ts'

export const RestructureEmployer = z.object({
  employerId: z.int().positive(),
  version: z.int().min(1),
  on: z.iso.date(),
  reason: z.string().trim().min(2).max(300),
})

/**
 * Notes that an employer is being restructured (改制, M008): its unions go into restructuring, where each must be rebuilt, merged or
 * revoked, and no member is lost on the way.
 */
export async function restructureEmployer(
  ctx: TenantContext,
  input: z.output<typeof RestructureEmployer>,
): Promise<{ version: number; unionIds: number[] }> {
  requirePermission(ctx, 'organisation:write')
  const before = await holdEmployer(ctx, input.employerId, input.version)
  if (before.status !== 'operating' && before.status !== 'suspended')
    throw new DomainError('conflict', 'organisation.employer.closed')
  checkDay(ctx, 'on', input.on, before.founded_on)
  const version = before.version + 1
  await ctx.db
    .updateTable('organisation.employer')
    .set({ status: 'restructured', version })
    .where('id', '=', before.id)
    .execute()
  await recordStep(ctx, {
    kind: 'employer',
    id: before.id,
    from: before.status,
    to: 'restructured',
    reason: input.reason,
    details: { on: input.on },
  })
  const unionIds = await unsettleUnions(ctx, before.id, input)
  return { version, unionIds }
}

export const RebuildUnion = z.object({
  unionId: z.int().positive(),
  version: z.int().min(1),
  /** Whose union it is from now on: the employer that came out of the old one, or the same. */
  employerId: z.int().positive(),
  on: z.iso.date(),
  reason: z.string().trim().min(2).max(300),
})

/**
 * Rebuilds a union in the restructured employer (重建): it keeps its number, its members and its property, and covers the new employer.
 *
 * @throws DomainError conflict for a union that is not in restructuring, or an employer with a union of its own
 */
export async function rebuildUnion(
  ctx: TenantContext,
  input: z.output<typeof RebuildUnion>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:approve')
  const union = await holdUnion(ctx, input.unionId, input.version)
  if (union.state !== 'restructuring')
    throw new DomainError('conflict', 'organisation.union.move', { params: { from: union.state, to: 'active' } })
  const employer = await holdEmployer(ctx, input.employerId)
  checkDay(ctx, 'on', input.on, union.founded_on)
  if (employer.ended_on !== null) throw new DomainError('conflict', 'organisation.employer.closed')
  const taken = await ctx.db
    .selectFrom('organisation.covered_unit')
    .select('id')
    .where('employer_id', '=', employer.id)
    .where('mode', '=', 'own')
    .where('valid_to', 'is', null)
    .where('union_id', '<>', union.id)
    .executeTakeFirst()
  if (taken) throw new DomainError('conflict', 'organisation.coverage.takenCount', { params: { count: 1 } })
  const version = await moveUnion(
    ctx,
    union,
    'active',
    { employer_id: employer.id, ownership: employer.ownership, unit_class: employer.unit_class },
    { from: 'restructuring', reason: input.reason, details: { on: input.on, employer: employer.id } },
  )
  if (employer.status === 'restructured') {
    await ctx.db
      .updateTable('organisation.employer')
      .set({ status: 'operating', version: employer.version + 1 })
      .where('id', '=', employer.id)
      .execute()
    await recordStep(ctx, {
      kind: 'employer',
      id: employer.id,
      from: 'restructured',
      to: 'operating',
      reason: input.reason,
    })
  }
  if (union.kind === 'BASIC_SINGLE') {
    await ctx.db
      .updateTable('organisation.covered_unit')
      .set({ valid_to: sql<string>`greatest(${input.on}::date, valid_from + 1)` })
      .where('union_id', '=', union.id)
      .where('mode', '=', 'own')
      .where('employer_id', '<>', employer.id)
      .where('valid_to', 'is', null)
      .execute()
    await leaveJointUnions(ctx, { employerId: employer.id, on: input.on, note: union.name })
    await ctx.db
      .insertInto('organisation.covered_unit')
      .values({
        tenant_id: ctx.tenantId,
        union_id: union.id,
        employer_id: employer.id,
        mode: 'own',
        valid_from: input.on,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }
  return { version }
}

export const ListRestructurings = z.object({
  /** In the name of the union. */
  search: z.string().trim().max(80).default(''),
  /** Only those whose time is up, or only those within it. */
  isOverdue: z.boolean().optional(),
  ...within,
  ...paging,
})
export type Restructuring = {
  unionId: number
  tenantId: number
  /** The federation that keeps it. */
  bodyName: string
  name: string
  employerName: string
  version: number
  /** The day on which its employer was restructured, closed or moved away. */
  since: string
  /** By when it is rebuilt, merged or revoked. */
  dueOn: string
  isOverdue: boolean
  left: Obstacles
}

/**
 * Unions in restructuring, the longest waiting first, with what is left to do for each, so that none is forgotten (M008).
 *
 * Plan: the few unions in that state by trade_union_list; their steps, settlements, groups and members are looked up for these alone.
 */
export async function listRestructurings(
  ctx: TenantContext,
  input: z.output<typeof ListRestructurings>,
): Promise<{ rows: Restructuring[]; total: number }> {
  requirePermission(ctx, 'organisation:read')
  const bodies = await listWithin(ctx, input.body)
  const months = await readLimit(ctx, unionLimits.rebuildMonths)
  const list = sql`
    with waiting as materialized (
      select u.id, s.since, (s.since + make_interval(months => ${months}::int))::date as due
      from organisation.trade_union u
      cross join lateral (
        select coalesce(${restructuredOn}, ${ctx.today}::date) as since) s
      where u.state = 'restructuring' and ${bodies ? sql<boolean>`u.tenant_id = any (${bodies})` : sql<boolean>`true`}
        and ${input.search === '' ? sql<boolean>`true` : sql<boolean>`u.name_key like ${likeName(input.search)}`}
    ), asked as materialized (
      select * from waiting where ${input.isOverdue ?? null}::boolean is null or (due < ${ctx.today}::date) = ${input.isOverdue ?? null}
    ), page as materialized (
      select * from asked order by since, id limit ${input.pageSize} offset ${(input.page - 1) * input.pageSize}
    ), wanted as (
      select u.id as "unionId", u.tenant_id as "tenantId", f.short_name as "bodyName", u.name, coalesce(e.name, '') as "employerName", u.version,
        s.since, s.due as "dueOn", s.due < ${ctx.today}::date as "isOverdue", json_build_object(
          'members', case when u.tenant_id = ${ctx.tenantId}
            then (select count(*) from organisation.member m where m.union_id = u.id and m.state in ('applied', 'active')) end,
          'property', not exists (select 1 from organisation.settlement p where p.union_id = u.id and p.subject = 'property'),
          'funds', not exists (select 1 from organisation.settlement p where p.union_id = u.id and p.subject = 'funds'),
          'groups', (select count(*) from organisation.trade_union g where g.parent_union_id = u.id and g.kind = 'GROUP' and g.ended_on is null)
        ) as "left"
      from page s join organisation.trade_union u on u.id = s.id
      join tenancy.federation f on f.id = u.tenant_id
      left join organisation.employer e on e.id = u.employer_id
    )`
  return readPage<Restructuring, { total: number }>(ctx, {
    list,
    from: 'wanted',
    order: sql`since, "unionId"`,
    sums: sql`(select count(*) from asked) as total`,
    page: 1,
    pageSize: input.pageSize,
  })
}
