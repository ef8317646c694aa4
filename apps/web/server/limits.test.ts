import { createServer } from 'node:http'
import express from 'express'
import { afterEach, expect, test } from 'vitest'
import type { Visitor } from './door.ts'
import { limitRequests, type RequestLimits } from './limits.ts'
import { answerLive } from './live.ts'

const person: Visitor = {
  kind: 'user',
  accountId: 1,
  username: '513221-officer',
  displayName: '演示 经办',
  tenantId: 4,
  roles: ['officer'],
  locale: 'zh-CN',
  requestId: 'test',
  address: '127.0.0.1',
  sessionHandle: 'one',
  mustChangePassword: false,
  mustEnrol: false,
  hasFactor: false,
  isProved: false,
}
const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

async function serve(app: express.Express): Promise<string> {
  const server = createServer(app)
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  return typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : ''
}

/** The header `session` says in which session of the person a request is made. */
function limited(limits: RequestLimits, answer: express.RequestHandler): express.Express {
  const app = express()
  app.use((request, response, next) => {
    const visitor = { ...person, sessionHandle: request.get('session') ?? person.sessionHandle }
    Object.assign(response.locals, { visitor, requestId: 'test' })
    next()
  })
  const describe = () => {
    return {
      code: 'too_many' as const,
      status: 429,
      key: '',
      params: {},
      message: 'words',
      fields: [],
      requestId: 'test',
    }
  }
  app.use(limitRequests(describe, limits))
  app.use(answer)
  return app
}

test('SEC-H3 a session makes so many calls a minute, then it is told when to come again; reading pages is not counted', async () => {
  const base = await serve(
    limited({ perMinute: 3, atOnce: 8, waitMs: 10 }, (_request, response) => void response.end()),
  )
  const statuses = []
  for (let call = 0; call < 5; call++) statuses.push((await fetch(`${base}/trpc/x`)).status)
  expect(statuses).toEqual([200, 200, 200, 429, 429])
  const answer = await fetch(`${base}/form`, { method: 'POST' })
  expect(answer.status).toBe(429)
  expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await answer.text()).toContain('words')
  expect((await fetch(`${base}/page`)).status).toBe(200)
})

test('SEC-H3 a session has so many requests at once; one more waits, and is refused when nothing ends', async () => {
  const held: express.Response[] = []
  const base = await serve(
    limited({ perMinute: 100, atOnce: 2, waitMs: 50 }, (_request, response) => void held.push(response)),
  )
  const running = [fetch(`${base}/a`), fetch(`${base}/b`)]
  await expect.poll(() => held.length).toBe(2)
  expect((await fetch(`${base}/c`)).status).toBe(429)
  held.splice(0).forEach((response) => response.end())
  expect((await Promise.all(running)).map(({ status }) => status)).toEqual([200, 200])
  const after = fetch(`${base}/d`)
  await expect.poll(() => held.length).toBe(1)
  held[0]?.end()
  expect((await after).status).toBe(200)
})

test('SEC-H3 whoever opens more sessions makes twice as many calls with all of them, and no more', async () => {
  const base = await serve(
    limited({ perMinute: 3, atOnce: 8, waitMs: 10 }, (_request, response) => void response.end()),
  )
  const statuses = []
  for (const session of ['a', 'a', 'a', 'b', 'b', 'b', 'c', 'd'])
    statuses.push((await fetch(`${base}/trpc/x`, { headers: { session } })).status)
  expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 429, 429])
})

test('SEC-H3 not more requests of a session wait than run', async () => {
  const held: express.Response[] = []
  const base = await serve(
    limited({ perMinute: 100, atOnce: 2, waitMs: 600_000 }, (_request, response) => void held.push(response)),
  )
  const asked = Array.from({ length: 5 }, () => fetch(`${base}/page`))
  expect((await Promise.race(asked)).status).toBe(429)
  for (let ended = 0; ended < 4; ended++) {
    await expect.poll(() => held.length).toBeGreaterThan(0)
    held.shift()?.end()
  }
  expect((await Promise.all(asked)).map(({ status }) => status).toSorted()).toEqual([200, 200, 200, 200, 429])
})

test.each([
  ['the session ended', null],
  ['a role was taken away', { ...person, roles: [] }],
  ['the person moved to another body', { ...person, tenantId: 5 }],
])('SEC-M a live line ends when %s, and asks without keeping the session alive', async (_name, later) => {
  let now: Visitor | null = person
  const live = answerLive(
    () => Promise.resolve(now),
    () => () => undefined,
    20,
  )
  closing.push(live.close)
  const base = await serve(express().get('/live', live.handler))
  const reader = (await fetch(`${base}/live`)).body?.getReader()
  expect((await reader?.read())?.done).toBe(false)
  expect((await reader?.read())?.done).toBe(false)
  now = later
  let piece = await reader?.read()
  while (piece?.done === false) piece = await reader?.read()
  expect(piece?.done).toBe(true)
})
