import { type TenantContext } from '@gonglian/tenancy'
import { catalogue } from '../data/catalogue.ts'
import { forms } from '../data/forms.ts'
import { holidays } from '../data/holidays.ts'
import { loadForm } from './form-versions.ts'
import { loadIndicators } from './indicators.ts'
import { loadParameter } from './parameters.ts'
import { currentPeriod, parsePeriod } from './periods.ts'

/**
 * Loads the national catalogue for the acting body, the national one. Run again it changes nothing; run with newer data it
 * brings new versions.
 *
 * @returns how many indicators were added or changed
 */
export async function loadCatalogue(ctx: TenantContext): Promise<number> {
  return loadIndicators(ctx, catalogue)
}

/** Loads the national parameters: the calendar of holidays that deadlines are counted by (DL-02). */
export async function loadParameters(ctx: TenantContext): Promise<void> {
  await loadParameter(ctx, {
    key: 'calendar.holidays',
    value: holidays,
    validFrom: '2025-01-01',
    source: '国务院办公厅关于2025年、2026年部分节假日安排的通知',
  })
}

/**
 * Loads the forms of the demonstration, and the calendar their deadlines need. The catalogue comes first.
 *
 * @param options.past forms of which earlier periods were reported; the others begin with the period that runs, so that nobody is late with
 * what was never asked. Left out: all
 */
export async function loadForms(ctx: TenantContext, options: { past?: readonly string[] } = {}): Promise<void> {
  await loadParameters(ctx)
  for (const form of forms) {
    const isOld = options.past?.includes(form.code) ?? true
    const { start } = parsePeriod(currentPeriod(form.frequency, ctx.today))
    await loadForm(ctx, isOld ? form : { ...form, opensOn: start })
  }
}
