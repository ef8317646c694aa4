import { sql, type RawBuilder } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createDatabase } from '@gonglian/db'
import {
  ListAudit,
  listAudit,
  systemActor,
  verifyAudit,
  visitor,
  withTenant,
  type Role,
  type TenantContext,
} from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { createAccount, proposeLeader, requestFactorReset, requestPasswordReset } from './accounts.ts'
import { beginEnrolment, confirmEnrolment } from './enrolment.ts'
import { writeCode } from './factor.ts'
import { grantRole } from './grants.ts'
import { confirmRequest } from './link-requests.ts'
import { listNotices, markNoticesSeen } from './notices.ts'
import { createOneTimeLink, openLink, redeemOneTimeLink } from './one-time-links.ts'
import { addAccount } from './operator.ts'
import { changePassword } from './password-change.ts'
import { validateSession } from './sessions.ts'
import { signIn } from './sign-in.ts'
import { aSession, anAccount, testPassword } from './testing.ts'

let house: TestDeps
let tree: Map<string, number>
const request = { requestId: '', address: '203.0.113.9' }

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
})
afterAll(() => house.close())
beforeEach(() => house.setNow('2026-11-21T12:00:00+08:00'))

function as<T>(code: string, role: Role, work: (ctx: TenantContext) => Promise<T>): Promise<T> {
  return withTenant(house.deps, { ...aUser(idOf(tree, code), role), username: `${code}-${role}`, accountId: -1 }, work)
}
const tokenOf = (path: string | null) => path?.split('/').at(-1) ?? ''
const redeem = (token: string, code: string, password: string) =>
  redeemOneTimeLink(house.deps, { token, code, password, ...request })
const enter = (username: string, password: string) => signIn(house.deps, { username, password, ...request, agent: '' })
const ask = (username: string) => as('51', 'sysadmin', (ctx) => requestPasswordReset(ctx, { username }))
const agree = (username: string) => as('51', 'secadmin', (ctx) => confirmRequest(ctx, { username }))
const actions = async (code: string, search: string) =>
  (
    await as(code, 'auditadmin', (ctx) => listAudit(ctx, ListAudit.parse({ search, order: 'oldest', pageSize: 100 })))
  ).lines.map(({ action }) => action)

