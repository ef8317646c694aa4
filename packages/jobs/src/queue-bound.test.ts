import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { openQueue } from './queue.ts'

/** The port of a server that takes connections and never says a word. */
async function listenInSilence(): Promise<number> {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy()
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

// The clock of the timers is the test's: however slow the machine is, it sees what was asked of them.
test.each(['PostgreSQL', 'Redis'])('a question to a %s that is silent is given up after a second', async (kind) => {
  const port = await listenInSilence()
  const databaseUrl = `postgres://nobody@127.0.0.1:${port}/none`
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const queue = openQueue({ databaseUrl, redisUrl: kind === 'Redis' ? `redis://127.0.0.1:${port}` : undefined })
  onTestFinished(async () => {
    vi.useRealTimers()
    await queue.close()
  })
  let refusal = 'none yet'
  queue.ping().catch((error: unknown) => (refusal = String(error)))
  await vi.advanceTimersByTimeAsync(999)
  expect(refusal).toBe('none yet')
  await vi.advanceTimersByTimeAsync(1)
  expect(refusal).toBe('QueueAway: the queue does not answer')
})
