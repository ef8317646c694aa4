import { type ChildProcess, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { isAlive } from '@gonglian/processes/process'
import pg from 'pg'
import { afterEach, expect, test } from 'vitest'
import { clusterOf, findHome } from './cluster.ts'
import { type RunningPostgres, startBreakablePostgres, startPostgres, startThrowawayPostgres } from './index.ts'

const folders: string[] = []
const servers: RunningPostgres[] = []
const holders: ChildProcess[] = []

afterEach(async () => {
  for (const holder of holders.splice(0)) holder.kill('SIGKILL')
  for (const server of servers.splice(0)) await server.stop()
  for (const folder of folders.splice(0)) {
    const home = findHome(folder).folder
    await until(() => serverOf(folder) === null)
    rmSync(home, { recursive: true, force: true, maxRetries: 10 })
    rmSync(folder, { recursive: true, force: true })
  }
})

test('what was written is there after a restart, on whatever port', async () => {
  const dataDir = newFolder()
  const first = await start(dataDir)
  await ask(first.url, 'create table kept as select 7 as figure')
  await first.stop()
  expect(serverOf(dataDir)).toBeNull()
  const second = await start(dataDir)
  expect(second.adopted).toBe(false)
  expect(await ask(second.url, 'select figure from kept')).toEqual([{ figure: 7 }])
})

test('the server speaks UTF-8 and UTC, finds Chinese words by trigram, and asks for a password', async () => {
  const { url } = await start(newFolder())
  const [settings] = await ask(
    url,
    `select current_setting('server_encoding') as encoding, current_setting('timezone') as zone, current_user as name,
       current_database() as database, current_setting('listen_addresses') as addresses, lower('ÄB') as lower`,
  )
  expect(settings).toEqual({
    ...{ encoding: 'UTF8', zone: 'UTC', name: 'gonglian', database: 'gonglian', addresses: '127.0.0.1', lower: 'äb' },
  })
  await ask(url, 'create extension pg_trgm')
  const [word] = await ask(url, `select similarity('黄骅市总工会', '黄骅总工会') > 0.3 as alike`)
  expect(word).toEqual({ alike: true })
  const stranger = new URL(url)
  stranger.password = 'guess'
  await expect(ask(stranger.toString(), 'select 1')).rejects.toThrow('password')
})

test('the password is readable by its owner alone', async () => {
  const dataDir = newFolder()
  await start(dataDir)
  const home = findHome(dataDir)
  expect(statSync(join(home.folder, 'password')).mode & 0o777).toBe(0o600)
  expect(statSync(clusterOf(home)).mode & 0o777).toBe(0o700)
})

test('the server does not run as root', async () => {
  const dataDir = newFolder()
  await start(dataDir)
  expect(statSync(clusterOf(findHome(dataDir))).uid).not.toBe(0)
})

test('two who start at once use one server, and the last to leave stops it', async () => {
  const dataDir = newFolder()
  const [one, other] = await Promise.all([hold(dataDir), hold(dataDir)])
  expect(one.port).toBe(other.port)
  expect([one.adopted, other.adopted].sort()).toEqual([false, true])
  await one.leave()
  expect(await ask(other.url, 'select 1 as one')).toEqual([{ one: 1 }])
  await other.leave()
  expect(serverOf(dataDir)).toBeNull()
})

test('a server whose user was killed is stopped, and the next start finds everything', async () => {
  const dataDir = newFolder()
  const killed = await hold(dataDir)
  await ask(killed.url, 'create table kept as select 7 as figure')
  killed.process.kill('SIGKILL')
  const next = await start(dataDir)
  expect(await ask(next.url, 'select figure from kept')).toEqual([{ figure: 7 }])
})

test('one who is killed does not take the server away from another', async () => {
  const dataDir = newFolder()
  const killed = await hold(dataDir)
  const next = await start(dataDir)
  expect(next.adopted).toBe(true)
  killed.process.kill('SIGKILL')
  await until(() => !isAlive(killed.process.pid ?? 0))
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  expect(await ask(next.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('an orphaned server is joined', async () => {
  const dataDir = newFolder()
  const killed = await hold(dataDir)
  const guard = childrenOf(killed.process.pid ?? 0).find(({ command }) => command.startsWith('sh -c'))
  process.kill(guard?.pid ?? 0, 'SIGKILL')
  killed.process.kill('SIGKILL')
  const next = await start(dataDir)
  expect(next).toMatchObject({ adopted: true, port: killed.port })
})

test('after kill -9 of the server the next start recovers what was committed', async () => {
  const dataDir = newFolder()
  const first = await start(dataDir, { durable: true })
  await ask(first.url, 'create table kept as select 7 as figure')
  process.kill(serverOf(dataDir) ?? 0, 'SIGKILL')
  const second = await start(dataDir)
  expect(await ask(second.url, 'select figure from kept')).toEqual([{ figure: 7 }])
})

test('a pid file that names some other living program does not stop the start', async () => {
  const dataDir = newFolder()
  const first = await start(dataDir)
  const pidFile = join(clusterOf(findHome(dataDir)), 'postmaster.pid')
  const content = readFileSync(pidFile, 'utf8').split('\n')
  await first.stop()
  writeFileSync(pidFile, [String(process.pid), ...content.slice(1)].join('\n'))
  const second = await start(dataDir)
  expect(second.adopted).toBe(false)
})

test('a server that hangs is replaced', async () => {
  const dataDir = newFolder()
  await start(dataDir)
  process.kill(serverOf(dataDir) ?? 0, 'SIGSTOP')
  const second = await start(dataDir)
  expect(second.adopted).toBe(false)
  expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }])
})

test('an interrupted set-up is done again', async () => {
  const dataDir = newFolder()
  mkdirSync(join(findHome(dataDir).folder, 'new-broken', 'cluster'), { recursive: true })
  const { url } = await start(dataDir)
  expect(await ask(url, 'select 1 as one')).toEqual([{ one: 1 }])
  expect(existsSync(join(findHome(dataDir).folder, 'new-broken'))).toBe(false)
})

test('a data folder that was moved keeps its database, and one that was copied does not share it', async () => {
  const dataDir = newFolder()
  const first = await start(dataDir)
  await ask(first.url, 'create table kept as select 7 as figure')
  await first.stop()
  const moved = `${dataDir}-moved`
  renameSync(dataDir, moved)
  folders.push(moved)
  const second = await start(moved)
  expect(await ask(second.url, 'select figure from kept')).toEqual([{ figure: 7 }])
  const copied = `${dataDir}-copied`
  mkdirSync(copied)
  if (existsSync(join(moved, 'postgres.json'))) cpSync(join(moved, 'postgres.json'), join(copied, 'postgres.json'))
  folders.push(copied)
  const third = await start(copied)
  expect(third.port).not.toBe(second.port)
  await expect(ask(third.url, 'select figure from kept')).rejects.toThrow('does not exist')
})

test('a throwaway server is gone with its data when stopped', async () => {
  const throwaway = await startThrowawayPostgres()
  const [row] = await ask(throwaway.url, `select current_setting('data_directory') as folder, pg_backend_pid() as pid`)
  await throwaway.stop()
  expect(existsSync(String(row?.['folder']))).toBe(false)
})

test('a throwaway server is gone with its data when its user is killed', async () => {
  const holder = await hold()
  const [row] = await ask(holder.url, `select current_setting('data_directory') as folder`)
  holder.process.kill('SIGKILL')
  await until(() => !existsSync(String(row?.['folder'])))
  await expect(ask(holder.url, 'select 1')).rejects.toThrow('ECONNREFUSED')
})

test('what is left of a throwaway server whose user and guard were killed goes with the next one', async () => {
  const holder = await hold()
  const [row] = await ask(holder.url, `select current_setting('data_directory') as folder`)
  for (const { pid, command } of childrenOf(holder.process.pid ?? 0)) {
    if (command.startsWith('sh -c')) process.kill(pid, 'SIGKILL')
  }
  holder.process.kill('SIGKILL')
  await until(() => !isAlive(holder.process.pid ?? 0))
  expect(existsSync(String(row?.['folder']))).toBe(true)
  servers.push(await startThrowawayPostgres())
  expect(existsSync(String(row?.['folder']))).toBe(false)
  await expect(ask(holder.url, 'select 1')).rejects.toThrow('ECONNREFUSED')
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'gonglian-data-'))
  folders.push(folder)
  return folder
}

async function start(dataDir: string, { durable } = { durable: false }): Promise<RunningPostgres> {
  const server = await startPostgres({ dataDir, durable })
  servers.push(server)
  return server
}

/** A separate process that uses a server. */
async function hold(dataDir?: string) {
  const holder = fileURLToPath(new URL('holder.ts', import.meta.url))
  const child = spawn(process.execPath, ['--import', 'tsx', holder, ...(dataDir === undefined ? [] : [dataDir])], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  holders.push(child)
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()))
    child.once('exit', () => reject(new Error('the holder ended')))
  })
  const { url, port, adopted }: { url: string; port: number; adopted: boolean } = JSON.parse(line)
  const leave = () =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.stdin.write('leave\n')
    })
  return { process: child, url, port, adopted, leave }
}

