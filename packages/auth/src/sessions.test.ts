import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createDatabase } from '@gonglian/db'
import { ListAudit, listAudit, withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, listActs, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { disableAccount, setLocale } from './accounts.ts'
import { confirmAccount, grantRole, revokeRole } from './grants.ts'
import { changePassword } from './password-change.ts'
import {
  endAccountSessions,
  endSession,
  listSessions,
  signOut,
  signOutEverywhere,
  validateSession,
} from './sessions.ts'
import { signIn } from './sign-in.ts'
import { aSession, anAccount, testPassword } from './testing.ts'

let house: TestDeps
let tree: Map<string, number>
let number = 0

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
})
afterAll(() => house.close())
beforeEach(() => house.setNow('2026-11-21T12:00:00+08:00'))

const request = { requestId: 'r2', address: '203.0.113.9' }
const validate = (sessionId: string, passive = false) => validateSession(house.deps, sessionId, { ...request, passive })
const again = (username: string) =>
  signIn(house.deps, { username, password: testPassword, requestId: '', address: '', agent: 'second' })

function anOfficer() {
  number += 1
  return aSession(house.deps, idOf(tree, '51'), `51-person${number}`, 'officer')
}

async function countSessions(): Promise<number> {
  const { db, pool } = createDatabase(house.ownerUrl, 1)
  try {
    return (
      (await sql<{ count: number }>`select count(*)::int as count from auth.session`.execute(db)).rows[0]?.count ?? -1
    )
  } finally {
    await pool.end()
  }
}

describe('a session', () => {
  test('says who it belongs to and where the request came from', async () => {
    const { sessionId, actor } = await anOfficer()
    expect(await validate(sessionId)).toEqual({ ...actor, ...request })
  })

  test.each(['', 'x', 'x'.repeat(5000), "' or true --", '\u0000'])('is not found for %j', async (sessionId) => {
    expect(await validate(sessionId)).toBeNull()
  })

  test('is not found by what the table keeps of it', async () => {
    const { actor } = await anOfficer()
    expect(await validate(actor.sessionHandle)).toBeNull()
  })

  test('ends after 30 idle minutes', async () => {
    const { sessionId } = await anOfficer()
    house.setNow('2026-11-21T12:29:59+08:00')
    expect(await validate(sessionId, true)).not.toBeNull()
    house.setNow('2026-11-21T12:30:01+08:00')
    expect(await validate(sessionId)).toBeNull()
  })

  test('lives on while it is used, also in the first half of its time', async () => {
    const { sessionId } = await anOfficer()
    house.setNow('2026-11-21T12:10:00+08:00')
    expect(await validate(sessionId)).not.toBeNull()
    house.setNow('2026-11-21T12:39:00+08:00')
    expect(await validate(sessionId)).not.toBeNull()
  })

  test('is not kept alive by what no person asked for', async () => {
    const { sessionId } = await anOfficer()
    for (const minute of ['10', '20', '29']) {
      house.setNow(`2026-11-21T12:${minute}:00+08:00`)
      expect(await validate(sessionId, true)).not.toBeNull()
    }
    house.setNow('2026-11-21T12:31:00+08:00')
    expect(await validate(sessionId, true)).toBeNull()
  })

  test('ends 12 hours after signing in, however much it is used', async () => {
    const { sessionId } = await anOfficer()
    const start = Date.parse('2026-11-21T12:00:00+08:00')
    for (let minute = 20; minute < 12 * 60; minute += 20) {
      house.setNow(new Date(start + minute * 60_000).toISOString())
      expect(await validate(sessionId)).not.toBeNull()
    }
    house.setNow(new Date(start + (12 * 60 - 1) * 60_000).toISOString())
    expect(await validate(sessionId)).not.toBeNull()
    house.setNow(new Date(start + (12 * 60 + 1) * 60_000).toISOString())
    expect(await validate(sessionId)).toBeNull()
  })

  test('that is over leaves no row behind', async () => {
    await anOfficer()
    house.setNow('2026-11-23T12:00:00+08:00')
    await anOfficer()
    expect(await countSessions()).toBe(1)
  })

  test('knows of a revoked role and of a disabled account at the next request', async () => {
    const { sessionId, actor } = await anOfficer()
    const body = idOf(tree, '51')
    await withTenant(house.deps, aUser(body, 'secadmin'), (ctx) =>
      grantRole(ctx, { username: actor.username, role: 'reviewer' }),
    )
    expect((await validate(sessionId))?.roles).toEqual(['officer', 'reviewer'])
    await withTenant(house.deps, aUser(body, 'secadmin'), (ctx) =>
      revokeRole(ctx, { username: actor.username, role: 'officer' }),
    )
    expect((await validate(sessionId))?.roles).toEqual(['reviewer'])
    await withTenant(house.deps, { ...aUser(body, 'sysadmin'), accountId: -1 }, (ctx) =>
      disableAccount(ctx, { username: actor.username }),
    )
    expect(await validate(sessionId)).toBeNull()
    await expect(
      withTenant(house.deps, aUser(body, 'secadmin'), (ctx) => confirmAccount(ctx, { username: actor.username })),
    ).rejects.toMatchObject({
      key: 'errors.accountDisabled',
    })
  })
})

