import { Period, coarserPeriod, finerPeriods } from '@gonglian/indicators'
import {
  findItem,
  findPlan,
  forecastYear,
  expectedShare,
  listHeldItems,
  listShares,
  type AllocationState,
  type Item,
  type Plan,
} from '@gonglian/targets'
import {
  found,
  listChildren,
  listSuperiors,
  requirePermission,
  type Federation,
  type TenantContext,
} from '@gonglian/tenancy'
import { z } from 'zod'
import { findActualSource, readActuals, type Actual, type Coverage } from './actuals.ts'
import { measureProgress, rankBodies, type Progress, type Yardstick } from './progress.ts'

export const GetBoard = z.object({
  itemId: z.int().positive(),
  period: Period,
  /** Whose children are compared; own body when left out. */
  bodyId: z.int().positive().optional(),
})

export type BoardRow = Progress & {
  body: Federation & { childCount: number }
  target: number | null
  shareState: AllocationState | null
  reported: Actual
  accepted: Actual
  coverage: Coverage | null
  rank: number | null
  forecast: number | null
  trend: (number | null)[]
}

export type Board = {
  plan: Plan
  item: Item
  period: string
  /** Hundredths of a percent of the year's target that the schedule expects by the end of the period. */
  expectedShare: number
  /** The schedule at the end of each period of the form so far, beside `trend`. */
  schedule: number[]
  /** The schedule at the end of every period of the form in the year, those to come too; empty without a form. */
  yearSchedule: { period: string; share: number }[]
  /** Null: no form in sight asks for the indicator, so there is nothing to compare with the targets. */
  form: { id: number; code: string; nameZh: string; nameEn: string; position: number; periods: string[] } | null
  /** The body the others are below; the bodies compared. */
  total: BoardRow
  rows: BoardRow[]
}

/** How the light of an item is found. */
export function readYardstick(plan: Plan, item: Item): Yardstick {
  return {
    method: item.method,
    direction: item.direction,
    schedule: item.schedule,
    isRate: item.measure.additivity === 'ratio' && item.measure.unit === '%',
    yellowFrom: plan.yellowFrom,
    redFrom: plan.redFrom,
  }
}

/**
 * The progress board: one item of a plan, a body and those directly below it. A handful of reads by primary key; nothing depends on the
 * size of the country.
 *
 * @throws DomainError not_found for an item or body out of sight
 */
export async function getBoard(ctx: TenantContext, input: z.output<typeof GetBoard>): Promise<Board> {
  requirePermission(ctx, 'progress:read')
  const item = await findItem(ctx, input.itemId)
  const plan = await findPlan(ctx, item.planId)
  const { head } = await findLine(ctx, input.bodyId)
  return readBoard(ctx, { plan, item, period: input.period, head })
}

/** The body at the head of a board, the reader's own unless said otherwise, at the end of the line of its superiors. */
async function findLine(
  ctx: TenantContext,
  asked: number | undefined,
): Promise<{ line: readonly Federation[]; head: Federation }> {
  const bodyId = asked ?? ctx.tenantId
  const line = await listSuperiors(ctx, bodyId)
  const head = found(
    line.find((body) => body.id === bodyId),
    'errors.bodyNotFound',
  )
  return { line, head }
}

export const OpenBoard = z.object({
  /** One of the items on offer; the first where it is none of them. */
  itemId: z.int().positive().optional(),
  period: Period,
  /** Whose children are compared; own body when left out. */
  bodyId: z.int().positive().optional(),
})

export type BoardPage = {
  /** The items the reader's body is held to in the year of the period, its own plans first: one of them is on the board. */
  choices: {
    id: number
    aspect: string
    planId: number
    planName: string
    nameZh: string
    nameEn: string
  }[]
  /** Null: there is no item to show. */
  board: Board | null
  /** From the top down to the body at the head of the board. */
  line: readonly Federation[]
}

/**
 * The page of the progress board: what can be chosen, the board itself, and the way up. One transaction and some fifteen statements by
 * key, whatever the size of the country.
 *
 * @throws DomainError not_found for a body out of sight
 */
export async function openBoard(ctx: TenantContext, input: z.output<typeof OpenBoard>): Promise<BoardPage> {
  requirePermission(ctx, 'progress:read')
  const year = Number(coarserPeriod(input.period, 'year'))
  const offered = await listHeldItems(ctx, { year, bodyId: ctx.tenantId })
  const { line, head } = await findLine(ctx, input.bodyId)
  const chosen = offered.find(({ item }) => item.id === input.itemId) ?? offered[0]
  return {
    choices: offered.map(({ plan, item }) => ({
      id: item.id,
      aspect: item.aspect,
      planId: plan.id,
      planName: plan.name,
      nameZh: item.measure.nameZh,
      nameEn: item.measure.nameEn,
    })),
    board: chosen ? await readBoard(ctx, { ...chosen, head, period: input.period }) : null,
    line,
  }
}

async function readBoard(
  ctx: TenantContext,
  input: { plan: Plan; item: Item; head: Federation; period: string },
): Promise<Board> {
  const { plan, item, head } = input
  const children = await listChildren(ctx, head.id, plan.hierarchy)
  const bodies = [{ ...head, childCount: children.length }, ...children]
  const ids = bodies.map((body) => body.id)
  const source = await findActualSource(ctx, item.measure.indicatorId, input.period)
  const shares = await listShares(ctx, { itemIds: [item.id], receiverIds: ids })
  const actuals = source ? await readActuals(ctx, { source, bodies: ids, hierarchy: plan.hierarchy }) : null
  const yardstick = readYardstick(plan, item)
  const share = expectedShare(item.schedule, input.period)
  const rows = bodies.map((body): BoardRow => {
    const held = shares.get(`${item.id}:${body.id}`)
    const actual = actuals?.get(body.id)
    const reported = actual?.reported ?? { value: null, inexact: false }
    const target = held?.value ?? null
    return {
      body,
      target,
      shareState: held?.state ?? null,
      reported,
      accepted: actual?.accepted ?? { value: null, inexact: false },
      coverage: actual?.coverage ?? null,
      ...measureProgress(yardstick, target, reported.value, input.period),
      rank: null,
      forecast: yardstick.isRate || item.measure.nature !== 'flow' ? null : forecastYear(reported.value, share),
      trend: actual?.trend ?? [],
    }
  })
  const [total, ...others] = rows
  if (!total) throw new Error('a board has a head')
  const ranks = rankBodies(others.map((row) => ({ id: row.body.id, gap: row.gap })))
  return {
    plan,
    item,
    period: input.period,
    expectedShare: share,
    schedule: source?.periods.map((period) => expectedShare(item.schedule, period)) ?? [],
    yearSchedule: source
      ? finerPeriods(coarserPeriod(input.period, 'year'), source.form.frequency).map((period) => ({
          period,
          share: expectedShare(item.schedule, period),
        }))
      : [],
    form: source
      ? {
          id: source.form.id,
          code: source.form.code,
          nameZh: source.form.nameZh,
          nameEn: source.form.nameEn,
          position: source.item.position,
          periods: source.periods,
        }
      : null,
    total,
    rows: others.map((row) => ({ ...row, rank: ranks.get(row.body.id) ?? null })),
  }
}
