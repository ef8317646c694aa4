import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync, renameSync, rmSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { findFreePort } from '@gonglian/processes/port'
import { isAlive, readCommandLine, waitForExit } from '@gonglian/processes/process'
import pg from 'pg'
import { clusterOf, type Home, logOf, readPassword, spawnOptionsOf } from './cluster.ts'

/** How often a port that looked free turns out to be taken, or the remains of a killed server are still going away. */
const ATTEMPTS = 60
const SILENCE_MS = 15_000
const LOG_LIMIT_BYTES = 10_000_000

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** The address of a database of the cluster for its superuser. */
export function urlOf(home: Home, port: number, database: string): string {
  return `postgres://gonglian:${readPassword(home)}@127.0.0.1:${port}/${database}`
}

/**
 * The port of the server that already runs on this cluster, or null when there is none: left by a parent that was killed, or
 * started by another process. One that runs but no longer answers is ended.
 */
export async function adoptServer(home: Home, log: (line: string) => void): Promise<number | null> {
  const running = readPostmaster(home)
  if (running === null) return null
  let lastWord = Date.now()
  while (isAlive(running.pid)) {
    const port = readPostmaster(home)?.port
    const answer = port === undefined ? 'busy' : await ask(urlOf(home, port, 'postgres'))
    if (answer === 'ready' && port !== undefined) return port
    // "Starting up" and "shutting down" both end by themselves; silence does not.
    if (answer === 'busy') lastWord = Date.now()
    if (Date.now() - lastWord > SILENCE_MS) {
      log('the running PostgreSQL does not answer; ending it')
      await endServer(home, 'SIGQUIT')
    }
    await pause(250)
  }
  return null
}

/** Starts the server on a port that is free, or on the given one, and waits until it answers (after a crash: until it has recovered). */
export async function launchServer(
  home: Home,
  binaries: string,
  options: { durable: boolean; log: (line: string) => void; port?: number; settings?: readonly string[] },
): Promise<number> {
  clearForeignPid(home)
  rotateLog(logOf(home))
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await findFreePort())
    const logStart = existsSync(logOf(home)) ? statSync(logOf(home)).size : 0
    const log = openSync(logOf(home), 'a', 0o600)
    const settings = [...settingsOf(port, options.durable), ...(options.settings ?? [])].flatMap((setting) => [
      '-c',
      setting,
    ])
    const child = spawn(join(binaries, 'bin', 'postgres'), ['-D', clusterOf(home), ...settings], {
      ...spawnOptionsOf(home),
      stdio: ['ignore', log, log],
      // Its own session, so that Ctrl-C reaches us and not the server, which others may be using.
      detached: true,
    })
    closeSync(log)
    const exit = new Promise<string>((resolve) => {
      child.on('error', (error) => resolve(error.message))
      child.on('exit', (code, signal) => resolve(`ended with ${code ?? signal}`))
    })
    child.unref()
    const ended = await raceUntilReady(urlOf(home, port, 'postgres'), exit)
    if (ended === null) return port
    const said = readFileSync(logOf(home), 'utf8').slice(logStart)
    const passing = /Address already in use|could not bind|lock file .* already exists|shared memory block/.test(said)
    if (!passing || attempt === ATTEMPTS) throw new Error(`PostgreSQL did not start (${ended}):\n${said.trim()}`)
    await pause(250)
  }
}

async function raceUntilReady(url: string, exit: Promise<string>): Promise<string | null> {
  let ended: string | null = null
  let refusals = 0
  void exit.then((reason) => (ended = reason))
  while (ended === null) {
    try {
      if ((await ask(url)) === 'ready') return null
    } catch (error) {
      // Another server may have been quicker to take the port and refuse our password; ours then ends in a moment.
      refusals += 1
      if (refusals > 100) throw error
    }
    await pause(50)
  }
  return ended
}

/**
 * Ends the server of a cluster, if one runs: connections are cut, transactions roll back.
 *
 * @param signal SIGINT writes everything out first; SIGQUIT leaves it to recovery and is for data nobody keeps
 */
export async function endServer(home: Home, signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  const running = readPostmaster(home)
  if (running === null) return
  const steps = [['SIGINT', 60_000] as const, ['SIGQUIT', 5_000] as const, ['SIGKILL', 10_000] as const]
  for (const [step, milliseconds] of signal === 'SIGINT' ? steps : steps.slice(1)) {
    try {
      process.kill(running.pid, step)
    } catch {
      return
    }
    if (await waitForExit(running.pid, milliseconds)) return
  }
}

/** Creates a database unless it exists. */
export async function ensureDatabase(home: Home, port: number, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(home, port, 'postgres') })
  await client.connect()
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`)
  } finally {
    await client.end()
  }
}

function settingsOf(port: number, durable: boolean): string[] {
  return [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
    'log_line_prefix=%m [%p] ',
    'log_checkpoints=off',
    'max_connections=200',
    // For a machine of two cores and a few GB that also runs the application.
    'shared_buffers=256MB',
    'effective_cache_size=1GB',
    'work_mem=32MB',
    'maintenance_work_mem=256MB',
    'max_wal_size=2GB',
    'random_page_cost=1.1',
    // Compiling a query costs more than the pages' queries run.
    'jit=off',
    ...(hasLittleSharedMemory() ? ['dynamic_shared_memory_type=mmap'] : []),
    ...(durable
      ? []
      : [
          'fsync=off',
          'synchronous_commit=off',
          'full_page_writes=off',
          'wal_level=minimal',
          'max_wal_senders=0',
          'autovacuum=on',
        ]),
  ]
}

/** Containers often get 64 MB of /dev/shm, which one parallel hash join outgrows. */
function hasLittleSharedMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync('/dev/shm')
    return bavail * bsize < 512 * 1024 * 1024
  } catch {
    return false
  }
}

/** The living server of a cluster as its pid file tells, checked against what runs under that number. */
export function readPostmaster(home: Home): { pid: number; port: number | undefined } | null {
  const lines = readPidFile(home)
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid) || !isServerOf(home, pid)) return null
  const port = Number(lines[3])
  return { pid, port: port > 0 ? port : undefined }
}

function readPidFile(home: Home): string[] {
  try {
    return readFileSync(join(clusterOf(home), 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return []
  }
}

function isServerOf(home: Home, pid: number): boolean {
  return readCommandLine(pid)?.includes(`postgres -D ${clusterOf(home)}`) ?? false
}

/**
 * After a crash the number in the pid file may belong to another program; PostgreSQL would take it for a running server and
 * refuse to start. A number that belongs to nobody is left alone: PostgreSQL checks by itself that no remains are at work.
 */
function clearForeignPid(home: Home): void {
  const pid = Number(readPidFile(home)[0])
  if (pid > 0 && isAlive(pid) && !isServerOf(home, pid))
    rmSync(join(clusterOf(home), 'postmaster.pid'), { force: true })
}

function rotateLog(file: string): void {
  if (existsSync(file) && statSync(file).size > LOG_LIMIT_BYTES) renameSync(file, `${file}.old`)
}

/** Whether a server answers at an address: it may also be busy (starting, stopping, out of connections), or not be there. */
async function ask(url: string): Promise<'ready' | 'busy' | 'silent'> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3_000, query_timeout: 3_000 })
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select 1')
    return 'ready'
  } catch (error) {
    if (error instanceof pg.DatabaseError && (error.code === '57P03' || error.code === '53300')) return 'busy'
    if (error instanceof pg.DatabaseError) throw error
    return 'silent'
  } finally {
    await client.end().catch(() => undefined)
  }
}
