import { loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import { benchLists } from './lists.ts'
import { env } from './env.ts'
import { openBenchHouse, startApp, waitForEnd, type BenchHouse } from './house.ts'
import { findPercentile, time } from './measure.ts'

// Every list as the nation, on the demonstration; --rounds: how often each is asked; --loaded: the demonstration is in the database already.
const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '20' }, loaded: { type: 'boolean', default: false } },
})

/** How busy the machine is: its load, and a statement that depends on nothing else (85 ms where it is quiet). */
async function printNoise({ deps }: BenchHouse): Promise<void> {
  const samples: number[] = []
  for (let round = 0; round < 5; round++)
    samples.push((await time(() => sql`select count(*) from generate_series(1, 300000)`.execute(deps.db))).ms)
  const [load = 0] = loadavg()
  console.log(`load ${load.toFixed(1)}, counting to 300,000 takes ${findPercentile(samples, 0.5).toFixed(0)} ms\n`)
}

async function loadDemonstration(): Promise<void> {
  const load = startApp('cli', 'src/main.ts', ['demo', 'load'], {
    DATABASE_URL: env.DATABASE_URL,
    GONGLIAN_SECRET: env.GONGLIAN_SECRET,
    GONGLIAN_DEMO: '1',
    NODE_ENV: 'development',
    LOG_LEVEL: 'error',
  })
  if ((await waitForEnd(load)) !== 0) throw new Error('the demonstration could not be loaded')
}

const house = await openBenchHouse(env.DATABASE_URL, env.GONGLIAN_SECRET)
try {
  if (!values.loaded) await loadDemonstration()
  await printNoise(house)
  console.log('| list | p95 | at most | |\n|---|---|---|---|')
  const results = await benchLists(house, Number(values.rounds), (result) =>
    console.log(`| ${result.what} | ${result.value} | ${result.bar} | ${result.met ? 'met' : 'missed'} |`),
  )
  console.log()
  await printNoise(house)
  process.exitCode = results.every((result) => result.met) ? 0 : 1
} finally {
  await house.close()
}
