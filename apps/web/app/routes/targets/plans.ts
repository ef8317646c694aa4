import type { Caller, RouterOutputs } from '@gonglian/api'
import { formatDate, type RowReader } from '@gonglian/ui'
import { findBoardPeriod } from '../progress/choice.ts'

export type Plan = RouterOutputs['targets']['listPlans'][number]
export type Duty = RouterOutputs['targets']['listDuties'][number]
export type Standing = RouterOutputs['progress']['listStandings'][number]
export type Lights = { readonly green: number; readonly yellow: number; readonly red: number; readonly none: number }

export type PlanRow = Plan & {
  /** The reader's body issued it itself. */
  readonly own: boolean
  readonly duties: readonly Duty[]
  /** How the body stands in its items. */
  readonly lights: Lights
}

/** The year whose plans are shown: `?year=`, else that of the working period, else this one. */
export function findYear(params: URLSearchParams, now: Date): number {
  const asked = params.get('year') ?? params.get('period')?.slice(0, 4) ?? ''
  return /^(19|20)\d\d$/.test(asked) ? Number(asked) : Number(formatDate(now).slice(0, 4))
}

/** Until when the lights of a year's targets are judged: the working period where it lies in the year, else the year's end; null: not begun. */
export function findLightPeriod(year: number, asked: string | null, now: Date): string | null {
  const period = findBoardPeriod(asked, now)
  const ofPeriod = Number(period.slice(0, 4))
  if (ofPeriod === year) return period
  return ofPeriod > year ? `${year}-12` : null
}

export function countLights(standings: readonly Pick<Standing, 'light'>[]): Lights {
  const count = (light: Standing['light']) => standings.filter((standing) => standing.light === light).length
  return { green: count('green'), yellow: count('yellow'), red: count('red'), none: count(null) }
}

/** The plans of a year with what waits in them and how the body stands. */
export async function listPlanRows(
  api: Caller,
  bodyId: number,
  year: number,
  period: string | null,
): Promise<PlanRow[]> {
  const [plans, duties, standings] = await Promise.all([
    api.targets.listPlans({ year }),
    api.targets.listDuties(),
    period === null ? [] : api.progress.listStandings({ period }),
  ])
  return plans.map((plan) => ({
    ...plan,
    own: plan.issuer.id === bodyId,
    duties: duties.filter((duty) => duty.planId === plan.id),
    lights: countLights(standings.filter((standing) => standing.plan.id === plan.id)),
  }))
}

/** What a list of plans is searched, filtered and sorted by, on the page and in its export. */
export const planReaders = [
  { key: 'name', value: (plan) => plan.name },
  { key: 'origin', value: (plan) => (plan.own ? 'own' : 'received') },
  { key: 'state', value: (plan) => plan.state },
  { key: 'items', value: (plan) => plan.items },
  { key: 'waiting', value: (plan) => plan.duties.length },
  // Whoever is furthest behind comes last in ascending order.
  { key: 'lights', value: (plan) => plan.lights.red * 1_000_000 + plan.lights.yellow * 1000 + plan.lights.green },
  { key: 'issuedAt', value: (plan) => plan.issuedAt?.getTime() ?? null },
] as const satisfies readonly RowReader<PlanRow>[]
