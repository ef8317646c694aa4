import { financeYearly } from './forms/finance-yearly.ts'
import type { FormEntry } from './forms/form.ts'
import { orgMonthly } from './forms/org-monthly.ts'
import { rightsQuarterly } from './forms/rights-quarterly.ts'
import { unionisationSprint } from './forms/unionisation-sprint.ts'
import { womenHalfYear } from './forms/women-half-year.ts'

/**
 * The forms of the demonstration, one of each kind of period. Nothing is asked for twice: an indicator, and each part of it,
 * stands in one form only.
 */
export const forms: readonly FormEntry[] = [
  orgMonthly,
  unionisationSprint,
  rightsQuarterly,
  womenHalfYear,
  financeYearly,
]
