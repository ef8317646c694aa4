import { parseArgs } from 'node:util'
import { openInstallation, readLogs } from './installation.ts'
import { describeRun } from './summary.ts'
import { askOperator, compare, work } from './torture.ts'

const usage = `npm run torture -- [--minutes N | --seconds N] [--seed N]
  --minutes N  how long people work while parts are killed (default: 1)
  --seconds N  the same, for short runs
  --seed N     the same seed gives the same schedule (default: a new one)`

const { values } = parseArgs({
  options: { minutes: { type: 'string' }, seconds: { type: 'string' }, seed: { type: 'string' } },
})
const seed = Number(values.seed ?? Math.floor(Math.random() * 1_000_000))
const seconds = values.seconds === undefined ? Number(values.minutes ?? 1) * 60 : Number(values.seconds)
if (!Number.isInteger(seed) || !(seconds > 0)) {
  console.error(usage)
  process.exitCode = 2
} else {
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
  process.exitCode = isClean ? 0 : 1
}
