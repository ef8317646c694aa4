import { cpus, loadavg, totalmem } from 'node:os'
import { addFederations, readNationalTree, systemActor, withTenant } from '@gonglian/tenancy'
import { env } from './env.ts'
import { openBenchHouse, startApp, waitForEnd } from './house.ts'
import { benchLatency, benchSelect } from './latency.ts'
import { judge, time, type Result } from './measure.ts'
import { benchBoard, benchFirstPage, benchOtherPages, waitForPages, type PageTimes } from './pages.ts'
import { findPort } from './ports.ts'
import { benchRollUp } from './roll-up.ts'

const password = 'Demo-5132-Wenchuan'

const house = await openBenchHouse(env.DATABASE_URL, env.GONGLIAN_SECRET)
const results: Result[] = []
const times: PageTimes[] = []
const loadBefore = loadavg()[0] ?? 0
const tree = await time(async () => {
  const bodies = await readNationalTree()
  await withTenant(house.deps, systemActor('bench', 0), (ctx) => addFederations(ctx, bodies))
  return bodies.length
})
results.push(judge(`loading the ${tree.value}-body tree`, tree.ms / 1000, 10, 's'))

const apps = {
  DATABASE_URL: env.DATABASE_URL,
  GONGLIAN_SECRET: env.GONGLIAN_SECRET,
  GONGLIAN_DEMO: '1',
  NODE_ENV: 'development',
  LOG_LEVEL: 'error',
  REQUESTS_PER_MINUTE: '100000',
}
const demo = await time(async () => {
  if ((await waitForEnd(startApp('cli', 'src/main.ts', ['demo', 'load'], apps))) !== 0)
    throw new Error('the demonstration could not be loaded')
})
console.log(`demonstration loaded in ${(demo.ms / 1000).toFixed(1)} s`)

const rollUp = await benchRollUp(house, 40)
results.push(...rollUp.results)
const root = rollUp.tree.find((body) => body.parentId === null)?.id ?? 0
const worker = startApp('worker', 'src/main.ts', [], { ...apps, DATABASE_URL: house.appUrl })
const port = await findPort()
const web = startApp('web', 'server.ts', [], { ...apps, DATABASE_URL: house.webUrl, PORT: String(port) })
try {
  const base = `http://127.0.0.1:${port}`
  await waitForPages(base)
  results.push(await benchLatency(house, { form: rollUp.form, waiting: rollUp.waiting, root }))
  times.push(await benchSelect(house))
  const board = await benchBoard(base, { username: '51-leader', password, path: '/progress?period=2026-10' })
  results.push(board.result)
  times.push(...board.times, ...(await benchOtherPages(base, password)))
  results.push(await benchFirstPage(base))
} finally {
  web.kill('SIGTERM')
  worker.kill('SIGTERM')
  await house.close()
}

const [processor] = cpus()
console.log(
  `\nNode ${process.version}, ${cpus().length} x ${processor?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB, load ${loadBefore.toFixed(1)} before, ${(loadavg()[0] ?? 0).toFixed(1)} after\n`,
)
console.log('| what | measured | at most | |\n|---|---|---|---|')
for (const result of results)
  console.log(`| ${result.what} | ${result.value} | ${result.bar} | ${result.met ? 'met' : 'missed'} |`)
console.log('\n| server time | median | p95 |\n|---|---|---|')
for (const { what, median, p95 } of times) console.log(`| ${what} | ${median.toFixed(1)} ms | ${p95.toFixed(1)} ms |`)
process.exitCode = results.every((result) => result.met) ? 0 : 1
