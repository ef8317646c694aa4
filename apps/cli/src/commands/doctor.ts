import { loginUrl } from '@gonglian/db'
import { readFeedBacklog } from '@gonglian/indicators'
import { readBacklog, readVerification } from '@gonglian/rollup'
import { readSigning } from '@gonglian/tenancy'
import pg from 'pg'
import type { Command } from '../command.ts'
import { withHouse } from '../house.ts'
import { openHeads } from './audit.ts'

const since = (at: Date | null) => (at === null ? 'of unknown age' : `of ${at.toISOString()}`)

export const doctor: Command = {
  words: 'doctor',
  about: 'looks at server, role, queue, worker, backlog and signed heads, and says what is wrong',
  run: (env) =>
    withHouse(env, async (deps) => {
      let ill = 0
      const look = async (what: string, work: () => Promise<string>) => {
        try {
          console.log(`ok    ${what}: ${await work()}`)
        } catch (error) {
          ill += 1
          console.log(`wrong ${what}: ${error instanceof Error ? error.message : String(error)}`)
        }
      }
      await look('database', async () => {
        const owner = new pg.Client({ connectionString: env.databaseUrl })
        await owner.connect()
        try {
          const { rows } = await owner.query<{ server_version: string; size: string }>(
            "select current_setting('server_version') as server_version, pg_size_pretty(pg_database_size(current_database())) as size",
          )
          return `PostgreSQL ${rows[0]?.server_version}, ${rows[0]?.size}`
        } finally {
          await owner.end()
        }
      })
      await look('application role', async () => {
        const client = new pg.Client({ connectionString: loginUrl(env.databaseUrl, env.secret, 'operator') })
        await client.connect()
        const { rows } = await client
          .query<{ rolsuper: boolean; rolbypassrls: boolean; rolname: string }>(
            'select rolname, rolsuper, rolbypassrls from pg_roles where rolname = current_user',
          )
          .finally(() => client.end())
        const [role] = rows
        if (!role || role.rolsuper || role.rolbypassrls)
          throw new Error('can pass row-level security: do not run like this')
        return role.rolname
      })
      await look('queue', async () => {
        await deps.queue.ping()
        const counts = await deps.queue.countJobs()
        return `${env.redisUrl ? 'Redis' : 'PostgreSQL'}, ${counts.waiting} waiting, ${counts.failed} failed`
      })
      await look('worker', async () => {
        const count = await deps.queue.countWorkers()
        if (count === 0) throw new Error('none is running')
        return `${count} running`
      })
      await look('roll-up backlog', async () => {
        const { marks, moves, oldest } = await readBacklog(deps)
        return marks + moves === 0 ? 'empty' : `${marks} marks and ${moves} moves, the oldest ${since(oldest)}`
      })
      await look('feed backlog', async () => {
        const { marks, oldest } = await readFeedBacklog(deps)
        return marks === 0 ? 'empty' : `${marks} marks, the oldest ${since(oldest)}`
      })
      await look('verified totals', async () => {
        const { periods, neverVerified, differing, oldest } = await readVerification(deps)
        if (differing > 0) throw new Error(`${differing} form periods differ: run verify --repair`)
        const since = oldest === null ? '' : `, the others since ${oldest.toISOString()}`
        return neverVerified > 0
          ? `${neverVerified} of ${periods} form periods never${since}`
          : `all ${periods}${since}`
      })
      await look('audit heads', async () => {
        if (env.audit === undefined && !env.production)
          return 'not signed: GONGLIAN_AUDIT_KEY and GONGLIAN_AUDIT_DIR are not set'
        await openHeads(env)
        const { last, unsignedSince, isOverdue } = await readSigning(deps)
        const signed = last === null ? 'none was ever signed' : `last signed ${last.toISOString()}`
        if (isOverdue) throw new Error(`${signed}, and lines wait ${since(unsignedSince)}: see the log of the worker`)
        return signed
      })
      return ill === 0 ? 0 : 1
    }),
}