describe('a new password', () => {
  test('needs both administrators; the person needs what each of them hands over', async () => {
    const { sessionId, actor } = await aSession(house.deps, idOf(tree, '51'), '51-forgot', 'officer')
    const { code } = await ask('51-forgot')
    // Asked for and not agreed to: nothing has changed.
    await enter('51-forgot', testPassword)
    const token = tokenOf((await agree('51-forgot')).path)
    expect(await openLink(house.deps, { token, ...request })).toEqual({
      username: '51-forgot',
      purpose: 'reset',
      needsCode: true,
      leastLength: 12,
    })
    await expect(redeem(token, '', 'Millet-88-roof')).rejects.toMatchObject({ fields: [{ path: 'code' }] })
    await expect(redeem(code, code, 'Millet-88-roof')).rejects.toMatchObject({ key: 'errors.linkVoid' })
    await redeem(token, code.toLowerCase(), 'Millet-88-roof')
    expect(await validateSession(house.deps, sessionId, request)).toBeNull()
    await expect(enter('51-forgot', testPassword)).rejects.toMatchObject({ key: 'errors.wrongCredentials' })
    const again = await enter('51-forgot', 'Millet-88-roof')
    expect(again.actor.mustChangePassword).toBe(false)
    // Whoever signs in next sees that it happened, when, and by whom; until they say that they have read it.
    const seen = await withTenant(house.deps, again.actor, listNotices)
    expect(seen).toMatchObject([
      { kind: 'password_reset', username: '51-forgot', actors: ['51-sysadmin', '51-secadmin'] },
    ])
    house.setNow('2026-11-21T12:01:00+08:00')
    await withTenant(house.deps, again.actor, markNoticesSeen)
    expect(await withTenant(house.deps, again.actor, listNotices)).toEqual([])
    expect(await actions('51', actor.username)).toEqual(
      expect.arrayContaining([
        'account.requestReset',
        'account.linkConfirmed',
        'account.linkRefused',
        'account.linkRedeemed',
      ]),
    )
  })

  test('link works once, for a day, and not after another was asked for', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-once', 'officer')
    const first = await ask('51-once')
    const firstToken = tokenOf((await agree('51-once')).path)
    const second = await ask('51-once')
    await expect(redeem(firstToken, first.code, 'Millet-88-roof')).rejects.toMatchObject({ key: 'errors.linkVoid' })
    const token = tokenOf((await agree('51-once')).path)
    house.setNow('2026-11-22T12:00:01+08:00')
    await expect(redeem(token, second.code, 'Millet-88-roof')).rejects.toMatchObject({ key: 'errors.linkVoid' })
    house.setNow('2026-11-22T11:59:00+08:00')
    const answers = await Promise.allSettled([
      redeem(token, second.code, 'Millet-88-roof'),
      redeem(token, second.code, 'Barley-77-mill'),
    ])
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
  })

  test('is agreed to by nobody who asked, nobody of another body, and nobody for themselves', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-object', 'officer')
    await ask('51-object')
    for (const code of ['00', '32', '5132'])
      await expect(as(code, 'secadmin', (ctx) => confirmRequest(ctx, { username: '51-object' }))).rejects.toMatchObject(
        {
          code: 'not_found',
        },
      )
    await expect(as('51', 'sysadmin', (ctx) => confirmRequest(ctx, { username: '51-object' }))).rejects.toMatchObject({
      code: 'forbidden',
    })
    // Who asked as system administrator and is security administrator since.
    const promoted = { ...aUser(idOf(tree, '51'), 'secadmin'), username: '51-sysadmin', accountId: -1 }
    await expect(
      withTenant(house.deps, promoted, (ctx) => confirmRequest(ctx, { username: '51-object' })),
    ).rejects.toMatchObject({ key: 'errors.ownRequest' })
    const stale = { ...aUser(idOf(tree, '51'), 'secadmin'), accountId: -1, isProved: false }
    await expect(
      withTenant(house.deps, stale, (ctx) => confirmRequest(ctx, { username: '51-object' })),
    ).rejects.toMatchObject({ key: 'errors.proofNeeded' })
  })

  test('code cannot be guessed by who has the link', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-guess', 'officer')
    const { code } = await ask('51-guess')
    const token = tokenOf((await agree('51-guess')).path)
    for (let attempt = 0; attempt < 5; attempt += 1)
      await redeem(token, `AAAAA-AAAA${attempt}`, 'Millet-88-roof').catch(() => undefined)
    await expect(redeem(token, code, 'Millet-88-roof')).rejects.toMatchObject({ key: 'errors.accountLocked' })
    // The account itself is not locked by it.
    await enter('51-guess', testPassword)
  })

  test('SEC-M no statement before signing in sets a password without the token, nor makes or changes a link', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-redeem', 'officer')
    const { code } = await ask('51-redeem')
    const token = tokenOf((await agree('51-redeem')).path)
    const outside = <T>(statement: RawBuilder<T>) =>
      withTenant(house.deps, visitor('', ''), async (ctx) => (await statement.execute(ctx.db)).rows)
    const { hash, link } = await outside(
      sql<{ hash: string; link: string }>`select a.password_hash as hash, l.token_hash as link
        from auth.account a join auth.one_time_link l on l.account_id = a.id where username = '51-redeem'`,
    ).then(([row]) => row ?? { hash: '', link: '' })
    for (const change of [
      sql`update auth.account set password_hash = 'x' where username = '51-redeem' returning id`,
      sql`update auth.account set tenant_id = ${idOf(tree, '5132')} where username = '51-redeem' returning id`,
      sql`update auth.account set status = 'disabled' where username like '51%' returning id`,
      sql`update auth.one_time_link set token_hash = 'x' returning id`,
      sql`update auth.one_time_link set used_at = tenancy.now() returning id`,
      sql`delete from auth.one_time_link returning id`,
    ])
      expect(await outside(change)).toEqual([])
    await expect(
      outside(sql`insert into auth.one_time_link (account_id, tenant_id, purpose, token_hash, requested_by, expires_at)
        select id, tenant_id, 'reset', 'x', 'x', tenancy.now() + interval '1 day' from auth.account where username = '51-redeem'`),
    ).rejects.toThrow('row-level security')
    // What the table keeps of the token is no token, and what a person does not know is compared first.
    for (const [given, known] of [
      [link, hash],
      ['', hash],
      [null, hash],
      [token, 'another'],
    ])
      expect(await outside(sql`select auth.redeem_link(${given}, ${known}, 'x') as id`)).toEqual([{ id: null }])
    expect(
      await withTenant(house.deps, aUser(idOf(tree, '51'), 'sysadmin'), async (ctx) => {
        return (await sql`select auth.redeem_link(${token}, ${hash}, 'x') as id`.execute(ctx.db)).rows
      }),
    ).toEqual([{ id: null }])
    await redeem(token, code, 'Millet-88-roof')
    await enter('51-redeem', 'Millet-88-roof')
    expect(await outside(sql`select auth.redeem_link(${token}, ${hash}, 'x') as id`)).toEqual([{ id: null }])
  })

  test('stores neither link nor code', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-stored', 'officer')
    const { code } = await ask('51-stored')
    const token = tokenOf((await agree('51-stored')).path)
    const { db, pool } = createDatabase(house.ownerUrl, 1)
    const { rows } =
      await sql`select l::text as line from auth.one_time_link l union all select a::text from tenancy.audit a`.execute(
        db,
      )
    await pool.end()
    for (const secret of [code, token]) expect(JSON.stringify(rows)).not.toContain(secret)
  })

  test.each(['Wenchuan-2026', 'Sichuan@2026!', testPassword])('is not %s', async (password) => {
    await anAccount(house.deps, idOf(tree, '513221'), '513221-weak', 'officer')
    const { path } = await withTenant(house.deps, systemActor('operator', idOf(tree, '513221')), (ctx) =>
      createOneTimeLink(ctx, { username: '513221-weak', purpose: 'reset' }),
    )
    await expect(redeem(tokenOf(path), '', password)).rejects.toMatchObject({ fields: [{ path: 'password' }] })
  })

  test.each(['', 'x', 'x'.repeat(200), "' or true --"])('has no link %j', async (token) => {
    await expect(openLink(house.deps, { token, ...request })).rejects.toMatchObject({ key: 'errors.linkVoid' })
  })
})

