import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor } from './actor.ts'
import { withTenant } from './context.ts'
import { SearchFederations, getFederation, listChildren, listSuperiors, searchFederations } from './federations.ts'
import { readNationalTree } from './national.ts'
import { aUser, openTestDeps, type TestDeps } from './testing.ts'
import { addFederations, type NewFederation } from './tree.ts'

let house: TestDeps
let bodies: NewFederation[]

beforeAll(async () => {
  house = await openTestDeps()
  bodies = await readNationalTree()
  await withTenant(house.deps, systemActor('test', 0), (ctx) => addFederations(ctx, bodies))
})
afterAll(() => house.close())

const idOf = (code: string) =>
  withTenant(house.deps, systemActor('test', 0), async (ctx) => (await getFederation(ctx, code)).id)

describe('the country', () => {
  test('has 31 provinces, 342 cities, 2,978 counties and 41,352 townships: 44,704 bodies with the national one', async () => {
    const counted = await withTenant(house.deps, systemActor('test', 0), (ctx) =>
      ctx.db
        .selectFrom('tenancy.federation')
        .select(['level', (eb) => eb.fn.countAll<number>().as('count')])
        .groupBy('level')
        .execute(),
    )
    expect(Object.fromEntries(counted.map((row) => [row.level, row.count]))).toEqual({
      national: 1,
      province: 31,
      city: 342,
      county: 2978,
      township: 41_352,
    })
    expect(bodies).toHaveLength(44_704)
  })

  test('hangs together: everybody below the root, each once, one level at a time', async () => {
    const rootId = await idOf('00')
    const below = await withTenant(house.deps, systemActor('test', rootId), (ctx) =>
      ctx.db
        .selectFrom('tenancy.closure')
        .select(['depth', (eb) => eb.fn.countAll<number>().as('count')])
        .where('ancestor_id', '=', rootId)
        .groupBy('depth')
        .orderBy('depth')
        .execute(),
    )
    expect(below.map((row) => row.count)).toEqual([1, 31, 342, 2978, 41_352])
  })

  test('names no body by a placeholder of the standard', () => {
    expect(bodies.filter((body) => /^(市辖区|县|(省|自治区|县)直辖.*)$/.test(body.shortName))).toEqual([])
    expect(bodies.filter((body) => body.shortName.trim() === '' || body.name.length < 2)).toEqual([])
  })

  test('is seen whole by the nation, and by a province as far as it reaches', async () => {
    const count = async (code: string) => {
      const { count } = await withTenant(house.deps, aUser(await idOf(code)), (ctx) =>
        ctx.db
          .selectFrom('tenancy.federation')
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow(),
      )
      return count
    }
    expect(await count('00')).toBe(44_704)
    // Itself, what is below, and the nation above.
    expect(await count('51')).toBe(bodies.filter((body) => body.code.startsWith('51')).length + 1)
    expect(await count('513221')).toBe(bodies.filter((body) => body.code.startsWith('513221')).length + 3)
  })

  test('is searched by name, code and pinyin from any place', async () => {
    const search = async (code: string, text: string) =>
      withTenant(house.deps, aUser(await idOf(code)), (ctx) =>
        searchFederations(ctx, SearchFederations.parse({ text })),
      )
    expect((await search('00', '汶川县'))[0]).toMatchObject({ code: '513221', path: expect.stringContaining('四川省') })
    expect((await search('00', 'wenchuanxian'))[0]?.code).toBe('513221')
    expect((await search('00', '513221'))[0]?.code).toBe('513221')
    expect((await search('51', 'wcx')).map((hit) => hit.code)).toContain('513221')
    expect((await search('32', 'wcx')).map((hit) => hit.code)).not.toContain('513221')
    expect(await search('00', '镇')).toHaveLength(20)
  })

  test('is opened step by step', async () => {
    const root = await idOf('00')
    const provinces = await withTenant(house.deps, aUser(root), (ctx) => listChildren(ctx, root))
    expect(provinces).toHaveLength(31)
    expect(provinces.every((province) => province.childCount > 0)).toBe(true)
    const township = await idOf('513221100000').catch(() => idOf('513221100'))
    const above = await withTenant(house.deps, aUser(township), (ctx) => listSuperiors(ctx, township))
    expect(above.map((body) => body.level)).toEqual(['national', 'province', 'city', 'county', 'township'])
  })
})
