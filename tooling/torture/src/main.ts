import { parseArgs } from 'node:util'
import { openInstallation, readLogs } from './installation.ts'
import { describeRun, describeRuns } from './summary.ts'
import { askOperator, compare, findEmptiness, work, type Evidence } from './torture.ts'

const usage = `npm run torture -- [--minutes N | --seconds N] [--seed N] [--schedules N]
  --minutes N    how long people work at least while parts are killed (default: 1)
  --seconds N    the same, for short runs
  --seed N       the same seed gives the same schedule (default: a new one)
  --schedules N  so many runs one after the other, each with the next seed and an installation of its own (default: 1); what must happen in a
                 run must happen in all of them together`

const { values } = parseArgs({
  options: {
    minutes: { type: 'string' },
    seconds: { type: 'string' },
    seed: { type: 'string' },
    schedules: { type: 'string', default: '1' },
  },
})
const first = Number(values.seed ?? Math.floor(Math.random() * 1_000_000))
const seconds = values.seconds === undefined ? Number(values.minutes ?? 1) * 60 : Number(values.seconds)
const schedules = Number(values.schedules)

const runs: Evidence[] = []

/** What never happened in any of the runs. */
function findAbsences(): string[] {
  const sum = <T>(numbers: readonly T[], of: (one: T) => number) => numbers.reduce((total, one) => total + of(one), 0)
  const kinds = new Set(runs.flatMap(({ disturbed }) => [...disturbed.counts.keys()]))
  return findEmptiness(
    {
      countChanges: () => sum(runs, ({ ledger }) => ledger.countChanges()),
      countDone: (name) => sum(runs, ({ ledger }) => ledger.countDone(name)),
    },
    sum(runs, (run) => run.seconds),
    new Map([...kinds].map((kind) => [kind, sum(runs, ({ disturbed }) => disturbed.counts.get(kind) ?? 0)])),
  )
}

/** Runs one schedule and says what it came to; whether it found nothing. The logs of one that found something are kept. */
async function runSchedule(seed: number): Promise<boolean> {
  console.log(`seed ${seed}, ${seconds} s`)
  const installation = await openInstallation()
  let isClean = false
  try {
    const say = (line: string) => console.log(line)
    const evidence = await work(installation, { seed, seconds, untilComplete: schedules === 1, say })
    runs.push(evidence)
    const said = await askOperator(installation, say)
    const compared = await compare(installation, evidence)
    const faults = [...evidence.faults, ...evidence.absences, ...said, ...compared.faults]
    console.log(describeRun(seed, evidence, compared, faults))
    isClean = faults.length === 0
    if (!isClean)
      console.log(`logs: ${installation.folder}\n${readLogs(installation.folder)}\nrepeat with --seed ${seed}`)
  } finally {
    await installation.close({ keepLogs: !isClean })
  }
  return isClean
}

if (!Number.isInteger(first) || !(seconds > 0) || !(Number.isInteger(schedules) && schedules > 0)) {
  console.error(usage)
  process.exitCode = 2
} else {
  const found: number[] = []
  for (let seed = first; seed < first + schedules; seed++) {
    const isClean = await runSchedule(seed).catch((error: unknown) => {
      // The other schedules are still worth running.
      console.error(error)
      return false
    })
    if (!isClean) found.push(seed)
  }
  const absences = schedules > 1 ? findAbsences() : []
  if (schedules > 1) console.log([describeRuns(first, schedules, found), ...absences].join('\n'))
  process.exitCode = found.length + absences.length === 0 ? 0 : 1
}
