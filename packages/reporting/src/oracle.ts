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

/** What a superior accepted of a body: it counts above until it is replaced. */
export type PlainAcceptance = {
  readonly by: number
  readonly parts: Readonly<Record<Hierarchy, Accepted>>
}
export type Accepted = {
  readonly figures: readonly (number | null)[]
  readonly inexact: ReadonlySet<number>
  readonly count: number
  /** The bodies whose reports are in it. */
  readonly bodies: ReadonlySet<number>
}

export type World = {
  readonly fillers: readonly string[]
  /** Of each position, whether it is summed over bodies. */
  readonly summed: readonly boolean[]
  readonly bodies: PlainBody[]
  readonly links: PlainLink[]
  /** By "body period". */
  readonly reports: Map<string, PlainReport>
  /** In force, by "body period". */
  readonly acceptances: Map<string, PlainAcceptance>
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

const nothing: Accepted = { figures: [], inexact: new Set(), count: 0, bodies: new Set() }

function join(world: World, parts: readonly Accepted[]): Accepted {
  return {
    figures: world.summed.map((isSummed, index) =>
      isSummed ? parts.reduce<number | null>((sum, part) => add(sum, part.figures[index] ?? null), null) : null,
    ),
    inexact: new Set(parts.flatMap((part) => [...part.inexact].filter((position) => world.summed[position - 1]))),
    count: parts.reduce((sum, part) => sum + part.count, 0),
    bodies: new Set(parts.flatMap((part) => [...part.bodies])),
  }
}

function listChildren(world: World, body: number, hierarchy: Hierarchy, day: string): number[] {
  return world.bodies.flatMap(({ key }) => (findParent(world, hierarchy, key, day) === body ? [key] : []))
}

/** A body's own figures with whatever it has accepted of those below. */
export function computeAccepted(world: World, body: number, period: string, hierarchy: Hierarchy): Accepted {
  const report = world.reports.get(reportKey(body, period))
  const own: Accepted =
    report && counted.includes(report.state)
      ? { figures: report.figures, inexact: report.inexact, count: 1, bodies: new Set([body]) }
      : nothing
  const children = listChildren(world, body, hierarchy, parsePeriod(period).end)
  return join(world, [own, ...children.map((child) => computePassed(world, child, period, hierarchy))])
}

/** What the superior counts of a body: the acceptance in force; of a body that has nothing to fill in, what that one has accepted. */
function computePassed(world: World, body: number, period: string, hierarchy: Hierarchy): Accepted {
  const acceptance = world.acceptances.get(reportKey(body, period))
  if (acceptance) return acceptance.parts[hierarchy]
  const report = world.reports.get(reportKey(body, period))
  const isWaiting = report !== undefined && counted.includes(report.state)
  const owes = world.fillers.includes(world.bodies[body]?.level ?? '')
  return isWaiting || owes ? nothing : computeAccepted(world, body, period, hierarchy)
}

/** A superior accepts a body's report as it stands, with everything below it. */
export function acceptPlainly(world: World, body: number, period: string, by: number): void {
  world.acceptances.set(reportKey(body, period), {
    by,
    parts: {
      regional: computeAccepted(world, body, period, 'regional'),
      line: computeAccepted(world, body, period, 'line'),
    },
  })
}

/**
 * After a move: acceptances that contain a body which is not below any more, or were given by a body that is not the superior, end. Their reports wait
 * for a decision again.
 */
export function endDisplaced(world: World): void {
  for (const [name, acceptance] of world.acceptances) {
    const [body, period = ''] = name.split(' ')
    const key = Number(body)
    const day = parsePeriod(period).end
    const isBelow = (part: number, hierarchy: Hierarchy): boolean => {
      let at: number | undefined = part
      while (at !== undefined && at !== key) at = findParent(world, hierarchy, at, day)
      return at === key
    }
    const fits = (['regional', 'line'] as const).every((hierarchy) =>
      [...acceptance.parts[hierarchy].bodies].every((part) => isBelow(part, hierarchy)),
    )
    if (fits && findParent(world, 'regional', key, day) === acceptance.by) continue
    world.acceptances.delete(name)
    const report = world.reports.get(name)
    if (!report) continue
    report.version += 1
    if (report.state === 'accepted') report.state = 'submitted'
  }
}

/** The total of one body, by definition. */
export function computePlainly(world: World, body: number, period: string, hierarchy: Hierarchy): PlainTotal {
  const day = parsePeriod(period).end
  const total = {
    reported: world.summed.map((): number | null => null),
    expectedCount: 0,
    reportedCount: 0,
    reviewedCount: 0,
  }
  const inexact = new Set<number>()
  for (const part of world.bodies) {
    let at: number | undefined = part.key
    while (at !== undefined && at !== body) at = findParent(world, hierarchy, at, day)
    if (at === undefined) continue
    if (world.fillers.includes(part.level) && owes(world, part.key, hierarchy, day)) total.expectedCount += 1
    const report = world.reports.get(reportKey(part.key, period))
    if (!report || !counted.includes(report.state)) continue
    total.reportedCount += 1
    if (taken.includes(report.state)) total.reviewedCount += 1
    for (const [index, isSummed] of world.summed.entries()) {
      if (!isSummed) continue
      total.reported[index] = add(total.reported[index] ?? null, report.figures[index] ?? null)
      if (report.inexact.has(index + 1)) inexact.add(index + 1)
    }
  }
  const accepted = computeAccepted(world, body, period, hierarchy)
  return {
    ...total,
    accepted: [...accepted.figures],
    acceptedCount: accepted.count,
    reportedInexact: [...inexact].toSorted((a, b) => a - b),
    acceptedInexact: [...accepted.inexact].toSorted((a, b) => a - b),
  }
}
