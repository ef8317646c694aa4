import { parseOptions } from '@node-rs/argon2'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isGuessedSoon } from './password-strength.ts'
import {
  checkPassword,
  hashCost,
  hashPassword,
  inventPassword,
  requireGoodPassword,
  verifyPassword,
} from './passwords.ts'

const keys = (password: string, username = '51-officer') => checkPassword(password, username).map((fault) => fault.key)

describe('the rules for a password', () => {
  test('take a long one of three classes', () => {
    expect(keys('Corn-4711-field')).toEqual([])
    expect(keys('玉米地corn47112')).toEqual([])
  })

  test.each([
    ['Kpmw-2748-h', ['errors.passwordShort']],
    [`Abcde1${'x'.repeat(198)}`, ['errors.passwordLong']],
    ['abcdefghij12', ['errors.passwordClasses']],
    ['X9-51-OFFICER', ['errors.passwordHasName']],
    ['Password123!', ['errors.passwordKnown']],
    ['P@ssw0rd2026', ['errors.passwordKnown']],
    ['Admin@123456', ['errors.passwordKnown']],
    ['Gonghui#2026', ['errors.passwordKnown']],
    ['1qaz@WSX2026', ['errors.passwordKnown']],
    ['Aa1Aa1Aa1Aa1', ['errors.passwordKnown']],
    ['', ['errors.passwordShort', 'errors.passwordClasses', 'errors.passwordKnown']],
  ])('%s', (password, faults) => {
    expect(keys(password)).toEqual(faults)
  })

  test('have twelve characters at least, and say so', () => {
    expect(checkPassword('Kpmw-2748-h', '51-officer')).toEqual([
      { path: 'password', key: 'errors.passwordShort', params: { count: 12 } },
    ])
    expect(keys('Kpmw-2748-ht')).toEqual([])
    // Characters, not bytes and not halves of them.
    expect(keys('玉米地Corn4711𠮷')).toEqual([])
    expect(keys('玉米Corn4711𠮷')).toEqual(['errors.passwordShort'])
  })

  test.each([
    'Wenchuan-2026',
    '2026@Wenchuan!',
    'W3nchu4n-2026',
    'SichuanWenchuan1',
    'Gonghui#2026!',
    'Qaz-Wsx-Edc-1',
    'Qwertyuiop-2026',
    'Abcd-1234-efgh',
    'Ab-Ab-Ab-Ab-12',
    'Aa-1111111111',
  ])('%s is guessed soon by who knows the place', (password) => {
    expect(
      checkPassword(password, '513221-officer').length + Number(isGuessedSoon(password, ['wenchuan', 'sichuan'])),
    ).toBeGreaterThan(0)
  })

  test.each(['Corn-4711-field', '玉米地corn47112', 'Wheat-2026-barn', 'Kpmw-2748-htzq'])('%s is not', (password) => {
    expect(isGuessedSoon(password, ['wenchuan', 'sichuan'])).toBe(false)
  })

  test('all that are broken are told at once, beside the field', () => {
    expect(() => requireGoodPassword('51-officer', '51-officer', { path: 'next' })).toThrow(
      expect.objectContaining({
        code: 'invalid',
        fields: [
          { path: 'next', key: 'errors.passwordShort', params: { count: 12 } },
          { path: 'next', key: 'errors.passwordHasName' },
        ],
      }),
    )
  })

  test('what is invented always keeps them, and is never the same', () => {
    const invented = Array.from({ length: 200 }, () => inventPassword())
    expect(invented.flatMap((password) => keys(password))).toEqual([])
    expect(invented.slice(0, 20).filter((password) => isGuessedSoon(password, []))).toEqual([])
    expect(new Set(invented).size).toBe(200)
  })
})

describe('a stored password', () => {
  test('is argon2id at the cost OWASP asks for', async () => {
    const stored = await hashPassword('Corn-4711-field')
    expect(stored).toMatch(/^\$argon2id\$v=19\$/)
    expect(parseOptions(stored)).toMatchObject({
      memoryCost: hashCost.memoryCost,
      timeCost: hashCost.timeCost,
      parallelism: hashCost.parallelism,
    })
    expect(hashCost).toEqual({ memoryCost: 19_456, timeCost: 2, parallelism: 1 })
  })

  test('fits itself, in full-width letters too, and nothing else', async () => {
    const stored = await hashPassword('Corn-4711-field')
    expect(await verifyPassword(stored, 'Corn-4711-field')).toBe(true)
    expect(await verifyPassword(stored, 'Ｃｏｒｎ-４７１１-field')).toBe(true)
    expect(await verifyPassword(stored, 'corn-4711-field')).toBe(false)
    expect(await verifyPassword(stored, '')).toBe(false)
  })

  test('without an account nothing fits', async () => {
    expect(await verifyPassword(null, 'Corn-4711-field')).toBe(false)
  })

  test('is salted: the same password is stored differently', async () => {
    expect(await hashPassword('Corn-4711-field')).not.toBe(await hashPassword('Corn-4711-field'))
  })
})

test('a password that holds the user name is refused whatever stands round it', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 10 }), fc.string({ maxLength: 10 }), (before, after) => {
      expect(keys(`${before}51-Officer${after}`)).toContain('errors.passwordHasName')
    }),
  )
})
