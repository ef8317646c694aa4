import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor, type Actor } from './actor.ts'
import { withTenant, type TenantContext } from './context.ts'
import {
  FederationCode,
  SearchFederations,
  getFederation,
  ListChildrenPage,
  listChildren,
  listChildrenPage,
  listSuperiors,
  searchFederations,
} from './federations.ts'
import { roles } from './permissions.ts'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from './testing.ts'
import { addFederations } from './tree.ts'

let house: TestDeps
let tree: Map<string, number>

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
})
afterAll(() => house.close())

const as = <T>(code: string, work: (ctx: TenantContext) => Promise<T>) =>
  withTenant(house.deps, aUser(idOf(tree, code)), work)
const search = (code: string, text: string) =>
  as(code, async (ctx) => (await searchFederations(ctx, SearchFederations.parse({ text }))).map((body) => body.code))

describe('a body', () => {
  test('is found by those above and below it and itself, by nobody else', async () => {
    const seeing = []
    for (const code of tree.keys()) {
      const answer = await as(code, (ctx) => getFederation(ctx, '513221')).catch((error: unknown) => error)
      if (answer instanceof Error) expect(answer).toMatchObject({ code: 'not_found', key: 'errors.bodyNotFound' })
      else seeing.push(code)
    }
    expect(seeing).toEqual(['00', '51', '5132', '513221', '513221100', '513221101', '513221102'])
  })

  test('has two lines of superiors; both see it', async () => {
    for (const code of ['00', '51', '5132', '00JT', '51JT', '5132JT'])
      await as(code, (ctx) => getFederation(ctx, '5132JT'))
    await expect(as('513221', (ctx) => getFederation(ctx, '5132JT'))).rejects.toMatchObject({ code: 'not_found' })
  })

  test('is seen by every role, administrators too, and not by somebody without a role or a visitor', async () => {
    for (const role of roles) {
      await withTenant(house.deps, aUser(idOf(tree, '51'), role), (ctx) => getFederation(ctx, '51'))
    }
    const strangers: Actor[] = [
      { ...aUser(idOf(tree, '51')), roles: [] },
      { kind: 'visitor', tenantId: 0, roles: [], requestId: '', address: '' },
    ]
    for (const stranger of strangers) {
      await expect(withTenant(house.deps, stranger, (ctx) => getFederation(ctx, '51'))).rejects.toMatchObject({
        code: 'forbidden',
      })
    }
  })

  test.each([
    ['51jt', '51JT'],
    [' 00 ', '00'],
    ['513221-A1', '513221-A1'],
  ])('code %j is read as %s', (text, code) => {
    expect(FederationCode.parse(text)).toBe(code)
  })
  test.each(['', '-51', '51;drop', '５１', '5'.repeat(25), "51'"])('%j is no code', (text) => {
    expect(FederationCode.safeParse(text).success).toBe(false)
  })
})

describe('the tree', () => {
  test('gives the children of each hierarchy, with how many they have', async () => {
    expect(
      (await as('00', (ctx) => listChildren(ctx, idOf(tree, '51')))).map((body) => [body.code, body.childCount]),
    ).toEqual([
      ['5132', 3],
      ['51JT', 0],
    ])
    expect(
      (await as('00', (ctx) => listChildren(ctx, idOf(tree, '00JT'), 'line'))).map((body) => [
        body.code,
        body.childCount,
      ]),
    ).toEqual([['51JT', 1]])
    expect(await as('00', (ctx) => listChildren(ctx, idOf(tree, '00JT'), 'regional'))).toEqual([])
  })

  test('gives the children a page at a time, each once and in one order', async () => {
    const page = (page: number, pageSize: number) =>
      as('00', (ctx) => listChildrenPage(ctx, idOf(tree, '5132'), { hierarchy: 'regional', page, pageSize }))
    const whole = await as('00', (ctx) => listChildren(ctx, idOf(tree, '5132')))
    expect(whole).toHaveLength(3)
    expect(await page(1, 200)).toEqual({ rows: whole, total: 3 })
    expect(await page(1, 2)).toEqual({ rows: whole.slice(0, 2), total: 3 })
    expect(await page(2, 2)).toEqual({ rows: whole.slice(2), total: 3 })
    const own = await as('513221', (ctx) =>
      listChildrenPage(ctx, idOf(tree, '5132'), ListChildrenPage.parse({ pageSize: 1 })),
    )
    expect(own).toMatchObject({ rows: [{ code: '513221' }], total: 1 })
  })

  test('shows a body no children of its neighbour, nor of its superior but itself', async () => {
    expect(await as('51', (ctx) => listChildren(ctx, idOf(tree, '32')))).toEqual([])
    expect((await as('513221', (ctx) => listChildren(ctx, idOf(tree, '5132')))).map((body) => body.code)).toEqual([
      '513221',
    ])
  })

  test('gives the superiors from the top, and nothing of a branch out of sight', async () => {
    expect((await as('513221100', (ctx) => listSuperiors(ctx, ctx.tenantId))).map((body) => body.code)).toEqual([
      '00',
      '51',
      '5132',
      '513221',
      '513221100',
    ])
    expect(await as('51', (ctx) => listSuperiors(ctx, idOf(tree, '320924')))).toEqual([])
  })
})

describe('the search', () => {
  test('finds by name, part of it, code, pinyin and initials', async () => {
    expect(await search('00', '汶川')).toEqual(['513221'])
    expect(await search('00', '川县')).toEqual(['513221'])
    expect(await search('00', 'WCX')).toEqual(['513221'])
    expect(await search('00', 'wenchuan')).toEqual(['513221'])
    expect(await search('00', 'Wen Chuan')).toEqual(['513221'])
    expect(await search('00', '51322110')).toEqual(['513221100', '513221101', '513221102'])
    expect(await search('00', '51jt')).toEqual(['51JT'])
  })

  test('puts the exact match first, then the higher bodies', async () => {
    expect((await search('00', '513221'))[0]).toBe('513221')
    expect(await search('00', '交通运输')).toEqual(['00JT', '51JT', '5132JT'])
  })

  test('finds nothing out of sight, by any of them', async () => {
    for (const text of ['射阳', 'sheyang', 'syx', '320924']) expect(await search('51', text)).toEqual([])
    expect(await search('513222', '威州')).toEqual([])
    expect(await search('320924', '交通')).toEqual([])
  })

  test('shows the way to it', async () => {
    const [hit] = await as('00', (ctx) => searchFederations(ctx, SearchFederations.parse({ text: '映秀' })))
    expect(hit?.path).toBe('四川省 阿坝州 汶川县')
  })

  test.each(['%', '_', '\\', "'", '%%', 'x%', '" or 1=1 --', '🧨', '‮川汶'])(
    'takes %j for what it is',
    async (text) => {
      expect(await search('00', text)).toEqual([])
    },
  )

  test('does not offer a body that was closed', async () => {
    await withTenant(house.deps, systemActor('test', idOf(tree, '00')), (ctx) =>
      addFederations(ctx, [
        {
          code: '513298',
          name: '旧县总工会',
          shortName: '旧县',
          level: 'county',
          validFrom: '1990-01-01',
          validTo: '2010-01-01',
          parentCode: '5132',
        },
      ]),
    )
    expect(await search('00', '旧县')).toEqual([])
    expect((await as('00', (ctx) => getFederation(ctx, '513298'))).validTo).toBe('2010-01-01')
    expect((await as('00', (ctx) => listChildren(ctx, idOf(tree, '5132')))).map((body) => body.code)).not.toContain(
      '513298',
    )
  })
})
