import { defineForm, defineIndicator, getForm, getIndicator, historyForm, historyReports, FormInput, IndicatorInput } from '@gonglian/indicators'
import { importReports } from '@gonglian/reporting'
import { DomainError, systemActor, withTenant, type Deps, type TenantContext } from '@gonglian/tenancy'
import type { DemoBody } from './tree.ts'

async function isThere(work: Promise<unknown>): Promise<boolean> {
  try {
    await work
    return true
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') return false
    throw error
  }
}

async function defineOwn(ctx: TenantContext, indicators: readonly (typeof IndicatorInput)['_zod']['input'][]): Promise<void> {
  for (const indicator of indicators) {
    if (!(await isThere(getIndicator(ctx, indicator.code)))) await defineIndicator(ctx, IndicatorInput.parse(indicator))
  }
}

/**
 * Stores the figures of the reports that started the product as accepted reports of their bodies, each body and period in a form of its
 * own. Figures outside the catalogue become the body's own indicators.
 */
export async function loadHistory(deps: Deps, bodies: readonly DemoBody[]): Promise<number> {
  const ids = new Map(bodies.map((body) => [body.code, body.id]))
  let count = 0
  for (const report of historyReports()) {
    const tenantId = ids.get(report.bodyCode)
    if (tenantId === undefined) throw new Error(`the demonstration has no body ${report.bodyCode}`)
    count += await withTenant(deps, systemActor('demonstration', tenantId), async (ctx) => {
      await defineOwn(
        ctx,
        report.items.flatMap((item) => item.ownIndicator ?? []),
      )
      const form = (await isThere(getForm(ctx, report.formCode)))
        ? await getForm(ctx, report.formCode)
        : await defineForm(ctx, FormInput.parse(historyForm(report)))
      return importReports(ctx, {
        formId: form.id,
        period: report.periodText,
        state: 'accepted',
        source: report.nameZh,
        reports: [
          {
            tenantId,
            figures: report.items.map((item) => item.value),
            marks: report.items.map((item) => item.mark),
            upper: report.items.map((item) => item.upper),
            notes: Object.fromEntries(report.items.flatMap((item, index) => (item.note === '' ? [] : [[String(index + 1), item.note]]))),
          },
        ],
      })
    })
  }
  return count
}
