import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { aSession } from '@gonglian/auth/testing'
import type { SignedIn } from '@gonglian/auth'
import { DomainError, ListAudit, listAudit, recordAudit, withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { createContext, type Fault } from './context.ts'
import { accountProcedure, publicProcedure, router, tenantProcedure } from './procedures.ts'
import { describeError } from './refusal.ts'
import { appRouter } from './router.ts'
import { transformer } from './wire.ts'

let house: TestDeps
let tree: Map<string, number>
let officer: SignedIn
let faults: Fault[] = []

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
  officer = (await aSession(house.deps, idOf(tree, '51'), '51-officer', 'officer')).actor
})
afterAll(() => house.close())
beforeEach(() => {
  faults = []
})

const refuse = (code: ConstructorParameters<typeof DomainError>[0]) => () => {
  throw new DomainError(code, `errors.${code}`, {
    params: { name: '汶川' },
    fields: [{ path: 'rows.3.value', key: 'errors.row', params: { at: 3 } }],
  })
}

class DatabaseFailure extends Error {
  readonly severity = 'ERROR'
  readonly code: string
  constructor(code: string) {
    super('duplicate key value violates unique constraint of 320924')
    this.code = code
  }
}

const failing = router({
  not_found: publicProcedure.query(refuse('not_found')),
  forbidden: publicProcedure.query(refuse('forbidden')),
  conflict: publicProcedure.query(refuse('conflict')),
  invalid: publicProcedure.query(refuse('invalid')),
  unauthenticated: publicProcedure.query(refuse('unauthenticated')),
  too_many: publicProcedure.query(refuse('too_many')),
  bug: publicProcedure.query(() => {
    throw new TypeError('cannot read the password of 513221')
  }),
  text: publicProcedure.query(() => Promise.reject(new Error(''))),
  database: publicProcedure.input(z.string()).query(({ input }) => {
    throw new DatabaseFailure(input)
  }),
  account: accountProcedure.query(({ ctx }) => ctx.actor.username),
  parse: publicProcedure
    .input(
      z.object({
        name: z.string().min(2).max(4),
        count: z.int().min(0).max(10),
        kind: z.enum(['a', 'b']),
        rows: z.array(z.object({ value: z.int() })).max(2),
        own: z.string().regex(/^x/, 'errors.ownWords').optional(),
      }),
    )
    .query(() => 'read'),
  echo: publicProcedure.input(z.unknown()).query(() => 'read'),
  half: tenantProcedure.mutation(async ({ ctx }) => {
    await recordAudit(ctx.tenant, { action: 'test.half', objectKind: 'x', objectId: 1 })
    throw new DomainError('conflict', 'errors.conflict')
  }),
})

type Wire = { status: number; body: string; refusal: z.output<typeof Refusal> | undefined }
const Refusal = z.object({
  code: z.string(),
  status: z.number(),
  key: z.string(),
  params: z.record(z.string(), z.unknown()),
  message: z.string(),
  fields: z.array(z.object({ path: z.string(), key: z.string(), message: z.string() })),
  requestId: z.string(),
})
const Envelope = z.object({
  error: z.object({ json: z.object({ data: z.object({ refusal: Refusal.optional() }) }) }).optional(),
})

/** Asks over HTTP, as a browser does. */
async function ask(
  served: typeof failing | typeof appRouter,
  path: string,
  input?: unknown,
  options: { actor?: SignedIn; method?: string } = {},
): Promise<Wire> {
  const method = options.method ?? 'GET'
  const payload = input === undefined ? undefined : JSON.stringify(transformer.serialize(input))
  const query = method === 'GET' && payload !== undefined ? `?input=${encodeURIComponent(payload)}` : ''
  const response = await fetchRequestHandler({
    endpoint: '/trpc',
    router: served,
    req: new Request(`http://own.invalid/trpc/${path}${query}`, {
      method,
      ...(method === 'GET' ? {} : { body: payload ?? '{}', headers: { 'content-type': 'application/json' } }),
    }),
    createContext: () =>
      createContext({
        deps: house.deps,
        actor: options.actor ?? null,
        translate: (locale, key, params) => `${locale}|${key}|${Object.values(params).join(',')}`,
        requestId: 'request-7',
        onFault: (fault) => faults.push(fault),
      }),
  })
  const body = await response.text()
  return { status: response.status, body, refusal: Envelope.parse(JSON.parse(body)).error?.json.data.refusal }
}

describe('an expected refusal', () => {
  test.each([
    ['not_found', 404],
    ['forbidden', 403],
    ['conflict', 409],
    ['invalid', 400],
    ['unauthenticated', 401],
    ['too_many', 429],
  ])('%s answers %i in the reader’s language, with the field', async (code, status) => {
    const answer = await ask(failing, code)
    expect(answer.status).toBe(status)
    expect(answer.refusal).toEqual({
      code,
      status,
      key: `errors.${code}`,
      params: { name: '汶川' },
      message: `zh-CN|errors.${code}|汶川`,
      fields: [{ path: 'rows.3.value', key: 'errors.row', message: 'zh-CN|errors.row|3' }],
      requestId: 'request-7',
    })
    expect(faults).toEqual([])
  })

  test('speaks the language of the account', async () => {
    expect((await ask(failing, 'conflict', undefined, { actor: { ...officer, locale: 'en' } })).refusal?.message).toBe(
      'en|errors.conflict|汶川',
    )
  })

  test('takes back what was written before it', async () => {
    expect((await ask(failing, 'half', undefined, { actor: officer, method: 'POST' })).status).toBe(409)
    const { total } = await withTenant(house.deps, aUser(idOf(tree, '51'), 'auditadmin'), (ctx) =>
      listAudit(ctx, ListAudit.parse({ action: 'test.half', pageSize: 10 })),
    )
    expect(total).toBe(0)
  })
})

