import { sql } from 'kysely'
import { setTimeout as wait } from 'node:timers/promises'
import { Chance } from './chance.ts'
import { checkChains, compareStates, compareTotals } from './comparison.ts'
import { disturb, required, type Disturbed } from './disturbances.ts'
import { readHistory } from './history.ts'
import type { Installation } from './installation.ts'
import { checkTrail, checkVersions, matchChanges } from './matching.ts'
import { replay } from './replay.ts'
import { reorganise } from './reorganising-actions.ts'
import { review, workOnOwn } from './reporting-actions.ts'
import { Scene } from './scene.ts'

export type TortureOptions = {
  readonly seed: number
  readonly seconds: number
  readonly say: (line: string) => void
  /** Does something wrong behind the product's back, before all is compared: shows that this check can fail. */
  readonly sabotage?: (installation: Installation) => Promise<void>
}
export type TortureResult = {
  readonly faults: readonly string[]
  readonly done: ReadonlyMap<string, number>
  readonly refused: ReadonlyMap<string, number>
  readonly unknown: ReadonlyMap<string, number>
  readonly disturbances: ReadonlyMap<string, number>
  readonly changes: number
  /** Changes whose call had no answer, and which were found done. */
  readonly resolved: number
  readonly signIns: number
  readonly totals: number
  readonly auditLines: number
  readonly seconds: number
}

const users = 8
/** So much must be acknowledged in a minute, and each of these at least once, or the run has shown nothing. */
const fewestChangesPerMinute = 20
const requiredActs = [
  ...['submitted', 'withdrawn', 'returned', 'accepted', 'accepted_again', 'reopened', 'correction_requested'],
  ...['body open', 'body close', 'body move'],
]
/** A run goes on until everything has happened, but not for ever. */
const patience = 4
const settleMs = 180_000
/** An answer that something broke may come so long after the part is back. */
const echoMs = 5_000

/** Lets many people work while everything under them is killed, then compares all that is stored with all that was acknowledged. */
export async function torture(installation: Installation, options: TortureOptions): Promise<TortureResult> {
  const { seed, seconds, say } = options
  const scene = new Scene(installation)
  const { ledger } = scene
  const started = Date.now()
  const passed = () => (Date.now() - started) / 1000
  let disturbed: Disturbed = { counts: new Map(), spans: [], faults: [] }
  const hits = new Set<string>()
  const isComplete = () => required.every((one) => hits.has(one)) && requiredActs.every((act) => ledger.countDone(act) > 0)
  let failed = false
  const isOver = () => failed || (passed() >= seconds && (isComplete() || passed() >= seconds * patience + 60))

  const schedule = new Schedule(seed)
  const crowd = Array.from({ length: users }, async () => {
    while (!isOver()) await act(scene, schedule)
  })
  const disturbing = disturb(installation, new Chance(seed ^ 0x5bd1e995), isOver, (line) => {
    for (const one of line.split(' and ')) hits.add(one)
    const missing = requiredActs.filter((name) => ledger.countDone(name) === 0)
    say(
      `${passed().toFixed(0).padStart(4)} s  ${line}  (${ledger.countChanges()} changes so far${missing.length > 0 ? `; not yet: ${missing.join(', ')}` : ''})`,
    )
  })
  try {
    await Promise.all([...crowd, disturbing.then((result) => (disturbed = result))])
  } finally {
    failed = true
  }
  const ran = passed()
  const faults = [...disturbed.faults]

  if (!(await installation.waitUntilReady(settleMs))) faults.push('the installation is not ready at the end')
  await scene.settle()
  await untilQuiet(installation)
  if (!(await installation.waitUntilIdle(settleMs))) faults.push(`the backlog is not empty after ${settleMs / 1000} s`)
  await options.sabotage?.(installation)

  for (const words of [['verify'], ['audit', 'sign'], ['audit', 'verify']]) {
    const { code, said } = await installation.runCli(...words)
    say(`${words.join(' ')}: ${said.split('\n').at(-1) ?? ''}`)
    if (code !== 0) faults.push(`gonglian ${words.join(' ')} ended with ${code}:\n${said}`)
  }
  const history = await readHistory(installation.owner)
  const { made, regrouped, resolved, faults: unmatched } = matchChanges(ledger.attempts, history)
  const { worlds, faults: wrong } = replay(installation.country, history, made, regrouped)
  const totals = await compareTotals(installation, worlds)
  const chains = await checkChains(installation, history)
  faults.push(
    ...unmatched,
    ...checkVersions({ attempts: ledger.attempts, made, regrouped }, history),
    ...checkTrail(made, history),
    ...wrong,
    ...compareStates(worlds, history),
    ...totals.faults,
    ...chains.faults,
    ...findSurprises(ledger.broken, disturbed.spans),
    ...findEmptiness(ledger.countChanges(), ran, (name) => ledger.countDone(name), disturbed.counts),
  )
  return {
    faults,
    done: ledger.done,
    refused: ledger.refused,
    unknown: ledger.unknown,
    disturbances: disturbed.counts,
    changes: ledger.countChanges(),
    resolved,
    signIns: scene.signIns,
    totals: totals.compared,
    auditLines: chains.lines,
    seconds: ran,
  }
}

