import { spawnSync } from 'node:child_process'
import { readCommandLine, waitForExit } from '@gonglian/processes/process'
import { placeBinaries } from './binaries.ts'
import { createCluster } from './cluster.ts'
import { ensureDatabase, launchServer, readPostmaster, urlOf } from './server.ts'
import { openThrowawayHome } from './throwaway.ts'

/** A server that a test may kill and freeze. It keeps what it acknowledged, as a real one does. */
export type BreakablePostgres = {
  /** Address of the database `gonglian` for the superuser `gonglian`; the same after each start. */
  readonly url: string
  /** SIGKILL to the server and all its processes. */
  kill(): Promise<void>
  /** SIGKILL to one session: the server cuts all others and recovers by itself. False: nobody was connected. */
  killSession(): boolean
  /** Keeps its connections open and answers nothing. */
  pause(): void
  resume(): void
  /** Starts it again after `kill`, on the same port, and waits until it has recovered. */
  start(): Promise<void>
  /** Ends it and removes its data. */
  close(): Promise<void>
}

/** @param settings lines of its configuration, `name=value` */
export async function startBreakablePostgres(settings: readonly string[] = []): Promise<BreakablePostgres> {
  const binaries = placeBinaries()
  const { home, remove } = await openThrowawayHome()
  // A commit is with the kernel before it is acknowledged, which survives a kill; only a crash of the machine needs fsync.
  const options = { durable: true, log: () => undefined, settings: ['fsync=off', ...settings] }
  try {
    await createCluster(home, binaries, options)
    const port = await launchServer(home, binaries, options)
    await ensureDatabase(home, port, 'gonglian')
    const listProcesses = () => {
      const server = readPostmaster(home)
      return server === null ? [] : [server.pid, ...listChildren(server.pid)]
    }
    const send = (signal: NodeJS.Signals) => listProcesses().forEach((pid) => signalProcess(pid, signal))
    return {
      url: urlOf(home, port, 'gonglian'),
      kill: async () => {
        const processes = listProcesses()
        for (const pid of processes) signalProcess(pid, 'SIGKILL')
        for (const pid of processes) await waitForExit(pid, 10_000)
      },
      killSession: () => {
        const session = listProcesses().find((pid) => /^postgres: gonglian_/.test(readCommandLine(pid) ?? ''))
        if (session !== undefined) signalProcess(session, 'SIGKILL')
        return session !== undefined
      },
      pause: () => send('SIGSTOP'),
      resume: () => send('SIGCONT'),
      start: async () => {
        await launchServer(home, binaries, { ...options, port })
      },
      close: async () => {
        send('SIGCONT')
        await remove()
      },
    }
  } catch (error) {
    await remove()
    throw error
  }
}

function listChildren(parent: number): number[] {
  const { stdout } = spawnSync('pgrep', ['-P', String(parent)], { encoding: 'utf8' })
  return stdout.split('\n').flatMap((line) => (line === '' ? [] : [Number(line)]))
}

function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch {
    // It is gone already.
  }
}
