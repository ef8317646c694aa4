import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { getSplit } from './allocations.ts'
import { importAllocations, type ImportedShare } from './imports.ts'
import { getLetter } from './letters/letters.ts'
import { aPlan, someIndicators } from './testing.ts'

const { deps, close } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const nation = aUser(id('00'), 'leader')
beforeAll(() => someIndicators(deps, id('00')))

const at = new Date('2026-01-20T09:00:00+08:00')
let plans = 0
async function aNationalPlan() {
  const { planId, itemIds } = await aPlan(deps, nation, [{ indicatorCode: 'joined', method: 'sum', value: 1000 }], {
    name: `计划${++plans}`,
  })
  return { planId, itemId: itemIds[0] ?? 0 }
}
const give = (
  itemId: number,
  from: string,
  to: string,
  value: number,
  reserve: number | null = null,
  state: ImportedShare['state'] = 'signed',
): ImportedShare => ({
  itemId,
  issuerId: id(from),
  receiverId: id(to),
  value,
  reserve,
  state,
})
const load = (
  planId: number,
  shares: ImportedShare[],
  rootReserve: [number, number],
  actor = systemActor('demo', id('00')),
  on: Deps = deps,
) => withTenant(on, actor, (ctx) => importAllocations(ctx, { planId, at }, shares, new Map([rootReserve])))

test('all levels at once, signed with letters that hold', async () => {
  const { planId, itemId } = await aNationalPlan()
  const shares = [
    give(itemId, '00', '51', 600, 10),
    give(itemId, '00', '32', 390, null, 'issued'),
    give(itemId, '51', '5132', 590, 0),
    give(itemId, '5132', '513221', 590, 590 - 200 - 300),
    give(itemId, '513221', '513221100', 200, null, 'accepted'),
    give(itemId, '513221', '513221101', 300),
  ]
  // The loader names parents and children in any order.
  expect(await load(planId, shares.toReversed(), [itemId, 10])).toEqual({ imported: 6, letters: 4 })
  const letter = await withTenant(deps, aUser(id('513221101')), (ctx) => getLetter(ctx, { planId }))
  expect(letter).toMatchObject({ issuer: { code: '513221' }, signed: [{ intact: true, signedAt: at }], pending: null })
  expect(await withTenant(deps, aUser(id('5132')), (ctx) => getSplit(ctx, { itemId }))).toMatchObject({
    share: { value: 590, reserve: 0, state: 'signed', issuedAt: at },
    blocked: null,
  })
})

test('what does not add up anywhere loads nothing at all', async () => {
  const { planId, itemId } = await aNationalPlan()
  const shares = [give(itemId, '00', '51', 600, 0), give(itemId, '51', '5132', 599)]
  await expect(load(planId, shares, [itemId, 400])).rejects.toMatchObject({ constraint: 'allocation_conserved' })
  expect(
    (await withTenant(deps, nation, (ctx) => getSplit(ctx, { itemId }))).rows.every((row) => row.share === null),
  ).toBe(true)
})

test('no share out of place, below an unaccepted one, or by anybody but a loader', async () => {
  const { planId, itemId } = await aNationalPlan()
  await expect(load(planId, [give(itemId, '00', '5132', 600)], [itemId, 400])).rejects.toMatchObject({
    constraint: 'allocation_place',
  })
  await expect(
    load(planId, [give(itemId, '00', '51', 600, 0, 'issued'), give(itemId, '51', '5132', 600)], [itemId, 400]),
  ).rejects.toMatchObject({ constraint: 'allocation_place' })
  await expect(
    withTenant(deps, nation, (ctx) => importAllocations(ctx, { planId, at }, [], new Map())),
  ).rejects.toMatchObject({ code: 'forbidden' })
  // A loader of one province does not reach into another.
  await expect(
    load(planId, [give(itemId, '32', '3209', 1)], [itemId, 999], systemActor('demo', id('51'))),
  ).rejects.toThrow()
})
