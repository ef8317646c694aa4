import { parseArgs } from 'node:util'
import { benchLists } from './lists.ts'
import { env } from './env.ts'
import { openBenchHouse, startApp, waitForEnd } from './house.ts'

// Every list as the nation, on the demonstration; --rounds: how often each is asked.
const { values } = parseArgs({ options: { rounds: { type: 'string', default: '20' } } })
const house = await openBenchHouse(env.DATABASE_URL, env.GONGLIAN_SECRET)
try {
  const load = startApp('cli', 'src/main.ts', ['demo', 'load'], {
    DATABASE_URL: env.DATABASE_URL,
    GONGLIAN_SECRET: env.GONGLIAN_SECRET,
    GONGLIAN_DEMO: '1',
    NODE_ENV: 'development',
    LOG_LEVEL: 'error',
  })
  if ((await waitForEnd(load)) !== 0) throw new Error('the demonstration could not be loaded')
  console.log('| list | p95 | at most | |\n|---|---|---|---|')
  const results = await benchLists(house, Number(values.rounds), (result) =>
    console.log(`| ${result.what} | ${result.value} | ${result.bar} | ${result.met ? 'met' : 'missed'} |`),
  )
  process.exitCode = results.every((result) => result.met) ? 0 : 1
} finally {
  await house.close()
}
