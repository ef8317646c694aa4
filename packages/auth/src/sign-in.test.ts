import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createDatabase } from '@gonglian/db'
import { DomainError, ListAudit, listAudit, verifyAudit, withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { addressLimit, pairLimit } from './attempts.ts'
import { disableAccount, unlockAccount } from './accounts.ts'
import { addDemonstrationAccounts } from './operator.ts'
import { signIn } from './sign-in.ts'
import { anAccount, testPassword } from './testing.ts'

let house: TestDeps
let tree: Map<string, number>
const start = '2026-11-21T12:00:00+08:00'

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
})
afterAll(() => house.close())
beforeEach(async () => {
  house.setNow(start)
  await asOwner('truncate auth.attempt')
})

async function asOwner(statement: string): Promise<unknown[]> {
  const { db, pool } = createDatabase(house.ownerUrl, 1)
  try {
    return (await sql.raw(statement).execute(db)).rows
  } finally {
    await pool.end()
  }
}

/** What a try at the door comes to: "in", or the refusal. */
async function tryDoor(username: string, password: string, address = '203.0.113.9'): Promise<'in' | DomainError> {
  try {
    await signIn(house.deps, { username, password, requestId: 'r1', address, agent: 'browser' })
    return 'in'
  } catch (error) {
    if (error instanceof DomainError) return error
    throw error
  }
}

function say(answer: 'in' | DomainError) {
  return answer === 'in' ? answer : { code: answer.code, key: answer.key, params: answer.params, fields: answer.fields }
}

async function trail(code: string, action: string): Promise<string[]> {
  const { lines } = await withTenant(house.deps, aUser(idOf(tree, code), 'auditadmin'), (ctx) =>
    listAudit(ctx, ListAudit.parse({ action, pageSize: 500 })),
  )
  return lines.map((line) => line.objectId)
}

describe('signing in', () => {
  test('with the right password gives a session, the actor and a line in the trail of the body', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-lead', 'leader', 'officer')
    const { sessionId, actor } = await signIn(house.deps, {
      username: ' 51-LEAD ',
      password: testPassword,
      requestId: 'r1',
      address: '203.0.113.9',
      agent: 'browser',
    })
    expect(sessionId.length).toBeGreaterThanOrEqual(40)
    expect(actor).toMatchObject({
      kind: 'user',
      username: '51-lead',
      tenantId: idOf(tree, '51'),
      roles: ['leader', 'officer'],
      mustChangePassword: false,
    })
    expect(await trail('51', 'session.signIn')).toEqual(['51-lead'])
  })

  test('stores nothing that signs anybody in', async () => {
    const { sessionId } = await signIn(house.deps, {
      username: '51-lead',
      password: testPassword,
      requestId: '',
      address: '',
      agent: '',
    })
    const rows = JSON.stringify([
      await asOwner('select * from auth.session, auth.account'),
      await withTenant(house.deps, aUser(idOf(tree, '51'), 'auditadmin'), (ctx) =>
        listAudit(ctx, ListAudit.parse({ pageSize: 500 })),
      ),
    ])
    expect(rows).not.toContain(sessionId)
    expect(rows).not.toContain(testPassword)
  })

  test('ends the session unused longest when there are more than five', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-many', 'officer')
    for (let minute = 0; minute < 7; minute += 1) {
      house.setNow(`2026-11-21T12:0${minute}:00+08:00`)
      await signIn(house.deps, {
        username: '51-many',
        password: testPassword,
        requestId: '',
        address: '',
        agent: `device ${minute}`,
      })
    }
    const rows = await asOwner(
      `select agent from auth.session s join auth.account a on a.id = s.account_id where username = '51-many' order by agent`,
    )
    expect(rows).toEqual([2, 3, 4, 5, 6].map((minute) => ({ agent: `device ${minute}` })))
  })
})

describe('a refusal', () => {
  test('is the same for a wrong password and for a name nobody has, all the way to the lockout and behind it', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-known', 'officer')
    const known = []
    const unknown = []
    for (let attempt = 1; attempt <= pairLimit + 2; attempt += 1) {
      known.push(say(await tryDoor('51-known', `wrong ${attempt}`)))
      unknown.push(say(await tryDoor('51-unknown', `wrong ${attempt}`)))
    }
    expect(known).toEqual(unknown)
    expect(known[0]).toEqual({
      code: 'unauthenticated',
      key: 'errors.wrongCredentials',
      params: { attemptsLeft: 4 },
      fields: [],
    })
    expect(known[pairLimit - 1]).toEqual({
      code: 'too_many',
      key: 'errors.accountLocked',
      params: { seconds: 900, minutes: 15 },
      fields: [],
    })
    expect(known[pairLimit]).toEqual(known[pairLimit - 1])
  })

  test('is written into the trail of the body, and so is the lockout', async () => {
    await anAccount(house.deps, idOf(tree, '32'), '32-tried', 'officer')
    for (let attempt = 0; attempt < pairLimit + 3; attempt += 1) await tryDoor('32-tried', 'wrong')
    expect(await trail('32', 'session.refused')).toEqual(Array.from({ length: pairLimit }, () => '32-tried'))
    expect(await trail('32', 'session.lockout')).toEqual(['32-tried'])
    const verdict = await withTenant(house.deps, aUser(idOf(tree, '32'), 'auditadmin'), verifyAudit)
    expect(verdict.intact).toBe(true)
  })

  test('of a disabled account does not say that the password was right', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-gone', 'officer')
    await withTenant(house.deps, aUser(idOf(tree, '51'), 'sysadmin'), (ctx) =>
      disableAccount(ctx, { username: '51-gone' }),
    )
    expect(say(await tryDoor('51-gone', testPassword))).toEqual(say(await tryDoor('51-nobody', testPassword)))
  })

  test('of an account without effect says so, to whoever knows the password only', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-bare')
    expect(say(await tryDoor('51-bare', testPassword))).toMatchObject({
      code: 'unauthenticated',
      key: 'errors.accountNotEffective',
    })
    expect(say(await tryDoor('51-bare', 'wrong'))).toMatchObject({ key: 'errors.wrongCredentials' })
    expect(
      await asOwner(
        `select 1 from auth.session s join auth.account a on a.id = s.account_id where username = '51-bare'`,
      ),
    ).toEqual([])
  })

  test.each(['', '\u0000', "' or 1=1 --", '51-lead\u0000', '🧨'.repeat(100), '\ud800', '‮daer-15'])(
    'answers the odd name %j like any other',
    async (name) => {
      expect(say(await tryDoor(name, 'wrong', ''))).toMatchObject({ key: 'errors.wrongCredentials' })
    },
  )
})

