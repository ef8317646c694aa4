import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { DomainError } from '@gonglian/tenancy'
import { createApp } from './app.ts'
import { closedDoor, type Visitor } from './door.ts'
import type { Readiness } from '@gonglian/api'
import type { LiveEvent } from './live.ts'
import { createLog } from './log.ts'

const lines: string[] = []
let ready: Readiness = { parts: { database: { ok: true } }, backlog: null }
let send: ((event: LiveEvent) => void) | null = null
let server: Server
let base = ''
let closeLive: () => void = () => undefined
const somebody: Visitor = {
  kind: 'user',
  accountId: 1,
  username: '513221-officer',
  displayName: '演示 经办',
  tenantId: 4,
  roles: ['officer', 'reviewer'],
  locale: 'zh-CN',
  isProved: true,
  requestId: 'test',
  address: '127.0.0.1',
  sessionHandle: 'test',
  mustChangePassword: false,
  mustEnrol: false,
  hasFactor: false,
}

beforeAll(async () => {
  const { app, close } = createApp({
    build: () => Promise.reject(new Error('a secret of the house')),
    client: null,
    door: { ...closedDoor, readVisitor: (cookie) => Promise.resolve(cookie === 'session=good' ? somebody : null) },
    subscribe: (_visitor, listener) => {
      send = listener
      return () => {
        send = null
      }
    },
    clock: () => new Date(),
    openApi: () => {
      throw new Error('nobody asks the API here')
    },
    describe: (error, { requestId }) => {
      if (!(error instanceof DomainError)) throw new Error('there is no API here')
      return { ...error, status: 0, message: `words for ${error.key}`, fields: [], requestId }
    },
    trpc: null,
    files: null,
    readReadiness: () => Promise.resolve(ready),
    log: createLog('debug', (line) => lines.push(line)),
  })
  closeLive = close
  server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  base = typeof address === 'object' && address ? `http://127.0.0.1:${address.port}` : ''
})

afterAll(() => {
  closeLive()
  server.close()
})

it('lives without its database and is not ready without it', async () => {
  ready = { parts: { database: { ok: false, detail: 'refused' } }, backlog: null }
  expect((await fetch(`${base}/healthz`)).status).toBe(200)
  const answer = await fetch(`${base}/readyz`)
  expect(answer.status).toBe(503)
  expect(await answer.json()).toMatchObject({ parts: { database: { ok: false } } })
  ready = { parts: { database: { ok: true } }, backlog: null }
  expect((await fetch(`${base}/readyz`)).status).toBe(200)
})

it('gives every response a policy with a nonce of its own and no inline script', async () => {
  const policies = await Promise.all(
    [1, 2].map(async () => (await fetch(`${base}/healthz`)).headers.get('content-security-policy') ?? ''),
  )
  const [first = '', second = ''] = policies.map((policy) => /script-src ([^;]*)/.exec(policy)?.[1] ?? '')
  expect(first).toMatch(/^'self' 'nonce-[A-Za-z0-9+/=]{22,}'$/)
  expect(first).not.toBe(second)
  expect(policies[0]).toContain("default-src 'none'")
})

it('claims strict transport only over https', async () => {
  expect((await fetch(`${base}/healthz`)).headers.has('strict-transport-security')).toBe(false)
  const secure = await fetch(`${base}/healthz`, { headers: { 'x-forwarded-proto': 'https' } })
  expect(secure.headers.get('strict-transport-security')).toContain('max-age')
})

it.each(['https://evil.example', 'null', 'http://127.0.0.1:1'])('refuses a write from %s', async (origin) => {
  const answer = await fetch(`${base}/sign-in`, { method: 'POST', headers: { origin } })
  expect(answer.status).toBe(403)
})

it.each(['cross-site', 'same-site', 'none'])('refuses a write that names no origin and comes from %s', async (site) => {
  const answer = await fetch(`${base}/sign-in`, { method: 'POST', headers: { 'sec-fetch-site': site } })
  expect(answer.status).toBe(403)
})

it('lets a write from its own pages and from no browser through', async () => {
  expect((await fetch(`${base}/sign-in`, { method: 'POST', headers: { origin: base } })).status).not.toBe(403)
  expect((await fetch(`${base}/sign-in`, { method: 'POST' })).status).not.toBe(403)
})

it('answers a failure with its number and tells the log what it was', async () => {
  const answer = await fetch(`${base}/reports?search=somebody`)
  expect(answer.status).toBe(500)
  const body = await answer.text()
  const id = answer.headers.get('x-request-id') ?? ''
  expect(body).toContain(id)
  expect(body).not.toContain('secret')
  expect(lines.some((line) => line.includes(id) && line.includes('a secret of the house'))).toBe(true)
  expect(lines.some((line) => line.includes('somebody'))).toBe(false)
})

it('sends live events to who is signed in, and to nobody else', async () => {
  expect((await fetch(`${base}/live`)).status).toBe(401)
  const answer = await fetch(`${base}/live`, { headers: { cookie: 'session=good' } })
  expect(answer.headers.get('content-type')).toBe('text/event-stream')
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader?.read())?.value).toContain('retry')
  send?.({ name: 'totals', data: { tenant: 2 } })
  expect((await reader?.read())?.value).toBe('event: totals\ndata: {"tenant":2}\n\n')
  await reader?.cancel()
})
