import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createDatabase } from '@gonglian/db'
import { DomainError, visitor, withTenant } from '@gonglian/tenancy'
import { aSmallTree, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { accountLimit, addressLimit, admitAttempt, forgiveAttempts, pairLimit } from './attempts.ts'
import { signIn } from './sign-in.ts'
import { anAccount, testPassword } from './testing.ts'

let house: TestDeps
let tree: Map<string, number>
const start = new Date('2026-11-21T12:00:00+08:00')

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
})
afterAll(() => house.close())
beforeEach(async () => {
  house.setNow(start.toISOString())
  const { db, pool } = createDatabase(house.ownerUrl, 1)
  await sql`truncate auth.attempt`.execute(db)
  await pool.end()
})

const enter = (username: string, password: string, address: string, device?: string) =>
  signIn(house.deps, { username, password, requestId: '', address, agent: 'browser', ...(device ? { device } : {}) })
const strange = (number: number) => `10.${number >> 16}.${(number >> 8) & 255}.${number & 255}`

/** One guess as far as it is let through to the password: "tried", or the seconds to wait. */
async function guess(username: string, address: string): Promise<'tried' | number> {
  try {
    await admitAttempt(house.deps, { username, address, requestId: '' })
    return 'tried'
  } catch (error) {
    if (error instanceof DomainError) return Number(error.params['seconds'])
    throw error
  }
}

describe('whoever wants to lock an account out', () => {
  test('with a thousand wrong passwords from a thousand addresses does not stop a known device', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-victim', 'officer')
    const { device } = await enter('51-victim', testPassword, '203.0.113.9')
    const answers = []
    for (let number = 0; number < 1000; number += 20)
      answers.push(
        ...(await Promise.all(Array.from({ length: 20 }, (_, index) => guess('51-victim', strange(number + index))))),
      )
    expect(answers.filter((answer) => answer === 'tried')).toHaveLength(accountLimit)
    await enter('51-victim', testPassword, '203.0.113.9', device)
    // Also from elsewhere, and also when the attacker sits in the same office.
    for (let number = 0; number < pairLimit + 1; number += 1) await guess('51-victim', '203.0.113.9')
    await enter('51-victim', testPassword, '203.0.113.9', device)
    // A device nobody knows waits like the attacker.
    await expect(enter('51-victim', testPassword, '203.0.113.77')).rejects.toMatchObject({
      key: 'errors.accountLocked',
      params: { minutes: 1 },
    })
  })

  test('gains nothing by a device that somebody else is known by', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-target', 'officer')
    await anAccount(house.deps, idOf(tree, '51'), '51-rival', 'officer')
    const { device } = await enter('51-rival', testPassword, '203.0.113.20')
    for (let number = 0; number < accountLimit; number += 1) await guess('51-target', strange(number))
    await expect(enter('51-target', testPassword, '203.0.113.20', device)).rejects.toMatchObject({
      key: 'errors.accountLocked',
      params: { minutes: 1 },
    })
  })

  test('on one device of somebody else stops no other address', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-target2', 'officer')
    await anAccount(house.deps, idOf(tree, '51'), '51-rival2', 'officer')
    const { device } = await enter('51-rival2', testPassword, '203.0.113.20')
    for (let number = 0; number < pairLimit; number += 1)
      await expect(enter('51-target2', 'wrong', '203.0.113.20', device)).rejects.toThrow(DomainError)
    await expect(enter('51-target2', testPassword, '203.0.113.20', device)).rejects.toMatchObject({
      key: 'errors.accountLocked',
    })
    await enter('51-target2', testPassword, '203.0.113.21')
  })

  test('a known device has a limit of its own', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-stolen', 'officer')
    const { device } = await enter('51-stolen', testPassword, '203.0.113.30')
    for (let number = 0; number < pairLimit; number += 1)
      await expect(enter('51-stolen', 'wrong', strange(number), device)).rejects.toThrow(DomainError)
    await expect(enter('51-stolen', testPassword, strange(99), device)).rejects.toMatchObject({
      key: 'errors.accountLocked',
      params: { minutes: 15 },
    })
  })
})

describe('whoever guesses for a day', () => {
  /** Guesses that reach the password in 24 hours, when each comes the moment the wait before it is over. */
  async function guessForADay(username: string, addressOf: (number: number) => string): Promise<number> {
    let at = start.getTime()
    let tried = 0
    for (let number = 0; at < start.getTime() + 86_400_000; number += 1) {
      house.setNow(new Date(at).toISOString())
      const answer = await guess(username, addressOf(number))
      if (answer === 'tried') tried += 1
      else at += answer * 1000
    }
    return tried
  }

  test('from ever new addresses has at most 120 guesses at one account', async () => {
    expect(await guessForADay('51-guessed', strange)).toBeLessThanOrEqual(120)
  })

  test('from one address has at most 12', async () => {
    expect(await guessForADay('51-guessed', () => '198.51.100.1')).toBeLessThanOrEqual(12)
  })

  test('gains nothing when the owner signs in meanwhile', async () => {
    await anAccount(house.deps, idOf(tree, '51'), '51-busy', 'officer')
    const { device } = await enter('51-busy', testPassword, '203.0.113.40')
    for (let number = 0; number < accountLimit; number += 1) await guess('51-busy', strange(number))
    await enter('51-busy', testPassword, '203.0.113.40', device)
    expect(await guess('51-busy', strange(500))).toBe(60)
  })
})

describe('an office of two hundred behind one address', () => {
  test('keeps working while each mistypes, and while one of them attacks', async () => {
    const people = Array.from({ length: addressLimit * 2 }, (_, index) => `51-desk${index}`)
    const office = '198.51.100.50'
    for (const username of people) {
      // Mistyped twice, then right.
      expect(await guess(username, office)).toBe('tried')
      expect(await guess(username, office)).toBe('tried')
      await forget(username, office)
    }
    await anAccount(house.deps, idOf(tree, '51'), '51-colleague', 'officer')
    const { device } = await enter('51-colleague', testPassword, office)
    for (let number = 0; number < addressLimit + 1; number += 1) await guess(`invented-${number}`, office)
    expect(await guess('51-stranger', office)).toBe(900)
    await enter('51-colleague', testPassword, office, device)
  })

  test('many names at once are no more than the limit', async () => {
    const answers = await Promise.all(
      Array.from({ length: addressLimit + 20 }, (_, number) => guess(`rush-${number}`, '198.51.100.60')),
    )
    expect(answers.filter((answer) => answer === 'tried')).toHaveLength(addressLimit)
  })
})

async function forget(username: string, address: string): Promise<void> {
  await withTenant(house.deps, visitor('', address), (ctx) =>
    forgiveAttempts(ctx, { username, address, requestId: '' }),
  )
}
