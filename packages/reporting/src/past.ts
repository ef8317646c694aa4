import { historyForm, historyReports, loadForm, loadIndicators } from '@gonglian/indicators'
import { drainDirty } from '@gonglian/rollup'
import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { importReports } from './imports.ts'

/**
 * Stores the figures of the reports that started the product as accepted reports of their bodies, each body and period in a form of its
 * own. Figures outside the catalogue become the body's own indicators.
 *
 * @param bodies the id of each body by its code; a body that is missing is an error
 * @returns how many reports
 */
export async function loadHistory(deps: Deps, bodies: ReadonlyMap<string, number>): Promise<number> {
  let count = 0
  for (const report of historyReports()) {
    const tenantId = bodies.get(report.bodyCode)
    if (tenantId === undefined) throw new Error(`the reports of the past tell of ${report.bodyCode}, which is no body`)
    count += await withTenant(deps, systemActor('history', tenantId), async (ctx) => {
      // One indicator may stand in a report twice, for two parts of the body.
      const own = new Map(
        report.items.flatMap((item) => (item.ownIndicator ? [[item.indicatorCode, item.ownIndicator] as const] : [])),
      )
      await loadIndicators(ctx, [...own.values()])
      const form = await loadForm(ctx, historyForm(report))
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
            notes: Object.fromEntries(
              report.items.flatMap((item, index) => (item.note === '' ? [] : [[String(index + 1), item.note]])),
            ),
          },
        ],
      })
    })
  }
  await drainDirty(deps)
  return count
}
