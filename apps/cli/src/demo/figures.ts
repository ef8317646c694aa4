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
  collective_contract_count: { of: 'unionised_enterprise_count', share: [0.55, 0.75] },
  collective_contract_enterprises: { of: 'unionised_enterprise_count', share: [0.76, 0.92] },
  collective_contract_covered_workers: { of: 'member_count', share: [0.7, 0.9] },
  wage_contract_count: { of: 'collective_contract_count', share: [0.85, 1] },
  contract_checked_count: { of: 'collective_contract_count', share: [0.03, 0.08] },
  contract_performed_count: { of: 'contract_checked_count', share: [0.85, 1] },
  mediation_case_count: { of: 'rights_cases_received', share: [0.4, 0.7] },
  mediation_closed_count: { of: 'mediation_case_count', share: [0.85, 1] },
  mediation_agreed_count: { of: 'mediation_closed_count', share: [0.55, 0.85] },
  petition_count: { of: 'rights_cases_received', share: [0.2, 0.5] },
  legal_aid_case_count: { of: 'rights_cases_received', share: [0.1, 0.3] },
  legal_aid_recovered_amount: { of: 'legal_aid_case_count', share: [600_000, 2_400_000] },
  labour_reminder_count: { of: 'rights_cases_received', share: [0.05, 0.2] },
  labour_opinion_count: { of: 'labour_reminder_count', share: [0.1, 0.4] },
  unionisation_gap_count: { of: 'grassroots_union_count', share: [0.04, 0.12] },
  unionisation_visited_units: { of: 'unionisation_gap_count', share: [0.1, 0.35] },
  unionisation_preparing_units: { of: 'unionisation_gap_count', share: [0.1, 0.25] },
  unionisation_applied_units: { of: 'unionisation_preparing_units', share: [0.2, 0.5] },
  unionisation_refused_units: { of: 'unionisation_gap_count', share: [0, 0.08] },
  enrolment_application_count: { of: 'new_member_count', share: [0.9, 1.2] },
  unions_with_women_workers: { of: 'grassroots_union_count', share: [0.75, 0.95] },
  women_committee_count: { of: 'unions_with_women_workers', share: [0.7, 0.95] },
  women_committee_member_count: { of: 'women_committee_count', share: [3, 5] },
  unionised_enterprises_with_women: { of: 'unionised_enterprise_count', share: [0.75, 0.95] },
  women_special_contract_count: { of: 'unionised_enterprises_with_women', share: [0.5, 0.7] },
  women_special_contract_enterprises: { of: 'unionised_enterprises_with_women', share: [0.71, 0.95] },
  nursing_room_count: { of: 'grassroots_union_count', share: [0.02, 0.08] },
  women_screening_count: { of: 'female_member_count', share: [0.01, 0.03] },
  // Two percent of a year's wages of about 60,000 yuan.
  dues_payable: { of: 'employee_count', share: [8_000, 12_000] },
  dues_received: { of: 'dues_payable', share: [0.82, 0.99] },
  dues_retained: { of: 'dues_received', share: [0.6, 0.6] },
  remittance_due_amount: { of: 'dues_received', share: [0.4, 0.4] },
  dues_remitted_up: { of: 'remittance_due_amount', share: [0.9, 1] },
  member_fee_received: { of: 'member_count', share: [300, 500] },
  income_total: { of: 'dues_retained', share: [1.05, 1.3] },
  expense_total: { of: 'income_total', share: [0.78, 0.99] },
  expense_activity_amount: { of: 'expense_total', share: [0.36, 0.44] },
  expense_service_amount: { of: 'expense_total', share: [0.26, 0.34] },
  expense_rights_amount: { of: 'expense_total', share: [0.03, 0.07] },
  budget_amount: { of: 'income_total', share: [0.99, 1] },
}

const byBreakdown: Readonly<Record<string, number>> = {
  女性: 0.41,
  农民工: 0.3,
  新就业形态: 0.2,
  税务代收: 0.55,
  财政划拨: 0.3,
}

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
