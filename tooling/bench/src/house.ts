import { spawn, type ChildProcess } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { loginUrl, createDatabase, plainRole } from '@gonglian/db'
import { migrateDatabase } from '@gonglian/db/migrate'
import { migrateQueue, openQueue } from '@gonglian/jobs'
import { openVault, type Deps } from '@gonglian/tenancy'

const root = fileURLToPath(new URL('../../../', import.meta.url))

export type BenchHouse = {
  readonly deps: Deps
  readonly ownerUrl: string
  /** The worker's login; it may act as the system. */
  readonly appUrl: string
  readonly webUrl: string
  readonly ping: () => Promise<unknown>
  readonly close: () => Promise<void>
}

export async function openBenchHouse(ownerUrl: string, secret: string): Promise<BenchHouse> {
  await migrateDatabase({ databaseUrl: ownerUrl, secret })
  await migrateQueue(ownerUrl, plainRole)
  const appUrl = loginUrl(ownerUrl, secret, 'worker')
  const { db, pool } = createDatabase(appUrl, 6)
  const queue = openQueue({ databaseUrl: appUrl })
  return {
    deps: {
      db,
      queue,
      clock: () => new Date(),
      vault: openVault(secret),
      onLostEffect: (error) => console.error(error),
    },
    ownerUrl,
    appUrl,
    webUrl: loginUrl(ownerUrl, secret, 'web'),
    ping: () => pool.query('select 1'),
    close: async () => {
      await queue.close()
      await pool.end()
    },
  }
}

/** Runs one of the apps as production does, beside the benchmark. */
export function startApp(
  app: string,
  main: string,
  parameters: readonly string[],
  env: NodeJS.ProcessEnv,
): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', main, ...parameters], {
    cwd: `${root}apps/${app}`,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

export function waitForEnd(child: ChildProcess): Promise<number> {
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)))
}
