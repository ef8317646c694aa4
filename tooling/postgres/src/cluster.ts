import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { type Account, chooseAccount, isRoot, ownerOf } from './account.ts'
import { majorVersion, makeReachable, rootHome } from './binaries.ts'

/** The folder of one database cluster: `cluster` (the server's own), password, log, leases and lock. */
export type Home = { folder: string; account: Account | null }

export const clusterOf = (home: Home) => join(home.folder, 'cluster')
export const logOf = (home: Home) => join(home.folder, 'postgres.log')
export const lockOf = (home: Home) => join(home.folder, 'lock')
export const leasesOf = (home: Home) => join(home.folder, 'leases')

/**
 * Where the cluster of a data folder lies. An ordinary user's lies in the data folder. Root's lies under /var/lib, because its
 * server runs as somebody who may not be able to enter the data folder; a note in the data folder says where.
 */
export function findHome(dataDir: string): Home {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 })
  const dataFolder = realpathSync(dataDir)
  const inside = join(dataFolder, 'postgres')
  const note = join(dataFolder, 'postgres.json')
  if (!isRoot) {
    if (existsSync(note)) {
      throw new Error(
        `The database of ${dataFolder} was set up by root. Start as root, or choose another folder with --data.`,
      )
    }
    mkdirSync(inside, { recursive: true, mode: 0o700 })
    return { folder: inside, account: null }
  }
  const owner = existsSync(join(inside, 'cluster')) ? ownerOf(join(inside, 'cluster')) : null
  if (owner !== null) return { folder: inside, account: owner }
  const folder = followNote(note, dataFolder)
  makeReachable(folder)
  writeFileSync(note, `${JSON.stringify({ dataFolder, home: folder }, null, 2)}\n`, { mode: 0o600 })
  const cluster = join(folder, 'cluster')
  return { folder, account: (existsSync(cluster) ? ownerOf(cluster) : null) ?? chooseAccount() }
}

/** A data folder that was moved keeps its database; one that was copied gets its own. */
function followNote(note: string, dataFolder: string): string {
  const own = join(rootHome, createHash('sha256').update(dataFolder).digest('hex').slice(0, 16))
  const said = readNote(note)
  if (said === null || said.dataFolder === dataFolder || !existsSync(said.home)) return said?.home ?? own
  return readNote(join(said.dataFolder, 'postgres.json'))?.home === said.home ? own : said.home
}

function readNote(file: string): { dataFolder: string; home: string } | null {
  try {
    const note: unknown = JSON.parse(readFileSync(file, 'utf8'))
    if (typeof note !== 'object' || note === null || !('dataFolder' in note) || !('home' in note)) return null
    return { dataFolder: String(note.dataFolder), home: String(note.home) }
  } catch {
    return null
  }
}

/** The superuser's password: made once, readable by nobody else. */
export function readPassword(home: Home): string {
  const file = join(home.folder, 'password')
  if (!existsSync(file)) {
    if (existsSync(clusterOf(home)))
      throw new Error(`The database in ${home.folder} is there, but its password file is missing.`)
    writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 })
  }
  return readFileSync(file, 'utf8').trim()
}

/** Creates the cluster unless it exists. A creation that was interrupted leaves only a folder that the next one removes. */
export async function createCluster(home: Home, binaries: string, options: { durable: boolean }): Promise<void> {
  const cluster = clusterOf(home)
  if (existsSync(cluster)) {
    const version = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim()
    if (version === majorVersion()) return
    throw new Error(`The database in ${home.folder} was made by PostgreSQL ${version}; this is ${majorVersion()}.`)
  }
  for (const name of readdirSync(home.folder)) {
    if (name.startsWith('new-')) rmSync(join(home.folder, name), { recursive: true, force: true })
  }
  const password = readPassword(home)
  const aside = mkdtempSync(join(home.folder, 'new-'))
  const passwordFile = join(aside, 'password')
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (home.account !== null) {
    chownSync(aside, home.account.uid, home.account.gid)
    chownSync(passwordFile, home.account.uid, home.account.gid)
  }
  // Chinese needs a character type that knows its letters, or trigram search finds nothing; order stays by code point.
  const fresh = join(aside, 'cluster')
  const failures: string[] = []
  for (const letters of ['C.UTF-8', 'en_US.UTF-8', 'C']) {
    const { code, output } = await run(join(binaries, 'bin', 'initdb'), home, [
      ...['-D', fresh, '-U', 'gonglian', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8', '--locale=C'],
      ...['--locale-provider=builtin', '--builtin-locale=C.UTF-8', `--lc-ctype=${letters}`],
      ...(options.durable ? [] : ['--no-sync']),
    ])
    if (code === 0) {
      renameSync(fresh, cluster)
      rmSync(aside, { recursive: true, force: true })
      return
    }
    rmSync(fresh, { recursive: true, force: true })
    failures.push(output)
  }
  rmSync(aside, { recursive: true, force: true })
  throw new Error(`PostgreSQL could not be set up in ${home.folder}:\n${failures[0] ?? ''}`)
}

/** What a program of the server gets: the account it runs as, and nothing of our environment that could lead it astray. */
export function spawnOptionsOf(home: Home) {
  return {
    cwd: '/',
    env: { ...falseClock(), PATH: process.env['PATH'] ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    ...(home.account ?? {}),
  }
}

/** Tests that run at another date take their server with them: libfaketime and what it is told. */
function falseClock(): NodeJS.ProcessEnv {
  if (process.env['FAKETIME'] === undefined) return {}
  const names = /^(?:LD_PRELOAD|FAKETIME\w*|DONT_FAKE_MONOTONIC|NO_FAKE_STAT)$/
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => names.test(name)))
}

function run(program: string, home: Home, parameters: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { ...spawnOptionsOf(home), stdio: ['ignore', 'pipe', 'pipe'] })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, output }))
  })
}
