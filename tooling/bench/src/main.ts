import { createServer } from 'node:net'
import { cpus, totalmem } from 'node:os'
import { addFederations, readNationalTree, systemActor, withTenant } from '@gonglian/tenancy'
import { env } from './env.ts'
import { openBenchHouse, startApp, waitForEnd } from './house.ts'
import { benchLatency } from './latency.ts'
import { judge, time, type Result } from './measure.ts'
import { benchBoard, benchFirstPage, waitForPages } from './pages.ts'
import { benchRollUp } from './roll-up.ts'

const password = 'Demo-5132-Wenchuan'

function findPort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

const house = await openBenchHouse(env.DATABASE_URL, env.GONGLIAN_SECRET)
const results: Result[] = []
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
}
const demo = await time(async () => {
  if ((await waitForEnd(startApp('cli', 'src/main.ts', ['demo', 'load'], apps))) !== 0)
    throw new Error('the demonstration could not be loaded')
})
console.log(`demonstration loaded in ${(demo.ms / 1000).toFixed(1)} s`)

const rollUp = await benchRollUp(house, 40)
results.push(...rollUp.results)
const root = rollUp.tree.find((body) => body.parentId === null)?.id ?? 0
const worker = startApp('worker', 'src/main.ts', [], apps)
const port = await findPort()
const web = startApp('web', 'server.ts', [], { ...apps, PORT: String(port) })
try {
  const base = `http://127.0.0.1:${port}`
  await waitForPages(base)
  results.push(await benchLatency(house, { form: rollUp.form, waiting: rollUp.waiting, root }))
  results.push(await benchBoard(base, '51-leader', password, '/progress?period=2026-10'))
  results.push(await benchFirstPage(base))
} finally {
  web.kill('SIGTERM')
  worker.kill('SIGTERM')
  await house.close()
}

const [processor] = cpus()
console.log(
  `\nNode ${process.version}, ${cpus().length} x ${processor?.model.trim() ?? 'unknown'}, ${Math.round(totalmem() / 2 ** 30)} GiB\n`,
)
console.log('| what | measured | at most | |\n|---|---|---|---|')
for (const result of results)
  console.log(`| ${result.what} | ${result.value} | ${result.bar} | ${result.met ? 'met' : 'missed'} |`)
process.exitCode = results.every((result) => result.met) ? 0 : 1
