import { createServer, request as send, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appRouter, createContext, describeError } from '@gonglian/api'
import { validateSession } from '@gonglian/auth'
import { aSession } from '@gonglian/auth/testing'
import { aSmallTree, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { createApp } from './app.ts'
import { nameCookie, readCookie, sessionCookie, writeCookie } from './cookies.ts'
import { closedDoor, type VisitorRequest } from './door.ts'
import { createLog } from './log.ts'

const translate = (_locale: string, key: string) => key
const logged: string[] = []
let house: TestDeps
let server: Server
let closeLive: () => void = () => undefined
let port = 0
let cookie = ''
/** What the sessions are asked for, by request. */
const asked: VisitorRequest[] = []

/** The product's API and sessions on a real database; only the pages are left out. */
beforeAll(async () => {
  house = await openTestDeps()
  const tree = await aSmallTree(house.deps)
  const { sessionId } = await aSession(house.deps, idOf(tree, '513221'), '513221-attacker', 'officer')
  cookie = `session=${sessionId}`
  const { app, close } = createApp({
    build: () => Promise.reject(new Error('no pages here')),
    client: null,
    door: {
      ...closedDoor,
      readVisitor: (header, request) => {
        asked.push(request)
        return validateSession(house.deps, readCookie(header, nameCookie(sessionCookie, request.secure)) ?? '', request)
      },
    },
    subscribe: () => () => undefined,
    openApi: () => {
      throw new Error('no pages here')
    },
    describe: (error, request) => describeError(error, { ...request, translate }),
    trpc: {
      router: appRouter,
      contextFor: (actor, request) => createContext({ deps: house.deps, actor, translate, ...request }),
    },
    files: null,
    clock: house.deps.clock,
    readReadiness: () => Promise.resolve({ parts: {}, backlog: null }),
    limits: { perMinute: 150, atOnce: 8, waitMs: 2_000 },
    log: createLog('debug', (line) => logged.push(line)),
  })
  closeLive = close
  server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})
afterAll(async () => {
  closeLive()
  server.close()
  await house.close()
})

type Answer = { status: number; headers: Record<string, string | string[] | undefined>; body: string }

/** One request as a program writes it: any method, any header; what is said of the length counts, not what follows. */
function ask(
  path: string,
  options: { method?: string; cookie?: string; body?: string | Buffer; headers?: Record<string, string> } = {},
): Promise<Answer> {
  const { method = options.body === undefined ? 'GET' : 'POST', body } = options
  const headers = {
    ...(body === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
    ...(options.cookie === undefined ? {} : { cookie: options.cookie }),
    ...options.headers,
  }
  return new Promise((resolve, reject) => {
    const sent = send({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (piece: string) => (text += piece))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, body: text }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

const federation = '/trpc/bodies.getFederation'
const wire = (input: unknown) => encodeURIComponent(JSON.stringify({ json: input }))
/** What froze the server: each path of the second list was looked for in each value of the first. */
const references = JSON.stringify({
  json: { code: Array.from({ length: 20 }, () => []) },
  meta: { referentialEqualities: { code: Array.from({ length: 60 }, (_, at) => `code.${at % 20}`) }, values: {} },
})

describe('SEC-C1 identity before parsing', () => {
  test('nobody sends more than 16 KB, to the API or to a page', async () => {
    for (const path of ['/trpc/session.setLocale', '/sign-in', '/vote']) {
      expect((await ask(path, { body: ' '.repeat(16 * 1024 + 1) })).status, path).toBe(413)
      expect((await ask(path, { method: 'POST', headers: { 'transfer-encoding': 'chunked' } })).status, path).toBe(411)
    }
  })

  test('nobody is told so before what they sent is read: the input is not looked at', async () => {
    for (const input of ['{"json":{"code":"\\u0000"}}', references, '[]'])
      expect((await ask(`${federation}?input=${encodeURIComponent(input)}`)).status).toBe(401)
    expect((await ask('/trpc/session.setLocale', { body: references })).status).toBe(401)
  })

  test.each([
    ['referential equalities', references],
    ['values by name', '{"json":{"code":"1"},"meta":{"values":{"code":["bigint"]}}}'],
    ['an endless list', '['.repeat(10 * 1024 * 1024)],
    ['endless objects', '{"a":'.repeat(1024 * 1024)],
    ['a million values', `{"json":[${'0,'.repeat(1_000_000)}0]}`],
    ['values beyond the budget beside what is asked', `{"json":{"locale":"en","x":[${'0,'.repeat(200_000)}0]}}`],
    ['no UTF-8 beside what is asked', Buffer.from('{"json":{"locale":"en","x":"\xff"}}', 'latin1')],
    ['no JSON', '{"json":'],
  ])('a person who sends %s gets 400', async (_name, body) => {
    const answer = await ask('/trpc/session.setLocale', { cookie, body })
    expect(answer.status).toBe(400)
    if (body.length < 8_000)
      expect((await ask(`${federation}?input=${encodeURIComponent(String(body))}`, { cookie })).status).toBe(400)
    expect((await ask('/healthz')).status).toBe(200)
  })

  test('a form or raw bytes are no call', async () => {
    for (const kind of ['multipart/form-data; boundary=x', 'application/octet-stream', 'text/plain'])
      expect(
        (await ask('/trpc/session.setLocale', { cookie, body: 'x', headers: { 'content-type': kind } })).status,
      ).toBe(400)
  })

  test('an honest call is answered', async () => {
    const answer = await ask(`${federation}?input=${wire({ code: '513221' })}`, { cookie })
    expect(answer.status).toBe(200)
    expect(answer.body).toContain('513221')
    expect((await ask('/trpc/session.setLocale', { cookie, body: '{"json":{"locale":"en"}}' })).status).toBe(200)
  })
})

test('SEC-H3 no batch: one request is one call', async () => {
  const names = Array.from({ length: 40 }, () => 'bodies.getFederation').join(',')
  const input = encodeURIComponent(JSON.stringify({ 0: { json: { code: '51' } } }))
  expect((await ask(`/trpc/${names}?batch=1&input=${input}`, { cookie })).status).toBe(400)
  expect((await ask(`/trpc/${names}?input=${input}`, { cookie })).status).toBe(404)
})

test.each(['TRACE', 'PUT', 'DELETE', 'PATCH', 'PROPFIND', 'OPTIONS'])('SEC-L %s is not served', async (method) => {
  for (const path of ['/', '/sign-in', '/trpc/session.getSession', '/healthz', '/live']) {
    const answer = await ask(path, { method, cookie })
    expect(answer.status).toBe(405)
    expect(answer.headers['allow']).toBe('GET, HEAD, POST')
  }
})

test('SEC-M no answer to a person is kept anywhere', async () => {
  for (const path of [
    '/trpc/session.getSession',
    `${federation}?input=${wire({ code: '51' })}`,
    '/trpc/nothing',
    '/targets',
  ])
    expect((await ask(path, { cookie })).headers['cache-control'], path).toBe('no-store')
})

test('SEC-M every answer has the headers of ASVS 14.4', async () => {
  const { headers } = await ask('/healthz')
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  })
  expect(headers['content-security-policy']).toMatch(/default-src 'none'.*frame-ancestors 'none'.*base-uri 'none'/)
  expect(headers['permissions-policy']).toContain('camera=()')
})

describe('SEC-M the cookie of a session', () => {
  test('over https belongs to this host alone, and no other name is read', () => {
    const written = writeCookie(sessionCookie, 'abc', 60, true)
    expect(written).toBe('__Host-session=abc; Path=/; HttpOnly; SameSite=Lax; Max-Age=60; Secure')
    expect(nameCookie(sessionCookie, true)).toBe('__Host-session')
    expect(writeCookie(sessionCookie, 'abc', 60, false)).not.toContain('Secure')
  })

  test('a plain cookie signs nobody in over https', async () => {
    const path = `${federation}?input=${wire({ code: '51' })}`
    const https = { 'x-forwarded-proto': 'https' }
    expect((await ask(path, { cookie, headers: https })).status).toBe(401)
    expect((await ask(path, { cookie: `__Host-${cookie}`, headers: https })).status).toBe(200)
  })
})

test.each([
  ['a zero byte', 'x\u0000'],
  ['half a sign', 'x\ud800'],
  ['half a sign in front', '\udc00x'],
  ['a day in the year 0', '0000-01-01'],
])('SEC-L %s is refused beside its field, not by a failure of the database', async (_name, code) => {
  const answer = await ask(`${federation}?input=${wire({ code })}`, { cookie })
  expect(answer.status).toBe(400)
  expect(answer.body).toContain('"path":"code"')
})

test.each(['\u0000', '\ud800', '\udc00x'])('SEC-L a search for %j is refused beside its field', async (search) => {
  const answer = await ask(`/trpc/bodies.searchFederations?input=${wire({ text: search })}`, { cookie })
  expect(answer.status).toBe(400)
  expect(answer.body).toContain('"path":"text"')
})

test('SEC-M an address is what the proxy on this machine says, not what the client wrote in front', async () => {
  await ask(`${federation}?input=${wire({ code: '51' })}`, {
    cookie,
    headers: { 'x-forwarded-for': '198.51.100.1, 203.0.113.5' },
  })
  expect(asked.at(-1)?.address).toBe('203.0.113.5')
})

test('SEC-M a live line asks for its session without keeping it alive', async () => {
  expect((await ask('/live')).status).toBe(401)
  expect(asked.at(-1)).toMatchObject({ passive: true })
})

test('SEC-M neither a one-time link nor a query stands in the log', async () => {
  await ask('/welcome/a-secret-token?code=a-secret-code', { cookie })
  await ask('/trpc/nothing?input=a-secret-code', { cookie })
  expect(logged.filter((line) => line.includes('/welcome/…'))).toHaveLength(1)
  expect(logged.filter((line) => line.includes('a-secret'))).toEqual([])
})

test('SEC-H3 the calls of a session are limited by the server as it is put together', async () => {
  const statuses: number[] = []
  for (let call = 0; call < 160; call += 8)
    statuses.push(
      ...(await Promise.all(Array.from({ length: 8 }, async () => (await ask('/trpc/nothing', { cookie })).status))),
    )
  expect(statuses).toContain(429)
})

test('nothing of all this was a failure', () => {
  expect(
    logged.filter((line) => line.includes('"status":500') && !line.includes('/targets') && !line.includes('/welcome/')),
  ).toEqual([])
})
