import { chance, saltOf } from './chance.ts'

/** What the inventor of figures has to know of a form's item. */
export type DemoItem = {
  readonly code: string
  readonly additivity: 'sum' | 'ratio' | 'distinct'
  readonly breakdownZh: string
}

/** A part of a whole: `share` from .. to; with a season it is a flow, share of the whole per month times the month's weight. */
type Recipe = {
  readonly of: string
  readonly share: readonly [number, number]
  readonly season?: readonly number[]
  readonly atMost?: string
}

export const seasons = {
  winter: [3.2, 4.1, 0.6, 0.3, 0.3, 0.3, 0.4, 0.5, 0.5, 0.4, 0.5, 0.9],
  spring: [0.4, 0.4, 1.1, 2.6, 2.2, 1.2, 0.7, 0.6, 1.1, 0.8, 0.5, 0.4],
  sprint: [0.5, 0.4, 0.8, 1, 2.4, 1.3, 0.8, 0.7, 1.9, 0.9, 0.7, 0.6],
  even: [1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1],
} as const

/**
 * Every figure as a part of another one, so that the consistency rules of handbook 12.2 hold by construction: parts within their
 * whole, closed within received, adopted within submitted. Money: fen per head or household.
 */
const recipes: Readonly<Record<string, Recipe>> = {
  female_employee_count: { of: 'employee_count', share: [0.4, 0.48] },
  female_member_count: { of: 'member_count', share: [0.3, 0.39] },
  migrant_member_count: { of: 'member_count', share: [0.22, 0.4] },
  newform_member_count: { of: 'member_count', share: [0.02, 0.07] },
  grassroots_union_count: { of: 'employee_count', share: [0.012, 0.03] },
  new_union_count: { of: 'grassroots_union_count', share: [0.004, 0.014], season: seasons.sprint },
  unionised_enterprise_count: { of: 'grassroots_union_count', share: [0.6, 0.8] },
  wage_contract_enterprises: { of: 'unionised_enterprise_count', share: [0.72, 0.97] },
  offer_sent_count: { of: 'grassroots_union_count', share: [0.02, 0.06], season: seasons.spring },
  rights_cases_received: { of: 'employee_count', share: [0.0008, 0.0026], season: seasons.even },
  rights_cases_closed: { of: 'rights_cases_received', share: [0.86, 1] },
  hardship_file_count: { of: 'employee_count', share: [0.006, 0.014] },
  aid_household_times: { of: 'hardship_file_count', share: [0.1, 0.3], season: seasons.winter },
  aid_paid_amount: { of: 'aid_household_times', share: [40_000, 90_000] },
  warmth_households_visited: {
    of: 'hardship_file_count',
    share: [0.08, 0.22],
    season: seasons.winter,
    atMost: 'hardship_file_count',
  },
  labour_contest_units: { of: 'grassroots_union_count', share: [0.02, 0.06], season: seasons.spring },
  skill_contest_participants: { of: 'employee_count', share: [0.004, 0.02], season: seasons.spring },
  suggestion_submitted: { of: 'employee_count', share: [0.002, 0.012], season: seasons.spring },
  suggestion_adopted: { of: 'suggestion_submitted', share: [0.35, 0.6] },
}

const byBreakdown: Readonly<Record<string, number>> = { 女性: 0.41, 农民工: 0.3 }

export type Situation = {
  readonly body: number
  /** Employees the body answers for itself. */
  readonly size: number
  /** How far ahead (above 1) or behind (below 1) of a usual year it is. */
  readonly zeal: number
  /** False: no accidents, the year as one would plan it. */
  readonly moody: boolean
}

/** Employees a body answers for itself: townships vary widely, offices above have only their direct unions. */
export function inventSize(body: number, level: string): number {
  const base: Readonly<Record<string, number>> = { township: 2600, county: 5200, city: 11_000, province: 16_000 }
  return Math.round((base[level] ?? 0) * Math.exp(1.1 * (chance(body, 11) + chance(body, 12) - 1)))
}

/**
 * Most bodies are near their schedule, some well behind: a board without red would show nothing. Drawn for the city as a whole too, else
 * the differences between townships would cancel out and every city would look alike.
 */
export function inventZeal(body: { readonly id: number; readonly code: string }): number {
  const city = chance(saltOf(body.code.slice(0, 4)), 23) + chance(saltOf(body.code.slice(0, 4)), 24)
  return (0.66 + 0.34 * city) * (0.84 + 0.2 * chance(body.id, 21) + 0.12 * chance(body.id, 22))
}

/**
 * A body's figures month by month, in the order of the form's items: members of a month are those of the month before, plus enrolled
 * and transferred in, less lost (handbook 12.2 rule 2).
 *
 * @param months how many, from January of `firstYear`
 */
export function inventMonths(items: readonly DemoItem[], situation: Situation, months: number): (number | null)[][] {
  const { body, size, zeal, moody } = situation
  const draw = (code: string, [from, to]: readonly [number, number]) => from + (to - from) * chance(body, saltOf(code))
  const mood = (code: string, month: number) => (moody ? 0.75 + 0.5 * chance(body, saltOf(code) + 97 * month) : 1)
  let members = Math.floor(size * draw('member_count', [0.8, 0.92]))
  return Array.from({ length: months }, (_, month) => {
    const known = new Map<string, number>()
    const employees = Math.round(size * (1 + 0.0015 * month))
    const room = Math.max(0, Math.floor(employees * 0.985) - members)
    const season = seasons.sprint[month % 12] ?? 1
    const enrolled = Math.min(
      room,
      Math.round(members * draw('new_member_count', [0.003, 0.009]) * season * zeal * mood('new', month)),
    )
    const movedIn = Math.min(room - enrolled, Math.round(members * 0.0012 * mood('in', month)))
    const lost = Math.round(members * draw('lost_member_count', [0.0008, 0.003]) * mood('lost', month))
    members += enrolled + movedIn - lost
    known.set('employee_count', employees).set('member_count', members).set('new_member_count', enrolled)
    known.set('transferred_in_member_count', movedIn).set('lost_member_count', lost)
    const compute = (code: string): number => {
      const before = known.get(code)
      if (before !== undefined) return before
      const recipe = recipes[code]
      const whole = recipe ? compute(recipe.of) : size * 0.002
      const part = recipe ? whole * draw(code, recipe.share) : whole
      const figure = Math.round(
        recipe?.season ? part * (recipe.season[month % 12] ?? 1) * zeal * mood(code, month) : part,
      )
      const value = recipe?.atMost ? Math.min(figure, compute(recipe.atMost)) : figure
      known.set(code, value)
      return value
    }
    return items.map((item) => {
      if (item.additivity !== 'sum') return null
      const whole = compute(item.code)
      return item.breakdownZh === '' ? whole : Math.floor(whole * (byBreakdown[item.breakdownZh] ?? 0.2))
    })
  })
}
