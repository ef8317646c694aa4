import { currentPeriod, getForm, parsePeriod, previousPeriod, type Form, type FormItem } from '@gonglian/indicators'
import { importReports } from '@gonglian/reporting'
import { recomputeAll } from '@gonglian/rollup'
import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { inventMonths, inventSize, inventZeal, type DemoItem } from './figures.ts'
import { isReported, type Unfinished } from './reports.ts'
import type { DemoBody } from './tree.ts'

/** The forms beside the monthly one, and how many of their latest periods are reported: a desk without them would be late with all. */
const otherForms: readonly { readonly code: string; readonly periods: number }[] = [
  { code: 'finance-yearly', periods: 1 },
  { code: 'women-half-year', periods: 1 },
  { code: 'rights-quarterly', periods: 3 },
  { code: 'unionisation-sprint', periods: 2 },
]

/** The latest `count` periods that have ended, the latest first. */
function listEnded(form: Form, today: string, count: number): string[] {
  const periods: string[] = []
  let period = currentPeriod(form.frequency, today)
  while (periods.length < count) periods.push((period = previousPeriod(period)))
  return periods
}

/** What a body did in a period: flows of its months added up, stocks as they stood at its end; half a month has half of the flows. */
export function inventPeriod(
  items: readonly (DemoItem & Pick<FormItem, 'nature'>)[],
  body: DemoBody,
  period: string,
  firstYear: number,
): (number | null)[] {
  const { start, end, kind } = parsePeriod(period)
  const monthOf = (day: string) => (Number(day.slice(0, 4)) - firstYear) * 12 + Number(day.slice(5, 7)) - 1
  const [from, to] = [monthOf(start), monthOf(end)]
  const situation = { body: body.id, size: inventSize(body.id, body.level), zeal: inventZeal(body), moody: true }
  const months = inventMonths(items, situation, to + 1).slice(from)
  return items.map(({ nature }, index) => {
    const figures = months.map((month) => month[index] ?? null)
    const last = figures.at(-1) ?? null
    if (last === null || nature !== 'flow') return last
    const sum = figures.reduce<number>((whole, figure) => whole + (figure ?? 0), 0)
    return kind === 'half_month' ? Math.floor(sum / 2) : sum
  })
}

/**
 * Stores the latest periods of the forms beside the monthly one as accepted reports of the given bodies, what of them is not there yet;
 * the running work of the last half month is left unfinished where the demonstration wants something to do.
 */
export async function loadOtherForms(
  deps: Deps,
  input: {
    readonly root: number
    readonly bodies: readonly DemoBody[]
    readonly today: string
    readonly unfinished: Unfinished
    readonly say: (line: string) => void
  },
): Promise<void> {
  const { root, today } = input
  const actor = systemActor('demonstration', root)
  const firstYear = Number(today.slice(0, 4)) - 1
  for (const { code, periods } of otherForms) {
    const form = await withTenant(deps, actor, (ctx) => getForm(ctx, code))
    const fillers = input.bodies.filter((body) => body.isOpen && form.fillerLevels.includes(body.level))
    for (const [place, period] of listEnded(form, today, periods).entries()) {
      const isOpen = place === 0 && form.frequency === 'half_month'
      const done = fillers.filter(({ id }) => !(isOpen && input.unfinished.missing.has(id)))
      const [some] = done
      if (some === undefined || (await isReported(deps, { form, root, body: some.code, period }))) continue
      await withTenant(deps, actor, async (ctx) => {
        await importReports(ctx, {
          formId: form.id,
          period,
          state: 'accepted',
          reports: done.map((body) => ({
            tenantId: body.id,
            figures: inventPeriod(form.items, body, period, firstYear),
          })),
          at: new Date(`${parsePeriod(period).end}T16:00:00+08:00`),
        })
        await recomputeAll(ctx, { formId: form.id, period })
      })
      input.say(`${code} ${period}: ${done.length} reports`)
    }
  }
}
