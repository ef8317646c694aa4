import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runWhenThisProcessDies } from '@gonglian/processes/guard'
import { findFreePort } from '@gonglian/processes/port'
import { Redis } from 'ioredis'
import { testRedisUrl } from './env.ts'

/** Where the tests find Redis, if they do. */
export const redisUrl = testRedisUrl

/** Whether a test may start a Redis of its own, to stop, pause and empty it. */
export const hasRedisServer = redisUrl !== undefined && spawnSync('redis-server', ['--version']).status === 0

export type OwnRedis = {
  readonly url: string
  /** Forgets everything: keys, schedules, jobs under way. */
  flush(): Promise<void>
  /** Keeps its connections open and answers nothing. */
  pause(): Promise<void>
  resume(): Promise<void>
  /** Kills it, with all it holds. */
  stop(): Promise<void>
  /** Starts it again, empty, at the same address. */
  start(): Promise<void>
  close(): Promise<void>
}

/** A redis-server that belongs to one test and keeps nothing. */
export async function startOwnRedis(): Promise<OwnRedis> {
  const port = await findFreePort()
  const folder = await mkdtemp(join(tmpdir(), 'gonglian-redis-'))
  const url = `redis://127.0.0.1:${port}`
  const launch = () => {
    const server = spawn(
      'redis-server',
      [
        ...['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--save', '', '--appendonly', 'no'],
        ...['--maxmemory-policy', 'noeviction'],
      ],
      { stdio: 'ignore' },
    )
    const guard = runWhenThisProcessDies('kill -s KILL "$1"', [String(server.pid)])
    server.once('exit', () => guard.release())
    return server
  }
  let child = launch()
  const say = async (command: 'ping' | 'flushall') => {
    const client = new Redis(url, { retryStrategy: () => 50, maxRetriesPerRequest: 200 })
    client.on('error', () => undefined)
    await client.call(command)
    client.disconnect()
  }
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = once(child, 'exit')
    child.kill('SIGKILL')
    await gone
  }
  await say('ping')
  return {
    url,
    flush: () => say('flushall'),
    pause: () => Promise.resolve(void child.kill('SIGSTOP')),
    resume: () => Promise.resolve(void child.kill('SIGCONT')),
    stop,
    start: async () => {
      child = launch()
      await say('ping')
    },
    close: async () => {
      await stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
