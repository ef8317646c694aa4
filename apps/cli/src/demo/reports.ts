import { getForm, writePeriod, type Form } from '@gonglian/indicators'
import { GetReport, getReport, importReports } from '@gonglian/reporting'
import { recomputeAll } from '@gonglian/rollup'
import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { inventMonths, inventSize, inventZeal } from './figures.ts'
import type { DemoBody } from './tree.ts'

/** What every body did, month by month from January of the year before. */
export type Invented = ReadonlyMap<number, readonly (number | null)[][]>

/** The form whose reports the demonstration holds. */
export const monthlyForm = 'org-monthly'

export function readMonthlyForm(deps: Deps, root: number): Promise<Form> {
  return withTenant(deps, systemActor('demonstration', root), (ctx) => getForm(ctx, monthlyForm))
}

/**
 * Invents the figures of all open bodies that fill in the form, `months` of them from January of the year before.
 *
 * @param fed what the records of a body say, by month and position: that is no matter of invention
 */
export function inventReports(
  form: Form,
  bodies: readonly DemoBody[],
  months: number,
  fed: ReadonlyMap<number, readonly (readonly (number | null)[])[]>,
): Invented {
  const fillers = bodies.filter((body) => body.isOpen && form.fillerLevels.includes(body.level))
  return new Map(
    fillers.map((body) => [
      body.id,
      inventMonths(
        form.items,
        { body: body.id, size: inventSize(body.id, body.level), zeal: inventZeal(body), moody: true },
        months,
      ).map((figures, month) => figures.map((figure, index) => fed.get(body.id)?.[month]?.[index] ?? figure)),
    ]),
  )
}

/** Whether a body has reported a period; periods are loaded whole, so one body speaks for all that were loaded with it. */
export function isReported(
  deps: Deps,
  asked: { readonly form: Form; readonly root: number; readonly body: string; readonly period: string },
): Promise<boolean> {
  const { form, body, period } = asked
  return withTenant(deps, systemActor('demonstration', asked.root), async (ctx) => {
    const { reportId } = await getReport(ctx, GetReport.parse({ form: form.code, period, body }))
    return reportId !== null
  })
}

/** Who has not (yet) reported the last month, and whose report waits for its superior. */
export type Unfinished = { readonly missing: ReadonlySet<number>; readonly waiting: ReadonlySet<number> }

/**
 * Stores the months `from` .. `to` (counted from January of `firstYear`) of the given bodies as accepted reports and computes their totals; a month that
 * is there is left alone. The last month is left unfinished where the demonstration wants something to do.
 */
export async function loadReports(
  deps: Deps,
  input: {
    root: number
    form: Form
    bodies: readonly DemoBody[]
    invented: Invented
    firstYear: number
    from: number
    to: number
    /** Of the last month; null: it is finished like the others. */
    unfinished: Unfinished | null
    say: (line: string) => void
  },
): Promise<void> {
  const { form, invented, root } = input
  for (let month = input.from; month <= input.to; month++) {
    const period = writePeriod('month', input.firstYear + Math.floor(month / 12), (month % 12) + 1)
    const isLast = month === input.to && input.unfinished !== null
    const [some] = input.bodies.filter(({ id }) => invented.has(id) && !(isLast && input.unfinished?.missing.has(id)))
    if (some === undefined || (await isReported(deps, { form, root, body: some.code, period }))) continue
    const reports = [...invented].flatMap(([tenantId, months]) => {
      const figures = months[month]
      return figures && !(isLast && input.unfinished?.missing.has(tenantId)) ? [{ tenantId, figures }] : []
    })
    await withTenant(deps, systemActor('demonstration', root), async (ctx) => {
      const at = new Date(`${period}-28T16:00:00+08:00`)
      const accepted = reports.filter((report) => !(isLast && input.unfinished?.waiting.has(report.tenantId)))
      const waiting = reports.filter((report) => isLast && input.unfinished?.waiting.has(report.tenantId))
      await importReports(ctx, { formId: form.id, period, state: 'accepted', reports: accepted, at })
      await importReports(ctx, { formId: form.id, period, state: 'submitted', reports: waiting, at })
      await recomputeAll(ctx, { formId: form.id, period })
    })
    input.say(`${period}: ${reports.length} reports`)
  }
}
