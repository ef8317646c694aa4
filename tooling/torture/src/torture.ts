import { sql } from 'kysely'
import { setTimeout as wait } from 'node:timers/promises'
import { Chance } from './chance.ts'
import { checkChains, compareStates, compareTotals } from './comparison.ts'
import { disturb, required, type Disturbed } from './disturbances.ts'
import { readHistory } from './history.ts'
import type { Installation } from './installation.ts'
import type { Ledger } from './ledger.ts'
import { checkTrail, checkVersions, matchChanges } from './matching.ts'
import { act, Schedule } from './people.ts'
import { replay } from './replay.ts'
import { Scene } from './scene.ts'

export type TortureOptions = {
  readonly seed: number
  readonly seconds: number
  /** Goes on until everything has happened that must; else it ends after its seconds, one of many runs that are judged together. */
  readonly untilComplete: boolean
  readonly say: (line: string) => void
}
/** What a run leaves behind for the comparison. */
export type Evidence = {
  readonly ledger: Ledger
  readonly disturbed: Disturbed
  /** How long people worked. */
  readonly seconds: number
  readonly signIns: number
  readonly faults: readonly string[]
  /** What a run must do to say something, and this one did not: too few changes, an act that never succeeded, a kill that never happened. */
  readonly absences: readonly string[]
}
export type Compared = {
  readonly faults: readonly string[]
  /** Changes whose call had no answer, and which were found done. */
  readonly resolved: number
  readonly totals: number
  readonly auditLines: number
}

const users = 8
/** So much must be acknowledged in a minute, and of each line one act at least, or the run has shown nothing. */
const fewestChangesPerMinute = 20
const requiredActs: readonly (readonly string[])[] = [
  ['submitted'],
  ['accepted'],
  ['withdrawn', 'returned'],
  ['reopened', 'correction_requested'],
  ['accepted_again'],
  ['body move'],
  ['body open', 'body close'],
]
const findMissing = (ledger: Pick<Ledger, 'countDone'>) =>
  requiredActs.flatMap((names) => (names.some((name) => ledger.countDone(name) > 0) ? [] : [names.join(' or ')]))
/** A run goes on until everything has happened, but not for ever. */
const patience = 10
const settleMs = 180_000
/** An answer that something broke may come so long after the part is back. */
const echoMs = 5_000

/** Lets many people work while everything under them is killed, until all is quiet again. */
export async function work(
  installation: Installation,
  { seed, seconds, untilComplete, say }: TortureOptions,
): Promise<Evidence> {
  const scene = new Scene(installation)
  const { ledger } = scene
  const started = Date.now()
  const passed = () => (Date.now() - started) / 1000
  const hits = new Set<string>()
  const isComplete = () => required.every((one) => hits.has(one)) && findMissing(ledger).length === 0
  let failed = false
  const isOver = () =>
    failed || (passed() >= seconds && (!untilComplete || isComplete() || passed() >= seconds * patience + 120))
  const tell = (line: string) => {
    const missing = findMissing(ledger)
    const left = missing.length > 0 ? `; not yet: ${missing.join(', ')}` : ''
    say(`${passed().toFixed(0).padStart(4)} s  ${line} (${ledger.countChanges()} changes${left})`)
  }
  const onHit = (what: readonly string[]) => what.forEach((one) => hits.add(one))

  const schedule = new Schedule(seed)
  const crowd = Array.from({ length: users }, async () => {
    while (!isOver()) await act(scene, schedule)
  })
  const disturbing = disturb(installation, new Chance(seed ^ 0x5bd1e995), isOver, onHit, tell)
  try {
    await Promise.all([...crowd, disturbing])
  } finally {
    failed = true
  }
  const disturbed = await disturbing
  const ran = passed()
  const faults = [...disturbed.faults]
  if (!(await installation.waitUntilReady(settleMs))) faults.push('the installation is not ready at the end')
  await scene.settle()
  await untilQuiet(installation)
  if (!(await installation.waitUntilIdle(settleMs))) faults.push(`the backlog is not empty after ${settleMs / 1000} s`)
  faults.push(...findSurprises(ledger.broken, disturbed.spans))
  const absences = untilComplete ? findEmptiness(ledger, ran, disturbed.counts) : []
  return { ledger, disturbed, seconds: ran, signIns: scene.signIns, faults, absences }
}

/** What the operator's own commands say. */
export async function askOperator(installation: Installation, say: (line: string) => void): Promise<string[]> {
  const faults: string[] = []
  for (const words of [['verify'], ['audit', 'sign'], ['audit', 'verify']]) {
    const { code, said } = await installation.runCli(...words)
    say(`${words.join(' ')}: ${said.split('\n').at(-1) ?? ''}`)
    if (code !== 0) faults.push(`gonglian ${words.join(' ')} ended with ${code}:\n${said}`)
  }
  return faults
}

/** Compares all that is stored with all that was acknowledged. */
export async function compare(installation: Installation, { ledger }: Pick<Evidence, 'ledger'>): Promise<Compared> {
  const { attempts } = ledger
  const history = await readHistory(installation.owner)
  const { made, regrouped, resolved, faults } = matchChanges(attempts, history)
  const { worlds, faults: wrong } = replay(installation.country, history, made, regrouped)
  const totals = await compareTotals(installation, worlds)
  const chains = await checkChains(installation, history)
  return {
    faults: [
      ...faults,
      ...checkVersions({ attempts, made, regrouped }, history),
      ...checkTrail(made, history),
      ...wrong,
      ...compareStates(worlds, history),
      ...totals.faults,
      ...chains.faults,
    ],
    resolved,
    totals: totals.compared,
    auditLines: chains.lines,
  }
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
export function findEmptiness(
  ledger: Pick<Ledger, 'countChanges' | 'countDone'>,
  seconds: number,
  disturbances: ReadonlyMap<string, number>,
): string[] {
  const changes = ledger.countChanges()
  const wanted = Math.floor((fewestChangesPerMinute * seconds) / 60)
  const few = `only ${changes} changes were acknowledged in ${Math.round(seconds)} s, at least ${wanted} are needed`
  return [
    ...(changes < wanted ? [few] : []),
    ...findMissing(ledger).map((name) => `"${name}" never succeeded`),
    ...required.filter((name) => !disturbances.has(name)).map((name) => `"${name}" never happened`),
  ]
}
