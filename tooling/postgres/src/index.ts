import { randomBytes } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { runWhenThisProcessDies } from '@gonglian/processes/guard'
import { countLeases, takeLease } from '@gonglian/processes/lease'
import { withLock } from '@gonglian/processes/lock'
import { chooseAccount, isRoot } from './account.ts'
import { makeReachable, placeBinaries, rootHome } from './binaries.ts'
import { createCluster, findHome, type Home, leasesOf, lockOf } from './cluster.ts'
import { endUnusedServer } from './leave.ts'
import { adoptServer, endServer, ensureDatabase, launchServer, urlOf } from './server.ts'

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
  const base = isRoot ? join(rootHome, 'throwaway') : join(tmpdir(), `gonglian-${process.getuid?.() ?? 'user'}`)
  if (isRoot) makeReachable(base)
  else makePrivate(base)
  const home: Home = {
    folder: join(base, `${process.pid}-${randomBytes(4).toString('hex')}`),
    account: chooseAccount(),
  }
  await withLock(join(base, 'lock'), async () => {
    await sweepAbandoned(base)
    mkdirSync(home.folder)
    chmodSync(home.folder, 0o711)
    takeLease(leasesOf(home))
  })
  const guard = runWhenThisProcessDies(
    `server=$(head -n 1 "$1/cluster/postmaster.pid" 2>/dev/null)
     [ -n "$server" ] && kill -s QUIT "$server" 2>/dev/null
     for try in 1 2 3 4 5 6 7 8 9 10; do sleep 0.3; kill -s 0 "$server" 2>/dev/null || break; done
     rm -rf "$1"`,
    [home.folder],
  )
  const remove = async () => {
    await endServer(home, 'SIGQUIT')
    rmSync(home.folder, { recursive: true, force: true, maxRetries: 10 })
    guard.release()
  }
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

/** What is left of throwaway servers whose process and guard were both killed. */
async function sweepAbandoned(base: string): Promise<void> {
  for (const name of readdirSync(base)) {
    const folder = join(base, name)
    if (!/^\d+-/.test(name) || countLeases(join(folder, 'leases')) > 0) continue
    const home: Home = { folder, account: null }
    await endServer(home, 'SIGQUIT')
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
  }
}

/** The place for temporary files is shared with other users: take the folder only when it is ours alone. */
function makePrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const { uid, mode } = statSync(folder)
  if (uid !== process.getuid?.() || (mode & 0o077) !== 0)
    throw new Error(`${folder} belongs to somebody else, or others can enter it`)
}
