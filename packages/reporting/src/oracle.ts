import { parsePeriod } from '@gonglian/indicators'
import type { ReportState } from './states.ts'

// A second, plain roll-up for the tests: everything in memory, every sum by walking the whole tree. Shares no code with the product's.

export type Hierarchy = 'regional' | 'line'
export type PlainBody = { readonly key: number; id: number; readonly level: string }
export type PlainLink = {
  readonly hierarchy: Hierarchy
  readonly child: number
  readonly parent: number
  readonly from: string
  to: string | null
}
export type PlainReport = {
  id: number
  version: number
  state: ReportState
  /** What counts: as last submitted. */
  figures: (number | null)[]
  inexact: ReadonlySet<number>
}

export type World = {
  readonly fillers: readonly string[]
  /** Of each position, whether it is summed over bodies. */
  readonly summed: readonly boolean[]
  readonly bodies: PlainBody[]
  readonly links: PlainLink[]
  /** By "body period". */
  readonly reports: Map<string, PlainReport>
}

export type PlainTotal = {
  reported: (number | null)[]
  accepted: (number | null)[]
  reportedInexact: number[]
  acceptedInexact: number[]
  expectedCount: number
  reportedCount: number
  reviewedCount: number
  acceptedCount: number
}

const counted: readonly ReportState[] = ['submitted', 'accepted', 'correcting']
const taken: readonly ReportState[] = ['accepted', 'correcting']

export const reportKey = (body: number, period: string) => `${body} ${period}`

export function findParent(world: World, hierarchy: Hierarchy, child: number, day: string | null): number | undefined {
  return world.links.find(
    (link) =>
      link.hierarchy === hierarchy &&
      link.child === child &&
      (day === null ? link.to === null : link.from <= day && (link.to === null || link.to > day)),
  )?.parent
}

/** Whether a body is in the regional tree on a day. */
export function isInTree(world: World, body: number, day: string): boolean {
  return world.links.some(
    (link) =>
      link.hierarchy === 'regional' &&
      (link.child === body || link.parent === body) &&
      link.from <= day &&
      (link.to === null || link.to > day),
  )
}

/** A body that is in neither tree on that day owes nothing for its period. */
const owes = (world: World, body: number, hierarchy: Hierarchy, day: string) =>
  world.links.some(
    (link) =>
      ['regional', hierarchy].includes(link.hierarchy) &&
      [link.child, link.parent].includes(body) &&
      link.from <= day &&
      (link.to === null || link.to > day),
  )

const add = (a: number | null, b: number | null) => (a === null ? b : b === null ? a : a + b)

/** The total of one body, by definition. */
export function computePlainly(world: World, body: number, period: string, hierarchy: Hierarchy): PlainTotal {
  const day = parsePeriod(period).end
  const total: PlainTotal = {
    reported: world.summed.map(() => null),
    accepted: world.summed.map(() => null),
    reportedInexact: [],
    acceptedInexact: [],
    expectedCount: 0,
    reportedCount: 0,
    reviewedCount: 0,
    acceptedCount: 0,
  }
  const inexact = { reported: new Set<number>(), accepted: new Set<number>() }
  for (const part of world.bodies) {
    // The way from the part up to the body, if there is one; each step must be accepted for the part's figures to be.
    let at: number | undefined = part.key
    let isAccepted = true
    while (at !== undefined && at !== body) {
      const own = world.reports.get(reportKey(at, period))
      const owes = world.fillers.includes(world.bodies[at]?.level ?? '')
      isAccepted &&= own && counted.includes(own.state) ? taken.includes(own.state) : !owes
      at = findParent(world, hierarchy, at, day)
    }
    if (at === undefined) continue
    if (world.fillers.includes(part.level) && owes(world, part.key, hierarchy, day)) total.expectedCount += 1
    const report = world.reports.get(reportKey(part.key, period))
    if (!report || !counted.includes(report.state)) continue
    total.reportedCount += 1
    if (taken.includes(report.state)) total.reviewedCount += 1
    if (isAccepted) total.acceptedCount += 1
    for (const [index, isSummed] of world.summed.entries()) {
      if (!isSummed) continue
      const value = report.figures[index] ?? null
      total.reported[index] = add(total.reported[index] ?? null, value)
      if (report.inexact.has(index + 1)) inexact.reported.add(index + 1)
      if (!isAccepted) continue
      total.accepted[index] = add(total.accepted[index] ?? null, value)
      if (report.inexact.has(index + 1)) inexact.accepted.add(index + 1)
    }
  }
  total.reportedInexact = [...inexact.reported].toSorted((a, b) => a - b)
  total.acceptedInexact = [...inexact.accepted].toSorted((a, b) => a - b)
  return total
}
