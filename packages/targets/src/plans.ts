import { sql } from 'kysely'
import { z } from 'zod'
import {
  DomainError,
  actorName,
  findFederations,
  found,
  recordAudit,
  requirePermission,
  type Federation,
  type TenantContext,
} from '@gonglian/tenancy'

export type PlanState = 'draft' | 'issued' | 'closed'
export type Hierarchy = 'regional' | 'line'
export type Party = Pick<Federation, 'id' | 'code' | 'name' | 'shortName' | 'level' | 'kind'>
export type Plan = {
  id: number
  year: number
  name: string
  /** Along which superiors it is handed down. */
  hierarchy: Hierarchy
  state: PlanState
  issuer: Party
  /** Lights: hundredths of a percentage point of progress minus schedule; green from here on. */
  yellowFrom: number
  redFrom: number
  /** Hundredths of a percent of a share by which its children may pass it. */
  overAllocation: number
  version: number
  issuedAt: Date | null
  issuedBy: string | null
}

/** `version`: of the plan as its editor saw it. */
export const PlanStep = z.object({ planId: z.int().positive(), version: z.int() })
export const ListPlans = z.object({ year: z.int().min(1990).max(2100).optional() })

const columns = [
  'id',
  'tenant_id',
  'year',
  'name',
  'hierarchy',
  'state',
  'yellow_from',
  'red_from',
  'over_allocation',
  'version',
  'issued_at',
  'issued_by',
] as const
type Row = {
  id: number
  tenant_id: number
  year: number
  name: string
  hierarchy: Hierarchy
  state: PlanState
  yellow_from: number
  red_from: number
  over_allocation: number
  version: number
  issued_at: Date | null
  issued_by: string | null
}

/** A body as a party to a plan; one out of sight (a superior's other subordinate) is a stranger without a name. */
export function nameParty(bodies: ReadonlyMap<number, Federation>, id: number): Party {
  const body = bodies.get(id)
  return body
    ? { id, code: body.code, name: body.name, shortName: body.shortName, level: body.level, kind: body.kind }
    : { id, code: '', name: '', shortName: '', level: 'township', kind: 'regional' }
}

function toPlan(row: Row, bodies: ReadonlyMap<number, Federation>): Plan {
  return {
    id: row.id,
    year: row.year,
    name: row.name,
    hierarchy: row.hierarchy,
    state: row.state,
    issuer: nameParty(bodies, row.tenant_id),
    yellowFrom: row.yellow_from,
    redFrom: row.red_from,
    overAllocation: row.over_allocation,
    version: row.version,
    issuedAt: row.issued_at,
    issuedBy: row.issued_by,
  }
}

/** Plans of the body itself, and those in which it holds a share, newest year first. */
export async function listPlans(
  ctx: TenantContext,
  input: z.output<typeof ListPlans>,
): Promise<(Plan & { items: number; open: number })[]> {
  requirePermission(ctx, 'target:read')
  let query = ctx.db
    .selectFrom('targets.plan as p')
    .select(columns.map((column) => `p.${column}` as const))
    .select((eb) => [
      eb
        .selectFrom('targets.item as i')
        .whereRef('i.plan_id', '=', 'p.id')
        .select((inner) => inner.fn.countAll<number>().as('n'))
        .as('items'),
      // Shares of mine that wait for my answer or signature.
      eb
        .selectFrom('targets.allocation as a')
        .innerJoin('targets.item as i', 'i.id', 'a.item_id')
        .whereRef('i.plan_id', '=', 'p.id')
        .where('a.receiver_id', '=', ctx.tenantId)
        .where('a.above_id', 'is not', null)
        .where('a.state', 'in', ['issued', 'accepted', 'settled'])
        .select((inner) => inner.fn.countAll<number>().as('n'))
        .as('open'),
    ])
    .where((eb) =>
      eb.or([
        eb('p.tenant_id', '=', ctx.tenantId),
        eb(
          'p.id',
          'in',
          eb
            .selectFrom('targets.allocation as a')
            .innerJoin('targets.item as i', 'i.id', 'a.item_id')
            .where('a.receiver_id', '=', ctx.tenantId)
            .select('i.plan_id'),
        ),
      ]),
    )
    .orderBy('p.year', 'desc')
    .orderBy('p.id')
  if (input.year !== undefined) query = query.where('p.year', '=', input.year)
  const rows = await query.execute()
  const bodies = await findFederations(
    ctx,
    rows.map((row) => row.tenant_id),
  )
  return rows.map((row) => ({ ...toPlan(row, bodies), items: row.items ?? 0, open: row.open ?? 0 }))
}

