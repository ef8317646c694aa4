import type { Caller, RouterOutputs } from '@gonglian/api'

export type Board = RouterOutputs['progress']['getBoard']
export type BoardRow = Board['rows'][number]
export type ItemChoice = {
  readonly id: number
  readonly nameZh: string
  readonly nameEn: string
  readonly aspect: string
  readonly planId: number
  readonly planName: string
}

/** The items of the year's issued plans within sight, the body's own plan first: one of them is on the board. */
export async function listChoices(api: Caller, year: number): Promise<ItemChoice[]> {
  const plans = (await api.targets.listPlans({ year })).filter((plan) => plan.state !== 'draft')
  const trees = await Promise.all(plans.map((plan) => api.targets.getPlan({ planId: plan.id })))
  return trees.flatMap(({ plan, aspects }) =>
    aspects.flatMap(({ aspect, items }) =>
      items.map((item) => ({
        id: item.id,
        nameZh: item.measure.nameZh,
        nameEn: item.measure.nameEn,
        aspect,
        planId: plan.id,
        planName: plan.name,
      })),
    ),
  )
}

/** The period a board covers when the address names none: the last month that is over. */
export function findBoardPeriod(asked: string | null, now: Date): string {
  if (asked !== null && /^\d{4}(-(H[12]|Q[1-4]|\d{2}(-[AB])?))?$/.test(asked)) return asked
  const month = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1))
  return month.toISOString().slice(0, 7)
}
