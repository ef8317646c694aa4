import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createDatabase } from '@gonglian/db'
import { DomainError, ListAudit, listAudit, openVault, withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { beginEnrolment, confirmEnrolment, readFactor, replaceRecoveryCodes } from './enrolment.ts'
import { findStep, sealKey, writeCode } from './factor.ts'
import { proveSession } from './proof.ts'
import { validateSession, type SignedIn } from './sessions.ts'
import { setSignInRule } from './sign-in-rule.ts'
import { signIn, signInWithCode } from './sign-in.ts'
import { aSession, anAccount, testPassword } from './testing.ts'

describe('RFC 6238', () => {
  const vault = openVault('x'.repeat(32))
  // "12345678901234567890", appendix B; of the eight digits given there an authenticator shows six.
  const key = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %i s the code is %s, taken one step early or late and no further', (seconds, code) => {
    expect(writeCode(key, new Date(seconds * 1000))).toBe(code)
    const step = Math.floor(seconds / 30)
    const sealed = sealKey(vault, key)
    const at = (offset: number) => findStep(vault, sealed, code, new Date((seconds + offset) * 1000), 0)
    expect([at(-30), at(0), at(30)]).toEqual([step, step, step])
    expect([at(-90), at(90)]).toEqual([null, null])
    expect(findStep(vault, sealed, code, new Date(seconds * 1000), step)).toBeNull()
  })

  test('a key that was sealed elsewhere opens nothing', () => {
    expect(() => findStep(vault, vault.seal('member.phone', key), '287082', new Date(59_000), 0)).toThrow()
  })
})

let house: TestDeps
let tree: Map<string, number>
let number = 0
const start = Date.parse('2026-11-21T12:00:00+08:00')
const request = { requestId: '', address: '203.0.113.9' }

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
})
afterAll(() => house.close())
beforeEach(() => setSeconds(0))

function setSeconds(seconds: number): Date {
  const at = new Date(start + seconds * 1000)
  house.setNow(at.toISOString())
  return at
}

const enter = (username: string) =>
  signIn(house.deps, { username, password: testPassword, ...request, agent: 'browser' })
const withCode = (ticket: string, code: string) =>
  signInWithCode(house.deps, { ticket, code, ...request, agent: 'browser' })

async function ticketOf(username: string): Promise<string> {
  const refusal = await enter(username).catch((error: unknown) => error)
  if (!(refusal instanceof DomainError) || refusal.key !== 'errors.codeNeeded') throw refusal
  return String(refusal.params['ticket'])
}

/** Somebody with an authenticator. */
async function anEnrolled(): Promise<{ actor: SignedIn; sessionId: string; key: string; recoveryCodes: string[] }> {
  number += 1
  const { actor, sessionId } = await aSession(house.deps, idOf(tree, '51'), `51-two${number}`, 'officer')
  const { key } = await withTenant(house.deps, actor, beginEnrolment)
  const plain = key.replaceAll(' ', '')
  const { recoveryCodes } = await withTenant(house.deps, actor, (ctx) =>
    confirmEnrolment(ctx, { code: writeCode(plain, ctx.now) }, actor.sessionHandle),
  )
  return { actor, sessionId, key: plain, recoveryCodes }
}

async function trail(action: string, username: string): Promise<number> {
  const { lines } = await withTenant(house.deps, aUser(idOf(tree, '51'), 'auditadmin'), (ctx) =>
    listAudit(ctx, ListAudit.parse({ action, search: username, pageSize: 50 })),
  )
  return lines.length
}