describe('what nobody expected', () => {
  test.each(['bug', 'text'])(
    '%s tells the reader the request id and nothing else; the operator hears of it',
    async (path) => {
      const answer = await ask(failing, path)
      expect(answer.status).toBe(500)
      expect(answer.refusal).toEqual({
        code: 'fault',
        status: 500,
        key: 'errors.unknown',
        params: {},
        message: 'zh-CN|errors.unknown|',
        fields: [],
        requestId: 'request-7',
      })
      expect(answer.body).not.toMatch(/513221|TypeError|\.ts|password|stack/)
      expect(faults).toMatchObject([{ requestId: 'request-7', path }])
    },
  )

  test.each([
    ['23505', 409],
    ['40001', 409],
    ['40P01', 409],
    ['22003', 400],
    ['42501', 403],
    ['57014', 429],
    ['23514', 500],
    ['XX000', 500],
  ])('PostgreSQL’s %s answers %i without its words; the operator hears of it', async (code, status) => {
    const answer = await ask(failing, 'database', code)
    expect(answer.status).toBe(status)
    expect(answer.body).not.toMatch(/320924|duplicate/)
    expect(faults).toHaveLength(1)
  })
})

describe('input', () => {
  test.each([
    [
      {},
      {
        name: 'errors.inputMissing',
        count: 'errors.inputMissing',
        kind: 'errors.inputChoice',
        rows: 'errors.inputMissing',
      },
    ],
    [
      { name: '', count: -1, kind: 'a', rows: [] },
      { name: 'errors.inputShort', count: 'errors.inputSmall' },
    ],
    [
      { name: '一二三四五', count: 11, kind: 'c', rows: [] },
      { name: 'errors.inputLong', count: 'errors.inputLarge', kind: 'errors.inputChoice' },
    ],
    [
      { name: 5, count: 1.5, kind: 'a', rows: [{ value: 1 }, { value: 'x' }] },
      { name: 'errors.inputType', count: 'errors.inputType', 'rows.1.value': 'errors.inputType' },
    ],
    [
      { name: '汶川', count: 1, kind: 'a', rows: [{ value: 1 }, { value: 1 }, { value: 1 }], own: 'y' },
      { rows: 'errors.inputMany', own: 'errors.ownWords' },
    ],
  ])('%j is refused beside each field', async (input, expected) => {
    const { status, refusal } = await ask(failing, 'parse', input)
    expect(status).toBe(400)
    expect(Object.fromEntries(refusal?.fields.map((field) => [field.path, field.key]) ?? [])).toEqual(expected)
    expect(refusal?.fields.every((field) => field.message.startsWith('zh-CN|errors.'))).toBe(true)
  })

  test.each([
    'a\u0000b',
    { rows: [{ deep: '\u0000' }] },
    Array.from({ length: 20 }).reduce<unknown>((inner) => [inner], 'x'),
  ])('with a zero byte or without a bottom is refused: %j', async (input) => {
    expect((await ask(failing, 'echo', input)).status).toBe(400)
    expect(faults).toEqual([])
  })

  test('that is no JSON, or asks for what is not there, is refused without a word of the inside', async () => {
    expect((await ask(failing, 'nothing.here')).status).toBe(404)
    expect((await ask(failing, 'toString')).status).toBe(404)
    expect((await ask(failing, '__proto__')).status).toBe(404)
    expect((await ask(failing, 'half')).status).toBe(405)
    expect(faults).toEqual([])
  })
})

describe('who is nobody', () => {
  test('gets no further than the session', async () => {
    expect((await ask(failing, 'account')).status).toBe(401)
    expect((await ask(appRouter, 'bodies.getFederation', { code: '51' })).status).toBe(401)
    expect((await ask(appRouter, 'session.getSession')).body).toContain('null')
  })

  test('must change the password first: does that, and nothing else', async () => {
    const { actor } = await aSession(house.deps, idOf(tree, '51'), '51-fresh', 'officer')
    const fresh: SignedIn = { ...actor, roles: [], mustChangePassword: true, mustEnrol: false }
    expect((await ask(appRouter, 'bodies.getFederation', { code: '51' }, { actor: fresh })).refusal).toMatchObject({
      status: 403,
      key: 'errors.mustChangePassword',
    })
    expect((await ask(appRouter, 'session.getSession', undefined, { actor: fresh })).status).toBe(200)
    expect(
      (
        await ask(
          appRouter,
          'session.changePassword',
          { current: 'Corn-4711-field', password: 'Wheat-2026-barn' },
          { actor: fresh, method: 'POST' },
        )
      ).status,
    ).toBe(200)
  })
})

test('the server’s own pages get the same words', () => {
  const ctx = createContext({ deps: house.deps, actor: null, translate: (_locale, key) => key, requestId: 'r' })
  expect(describeError(new DomainError('not_found', 'errors.bodyNotFound'), ctx)).toMatchObject({
    status: 404,
    message: 'errors.bodyNotFound',
  })
  expect(describeError('thrown text', ctx)).toMatchObject({ status: 500, message: 'errors.unknown' })
  expect(describeError(null, ctx)).toMatchObject({ status: 500 })
})
