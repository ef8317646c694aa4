import {
  DomainError,
  found,
  listWithin,
  paging,
  requirePermission,
  type TenantContext,
  within,
} from '@gonglian/tenancy'
import { sql, type Selectable } from 'kysely'
import type { DB } from '@gonglian/db'
import { z } from 'zod'
import { foldName } from '../numbers/names.ts'
import { listSteps, recordStep, type Step } from '../steps.ts'
import { checkDay, holdUnion } from '../unions/union-states.ts'
import { congressStates } from '../codes/terms.ts'

export type Congress = Selectable<DB['organisation.congress']>

export const PlanCongress = z.object({
  /** Null: of the federation itself. */
  unionId: z.int().positive().nullable(),
  kind: z.enum(['union', 'women']),
  number: z.int().min(1).max(99),
  plannedOn: z.iso.date(),
  delegatesPlanned: z.int().min(1).max(100_000),
  /** ORG-07: on proposal of the committee or of one third of the members. */
  extraordinary: z
    .object({ proposedBy: z.enum(['committee', 'members']), members: z.int().min(1), proposers: z.int().min(0) })
    .nullable()
    .default(null),
})

/** A congress of the body's own, held until the end of the transaction. */
export async function holdCongressRow(ctx: TenantContext, congressId: number, version?: number): Promise<Congress> {
  const row = found(
    await ctx.db
      .selectFrom('organisation.congress')
      .selectAll()
      .where('id', '=', congressId)
      .where('tenant_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.congress.notFound',
  )
  if (version !== undefined && row.version !== version) throw new DomainError('conflict', 'errors.conflict')
  return row
}

/**
 * Prepares a congress (工会代表大会, M173; 女职工代表大会, M213), of the federation or of a union.
 *
 * @throws DomainError invalid for an extraordinary one that fewer than a third propose (ORG-07); conflict for a number that is used
 */
export async function planCongress(
  ctx: TenantContext,
  input: z.output<typeof PlanCongress>,
): Promise<{ congressId: number; version: number }> {
  requirePermission(ctx, 'organisation:write')
  if (input.unionId !== null && (await holdUnion(ctx, input.unionId)).state !== 'active')
    throw new DomainError('conflict', 'organisation.union.notActive')
  const { extraordinary } = input
  if (extraordinary?.proposedBy === 'members' && extraordinary.proposers * 3 < extraordinary.members)
    throw new DomainError('invalid', 'organisation.congress.third', {
      fields: [{ path: 'extraordinary.proposers', key: 'organisation.congress.third' }],
    })
  const row = await ctx.db
    .insertInto('organisation.congress')
    .values({
      tenant_id: ctx.tenantId,
      union_id: input.unionId,
      kind: input.kind,
      number: input.number,
      is_extraordinary: extraordinary !== null,
      planned_on: input.plannedOn,
      delegates_planned: input.delegatesPlanned,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'version'])
    .executeTakeFirst()
  if (!row)
    throw new DomainError('conflict', 'organisation.congress.taken', {
      fields: [{ path: 'number', key: 'organisation.congress.taken' }],
    })
  await recordStep(ctx, {
    kind: 'congress',
    id: row.id,
    from: '',
    to: 'preparing',
    details: { kind: input.kind, number: input.number },
  })
  return { congressId: row.id, version: row.version }
}

export const HoldCongress = z
  .object({
    congressId: z.int().positive(),
    version: z.int().min(1),
    from: z.iso.date(),
    to: z.iso.date(),
    delegatesPresent: z.int().min(1).max(100_000),
    reviewedYears: z.int().min(0).max(20).nullable().default(null),
    reports: z.array(z.string().trim().min(2).max(200)).max(20).default([]),
    resolutions: z.array(z.string().trim().min(2).max(300)).max(50).default([]),
    goals: z.string().trim().max(4000).default(''),
  })
  .refine((input) => input.to >= input.from, { path: ['to'] })

/**
 * Enters the record of a congress that was held: who came, what was reported, decided and aimed at. Its elections are kept as elections
 * and name it.
 *
 * @throws DomainError invalid without two thirds of the delegates (ORG-17), or a day to come
 */
export async function holdCongress(
  ctx: TenantContext,
  input: z.output<typeof HoldCongress>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:write')
  const congress = await holdCongressRow(ctx, input.congressId, input.version)
  if (congress.state !== 'preparing') throw new DomainError('conflict', 'organisation.congress.state')
  checkDay(ctx, 'to', input.to, input.from)
  const least = Math.ceil((congress.delegates_planned * 2) / 3)
  if (input.delegatesPresent < least || input.delegatesPresent > congress.delegates_planned)
    throw new DomainError('invalid', 'organisation.election.noQuorum', {
      params: { least },
      fields: [{ path: 'delegatesPresent', key: 'organisation.election.noQuorum', params: { least } }],
    })
  const version = congress.version + 1
  await ctx.db
    .updateTable('organisation.congress')
    .set({
      state: 'held',
      held_from: input.from,
      held_to: input.to,
      delegates_present: input.delegatesPresent,
      reviewed_years: input.reviewedYears,
      reports: input.reports,
      resolutions: input.resolutions,
      goals: input.goals,
      version,
    })
    .where('id', '=', congress.id)
    .execute()
  await recordStep(ctx, {
    kind: 'congress',
    id: congress.id,
    from: 'preparing',
    to: 'held',
    details: { from: input.from, present: input.delegatesPresent },
  })
  return { version }
}

export const CancelCongress = z.object({
  congressId: z.int().positive(),
  version: z.int().min(1),
  reason: z.string().trim().min(2).max(300),
})

/** @throws DomainError conflict for one that was held */
export async function cancelCongress(
  ctx: TenantContext,
  input: z.output<typeof CancelCongress>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:approve')
  const congress = await holdCongressRow(ctx, input.congressId, input.version)
  if (congress.state !== 'preparing') throw new DomainError('conflict', 'organisation.congress.state')
  const version = congress.version + 1
  await ctx.db
    .updateTable('organisation.congress')
    .set({ state: 'cancelled', version })
    .where('id', '=', congress.id)
    .execute()
  await recordStep(ctx, { kind: 'congress', id: congress.id, from: 'preparing', to: 'cancelled', reason: input.reason })
  return { version }
}

export const ListCongresses = z.object({
  kinds: z
    .array(z.enum(['union', 'women']))
    .max(2)
    .default([]),
  /** Null: of federations themselves. */
  unionId: z.int().positive().nullable().optional(),
  states: z.array(z.enum(congressStates)).max(3).default([]),
  /** In the name of the union or of the body whose congress it is. */
  search: z.string().trim().max(80).default(''),
  sort: z.enum(['planned', '-planned', 'delegates', '-delegates']).default('-planned'),
  ...within,
  ...paging,
})

/** Congresses in sight, also those of superiors that ask for delegates. */
export async function listCongresses(
  ctx: TenantContext,
  input: z.output<typeof ListCongresses>,
): Promise<{ rows: (Congress & { bodyName: string; unionName: string | null })[]; total: number }> {
  requirePermission(ctx, 'organisation:read')
  const bodies = await listWithin(ctx, input.body)
  let query = ctx.db
    .selectFrom('organisation.congress as c')
    .innerJoin('tenancy.federation as f', 'f.id', 'c.tenant_id')
    .leftJoin('organisation.trade_union as u', 'u.id', 'c.union_id')
  if (bodies) query = query.where('c.tenant_id', '=', sql<number>`any (${bodies})`)
  if (input.kinds.length > 0) query = query.where('c.kind', 'in', input.kinds)
  if (input.unionId === null) query = query.where('c.union_id', 'is', null)
  else if (input.unionId !== undefined) query = query.where('c.union_id', '=', input.unionId)
  if (input.states.length > 0) query = query.where('c.state', 'in', input.states)
  if (input.search !== '') {
    const like = (text: string) => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
    query = query.where((eb) =>
      eb.or([eb('u.name_key', 'like', like(foldName(input.search))), eb('f.name', 'like', like(input.search))]),
    )
  }
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const column = input.sort.endsWith('planned') ? 'c.planned_on' : 'c.delegates_planned'
  const rows = await query
    .selectAll('c')
    .select(['f.name as bodyName', 'u.name as unionName'])
    .orderBy(column, input.sort.startsWith('-') ? 'desc' : 'asc')
    .orderBy('c.id', 'desc')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return { rows, total }
}

export type CongressView = {
  congress: Congress & { bodyCode: string; bodyName: string; unionName: string | null }
  /** What happened to it; nothing for a body that only sends delegates. */
  steps: Step[]
}

/**
 * One congress with its record.
 *
 * @throws DomainError not_found
 */
export async function getCongress(ctx: TenantContext, congressId: number): Promise<CongressView> {
  requirePermission(ctx, 'organisation:read')
  const congress = found(
    await ctx.db
      .selectFrom('organisation.congress as c')
      .innerJoin('tenancy.federation as f', 'f.id', 'c.tenant_id')
      .leftJoin('organisation.trade_union as u', 'u.id', 'c.union_id')
      .selectAll('c')
      .select(['f.code as bodyCode', 'f.name as bodyName', 'u.name as unionName'])
      .where('c.id', '=', congressId)
      .executeTakeFirst(),
    'organisation.congress.notFound',
  )
  return { congress, steps: await listSteps(ctx, 'congress', congressId) }
}
