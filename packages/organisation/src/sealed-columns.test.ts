import { afterAll, beforeAll, expect, test } from 'vitest'
import { addKey, countSealed, refreshKeys, resealColumn, systemActor, withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { sealedColumns } from './sealed-columns.ts'
import { openMember } from './members/members.ts'
import { aMember, aUnion, anIdNumber } from './members/sample-members.ts'

let house: TestDeps
let tree: Map<string, number>
beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
})
afterAll(() => house.close())

test('a rotation seals members anew, and each is still read and found', async () => {
  const place = idOf(tree, '513221')
  const unionId = await aUnion(house.deps, place, '513221-0001')
  const ids = [1, 2, 3].map((number) => anIdNumber(number))
  for (const idNumber of ids) await aMember(house.deps, place, { unionId, idNumber })
  const root = systemActor('keys', idOf(tree, '00'))
  const { activeFrom } = await withTenant(house.deps, root, addKey)
  house.setNow(activeFrom.toISOString())
  await refreshKeys(house.deps)

  const [id] = sealedColumns
  if (!id) throw new Error('no sealed columns')
  expect(await resealColumn(house.deps, root, id)).toBe(3)
  expect(await resealColumn(house.deps, root, id)).toBe(0)
  expect(await withTenant(house.deps, root, (ctx) => countSealed(ctx, id))).toEqual(new Map([[2, 3]]))
  const opened = await withTenant(house.deps, aUser(place), async (ctx) => {
    const { id: memberId } = await ctx.db
      .selectFrom('organisation.member')
      .select('id')
      .orderBy('id')
      .limit(1)
      .executeTakeFirstOrThrow()
    return openMember(ctx, { memberId, fields: ['idNumber'], reason: '核对会员身份' })
  })
  expect(opened.idNumber).toBe(ids[0])
})
