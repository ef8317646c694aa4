import { sql } from 'kysely'
import { recordAudit, systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { markRecount } from './dirty.ts'
import { drainDirty } from './drain.ts'
import { listPeriods, type Place } from './periods.ts'
import { readRoot } from './tree.ts'
import { verifyTotals, type Difference, type Verdict } from './verify.ts'

export type Repair = {
  /** What differed when nothing waited any more. */
  readonly found: Difference[]
  /** After the repair. */
  readonly verdict: Verdict
}

const placesNamed = 20

/**
 * Works off what waits, compares, has every period with a difference computed anew, and compares again. Runs beside a worker: both take turns
 * at each period, and when the marks are worked off here, none is left there. What differed is written to the root's audit trail.
 *
 * @param only these form periods; default: all
 */
export async function repairTotals(deps: Deps, only: { places?: readonly Place[] } = {}): Promise<Repair> {
  await drainDirty(deps)
  const before = await verifyTotals(deps, only)
  if (before.differences.length === 0) return { found: [], verdict: before }
  const places = listPlaces(before.differences)
  await mark(deps, places, before.differences.length)
  await drainDirty(deps)
  const again = await verifyTotals(deps, { places })
  return { found: before.differences, verdict: { ...again, periods: before.periods } }
}

/** The form periods in which anything differs, each once. */
function listPlaces(differences: readonly Difference[]): Place[] {
  const places = new Map(differences.map(({ formId, period }) => [`${formId} ${period}`, { formId, period }]))
  return [...places.values()]
}

async function mark(deps: Deps, places: readonly Place[], count: number): Promise<void> {
  const root = await withTenant(deps, systemActor('repair', 0), readRoot)
  if (root === null) return
  await withTenant(deps, systemActor('repair', root), async (ctx) => {
    await markRecount(ctx, places)
    await recordAudit(ctx, {
      action: 'rollup.repair',
      objectKind: 'totals',
      objectId: root,
      after: {
        differences: count,
        periods: places.length,
        places: places.slice(0, placesNamed).map(({ formId, period }) => `${formId} ${period}`),
      },
    })
  })
}

const sampleSize = 6

/**
 * Compares and repairs the form periods that were longest not verified; each call takes the next ones.
 *
 * @param size how many form periods
 */
export async function auditSample(deps: Deps, size: number = sampleSize): Promise<Repair> {
  const root = await withTenant(deps, systemActor('repair', 0), readRoot)
  if (root === null) return { found: [], verdict: { periods: 0, waiting: 0, differences: [] } }
  const places = await withTenant(deps, systemActor('repair', root), async (ctx) => {
    const known = await listPeriods(ctx)
    const { rows } = await sql<Place>`
      select k.form_id as "formId", k.period
      from unnest(${known.map((place) => place.formId)}::int[], ${known.map((place) => place.period)}::text[]) as k(form_id, period)
      left join rollup.verification v using (form_id, period)
      order by v.verified_at nulls first, k.form_id, k.period limit ${size}`.execute(ctx.db)
    return rows
  })
  return repairTotals(deps, { places })
}

export type Verification = {
  /** Form periods that have totals or reports. */
  readonly periods: number
  readonly neverVerified: number
  /** In which the last look found a difference. */
  readonly differing: number
  /** When the one was looked at that was not looked at for longest; null before the first time. */
  readonly oldest: Date | null
}

/** How far the totals have been verified, over all bodies, for the operator. */
export async function readVerification(deps: Deps): Promise<Verification> {
  const root = await withTenant(deps, systemActor('repair', 0), readRoot)
  const none = { periods: 0, neverVerified: 0, differing: 0, oldest: null }
  if (root === null) return none
  return withTenant(deps, systemActor('repair', root), async (ctx) => {
    const known = await listPeriods(ctx)
    const { rows } = await sql<Verification>`
      select count(*)::int as periods, (count(*) filter (where v.form_id is null))::int as "neverVerified",
        (count(*) filter (where v.differences > 0))::int as differing, min(v.verified_at) as oldest
      from unnest(${known.map((place) => place.formId)}::int[], ${known.map((place) => place.period)}::text[]) as k(form_id, period)
      left join rollup.verification v using (form_id, period)`.execute(ctx.db)
    return rows[0] ?? none
  })
}
