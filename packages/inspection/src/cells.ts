import { getIndicator, Period, type Indicator } from '@gonglian/indicators'
import { computeRatios, indexItems, listNames, nameWithin } from '@gonglian/indicators/figures'
import { getCellHistory, getReport, type CellStep, type ReportStanding } from '@gonglian/reporting'
import { readTotals, type Total } from '@gonglian/rollup'
import { findItem, findPlan, type Plan } from '@gonglian/targets'
import {
  findFederations,
  found,
  listChildren,
  requirePermission,
  type Federation,
  type TenantContext,
} from '@gonglian/tenancy'
import { z } from 'zod'
import { findActualSource, type Source } from './actuals.ts'

export const GetCell = z.object({
  /** The item of a plan that the number stands beside, or, where there is none, the indicator itself. */
  itemId: z.int().positive().optional(),
  indicator: z.string().max(80).optional(),
  period: Period,
  bodyId: z.int().positive().optional(),
})

/** One figure of one body in one period, with what stands behind it. */
export type CellFigure = {
  reported: number | null
  accepted: number | null
  expectedCount: number
  reportedCount: number
  reviewedCount: number
  changedAt: Date | null
}
export type CellPart = CellFigure & { body: Federation; isLeaf: boolean }

export type Cell = {
  measure: Pick<Indicator, 'nameZh' | 'nameEn' | 'scale' | 'additivity'>
  body: Federation
  /** The last period of the form that the figure covers, and all of them this year. */
  period: string
  form: { code: string; nameZh: string; nameEn: string; position: number }
  months: (CellFigure & { period: string })[]
  /** Its own report of the last period. */
  own: {
    reportId: number | null
    state: ReportStanding
    figure: number | null
    mark: number
    note: string
    submittedAt: Date | null
    submittedBy: string | null
    decidedAt: Date | null
    decidedBy: string | null
  }
  /** What the bodies directly below add to the last period. */
  parts: CellPart[]
  /** What the body's own figure was at every step of its report, of the item itself or of the parts of the ratio. */
  history: { position: number; nameZh: string; nameEn: string; steps: CellStep[] }[]
}

/**
 * The make-up of one number on the board: its own report and those below it in the last period, the months before, and every version
 * of the own figure with who and when (P5). Leads from the nation, child by child, to one cell of one township.
 *
 * @throws DomainError not_found for an item, body or indicator out of sight
 */
export async function getCell(ctx: TenantContext, input: z.output<typeof GetCell>): Promise<Cell> {
  requirePermission(ctx, 'progress:read')
  const { measure, hierarchy } = await findMeasure(ctx, input)
  const bodyId = input.bodyId ?? ctx.tenantId
  const body = found((await findFederations(ctx, [bodyId])).get(bodyId), 'errors.bodyNotFound')
  const source = found(await findActualSource(ctx, measure.indicatorId, input.period), 'errors.formNotFound')
  const last = found(source.periods[source.periods.length - 1], 'errors.period')
  const children = await listChildren(ctx, body.id, hierarchy)
  const months = await readFigures(ctx, source, [body.id], source.periods, hierarchy)
  const parts = await readFigures(
    ctx,
    source,
    children.map((child) => child.id),
    [last],
    hierarchy,
  )
  const report = await getReport(ctx, { form: source.form.code, period: last, body: body.code })
  const places = placesOf(source)
  const figures =
    source.item.formula === null ? report.sheet.figures : computeRatios(source.form.items, report.sheet.figures)
  const history = await Promise.all(
    places.map(async (place) => ({
      position: place.position,
      nameZh: place.nameZh,
      nameEn: place.nameEn,
      steps: await getCellHistory(ctx, {
        form: source.form.code,
        period: last,
        body: body.code,
        position: place.position,
      }),
    })),
  )
  return {
    measure: { nameZh: measure.nameZh, nameEn: measure.nameEn, scale: measure.scale, additivity: measure.additivity },
    body,
    period: last,
    form: {
      code: source.form.code,
      nameZh: source.form.nameZh,
      nameEn: source.form.nameEn,
      position: source.item.position,
    },
    months: months.map(({ period, figure }) => ({ period, ...figure })),
    own: {
      reportId: report.reportId,
      state: report.state,
      figure: figures[source.item.position - 1] ?? null,
      mark: report.sheet.marks[source.item.position - 1] ?? 0,
      note: report.sheet.notes[String(source.item.position)] ?? '',
      submittedAt: report.submittedAt,
      submittedBy: report.submittedBy,
      decidedAt: report.decidedAt,
      decidedBy: report.decidedBy,
    },
    parts: children.flatMap((child) => {
      const part = parts.find((one) => one.tenantId === child.id)
      return part ? [{ body: child, isLeaf: child.childCount === 0, ...part.figure }] : []
    }),
    history,
  }
}

/** What the number measures, and by which tree it is summed. */
async function findMeasure(
  ctx: TenantContext,
  { itemId, indicator }: Pick<z.output<typeof GetCell>, 'itemId' | 'indicator'>,
): Promise<{ measure: Cell['measure'] & { indicatorId: number }; hierarchy: Plan['hierarchy'] }> {
  if (itemId !== undefined) {
    const item = await findItem(ctx, itemId)
    return { measure: item.measure, hierarchy: (await findPlan(ctx, item.planId)).hierarchy }
  }
  const { id, ...measure } = await getIndicator(ctx, indicator ?? '')
  return { measure: { ...measure, indicatorId: id }, hierarchy: 'regional' }
}

/** The item itself, or the parts of its ratio: where figures are typed. */
function placesOf(source: Source) {
  const { form, item } = source
  if (item.formula === null) return [item]
  const byName = indexItems(form.items)
  return listNames(item.formula).flatMap((name) => byName.get(nameWithin(name, item.breakdownZh)) ?? [])
}

async function readFigures(
  ctx: TenantContext,
  source: Source,
  bodies: readonly number[],
  periods: readonly string[],
  hierarchy: Plan['hierarchy'],
) {
  const { form, item } = source
  const totals = await readTotals(ctx, { formId: form.id, form, periods, bodies, hierarchy })
  const pick = (total: Total, which: 'reported' | 'accepted') =>
    (item.formula === null ? total[which] : computeRatios(form.items, total[which]))[item.position - 1] ?? null
  return totals.map((total) => ({
    tenantId: total.tenantId,
    period: total.period,
    figure: {
      reported: pick(total, 'reported'),
      accepted: pick(total, 'accepted'),
      expectedCount: total.expectedCount,
      reportedCount: total.reportedCount,
      reviewedCount: total.reviewedCount,
      changedAt: total.changedAt,
    } satisfies CellFigure,
  }))
}