/** The process number of the server that runs on a data folder. */
function serverOf(dataDir: string): number | null {
  try {
    const pid = Number(readFileSync(join(clusterOf(findHome(dataDir)), 'postmaster.pid'), 'utf8').split('\n')[0])
    return isAlive(pid) ? pid : null
  } catch {
    return null
  }
}

function childrenOf(parent: number): { pid: number; command: string }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const status = readFileSync(`/proc/${name}/status`, 'utf8')
        if (!status.includes(`PPid:\t${parent}\n`)) return []
        return [{ pid: Number(name), command: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ') }]
      } catch {
        return []
      }
    })
}

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end().catch(() => undefined)
  }
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 50))
}

test('one that may be broken keeps what it acknowledged when it is killed, paused, or loses a session, and has the settings it was given', async () => {
  const server = await startBreakablePostgres(['track_commit_timestamp=on'])
  const ask = async (text: string) => {
    const client = new pg.Client({ connectionString: server.url })
    client.on('error', () => undefined)
    await client.connect()
    try {
      return (await client.query(text)).rows
    } finally {
      await client.end()
    }
  }
  try {
    expect(await ask('show track_commit_timestamp')).toEqual([{ track_commit_timestamp: 'on' }])
    await ask('create table kept (value int)')
    for (const value of [1, 2]) {
      await ask(`insert into kept values (${value})`)
      await server.kill()
      await expect(ask('select 1')).rejects.toThrow()
      await server.start()
    }
    server.pause()
    const waiting = ask('select value from kept order by value')
    server.resume()
    expect(await waiting).toEqual([{ value: 1 }, { value: 2 }])
    // Nobody of the product is connected here.
    expect(server.killSession()).toBe(false)
  } finally {
    await server.close()
  }
})
