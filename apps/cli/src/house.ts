import { loginUrl, createDatabase } from '@gonglian/db'
import { openQueue } from '@gonglian/jobs'
import {
  DomainError,
  getFederation,
  openVault,
  refreshKeys,
  systemActor,
  withTenant,
  type Deps,
} from '@gonglian/tenancy'
import type { Env } from './env.ts'

/** Opens what commands act through, as the plain role; closes it when the work is done or has failed. */
export async function withHouse<T>(env: Env, work: (deps: Deps) => Promise<T>): Promise<T> {
  const appUrl = loginUrl(env.databaseUrl, env.secret, 'operator')
  const { db, pool } = createDatabase(appUrl, 4)
  const queue = openQueue({ databaseUrl: appUrl, redisUrl: env.redisUrl })
  const deps: Deps = {
    db,
    queue,
    clock: () => new Date(),
    vault: openVault(env.secret),
    onLostEffect: (error) => console.error(`a wake-up was not sent: ${String(error)}`),
  }
  try {
    await refreshKeys(deps)
    return await work(deps)
  } finally {
    await queue.close()
    await pool.end()
  }
}

/** The id of a body, by its code; null when it is not there. */
export async function findBody(deps: Deps, code: string): Promise<number | null> {
  try {
    return await withTenant(
      deps,
      systemActor('operator', 0),
      async (ctx) => (await getFederation(ctx, code.toUpperCase())).id,
    )
  } catch (error) {
    if (error instanceof DomainError && error.code === 'not_found') return null
    throw error
  }
}