const kinds = ['sign-in', 'move', 'move', 'open', 'close', 'own', 'review'] as const
/** So often each comes in a round of the schedule. */
const round = [...kinds, ...Array.from({ length: 13 }, () => 'own' as const), ...Array.from({ length: 20 }, () => 'review' as const)]
/** Half of all reporting is about one line from the province down, so that decisions of all levels meet. */
const busyLine = /^51(01(01(10\d)?)?)?$/

/** What people do, one after the other; all of it comes from the seed. */
class Schedule {
  readonly #chance: Chance
  #left: (typeof kinds)[number][] = []

  constructor(seed: number) {
    this.#chance = new Chance(seed)
  }

  take(): { kind: (typeof kinds)[number]; own: Chance } {
    if (this.#left.length === 0) this.#left = this.#chance.shuffle(round)
    return { kind: this.#left.pop() ?? 'own', own: new Chance(this.#chance.below(0x7fffffff)) }
  }
}

/** One act of one person, as the schedule says next. */
async function act(scene: Scene, schedule: Schedule): Promise<void> {
  const { kind, own } = schedule.take()
  const isBusy = own.happens(0.5)
  const bodies = scene.listOpen()
  const body = own.pick(isBusy ? bodies.filter((code) => busyLine.test(code)) : bodies)
  const { places } = scene.country
  const target = { body, place: own.pick(isBusy ? places.filter((_, index) => index % 2 === 0) : places) }
  if (kind === 'sign-in') {
    const sent = Date.now()
    scene.ledger.count('sign-in', await scene.visitorOf(body).signIn(), { sent, ended: Date.now() })
  } else if (kind === 'own') await workOnOwn(scene, own, target)
  else if (kind === 'review') await review(scene, own, target)
  else await reorganise(scene, own, kind)
  // Nobody can do anything in no time; a web that is away is not asked a thousand times a second.
  await wait(10)
}

/** Waits until the database has ended what calls without an answer had begun. */
async function untilQuiet({ owner }: Installation): Promise<void> {
  for (;;) {
    const { rows } = await sql`
      select 1 from pg_stat_activity where usename like 'gonglian\\_web\\_%' and state <> 'idle'`.execute(owner)
    if (rows.length === 0) return
    await wait(50)
  }
}

/** Answers that something broke while nothing was away. */
function findSurprises(
  broken: readonly { what: string; sent: number; ended: number }[],
  spans: Disturbed['spans'],
): string[] {
  return broken
    .filter(({ sent, ended }) => !spans.some((span) => sent <= span.to + echoMs && ended >= span.from))
    .map(({ what }) => `broke while nothing was away: ${what}`)
}

/** A run in which too little happened proves nothing. */
function findEmptiness(
  changes: number,
  seconds: number,
  countDone: (name: string) => number,
  disturbances: ReadonlyMap<string, number>,
): string[] {
  const wanted = Math.floor((fewestChangesPerMinute * seconds) / 60)
  return [
    ...(changes < wanted ? [`only ${changes} changes were acknowledged in ${Math.round(seconds)} s, at least ${wanted} are needed`] : []),
    ...requiredActs.filter((name) => countDone(name) === 0).map((name) => `"${name}" never succeeded`),
    ...required.filter((name) => !disturbances.has(name)).map((name) => `"${name}" never happened`),
  ]
}
