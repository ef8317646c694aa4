import {
  acceptPlainly,
  computeAccepted,
  endDisplaced,
  findParent,
  reportKey,
  type Accepted,
  type PlainReport,
  type World,
} from '@gonglian/reporting/oracle'
import { parsePeriod, type Form } from '@gonglian/indicators'
import type { Country } from './country.ts'
import type { StoredAcceptance, StoredHistory, StoredReport, StoredStep } from './history.ts'
import type { Change, ReportEvent } from './ledger.ts'
import { subtract, type Made } from './matching.ts'

const hierarchies = ['regional', 'line'] as const

/** From which states a step leads to which. */
const moves: Record<ReportEvent, { from: readonly PlainReport['state'][]; to: PlainReport['state'] }> = {
  submitted: { from: ['draft', 'returned', 'correcting'], to: 'submitted' },
  withdrawn: { from: ['submitted'], to: 'draft' },
  returned: { from: ['submitted'], to: 'returned' },
  accepted: { from: ['submitted'], to: 'accepted' },
  accepted_again: { from: ['accepted'], to: 'accepted' },
  reopened: { from: ['accepted'], to: 'correcting' },
  correction_requested: { from: ['accepted'], to: 'accepted' },
}

type Acceptance = Readonly<Record<'regional' | 'line', Accepted>>

/** The worlds of the oracle, one for each form, after everything that was done, in the order of its commits. */
export function replay(
  country: Country,
  history: StoredHistory,
  made: readonly Made[],
  regrouped: readonly StoredStep[],
): { worlds: ReadonlyMap<string, World>; faults: string[] } {
  const faults: string[] = []
  const keys = new Map(history.bodies.map((body, key) => [body.code, key]))
  const keyOf = (code: string) => keys.get(code) ?? -1
  const worlds = new Map(country.forms.map((form) => [form.code, beginWorld(form, country, history, keyOf)]))
  const reports = new Map(history.reports.map((report) => [report.id, report]))
  // Of each report, in the order in which they were given.
  const stored = new Map<number, StoredAcceptance[]>()
  for (const one of history.acceptances) stored.set(one.reportId, [...(stored.get(one.reportId) ?? []), one])
  const displaced: string[] = []
  // What an acceptance may contain while it is under way: the state at any moment between its question and its commit.
  const underWay = made.flatMap((one) =>
    one.is === 'step' && (one.intent.event === 'accepted' || one.intent.event === 'accepted_again')
      ? [{ one, report: reports.get(one.intent.reportId), seen: new Array<Acceptance>() }]
      : [],
  )
  for (const one of made) {
    for (const open of underWay) {
      const world = worlds.get(open.report?.form ?? '')
      if (open.one.sent <= one.at && one.at <= open.one.at && world && open.report)
        open.seen.push(sumUp(world, keyOf(open.report.body), open.report.period))
    }
    if (one.is === 'reorganise') {
      for (const world of worlds.values()) {
        const before = new Map([...world.reports].map(([name, report]) => [name, report.version]))
        faults.push(...reorganise(world, one.change, keyOf))
        endDisplaced(world)
        for (const [name, report] of world.reports)
          if (before.get(name) !== report.version) displaced.push(`${report.id} ${report.version}`)
      }
      continue
    }
    const report = reports.get(one.intent.reportId)
    const world = report && worlds.get(report.form)
    if (!world) {
      faults.push(`report ${one.intent.reportId} is not there`)
      continue
    }
    const complaint = takeStep(world, report, one, keyOf)
    if (complaint !== null) faults.push(`${describe(report)}: ${complaint}`)
    if (one.intent.event !== 'accepted' && one.intent.event !== 'accepted_again') continue
    const found = stored.get(report.id)?.shift()
    const submitted = made.findLast(
      (other) =>
        other.is === 'step' &&
        other.intent.reportId === report.id &&
        other.intent.event === 'submitted' &&
        other.at < one.at,
    )
    if (!found || submitted?.is !== 'step' || found.version !== submitted.version) {
      faults.push(
        `${describe(report)}: at version ${one.version} ${found ? `version ${found.version}` : 'nothing'} was taken in`,
      )
      continue
    }
    const seen = underWay.find((open) => open.one === one)?.seen ?? []
    faults.push(...takeIn(world, report, found, seen, keyOf))
  }
  for (const [id, left] of stored)
    if (left.length > 0) faults.push(`report ${id}: taken in ${left.length} times more often than it was accepted`)
  const rows = regrouped.map((step) => `${step.reportId} ${step.version}`)
  faults.push(
    ...subtract(displaced, rows).map(
      (row) => `report and version ${row}: the tree changed, and its acceptance did not end`,
    ),
    ...subtract(rows, displaced).map(
      (row) => `report and version ${row}: its acceptance ended, and the tree gave no reason`,
    ),
  )
  return { worlds, faults }
}

