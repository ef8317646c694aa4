import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { anAccount, testPassword } from '@gonglian/auth/testing'
import { announce } from '@gonglian/rollup/live'
import { systemActor, withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import type { Env } from '../env.ts'
import type { Visitor } from './door.ts'
import { openHouse, type House } from './house.ts'
import { createLog } from './log.ts'

const log = createLog('error', () => undefined)
let below: TestDeps
let tree: Map<string, number>
beforeAll(async () => {
  below = await openTestDeps()
  tree = await aSmallTree(below.deps)
})
afterAll(() => below.close())

/** What the web process holds, by the web's own login. */
async function open(changes: Partial<Env> = {}, statementSeconds?: number): Promise<House> {
  const env: Env = {
    production: false,
    host: '127.0.0.1',
    port: 0,
    requestsPerMinute: 300,
    databaseUrl: below.webUrl,
    redisUrl: null,
    secret: below.secret,
    demonstration: false,
    webhookHosts: [],
    logLevel: 'error',
    files: { GONGLIAN_S3_REGION: 'us-east-1' },
    ...changes,
  }
  const house = await openHouse(env, log, statementSeconds)
  onTestFinished(() => house.close())
  return house
}

const visitorOf = (code: string, ...roles: Visitor['roles']): Visitor => ({
  ...aUser(idOf(tree, code)),
  roles,
  sessionHandle: code,
  mustChangePassword: false,
  mustEnrol: false,
  hasFactor: false,
})

/** Asks a function of the database as the API asks, by the connections of the web. */
async function ask(house: House, name: string, value: string | number): Promise<unknown> {
  const person = visitorOf('51', 'officer')
  const { deps } = house.contextFor(person, { requestId: '', locale: 'zh-CN' })
  return withTenant(deps, person, async ({ db }) => {
    const row = await db.selectNoFrom(({ fn, val }) => fn<unknown>(name, [val(value)]).as('answer')).executeTakeFirst()
    return row?.answer
  })
}

describe('SEC-H3 a statement of the web', () => {
  test('ends after 20 seconds', async () => {
    expect(await ask(await open(), 'current_setting', 'statement_timeout')).toBe('20s')
  })

  test('is ended by the database, also when one is on each connection; the next is answered', async () => {
    const house = await open({}, 1)
    const asleep = () => expect(ask(house, 'pg_sleep', 600)).rejects.toThrow('statement timeout')
    await Promise.all(Array.from({ length: 13 }, asleep))
    expect(await ask(house, 'abs', -1)).toBe(1)
  })
})

test.each(['appUrl', 'ownerUrl'] as const)(
  'SEC-M the web does not start with a login of more rights (%s)',
  async (login) => {
    await expect(open({ databaseUrl: below[login] })).rejects.toThrow('db logins')
  },
)

test('SEC-M in production cookies belong to this host over https alone, whatever the request says', async () => {
  const house = await open({ production: true })
  const asked = { address: '203.0.113.7', requestId: 'test', secure: false }
  const username = await anAccount(below.deps, idOf(tree, '51'), '51-cookie', 'officer')
  const answer = await house.door.signIn({ ...asked, username, password: testPassword, agent: '', cookie: undefined })
  const cookies = answer.ok ? [answer.cookie, answer.deviceCookie] : []
  expect(cookies).toEqual([
    expect.stringMatching(/^__Host-session=.*; Path=\/; HttpOnly; SameSite=Lax; .*Secure$/),
    expect.stringMatching(/^__Host-device=.*; Path=\/; HttpOnly; SameSite=Lax; .*Secure$/),
  ])
  const [cookie = ''] = cookies.map((written) => written.split(';')[0] ?? '')
  expect(await house.door.readVisitor(cookie, asked)).toMatchObject({ username })
  expect(await house.door.readVisitor(cookie.replace('__Host-', ''), asked)).toBeNull()
})

test('SEC-M live events reach whoever may see totals, of the own body and those below', async () => {
  const house = await open()
  const heard: string[] = []
  const listen = (name: string, visitor: Visitor) =>
    onTestFinished(house.subscribe(visitor, ({ data }) => heard.push(`${name} ${JSON.stringify(data)}`)))
  listen('superior', visitorOf('51', 'officer'))
  listen('neighbour', visitorOf('32', 'officer'))
  listen('administrator', visitorOf('51', 'sysadmin'))
  listen('nobody', visitorOf('51'))
  const event = { tenantId: idOf(tree, '513221'), formId: 1, period: '2026-10' }
  const tell = (one: typeof event) =>
    withTenant(below.deps, systemActor('test', idOf(tree, '00')), (ctx) => announce(ctx, [one]))
  await tell(event)
  // One after the other: when the second was told, the first has been.
  await expect.poll(() => heard.length).toBeGreaterThan(0)
  await tell({ ...event, tenantId: idOf(tree, '51') })
  await expect.poll(() => heard.filter((line) => line.startsWith('superior')).length).toBe(2)
  expect(heard.every((line) => line.startsWith('superior'))).toBe(true)
})