/** Those of the given plans that are within sight, by id. */
export async function findPlans(ctx: TenantContext, planIds: readonly number[]): Promise<Map<number, Plan>> {
  requirePermission(ctx, 'target:read')
  if (planIds.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('targets.plan')
    .select(columns)
    .where('id', '=', sql<number>`any (${[...new Set(planIds)]}::bigint[])`)
    .execute()
  const bodies = await findFederations(ctx, [...new Set(rows.map((row) => row.tenant_id))])
  return new Map(rows.map((row) => [row.id, toPlan(row, bodies)]))
}

/** The issued plans of a year that a body made or holds a share of. */
export async function listHeldPlans(ctx: TenantContext, input: { year: number; bodyId: number }): Promise<Plan[]> {
  requirePermission(ctx, 'target:read')
  // From the body's own shares (allocation_pkey) and the plans of one issuer, never from all plans in sight.
  const { rows } = await sql<Row>`
    select ${sql.join(columns.map((column) => sql.ref(`p.${column}`)))} from targets.plan p
    where p.year = ${input.year} and p.state <> 'draft' and p.id = any (array(
      select own.id from targets.plan own where own.tenant_id = ${input.bodyId} and own.year = ${input.year}
      union
      select held.plan_id from targets.allocation a join targets.item held on held.id = a.item_id
      where a.receiver_id = ${input.bodyId} and a.state <> 'draft'))`.execute(ctx.db)
  const bodies = await findFederations(ctx, [...new Set(rows.map((row) => row.tenant_id))])
  return rows.map((row) => toPlan(row, bodies))
}

/** @throws DomainError not_found where there is none within sight */
export async function findPlan(ctx: TenantContext, planId: number): Promise<Plan> {
  requirePermission(ctx, 'target:read')
  return found((await findPlans(ctx, [planId])).get(planId), 'errors.planNotFound')
}

/**
 * Issues the plan: its terms stand from now on, those below can read them, and its splits can be issued to them.
 *
 * @throws DomainError invalid for a plan without items
 */
export async function issuePlan(ctx: TenantContext, input: z.output<typeof PlanStep>): Promise<{ version: number }> {
  requirePermission(ctx, 'target:issue')
  const plan = await lockPlan(ctx, input)
  requireDraft(plan)
  const items = await ctx.db.selectFrom('targets.item').select('id').where('plan_id', '=', plan.id).execute()
  if (items.length === 0)
    throw new DomainError('invalid', 'errors.planEmpty', { fields: [{ path: 'items', key: 'errors.planEmpty' }] })
  const stamp = { issued_at: ctx.now, issued_by: actorName(ctx.actor) }
  await ctx.db
    .updateTable('targets.plan')
    .set({ state: 'issued', ...stamp })
    .where('id', '=', plan.id)
    .execute()
  await ctx.db
    .updateTable('targets.allocation')
    .set({ state: 'issued', ...stamp })
    .where('receiver_id', '=', ctx.tenantId)
    .where(
      'item_id',
      'in',
      items.map((item) => item.id),
    )
    .execute()
  await recordAudit(ctx, {
    action: 'plan.issue',
    objectKind: 'plan',
    objectId: plan.id,
    after: { items: items.length },
  })
  return { version: await bumpPlan(ctx, plan.id) }
}

/** Ends the plan: nothing in it changes any more. */
export async function closePlan(ctx: TenantContext, input: z.output<typeof PlanStep>): Promise<{ version: number }> {
  requirePermission(ctx, 'target:issue')
  const plan = await lockPlan(ctx, input)
  if (plan.state !== 'issued')
    throw new DomainError('conflict', plan.state === 'draft' ? 'errors.planNotIssued' : 'errors.planClosed')
  await ctx.db.updateTable('targets.plan').set({ state: 'closed' }).where('id', '=', plan.id).execute()
  await recordAudit(ctx, { action: 'plan.close', objectKind: 'plan', objectId: plan.id })
  return { version: await bumpPlan(ctx, plan.id) }
}

/**
 * The body's own plan, held until the end of the transaction.
 *
 * @throws DomainError not_found; conflict when somebody changed it meanwhile
 */
export async function lockPlan(ctx: TenantContext, input: { planId: number; version: number }): Promise<Row> {
  const row = found(
    await ctx.db
      .selectFrom('targets.plan')
      .select(columns)
      .where('id', '=', input.planId)
      .where('tenant_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'errors.planNotFound',
  )
  if (row.version !== input.version) throw new DomainError('conflict', 'errors.planChanged')
  return row
}

/** @throws DomainError conflict */
export function requireDraft(plan: { state: PlanState }): void {
  if (plan.state !== 'draft') throw new DomainError('conflict', 'errors.planIssued')
}

/** Counts up the version that the plan's editors compare. */
export async function bumpPlan(ctx: TenantContext, planId: number): Promise<number> {
  const row = await ctx.db
    .updateTable('targets.plan')
    .set({ version: sql<number>`version + 1` })
    .where('id', '=', planId)
    .returning('version')
    .executeTakeFirstOrThrow()
  return row.version
}
