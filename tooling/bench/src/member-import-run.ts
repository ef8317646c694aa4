import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { createDatabase } from '@gonglian/db'
import { openQueue } from '@gonglian/jobs'
import { CommitImport, StartImport, commitImport, getImport, runImport, startImport } from '@gonglian/organisation'
import { runThrough } from '@gonglian/organisation/testing'
import { openVault, withTenant, type Deps, type TenantContext } from '@gonglian/tenancy'
import { env } from './env.ts'
import { benchOfficer } from './members.ts'
import { time } from './measure.ts'

// One import as web and worker do it, in a process of its own, so that its memory is its own: prints what it took as JSON.
const [path = '', tenantId = ''] = process.argv.slice(2)
const { db, pool } = createDatabase(env.DATABASE_URL, 4)
const queue = openQueue({ databaseUrl: env.DATABASE_URL })
const deps: Deps = {
  db,
  queue,
  clock: () => new Date(),
  vault: openVault(env.GONGLIAN_SECRET),
  onLostEffect: (error) => console.error(error),
}
const actor = benchOfficer(Number(tenantId))
const act = <T>(work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, actor, work)

const begun = performance.now()
const content = readFileSync(path).toString('base64')
const { id } = await act((ctx) =>
  startImport(ctx, StartImport.parse({ fileName: basename(path), content, consentVersion: '2026' })),
)
const check = await time(() => runThrough(deps, actor, id))
await act((ctx) => commitImport(ctx, CommitImport.parse({ importId: id, version: check.value.version })))
const write = await time(() => runImport(deps, { importId: id, tenantId: actor.tenantId }))
const { done, bad, problem } = await act((ctx) => getImport(ctx, { importId: id }))
if (bad > 0 || problem !== '') throw new Error(`${bad} bad rows, ${problem}`)
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
console.log(
  JSON.stringify({
    rows: done,
    seconds: (performance.now() - begun) / 1000,
    megabytes: (maxRSS * 1024) / 1e6,
    said: `import: checked in ${(check.ms / 1000).toFixed(1)} s, written in ${(write.ms / 1000).toFixed(1)} s, ${((userCPUTime + systemCPUTime) / 1e6).toFixed(1)} s of the processor in that process`,
  }),
)
await queue.close()
await pool.end()