describe('enrolment', () => {
  test('shows key, address and picture, and takes effect with the first right code', async () => {
    const { actor } = await aSession(house.deps, idOf(tree, '51'), '51-begin', 'officer')
    const enrolment = await withTenant(house.deps, actor, beginEnrolment)
    const key = enrolment.key.replaceAll(' ', '')
    expect(key).toMatch(/^[A-Z2-7]{32}$/)
    expect(enrolment.uri).toContain(`secret=${key}`)
    expect(enrolment.picture.path).toMatch(/^M\d+ \d+h1v1h-1z/)
    const wrong = withTenant(house.deps, actor, (ctx) => confirmEnrolment(ctx, { code: '000000' }, actor.sessionHandle))
    await expect(wrong).rejects.toMatchObject({ code: 'invalid', fields: [{ path: 'code', key: 'errors.codeWrong' }] })
    // Not confirmed: the password alone still does.
    await enter('51-begin')
    const { recoveryCodes } = await withTenant(house.deps, actor, (ctx) =>
      confirmEnrolment(ctx, { code: writeCode(key, ctx.now) }, actor.sessionHandle),
    )
    expect(new Set(recoveryCodes).size).toBe(10)
    await expect(enter('51-begin')).rejects.toMatchObject({ key: 'errors.codeNeeded' })
    expect(await withTenant(house.deps, actor, readFactor)).toMatchObject({ recoveryCodesLeft: 10 })
    expect(await trail('factor.enrol', '51-begin')).toBe(1)
  })

  test('ends the sessions that have not shown it', async () => {
    const { actor, sessionId } = await aSession(house.deps, idOf(tree, '51'), '51-else', 'officer')
    const other = await enter('51-else')
    const { key } = await withTenant(house.deps, actor, beginEnrolment)
    await withTenant(house.deps, actor, (ctx) =>
      confirmEnrolment(ctx, { code: writeCode(key.replaceAll(' ', ''), ctx.now) }, actor.sessionHandle),
    )
    expect(await validateSession(house.deps, other.sessionId, request)).toBeNull()
    expect(await validateSession(house.deps, sessionId, request)).not.toBeNull()
  })

  test('asks for a fresh proof', async () => {
    const { actor } = await aSession(house.deps, idOf(tree, '51'), '51-stale', 'officer')
    const stale = { ...actor, isProved: false }
    await expect(withTenant(house.deps, stale, beginEnrolment)).rejects.toMatchObject({ key: 'errors.proofNeeded' })
    await expect(
      withTenant(house.deps, stale, (ctx) => confirmEnrolment(ctx, { code: '1' }, actor.sessionHandle)),
    ).rejects.toMatchObject({ key: 'errors.proofNeeded' })
  })

  test('stores neither key nor codes in the open', async () => {
    const { key, recoveryCodes } = await anEnrolled()
    const { db, pool } = createDatabase(house.ownerUrl, 1)
    const { rows } = await sql`select f::text, r::text from auth.factor f, auth.recovery_code r`.execute(db)
    await pool.end()
    const text = JSON.stringify(rows)
    for (const secret of [key, Buffer.from(key).toString('hex'), ...recoveryCodes]) expect(text).not.toContain(secret)
  })
})

