import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { runWhenThisProcessDies } from '@gonglian/processes/guard'
import { takeLease } from '@gonglian/processes/lease'
import { withLock } from '@gonglian/processes/lock'
import { placeBinaries } from './binaries.ts'
import { createCluster, findHome, type Home, leasesOf, lockOf } from './cluster.ts'
import { endUnusedServer } from './leave.ts'
import { adoptServer, ensureDatabase, launchServer, urlOf } from './server.ts'
import { openThrowawayHome } from './throwaway.ts'

export { startBreakablePostgres, type BreakablePostgres } from './breakable.ts'

const require = createRequire(import.meta.url)

export type RunningPostgres = {
  /** Address of the database `gonglian` for the superuser `gonglian`. */
  url: string
  port: number
  /** Says that this process no longer uses the server; the last one to say so stops it. */
  stop: () => Promise<void>
  /** Whether the server was already running. */
  adopted: boolean
}

/**
 * Starts the embedded PostgreSQL on a data folder, or joins the one that runs there already. Works as root (the server then runs
 * as an unprivileged user, with its files under /var/lib/gonglian) and as an ordinary user (files in the data folder).
 *
 * @param options.dataDir folder of this installation's data
 * @param options.durable false only for data that nobody keeps: a crash of the machine may then damage it
 * @param options.log gets a line now and then when something takes time
 */
export async function startPostgres(options: {
  dataDir: string
  durable: boolean
  log?: (line: string) => void
}): Promise<RunningPostgres> {
  const log = options.log ?? (() => undefined)
  const binaries = placeBinaries()
  const home = findHome(options.dataDir)
  const running = await joinServer(home, binaries, { durable: options.durable, log })
  const guard = runWhenThisProcessDies('exec "$1" --import "$2" "$3" "$4"', [
    process.execPath,
    pathToFileURL(require.resolve('tsx')).href,
    fileURLToPath(new URL('leave.ts', import.meta.url)),
    home.folder,
  ])
  const stop = async () => {
    await running.stop()
    guard.release()
  }
  return { ...running, stop }
}

/**
 * Starts an empty server that vanishes with its data when stopped, or when this process dies, however it dies.
 *
 * @param options.durable true gives the settings of a real installation, for measuring
 */
export async function startThrowawayPostgres(
  options: { durable?: boolean; log?: (line: string) => void } = {},
): Promise<RunningPostgres> {
  const binaries = placeBinaries()
  const { home, remove } = await openThrowawayHome()
  try {
    const running = await joinServer(home, binaries, {
      durable: options.durable ?? false,
      log: options.log ?? (() => undefined),
    })
    return { ...running, stop: remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function joinServer(
  home: Home,
  binaries: string,
  options: { durable: boolean; log: (line: string) => void },
): Promise<RunningPostgres> {
  const onWait = () => options.log('another process is starting or stopping the same database; waiting for it')
  const { port, adopted, lease } = await withLock(
    lockOf(home),
    async () => {
      await createCluster(home, binaries, options)
      const running = await adoptServer(home, options.log)
      const port = running ?? (await launchServer(home, binaries, options))
      await ensureDatabase(home, port, 'gonglian')
      return { port, adopted: running !== null, lease: takeLease(leasesOf(home)) }
    },
    { onWait },
  )
  let left = false
  const stop = async () => {
    if (left) return
    left = true
    lease.release()
    await endUnusedServer(home)
  }
  return { url: urlOf(home, port, 'gonglian'), port, adopted, stop }
}
