// H2: what a stranger could do to voting (issue 8, section 3).
import { OpenAppraisal, openAppraisal } from '@gonglian/organisation'
import { aWorkingGroup, keepCodes, someSlips, someUnions } from '@gonglian/organisation/testing'
import { withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createContext } from './context.ts'
import { openGuesses } from './guesses.ts'
import { createCaller } from './router.ts'

let house: TestDeps
let codes: string[] = []
const guesses = openGuesses()

beforeAll(async () => {
  house = await openTestDeps()
  const tree = await aSmallTree(house.deps)
  const [unionId = 0] = await someUnions(house.deps, idOf(tree, '513221100'), [{}])
  const { appraisalId } = await withTenant(house.deps, aUser(idOf(tree, '513221100')), async (ctx) => {
    const group = await aWorkingGroup(ctx)
    const input = { unionId, closesOn: '2026-12-01', group, members: 20, eligible: 20 }
    const opened = await openAppraisal(ctx, OpenAppraisal.parse(input))
    await keepCodes(ctx, opened.appraisalId)
    return opened
  })
  codes = await someSlips(house.deps, aUser(idOf(tree, '513221100')), appraisalId, 6)
})
afterAll(() => house.close())

const cast = (code: string, address: string, callCount = 1) =>
  createCaller(
    createContext({ deps: house.deps, actor: null, translate: (_locale, key) => key, guesses, address, callCount }),
  )
    .appraisals.castBallot({ code, choice: 'satisfied' })
    .then(
      () => 'ok',
      (error: unknown) => (error instanceof Error ? error.message : 'no error'),
    )

test('650 wrong codes from one address stop that address and nobody else, and there not even who has a slip', async () => {
  const wrong = await Promise.all(Array.from({ length: 650 }, () => cast('2222222222222222', '203.0.113.9')))
  expect(wrong.every((answer) => answer !== 'ok')).toBe(true)
  expect(await cast('3333333333333333', '203.0.113.9')).toBe('errors.guessed')
  expect(await cast('3333333333333333', '198.51.100.7')).toBe('organisation.slipUnknown')
  expect(await cast(codes[0] ?? '', '198.51.100.7')).toBe('ok')
  // Behind the address of the attacker votes who holds a slip.
  expect(await cast(codes[1] ?? '', '203.0.113.9')).toBe('ok')
})

test('a slip that was used is asked about a few times, then it waits; other slips do not', async () => {
  const [first = '', , third = ''] = codes
  const answers: string[] = []
  for (let n = 0; n < 12; n++) answers.push(await cast(first, `192.0.2.${n}`))
  expect(answers[0]).toBe('organisation.slipUnknown')
  expect(answers.at(-1)).toBe('errors.guessed')
  expect(await cast(third, '192.0.2.1')).toBe('ok')
})

test('who is not signed in sends one call in a request', async () => {
  expect(await cast(codes[3] ?? '', '192.0.2.77', 2)).toBe('errors.batchedVisitor')
  expect(await cast(codes[3] ?? '', '192.0.2.77')).toBe('ok')
})
