import { parseArgs } from 'node:util'
import { openInstallation, readLogs } from './installation.ts'
import { describeRun, describeRuns } from './summary.ts'
import { askOperator, compare, work } from './torture.ts'

const usage = `npm run torture -- [--minutes N | --seconds N] [--seed N] [--schedules N]
  --minutes N    how long people work at least while parts are killed (default: 1)
  --seconds N    the same, for short runs
  --seed N       the same seed gives the same schedule (default: a new one)
  --schedules N  so many runs one after the other, each with the next seed and an installation of its own (default: 1)`

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

/** Runs one schedule and says what it came to; whether it found nothing. The logs of one that found something are kept. */
async function runSchedule(seed: number): Promise<boolean> {
  console.log(`seed ${seed}, ${seconds} s`)
  const installation = await openInstallation()
  let isClean = false
  try {
    const say = (line: string) => console.log(line)
    const evidence = await work(installation, { seed, seconds, say })
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
  if (schedules > 1) console.log(describeRuns(first, schedules, found))
  process.exitCode = found.length === 0 ? 0 : 1
}
