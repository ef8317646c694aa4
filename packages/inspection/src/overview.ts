import { addDays, findIndicators, readOwnFigures, yearUntilToday, type Feed } from '@gonglian/indicators'
import type { Overview } from '@gonglian/records'
import { countDue, dueDays, gatherTasks, type Task } from '@gonglian/tasks'
import { listChildren, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { readDomainFigures } from './domain-figures.ts'

/** What a domain declares of its start page, and what counts its records. */
export type OverviewOf = {
  readonly overview: Overview
  readonly tasks: readonly Task[]
  readonly feeds: readonly Feed[]
}

/**
 * The start page of a domain: what waits there for the person who asks, how the body stands, what falls due, and how the bodies below compare, the
 * worst first. A bounded number of statements, whatever is recorded below.
 */
export async function readOverview(ctx: TenantContext, { overview, tasks, feeds }: OverviewOf, period: string) {
  requirePermission(ctx, overview.permission)
  const children = await listChildren(ctx, ctx.tenantId)
  const { figures, below } = await readDomainFigures(ctx, {
    codes: [...overview.figures],
    period,
    bodies: children.map((child) => child.id),
  })
  const recorded = await readOwnFigures(ctx, feeds, { codes: overview.figures, span: yearUntilToday(ctx.today) })
  const { below: dueBelow, ...due } = await countDue(ctx, overview.due, addDays(ctx.today, dueDays))
  const compared = await findIndicators(ctx, overview.below)
  const measures = overview.below.flatMap((code) => compared.get(code) ?? [])
  const places = measures.map(({ code }) => overview.figures.indexOf(code))
  const lines = children.map(({ id, code, shortName }) => ({
    code,
    name: shortName,
    overdue: dueBelow.get(id)?.overdue ?? 0,
    due: dueBelow.get(id)?.due ?? 0,
    values: places.map((place) => below.get(id)?.[place] ?? null),
  }))
  return {
    today: ctx.today,
    isKept: await overview.isKept(ctx),
    tasks: await gatherTasks(ctx, tasks),
    figures: figures.map((figure) => ({ ...figure, recorded: recorded.get(figure.indicator.code) ?? null })),
    due,
    below: {
      measures: measures.map(({ code, nameZh, nameEn, unit, scale }) => ({ code, nameZh, nameEn, unit, scale })),
      lines: orderLines(lines, measures[0]?.polarity ?? 1),
    },
  }
}

/** Most overdue first; of equals whose first measure is worse, and whoever reported none last. */
function orderLines<Line extends { overdue: number; code: string; values: readonly (number | null)[] }>(
  lines: readonly Line[],
  polarity: number,
): Line[] {
  const sign = polarity < 0 ? -1 : 1
  const first = ({ values }: Line) => {
    const value = values[0] ?? null
    return value === null ? Number.POSITIVE_INFINITY : value * sign
  }
  return lines.toSorted((a, b) => {
    if (a.overdue !== b.overdue) return b.overdue - a.overdue
    const [one, other] = [first(a), first(b)]
    return one === other ? (a.code < b.code ? -1 : 1) : one - other
  })
}