describe('the lockout', () => {
  test('holds against the right password too, and ends after 15 minutes', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-late', 'officer')
    for (let attempt = 0; attempt < pairLimit; attempt += 1) await tryDoor('51-late', 'wrong')
    house.setNow('2026-11-21T12:14:59+08:00')
    expect(say(await tryDoor('51-late', testPassword))).toMatchObject({
      key: 'errors.accountLocked',
      params: { seconds: 1, minutes: 1 },
    })
    house.setNow('2026-11-21T12:15:01+08:00')
    expect(await tryDoor('51-late', testPassword)).toBe('in')
  })

  test('lets no more through when a hundred try at once', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-rush', 'officer')
    const answers = await Promise.all(Array.from({ length: 30 }, () => tryDoor('51-rush', 'wrong')))
    const tried = answers.filter((answer) => answer !== 'in' && answer.code === 'unauthenticated')
    expect(tried).toHaveLength(pairLimit - 1)
    expect(await trail('51', 'session.refused')).toEqual(expect.arrayContaining(['51-rush']))
    expect((await trail('51', 'session.refused')).filter((name) => name === '51-rush')).toHaveLength(pairLimit)
  })

  test('forgets the failures after a success', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-typo', 'officer')
    for (let round = 0; round < 3; round += 1) {
      for (let attempt = 1; attempt < pairLimit; attempt += 1) await tryDoor('51-typo', 'wrong')
      expect(await tryDoor('51-typo', testPassword)).toBe('in')
    }
  })

  test('is ended by an administrator of the same body and no other', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-shut', 'officer')
    for (let attempt = 0; attempt < pairLimit; attempt += 1) await tryDoor('51-shut', 'wrong')
    const unlock = (code: string) =>
      withTenant(house.deps, aUser(idOf(tree, code), 'sysadmin'), (ctx) => unlockAccount(ctx, { username: '51-shut' }))
    for (const code of ['00', '32', '5132']) await expect(unlock(code)).rejects.toMatchObject({ code: 'not_found' })
    expect(await tryDoor('51-shut', testPassword)).not.toBe('in')
    await unlock('51')
    expect(await tryDoor('51-shut', testPassword)).toBe('in')
    expect(await trail('51', 'account.unlock')).toEqual(['51-shut'])
  })
})

describe('the limit by source address', () => {
  test('stops one source that tries many names, and no other source', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-near', 'officer')
    for (let attempt = 0; attempt < addressLimit; attempt += 10) {
      await Promise.all(
        Array.from({ length: 10 }, (_, index) => tryDoor(`name-${attempt + index}`, 'wrong', '198.51.100.7')),
      )
    }
    expect(say(await tryDoor('51-near', testPassword, '198.51.100.7'))).toEqual({
      code: 'too_many',
      key: 'errors.tooManyAttempts',
      params: { seconds: 900, minutes: 15 },
      fields: [],
    })
    expect(await tryDoor('51-near', testPassword, '198.51.100.8')).toBe('in')
  })

  test('does not count those who get in: an office behind one address', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-office', 'officer')
    for (let visit = 0; visit < addressLimit + 5; visit += 1)
      expect(await tryDoor('51-office', testPassword, '198.51.100.9')).toBe('in')
  })

  test('counts what is over no longer: old lines are dropped', async () => {
    await tryDoor('51-once', 'wrong')
    house.setNow('2026-11-22T13:00:00+08:00')
    await tryDoor('51-twice', 'wrong', '')
    expect(await asOwner('select distinct username from auth.attempt')).toEqual([{ username: '51-twice' }])
  })
})

test('nobody adds accounts from the door or as a user of the body', async () => {
  const account = { tenantId: idOf(tree, '51'), username: '51-forged', displayName: 'x', roles: ['leader'] } as const
  await expect(
    withTenant(house.deps, aUser(idOf(tree, '51'), 'sysadmin'), (ctx) =>
      addDemonstrationAccounts(ctx, [account], testPassword),
    ),
  ).rejects.toMatchObject({ code: 'forbidden' })
})
