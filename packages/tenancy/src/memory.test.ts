import { createDatabase, type Database } from '@gonglian/db'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { withStructureReach, withTenant } from './context.ts'
import { listSuperiors } from './federations.ts'
import { createMemory, rememberAnswers } from './memory.ts'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from './testing.ts'

let house: TestDeps
let owner: Database
let province: number
beforeAll(async () => {
  house = await openTestDeps()
  province = idOf(await aSmallTree(house.deps), '51')
  owner = createDatabase(house.ownerUrl, 1).db
})
afterAll(async () => {
  await owner.destroy()
  await house.close()
})

/** The province's name as its user reads it, before and after somebody renames it in the middle of the transaction. */
const readAround = (newName: string, isAnswering: boolean) =>
  withTenant(house.deps, aUser(province), async (ctx) => {
    if (isAnswering) rememberAnswers(ctx)
    const name = async (reader = ctx) => (await listSuperiors(reader, province)).at(-1)?.name
    const before = await name()
    await sql`update tenancy.federation set name = ${newName} where id = ${province}`.execute(owner)
    return [before, await name(), await withStructureReach(ctx, province, name)]
  })

test('what changes something reads what others changed meanwhile; what answers a question reads the tree once, under its own reach', async () => {
  expect(await readAround('甲省总工会', false)).toEqual(['四川省总工会', '甲省总工会', '甲省总工会'])
  expect(await readAround('乙省总工会', true)).toEqual(['甲省总工会', '甲省总工会', '乙省总工会'])
})

test('one transaction’s memory is nobody else’s, and different questions have different answers', async () => {
  const remember = createMemory<number>()
  let reads = 0
  const ask = (question: string) =>
    withTenant(house.deps, aUser(province), async (ctx) => {
      rememberAnswers(ctx)
      const read = (one: string) => remember(ctx, one, () => Promise.resolve((reads += 1)))
      return [await read(question), await read(question), await read(`${question} too`)]
    })
  expect(await ask('a')).toEqual([1, 1, 2])
  expect(await ask('a')).toEqual([3, 3, 4])
})
