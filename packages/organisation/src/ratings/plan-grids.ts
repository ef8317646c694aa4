import { listWithin, requirePermission, type TenantContext, within } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { fitsUnion, livedOn } from '../checklists/checklists.ts'
import { shareOf } from '../checklists/ledgers.ts'
import { heldOn } from './titles.ts'

export const ReadPlanGrid = z.object({
  schemeId: z.int().positive(),
  year: z.int().min(2000).max(2100),
  /** The day of the look; default today. */
  on: z.iso.date().optional(),
  ...within,
})

export type GridCell = { quarter: number; rank: number; planned: number; reached: number }

/**
 * The plan grid (M036): per quarter and target level, how many unions are planned and how many of these hold the level, or a higher
 * one, on the day. `due` are those whose quarter is over by then.
 */
export async function readPlanGrid(ctx: TenantContext, input: z.output<typeof ReadPlanGrid>) {
  requirePermission(ctx, 'organisation:read')
  const on = input.on ?? ctx.today
  const bodies = await listWithin(ctx, input.body)
  const { rows } = await sql<GridCell>`
    select r.quarter, r.target_rank as rank, count(*)::int as planned,
      count(*) filter (where exists (select from organisation.home_title t join organisation.rating_scheme s on s.id = t.scheme_id
        join organisation.rating_scheme own on own.id = r.scheme_id and own.code = s.code
          and own.tenant_id = s.tenant_id
        where t.tenant_id = r.tenant_id and t.union_id is not distinct from r.union_id and t.rank >= r.target_rank and ${heldOn(on)}))::int as reached
    from organisation.rating r
    where r.scheme_id = ${input.schemeId} and r.year = ${input.year}
      and (${bodies}::int[] is null or r.tenant_id = any (${bodies}::int[]))
    group by r.quarter, r.target_rank order by r.quarter, r.target_rank`.execute(ctx.db)
  const year = Number(on.slice(0, 4))
  const quartersOver = year > input.year ? 4 : year < input.year ? 0 : Math.floor((Number(on.slice(5, 7)) - 1) / 3)
  const sum = (cells: readonly GridCell[]) => {
    const planned = cells.reduce((all, cell) => all + cell.planned, 0)
    const reached = cells.reduce((all, cell) => all + cell.reached, 0)
    return { planned, reached, rate: shareOf(reached, planned) }
  }
  return { cells: rows, all: sum(rows), due: sum(rows.filter((cell) => cell.quarter <= quartersOver)) }
}

export const ReadHomeRates = z.object({ schemeId: z.int().positive(), on: z.iso.date().optional(), ...within })

export type HomeRates = {
  readonly all: number
  readonly qualified: number
  readonly model: number
  /** Qualified homes of all unions, hundredths of a percent (90% is asked for). */
  readonly qualifiedRate: number | null
  /** Model homes of the qualified ones, another denominator (30% is asked for). */
  readonly modelRate: number | null
  readonly ranks: readonly { rank: number; held: number }[]
}

/**
 * The two rates of homes on a day (M036, handbook 5.4): qualified of all unions the scheme is for, model of the qualified. A model home
 * is a qualified one.
 */
export async function readHomeRates(ctx: TenantContext, input: z.output<typeof ReadHomeRates>): Promise<HomeRates> {
  requirePermission(ctx, 'organisation:read')
  const on = input.on ?? ctx.today
  const bodies = await listWithin(ctx, input.body)
  // One pass over the unions, hashed against the titles held on the day (some thousands in a county).
  const { rows } = await sql<{ rank: number; counts_as: string; unions: number }>`
    with held as (
      select distinct on (t.union_id) t.union_id, t.rank, l.counts_as
      from organisation.home_title t
      join organisation.rating_level l on l.scheme_id = t.scheme_id and l.rank = t.rank
      join organisation.rating_scheme s on s.id = t.scheme_id
      join organisation.rating_scheme asked on asked.id = ${input.schemeId} and asked.code = s.code
        and asked.tenant_id = s.tenant_id
      where t.union_id is not null and ${heldOn(on)}
      order by t.union_id, t.rank desc
    )
    select coalesce(h.rank, 0) as rank, coalesce(h.counts_as, 'none') as counts_as, count(*)::int as unions
    from organisation.rating_scheme rules
    join organisation.trade_union u on ${fitsUnion} and ${livedOn(on)}
    left join held h on h.union_id = u.id
    where rules.id = ${input.schemeId} and (${bodies}::int[] is null or u.tenant_id = any (${bodies}::int[]))
    group by 1, 2 order by 1`.execute(ctx.db)
  const count = (pick: (row: (typeof rows)[number]) => boolean) =>
    rows.filter(pick).reduce((all, row) => all + row.unions, 0)
  const all = count(() => true)
  const model = count((row) => row.counts_as === 'model')
  const qualified = model + count((row) => row.counts_as === 'qualified')
  return {
    all,
    qualified,
    model,
    qualifiedRate: shareOf(qualified, all),
    modelRate: shareOf(model, qualified),
    ranks: rows.filter((row) => row.rank > 0).map((row) => ({ rank: row.rank, held: row.unions })),
  }
}