describe('the operator', () => {
  test('makes a link for the first administrator that works alone', async () => {
    const operator = systemActor('operator', idOf(tree, '00'))
    await withTenant(house.deps, operator, (ctx) =>
      addAccount(ctx, { tenantId: idOf(tree, '32'), username: '32-first', displayName: '首任', roles: ['sysadmin'] }),
    )
    const { path } = await withTenant(house.deps, operator, (ctx) =>
      createOneTimeLink(ctx, { username: '32-first', purpose: 'first' }),
    )
    await redeem(tokenOf(path), '', 'Millet-88-roof')
    expect((await enter('32-first', 'Millet-88-roof')).actor).toMatchObject({
      mustChangePassword: false,
      mustEnrol: true,
    })
  })

  test('and nobody else does', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-forge', 'officer')
    for (const role of ['sysadmin', 'secadmin'] as const)
      await expect(
        as('51', role, (ctx) => createOneTimeLink(ctx, { username: '51-forge', purpose: 'reset' })),
      ).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('a lost second factor', () => {
  test('is taken away by two, and the person hears of it', async () => {
    const { actor } = await aSession(house.deps, idOf(tree, '51'), '51-phone', 'officer')
    const { key } = await withTenant(house.deps, actor, beginEnrolment)
    await withTenant(house.deps, actor, (ctx) =>
      confirmEnrolment(ctx, { code: writeCode(key.replaceAll(' ', ''), ctx.now) }, actor.sessionHandle),
    )
    await as('51', 'sysadmin', (ctx) => requestFactorReset(ctx, { username: '51-phone' }))
    await expect(enter('51-phone', testPassword)).rejects.toMatchObject({ key: 'errors.codeNeeded' })
    expect((await agree('51-phone')).path).toBeNull()
    expect(await actions('51', '51-phone')).toEqual(expect.arrayContaining(['factor.requestReset', 'factor.reset']))
    const { actor: again } = await enter('51-phone', testPassword)
    expect(await withTenant(house.deps, again, listNotices)).toMatchObject([{ kind: 'factor_reset' }])
    await expect(agree('51-phone')).rejects.toMatchObject({ key: 'errors.requestNotFound' })
  })
})

describe('a leader', () => {
  test('is made by two, and the leaders and the body above are told', async () => {
    const { actor: leader } = await aSession(house.deps, idOf(tree, '5132'), '5132-chair', 'leader')
    await anAccount(house.deps, idOf(tree, '5132'), '5132-riser', 'officer')
    const grant = () => as('5132', 'secadmin', (ctx) => grantRole(ctx, { username: '5132-riser', role: 'leader' }))
    await expect(grant()).rejects.toMatchObject({ key: 'errors.leaderNotProposed' })
    house.setNow('2026-11-21T12:05:00+08:00')
    await as('5132', 'sysadmin', (ctx) => proposeLeader(ctx, { username: '5132-riser' }))
    await grant()
    expect(await withTenant(house.deps, leader, listNotices)).toMatchObject([
      { kind: 'leader_granted', username: '5132-riser', actors: ['5132-sysadmin', '5132-secadmin'] },
    ])
    expect(await actions('51', '5132-riser')).toEqual(['below.leaderGranted'])
    expect(await as('51', 'auditadmin', verifyAudit)).toMatchObject({ intact: true })
    expect(await as('5132', 'auditadmin', verifyAudit)).toMatchObject({ intact: true })
  })

  test('is not proposed and granted by one person', async () => {
    await as('51', 'sysadmin', (ctx) =>
      createAccount(ctx, { username: '51-both', displayName: '新', locale: 'zh-CN', asLeader: true }),
    )
    const both = { ...aUser(idOf(tree, '51'), 'secadmin'), username: '51-sysadmin', accountId: -1 }
    await expect(
      withTenant(house.deps, both, (ctx) => grantRole(ctx, { username: '51-both', role: 'leader' })),
    ).rejects.toMatchObject({ key: 'errors.leaderNotProposed' })
  })

  test('whose password is reset is announced too', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-head', 'leader')
    await ask('51-head')
    await agree('51-head')
    expect(await actions('00', '51-head')).toEqual(['below.leaderReset'])
  })

  test('nothing else is written into the trail of the body above, nor into anybody else’s', async () => {
    const write = (action: string, to: string) =>
      as('5132', 'secadmin', (ctx) =>
        sql`insert into tenancy.audit (tenant_id, seq, at, prev_hash, hash, actor, action, object_kind, object_id, request_id, address)
          values (${idOf(tree, to)}, 0, ${ctx.now}, '', '', 'x', ${action}, 'account', 'x', '', '')`.execute(ctx.db),
      )
    await expect(write('role.grant', '51')).rejects.toThrow('row-level security')
    for (const to of ['00', '32', '513221'])
      await expect(write('below.leaderGranted', to)).rejects.toThrow('row-level security')
  })
})

describe('passwords one had', () => {
  test('the last five are not taken again', async () => {
    const { actor } = await aSession(house.deps, idOf(tree, '51'), '51-history', 'officer')
    const words = ['Millet-88-roof', 'Barley-77-mill', 'Oatmeal-66-sieve', 'Turnip-55-ladle', 'Walnut-44-crate']
    let current = testPassword
    for (const password of words) {
      await changePassword(house.deps, actor, { current, password })
      current = password
    }
    await expect(changePassword(house.deps, actor, { current, password: words[0] ?? '' })).rejects.toMatchObject({
      fields: [{ path: 'password', key: 'errors.passwordUsed' }],
    })
    // The sixth before is forgotten.
    await changePassword(house.deps, actor, { current, password: testPassword })
  })

  test('has to be changed after 90 days, except in the demonstration', async () => {
    for (const username of ['51-old', '51-demo']) await anAccount(house.deps, idOf(tree, '51'), username, 'officer')
    const { db, pool } = createDatabase(house.ownerUrl, 1)
    await sql`update auth.account set is_demonstration = false where username = '51-old'`.execute(db)
    await pool.end()
    house.setNow('2027-02-19T11:00:00+08:00')
    expect((await enter('51-old', testPassword)).actor.mustChangePassword).toBe(false)
    house.setNow('2027-02-19T13:00:00+08:00')
    const { actor, sessionId } = await enter('51-old', testPassword)
    expect(actor).toMatchObject({ mustChangePassword: true, roles: [] })
    await changePassword(house.deps, actor, { current: testPassword, password: 'Millet-88-roof' })
    expect(await validateSession(house.deps, sessionId, request)).toMatchObject({ mustChangePassword: false })
    expect((await enter('51-demo', testPassword)).actor.mustChangePassword).toBe(false)
  })
})