const describe = (report: StoredReport) => `report ${report.id} of ${report.body} (${report.form} ${report.period})`

function beginWorld(form: Form, country: Country, history: StoredHistory, keyOf: (code: string) => number): World {
  return {
    fillers: form.fillerLevels,
    summed: form.items.map((item) => item.additivity === 'sum'),
    bodies: history.bodies.map(({ id, level, code }) => ({ key: keyOf(code), id, level })),
    links: country.links.map(({ child, parent, hierarchy }) => ({
      hierarchy,
      child: keyOf(child),
      parent: keyOf(parent),
      from: '1990-01-01',
      to: null,
    })),
    reports: new Map(),
    acceptances: new Map(),
  }
}

function reorganise(world: World, change: Change, keyOf: (code: string) => number): string[] {
  if (change.kind === 'open') {
    const link = { hierarchy: 'regional' as const, child: keyOf(change.code), parent: keyOf(change.parent) }
    world.links.push({ ...link, from: change.day, to: null })
    return link.child < 0 ? [`the body ${change.code} was opened and is not there`] : []
  }
  const child = keyOf(change.body)
  const ended = world.links.filter(
    (link) =>
      link.child === child && link.to === null && (change.kind === 'close' || link.hierarchy === change.hierarchy),
  )
  for (const link of ended) link.to = change.day
  if (change.kind === 'move')
    world.links.push({ hierarchy: change.hierarchy, child, parent: keyOf(change.parent), from: change.day, to: null })
  return ended.length === 0 ? [`${change.body} had no link to end (${change.kind})`] : []
}

/** Takes a step in the oracle's world; answers what it should not have allowed. */
function takeStep(
  world: World,
  stored: StoredReport,
  { intent, version, actor }: Extract<Made, { is: 'step' }>,
  keyOf: (code: string) => number,
): string | null {
  const key = keyOf(stored.body)
  const name = reportKey(key, stored.period)
  const report = world.reports.get(name) ?? {
    id: stored.id,
    version: 1,
    state: 'draft',
    figures: [],
    inexact: new Set(),
  }
  world.reports.set(name, report)
  const before = report.state
  const wasVersion = report.version
  Object.assign(report, { version, state: moves[intent.event].to })
  if (intent.sheet !== undefined) {
    report.figures = [...intent.sheet.figures]
    report.inexact = new Set(intent.sheet.inexact)
  }
  if (!moves[intent.event].from.includes(before)) return `"${intent.event}" was done while it was ${before}`
  if (version <= wasVersion) return `"${intent.event}" went back from version ${wasVersion} to ${version}`
  const isOwners = ['submitted', 'withdrawn', 'correction_requested'].includes(intent.event)
  const may = isOwners ? key : findParent(world, 'regional', key, parsePeriod(stored.period).end)
  return may === keyOf(actor) ? null : `"${intent.event}" was done by ${actor}, who may not`
}

function sumUp(world: World, key: number, period: string): Acceptance {
  return {
    regional: computeAccepted(world, key, period, 'regional'),
    line: computeAccepted(world, key, period, 'line'),
  }
}

/**
 * What was taken in must be the state of the oracle's world at the commit, or while the call was under way: below a body that has nothing to fill in,
 * decisions of others do not wait for it.
 */
function takeIn(
  world: World,
  report: StoredReport,
  found: StoredAcceptance,
  seen: readonly Acceptance[],
  keyOf: (code: string) => number,
): string[] {
  const key = keyOf(report.body)
  acceptPlainly(world, key, report.period, keyOf(found.by))
  const name = reportKey(key, report.period)
  const now = world.acceptances.get(name)
  if (!now || isSame(now.parts, found)) return []
  const earlier = seen.find((parts) => isSame(parts, found))
  if (earlier) {
    world.acceptances.set(name, { ...now, parts: earlier })
    return []
  }
  const wanted = hierarchies.map((hierarchy) => show(now.parts[hierarchy])).join(' and ')
  return [`${describe(report)}: version ${found.version} took in ${JSON.stringify(found.parts)} instead of ${wanted}`]
}

const show = ({ figures, inexact, count }: Accepted) =>
  JSON.stringify([figures, [...inexact].toSorted((a, b) => a - b), count])

/** Where nothing but the body's own report was taken in, nothing is stored beside the accepted version. */
function isSame(parts: Acceptance, found: StoredAcceptance): boolean {
  return hierarchies.every((hierarchy) => {
    const stored = found.parts.find((part) => part.hierarchy === hierarchy)
    if (!stored) return parts[hierarchy].count <= 1 && parts[hierarchy].bodies.size <= 1
    return (
      show(parts[hierarchy]) ===
      JSON.stringify([stored.figures, stored.inexact.toSorted((a, b) => a - b), stored.count])
    )
  })
}