describe('signing out', () => {
  test('ends this session and leaves a line in the trail', async () => {
    const { sessionId, actor } = await anOfficer()
    const second = await again(actor.username)
    await signOut(house.deps, sessionId, request)
    await signOut(house.deps, sessionId, request)
    expect(await validate(sessionId)).toBeNull()
    expect(await validate(second.sessionId)).not.toBeNull()
    const { lines } = await withTenant(house.deps, aUser(idOf(tree, '51'), 'auditadmin'), (ctx) =>
      listAudit(ctx, ListAudit.parse({ search: actor.username, action: 'session.signOut', pageSize: 10 })),
    )
    expect(lines.map((line) => line.actor)).toEqual([actor.username])
  })

  test('everywhere ends all of mine and nobody else’s', async () => {
    const { sessionId, actor } = await anOfficer()
    const second = await again(actor.username)
    const other = await anOfficer()
    expect(await withTenant(house.deps, actor, signOutEverywhere)).toBe(2)
    expect([await validate(sessionId), await validate(second.sessionId)]).toEqual([null, null])
    expect(await validate(other.sessionId)).not.toBeNull()
  })

  test('one device of mine, never somebody else’s', async () => {
    const { actor } = await anOfficer()
    const second = await again(actor.username)
    const colleague = await anOfficer()
    const listed = await withTenant(house.deps, actor, listSessions)
    expect(listed.map((session) => [session.handle, session.agent])).toEqual(
      expect.arrayContaining([
        [actor.sessionHandle, 'test'],
        [second.actor.sessionHandle, 'second'],
      ]),
    )
    expect(listed).toHaveLength(2)
    await withTenant(house.deps, actor, (ctx) => endSession(ctx, { handle: second.actor.sessionHandle }))
    expect((await listActs(house.deps, { kind: 'account', id: actor.username })).at(-1)).toBe('session.end')
    expect(await validate(second.sessionId)).toBeNull()
    await expect(
      withTenant(house.deps, actor, (ctx) => endSession(ctx, { handle: colleague.actor.sessionHandle })),
    ).rejects.toMatchObject({ code: 'not_found' })
    expect(await validate(colleague.sessionId)).not.toBeNull()
  })

  test('is done for somebody by the security administrator of the same body only', async () => {
    const { sessionId, actor } = await anOfficer()
    const end = (code: string, role: 'secadmin' | 'sysadmin') =>
      withTenant(house.deps, aUser(idOf(tree, code), role), (ctx) =>
        endAccountSessions(ctx, { username: actor.username }),
      )
    await expect(end('00', 'secadmin')).rejects.toMatchObject({ code: 'not_found' })
    await expect(end('51', 'sysadmin')).rejects.toMatchObject({ code: 'forbidden' })
    expect(await validate(sessionId)).not.toBeNull()
    expect(await end('51', 'secadmin')).toBe(1)
    expect(await validate(sessionId)).toBeNull()
  })
})

describe('changing the password', () => {
  const next = 'Wheat-2026-barn'

  test('ends my other sessions and keeps this one', async () => {
    const { sessionId, actor } = await anOfficer()
    const second = await again(actor.username)
    await changePassword(house.deps, actor, { current: testPassword, password: next })
    expect(await validate(sessionId)).not.toBeNull()
    expect(await validate(second.sessionId)).toBeNull()
    await expect(again(actor.username)).rejects.toMatchObject({ key: 'errors.wrongCredentials' })
    await signIn(house.deps, { username: actor.username, password: next, requestId: '', address: '', agent: '' })
  })

  test.each([
    [{ current: testPassword, password: 'short' }, ['password', 'password', 'password']],
    [{ current: testPassword, password: testPassword }, ['password']],
    [{ current: 'wrong', password: next }, ['current']],
  ])('%j names the field', async (input, paths) => {
    const { actor } = await anOfficer()
    const refusal = await changePassword(house.deps, actor, input).catch((error: unknown) => error)
    expect(refusal).toMatchObject({ code: 'invalid', fields: paths.slice(0, 2).map((path) => ({ path })) })
  })

  test('counts wrong guesses for this session, and locks nobody out elsewhere', async () => {
    const { actor } = await anOfficer()
    const guess = () =>
      changePassword(house.deps, actor, { current: 'wrong', password: next }).catch((error: unknown) => error)
    for (let attempt = 1; attempt < 5; attempt += 1) expect(await guess()).toMatchObject({ code: 'invalid' })
    expect(await guess()).toMatchObject({ code: 'too_many' })
    await expect(changePassword(house.deps, actor, { current: testPassword, password: next })).rejects.toMatchObject({
      code: 'too_many',
    })
    await again(actor.username)
  })

  test('of two changes at once, one wins and the other is told', async () => {
    const { actor } = await anOfficer()
    const answers = await Promise.allSettled([
      changePassword(house.deps, actor, { current: testPassword, password: next }),
      changePassword(house.deps, actor, { current: testPassword, password: 'Barley-77-mill' }),
    ])
    expect(answers.map((answer) => answer.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})

test('one’s own language is kept', async () => {
  const { sessionId, actor } = await anOfficer()
  await withTenant(house.deps, actor, (ctx) => setLocale(ctx, { locale: 'en' }))
  expect((await validate(sessionId))?.locale).toBe('en')
})

test('an account of the same name part in another body is not touched', async () => {
  await anAccount(house.deps, idOf(tree, '32'), '32-same', 'officer')
  const { actor } = await anOfficer()
  await expect(
    withTenant(house.deps, { ...actor, roles: ['secadmin'] }, (ctx) =>
      grantRole(ctx, { username: '32-same', role: 'leader' }),
    ),
  ).rejects.toMatchObject({
    code: 'not_found',
  })
})