describe('signing in with a second factor', () => {
  test('takes the code of the moment, once', async () => {
    const { actor, key } = await anEnrolled()
    const now = setSeconds(60)
    const ticket = await ticketOf(actor.username)
    const code = writeCode(key, now)
    expect((await withCode(ticket, code)).actor).toMatchObject({ username: actor.username, hasFactor: true })
    await expect(withCode(ticket, code)).rejects.toMatchObject({ key: 'errors.wrongCode' })
    // Nor the one before it, which was never shown here.
    await expect(withCode(ticket, writeCode(key, new Date(now.getTime() - 30_000)))).rejects.toMatchObject({
      key: 'errors.wrongCode',
    })
    await withCode(ticket, writeCode(key, setSeconds(120)))
  })

  test('of two who send one code at the same moment, one gets in', async () => {
    const { actor, key } = await anEnrolled()
    const code = writeCode(key, setSeconds(60))
    const ticket = await ticketOf(actor.username)
    const answers = await Promise.allSettled([withCode(ticket, code), withCode(ticket, code)])
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('takes each recovery code once, however it is typed, and says how many are left', async () => {
    const { actor, recoveryCodes } = await anEnrolled()
    const [first = ''] = recoveryCodes
    await withCode(await ticketOf(actor.username), first.toLowerCase().replace('-', ' '))
    await expect(withCode(await ticketOf(actor.username), first)).rejects.toMatchObject({ key: 'errors.wrongCode' })
    expect(await withTenant(house.deps, actor, readFactor)).toMatchObject({ recoveryCodesLeft: 9 })
    expect(await trail('factor.recoveryUsed', actor.username)).toBe(1)
    const renewed = await withTenant(house.deps, actor, replaceRecoveryCodes)
    expect(await trail('factor.recoveryCodes', actor.username)).toBe(1)
    await expect(withCode(await ticketOf(actor.username), recoveryCodes[1] ?? '')).rejects.toThrow(DomainError)
    await withCode(await ticketOf(actor.username), renewed.recoveryCodes[0] ?? '')
  })

  test('a recovery code of somebody else is none', async () => {
    const mine = await anEnrolled()
    const theirs = await anEnrolled()
    await expect(withCode(await ticketOf(mine.actor.username), theirs.recoveryCodes[0] ?? '')).rejects.toMatchObject({
      key: 'errors.wrongCode',
    })
  })

  test('counts wrong codes like wrong passwords, whatever tickets they come with', async () => {
    const { actor, key } = await anEnrolled()
    for (let attempt = 1; attempt < 5; attempt += 1)
      await expect(withCode(await ticketOf(actor.username), '000000')).rejects.toMatchObject({
        key: 'errors.wrongCode',
      })
    const ticket = await ticketOf(actor.username)
    await expect(withCode(ticket, '000000')).rejects.toMatchObject({ key: 'errors.accountLocked' })
    await expect(withCode(ticket, writeCode(key, setSeconds(60)))).rejects.toMatchObject({
      key: 'errors.accountLocked',
    })
  })

  test.each(['', 'x', 'AAAA', 'x'.repeat(2000)])('has no use for the ticket %j', async (ticket) => {
    await expect(withCode(ticket, '000000')).rejects.toMatchObject({ key: 'errors.ticketExpired' })
  })

  test('a ticket is void after five minutes and after the password changed', async () => {
    const { actor, key } = await anEnrolled()
    const ticket = await ticketOf(actor.username)
    await expect(withCode(ticket, writeCode(key, setSeconds(301)))).rejects.toMatchObject({
      key: 'errors.ticketExpired',
    })
    const other = await anEnrolled()
    const old = await ticketOf(other.actor.username)
    const { db, pool } = createDatabase(house.ownerUrl, 1)
    await sql`update auth.account set password_hash = 'changed' where username = ${other.actor.username}`.execute(db)
    await pool.end()
    await expect(withCode(old, writeCode(other.key, setSeconds(360)))).rejects.toMatchObject({
      key: 'errors.ticketExpired',
    })
  })
})

describe('whoever needs a second factor and has none', () => {
  test.each(['sysadmin', 'secadmin', 'auditadmin'] as const)('%s has no rights until it is enrolled', async (role) => {
    const username = await aRealAccount(role)
    const { actor, sessionId } = await enter(username)
    expect(actor).toMatchObject({ mustEnrol: true, roles: [] })
    expect(await validateSession(house.deps, sessionId, request)).toMatchObject({ mustEnrol: true, roles: [] })
    const { key } = await withTenant(house.deps, actor, beginEnrolment)
    await withTenant(house.deps, actor, (ctx) =>
      confirmEnrolment(ctx, { code: writeCode(key.replaceAll(' ', ''), ctx.now) }, actor.sessionHandle),
    )
    expect(await validateSession(house.deps, sessionId, request)).toMatchObject({ mustEnrol: false, roles: [role] })
  })

  test('is whoever the rule of the body or of one above names, from its day on', async () => {
    await withTenant(house.deps, aUser(idOf(tree, '32'), 'secadmin'), (ctx) =>
      setSignInRule(ctx, {
        validFrom: '2026-12-01',
        factorRoles: ['leader'],
        passwordDays: null,
        sessions: 2,
        source: '苏工办〔2026〕9号',
      }),
    )
    await anAccount(house.deps, idOf(tree, '3209'), '3209-lead', 'leader')
    await anAccount(house.deps, idOf(tree, '3209'), '3209-off', 'officer')
    expect((await enter('3209-lead')).actor).toMatchObject({ mustEnrol: false })
    house.setNow('2026-12-01T09:00:00+08:00')
    expect((await enter('3209-lead')).actor).toMatchObject({ mustEnrol: true, roles: [] })
    expect((await enter('3209-off')).actor).toMatchObject({ mustEnrol: false, roles: ['officer'] })
  })

  async function aRealAccount(role: 'sysadmin' | 'secadmin' | 'auditadmin'): Promise<string> {
    const username = await anAccount(house.deps, idOf(tree, '51'), `51-real-${role}`, role)
    const { db, pool } = createDatabase(house.ownerUrl, 1)
    await sql`update auth.account set is_demonstration = false where username = ${username}`.execute(db)
    await pool.end()
    return username
  }
})

describe('a fresh proof', () => {
  test('is the sign-in itself, for ten minutes; then the password', async () => {
    const { actor, sessionId } = await aSession(house.deps, idOf(tree, '51'), '51-proof', 'officer')
    setSeconds(599)
    expect(await validateSession(house.deps, sessionId, request)).toMatchObject({ isProved: true })
    setSeconds(600)
    expect(await validateSession(house.deps, sessionId, request)).toMatchObject({ isProved: false })
    await expect(proveSession(house.deps, actor, { answer: 'wrong' })).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ path: 'answer', params: { attemptsLeft: 4 } }],
    })
    await proveSession(house.deps, actor, { answer: testPassword })
    expect(await validateSession(house.deps, sessionId, request)).toMatchObject({ isProved: true })
  })

  test('is the code where there is a second factor, and the password no longer', async () => {
    const { actor, key } = await anEnrolled()
    const now = setSeconds(660)
    await expect(proveSession(house.deps, actor, { answer: testPassword })).rejects.toMatchObject({ code: 'invalid' })
    await proveSession(house.deps, actor, { answer: writeCode(key, now) })
    await expect(proveSession(house.deps, actor, { answer: writeCode(key, now) })).rejects.toThrow(DomainError)
  })

  test('cannot be guessed at, and the guessing locks nobody out elsewhere', async () => {
    const { actor } = await aSession(house.deps, idOf(tree, '51'), '51-open', 'officer')
    for (let attempt = 0; attempt < 5; attempt += 1)
      await proveSession(house.deps, actor, { answer: `wrong ${attempt}` }).catch(() => undefined)
    await expect(proveSession(house.deps, actor, { answer: testPassword })).rejects.toMatchObject({ code: 'too_many' })
    await enter('51-open')
  })
})
