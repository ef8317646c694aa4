import { sql } from 'kysely'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import type { Form } from '../forms.ts'
import { findIndicators } from '../indicators.ts'
import { parsePeriod, type PeriodSpan } from '../periods.ts'
import { columnOf, type Feed } from './feed.ts'

const Kept = z.array(z.object({ kept: z.boolean() })).length(1)
const Counted = z.record(z.string(), z.int().min(0).nullable())

/**
 * What the records of one feed say of a body in a span of days, by column; null: the body keeps no such records here.
 *
 * @throws Error when the query does not answer what its feed declares
 */
export async function countFeed(
  ctx: TenantContext,
  feed: Feed,
  place: { tenantId: number; span: PeriodSpan },
): Promise<Record<string, number | null> | null> {
  const [answer] = Kept.parse((await feed.kept(place.tenantId).execute(ctx.db)).rows)
  if (answer?.kept !== true) return null
  const { rows } = await feed.query(place).execute(ctx.db)
  const counted = Counted.parse(rows[0])
  for (const column of feed.items.map(columnOf))
    if (rows.length !== 1 || counted[column] === undefined)
      throw new Error(`${feed.key} does not answer ${column} in one row`)
  return counted
}

/**
 * Counts a body's own figures of a period from its records, and keeps them for its report, its pages and its superiors.
 *
 * @param place.tenantId a body whose records the actor may write; default: the actor's
 * @throws Error when a query does not answer what its feed declares
 */
export async function countFeeds(
  ctx: TenantContext,
  feeds: readonly Feed[],
  place: { period: string; tenantId?: number },
): Promise<void> {
  requirePermission(ctx, 'report:read')
  const tenantId = place.tenantId ?? ctx.tenantId
  const span = parsePeriod(place.period)
  const codes = [...new Set(feeds.flatMap((feed) => feed.items.map((item) => item.indicator)))]
  const indicators = await findIndicators(ctx, codes)
  const figures: { indicator_id: number; breakdown: string; figure: number | null; feed: string }[] = []
  const gone: string[] = []
  for (const feed of feeds) {
    const counted = await countFeed(ctx, feed, { tenantId, span })
    if (counted === null) {
      gone.push(feed.key)
      continue
    }
    for (const item of feed.items) {
      const figure = counted[columnOf(item)] ?? null
      const indicator = indicators.get(item.indicator)
      // A federation whose catalogue lacks the indicator asks for no such figure.
      if (indicator) figures.push({ indicator_id: indicator.id, breakdown: item.breakdown, figure, feed: feed.key })
    }
  }
  // Whose last record was taken back is asked for its figures as before.
  await ctx.db
    .deleteFrom('indicators.fed_figure')
    .where('tenant_id', '=', tenantId)
    .where('period', '=', place.period)
    .where('feed', '=', sql<string>`any (${gone}::text[])`)
    .execute()
  if (figures.length === 0) return
  await ctx.db
    .insertInto('indicators.fed_figure')
    .values(figures.map((figure) => ({ ...figure, tenant_id: tenantId, period: place.period, counted_at: ctx.now })))
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'period', 'indicator_id', 'breakdown']).doUpdateSet((eb) => ({
        figure: eb.ref('excluded.figure'),
        feed: eb.ref('excluded.feed'),
        counted_at: eb.ref('excluded.counted_at'),
      })),
    )
    .execute()
}

/** What the records said when they were last counted, by the positions of a form; null where no feed counts the item. */
export async function readFed(
  ctx: TenantContext,
  input: { form: Form; period: string; tenantId: number },
): Promise<(number | null)[]> {
  requirePermission(ctx, 'report:read')
  const rows = await ctx.db
    .selectFrom('indicators.fed_figure')
    .select(['indicator_id', 'breakdown', 'figure'])
    .where('tenant_id', '=', input.tenantId)
    .where('period', '=', input.period)
    .where('indicator_id', '=', sql<number>`any (${input.form.items.map((item) => item.indicatorId)}::int[])`)
    .execute()
  const figures = new Map(rows.map((row) => [`${row.indicator_id}/${row.breakdown}`, row.figure]))
  return input.form.items.map((item) => figures.get(`${item.indicatorId}/${item.breakdownZh}`) ?? null)
}
