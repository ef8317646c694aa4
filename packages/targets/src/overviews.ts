import { sql } from 'kysely'
import { z } from 'zod'
import { findFederations, found, listChildren, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { shareColumns, showShares, type AllocationState, type Share } from './shares.ts'
import { listItems, type Item } from './items.ts'
import { findPlan, nameParty, type Party, type Plan } from './plans.ts'

/** How far an item has been handed down by one body. */
export type ItemOverview = Item & {
  /** The body's share; null: it has none within sight. */
  share: Share | null
  /** What the children hold together, for `sum` items that are split. */
  allocated: number | null
  /** Children now, and how many hold a share in each state (drafts: only one's own). */
  children: number
  states: Record<AllocationState, number>
}
export type PlanOverview = { plan: Plan; body: Party; aspects: { aspect: string; items: ItemOverview[] }[] }

export const GetPlan = z.object({ planId: z.int().positive(), bodyId: z.int().positive().optional() })

/**
 * A plan as it stands with one body (the own one by default): aspects in the order of the plan, items with share, what was given
 * out, what is kept back, and how many of the children accepted and signed.
 *
 * @throws DomainError not_found
 */
export async function getPlan(ctx: TenantContext, input: z.output<typeof GetPlan>): Promise<PlanOverview> {
  requirePermission(ctx, 'target:read')
  const bodyId = input.bodyId ?? ctx.tenantId
  const plan = await findPlan(ctx, input.planId)
  const body = nameParty(
    new Map([[bodyId, found((await findFederations(ctx, [bodyId])).get(bodyId), 'errors.bodyNotFound')]]),
    bodyId,
  )
  const items = await listItems(ctx, plan.id)
  const ids = items.map((item) => item.id)
  const shares = await readReceived(ctx, ids, bodyId)
  const states = await countChildren(ctx, ids, bodyId)
  const children = (await listChildren(ctx, bodyId, plan.hierarchy)).length
  const aspects = new Map<string, ItemOverview[]>()
  for (const item of items) {
    const share = shares.get(item.id) ?? null
    const allocated = share && share.reserve !== null && item.method === 'sum' ? share.value - share.reserve : null
    const overview = { ...item, share, allocated, children, states: states.get(item.id) ?? noStates() }
    aspects.set(item.aspect, [...(aspects.get(item.aspect) ?? []), overview])
  }
  return { plan, body, aspects: [...aspects].map(([aspect, list]) => ({ aspect, items: list })) }
}

/** One body's shares of items, by item. */
async function readReceived(
  ctx: TenantContext,
  itemIds: readonly number[],
  bodyId: number,
): Promise<Map<number, Share>> {
  const rows = await ctx.db
    .selectFrom('targets.allocation')
    .select(shareColumns)
    .where('item_id', '=', sql<number>`any (${[...itemIds]}::bigint[])`)
    .where('receiver_id', '=', bodyId)
    .execute()
  return new Map((await showShares(ctx, rows)).map((share) => [share.itemId, share]))
}

function noStates(): Record<AllocationState, number> {
  return { draft: 0, issued: 0, accepted: 0, disputed: 0, settled: 0, signed: 0 }
}

/** allocation_children, one range per item. */
async function countChildren(
  ctx: TenantContext,
  itemIds: readonly number[],
  bodyId: number,
): Promise<Map<number, Record<AllocationState, number>>> {
  const rows = await ctx.db
    .selectFrom('targets.allocation')
    .select(['item_id', 'state', (eb) => eb.fn.countAll<number>().as('count')])
    .where('item_id', '=', sql<number>`any (${[...itemIds]}::bigint[])`)
    .where('above_id', '=', bodyId)
    .groupBy(['item_id', 'state'])
    .execute()
  const counts = new Map<number, Record<AllocationState, number>>()
  for (const row of rows) {
    const states = counts.get(row.item_id) ?? noStates()
    states[row.state] = row.count
    counts.set(row.item_id, states)
  }
  return counts
}
