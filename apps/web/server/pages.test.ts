import type { ServerBuild } from '@remix-run/node'
import { createServer, get, type IncomingMessage, type Server } from 'node:http'
import { setImmediate as later } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { streamPieces } from '../app/pieces.ts'
import { createApp } from './app.ts'
import { closedDoor } from './door.ts'
import { createLog } from './log.ts'

const megabyte = Buffer.alloc(1024 * 1024, 7)
const whole = 300
const lines: string[] = []
let made = 0
let failsAt = Infinity
let sayEnded: () => void = () => undefined
let ended: Promise<void>
let server: Server
let base = ''

/** A file that is made while it is read. */
async function* makeFile(): AsyncGenerator<Uint8Array> {
  try {
    for (; made < whole; made++) {
      if (made === failsAt) throw new Error('the database went away')
      await later()
      yield megabyte
    }
  } finally {
    sayEnded()
  }
}

const build: ServerBuild = {
  mode: 'production',
  publicPath: '/',
  assetsBuildDirectory: '',
  isSpaMode: false,
  future: {
    v3_fetcherPersist: true,
    v3_relativeSplatPath: true,
    v3_throwAbortReason: true,
    v3_singleFetch: true,
    v3_lazyRouteDiscovery: false,
  },
  assets: { version: '', url: '', entry: { imports: [], module: '' }, routes: {} },
  entry: { module: { default: () => new Response('') } },
  routes: {
    file: {
      id: 'file',
      path: 'file',
      // A route that answers a file has no page.
      module: Object.assign(Object.create(null), {
        loader: () =>
          new Response(streamPieces(makeFile()), { headers: { 'content-type': 'application/octet-stream' } }),
      }),
    },
  },
}

beforeAll(async () => {
  const { app, close } = createApp({
    build,
    client: null,
    door: closedDoor,
    subscribe: () => () => undefined,
    clock: () => new Date(),
    openApi: () => {
      throw new Error('nobody asks the API here')
    },
    describe: () => {
      throw new Error('nothing is refused here')
    },
    trpc: null,
    files: null,
    readReadiness: () => Promise.resolve({ parts: { database: { ok: true } }, backlog: null }),
    log: createLog('debug', (line) => lines.push(line)),
  })
  server = createServer(app).once('close', close)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  base = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : ''
})
afterAll(() => server.close())
beforeEach(() => {
  made = 0
  failsAt = Infinity
  ended = new Promise((resolve) => (sayEnded = resolve))
})

const open = () => new Promise<IncomingMessage>((resolve, reject) => get(`${base}/file`, resolve).on('error', reject))
const isAlive = async () => (await fetch(`${base}/healthz`)).status

test('a file arrives whole', async () => {
  let bytes = 0
  for await (const piece of await open()) bytes += Buffer.from(piece).length
  expect(bytes).toBe(whole * megabyte.length)
})

test('is made no faster than it is read', async () => {
  const answer = await open()
  answer.pause()
  // Far more turns than the whole file takes; what the system's buffers hold is made ahead, and no more.
  for (let turn = 0; turn < whole * 20; turn++) await later()
  expect(made).toBeLessThan(whole / 3)
  answer.destroy()
  await ended
})

test('is no longer made when its reader goes away, and nobody else notices', async () => {
  const answer = await open()
  await new Promise((resolve) => answer.once('data', resolve))
  answer.destroy()
  await ended
  expect(made).toBeLessThan(whole)
  expect(await isAlive()).toBe(200)
  expect(lines.filter((line) => line.includes('"unhandled"'))).toEqual([])
})

test('that fails in the middle is cut off, not ended as if it were whole, and is in the log', async () => {
  failsAt = 3
  const answer = await open()
  await expect(
    (async () => {
      for await (const piece of answer) void piece
    })(),
  ).rejects.toThrow('aborted')
  expect(await isAlive()).toBe(200)
  expect(lines.filter((line) => line.includes('the database went away'))).toHaveLength(1)
})
