import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { withTenant, type TenantContext } from '@gonglian/tenancy'
import { afterAll, expect, test } from 'vitest'
import { HandDownList, handDownList, runHandDown } from './hand-downs.ts'
import { ImportList, ListLists, importList, listLists } from './lists.ts'
import { ListRows, MatchList, listRows, matchList } from './matching.ts'
import { aCreditCode } from '../unions/sample-unions.ts'

const { deps, close } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const as = <T>(code: string, work: (ctx: TenantContext) => Promise<T>) =>
  withTenant(deps, aUser(id(code), 'officer'), work)
const listsOf = async (code: string) =>
  (await as(code, (ctx) => listLists(ctx, ListLists.parse({})))).rows.filter((list) => list.tenant_id === id(code))

const rows = [
  { name: '威州电站', areaCode: '513221100000', creditCode: aCreditCode(801), headcount: '60' },
  { name: '映秀水泥厂', areaCode: '513221101', creditCode: aCreditCode(802), headcount: '六十' },
  { name: '汶川果业公司', areaCode: '513221', creditCode: aCreditCode(803) },
  { name: '黄骅港务公司', areaCode: '130983' },
  { name: '州直公司', areaCode: '5132' },
  { name: '无区划公司', areaCode: '' },
]
const importAs = (code: string, more: object = {}) =>
  as(code, (ctx) =>
    importList(
      ctx,
      ImportList.parse({ source: 'tax', listVersion: '2026-11', name: '税务名册', asOf: '2026-10-31', rows, ...more }),
    ),
  )
const handDown = (code: string, input: { listId: number; version: number }, to = 'county') =>
  as(code, (ctx) => handDownList(ctx, HandDownList.parse({ ...input, to })))
const run = (code: string, listId: number) => runHandDown(deps, { listId, tenantId: id(code) })

test('a list goes to the counties in whose area its rows lie, who match it; what nobody keeps is counted', async () => {
  const list = await importAs('51')
  const { version } = await handDown('51', list)
  await expect(handDown('51', { ...list, version })).rejects.toMatchObject({ key: 'organisation.list.matched' })
  await expect(
    as('51', (ctx) => matchList(ctx, MatchList.parse({ listId: list.listId, version }))),
  ).rejects.toMatchObject({ key: 'organisation.list.matched' })
  await run('51', list.listId)
  // What is asked for twice is done once.
  await run('51', list.listId)
  expect(await listsOf('51')).toMatchObject([
    { state: 'handed_down', handed_bodies: 1, handed_rows: 3, left_rows: 3, skipped_bodies: 0 },
  ])
  const [received] = await listsOf('513221')
  expect(received).toMatchObject({
    source: 'tax',
    list_version: '2026-11',
    as_of: '2026-10-31',
    state: 'open',
    from_list_id: list.listId,
    rows: 3,
    faulty: 1,
  })
  const county = { listId: received?.id ?? 0, version: received?.version ?? 0 }
  expect(await as('513221', (ctx) => matchList(ctx, MatchList.parse(county)))).toMatchObject({ added: 3 })
  const read = await as('513221', (ctx) => listRows(ctx, ListRows.parse({ listId: county.listId })))
  expect(read.rows.map((row) => row.name)).toEqual(['威州电站', '映秀水泥厂', '汶川果业公司'])
  expect(await listsOf('513221100')).toEqual([])
})

test('whoever has this version keeps theirs', async () => {
  await importAs('513221', { listVersion: '2026-12', name: '县里的名册' })
  const list = await importAs('51', { listVersion: '2026-12' })
  await handDown('51', list)
  await run('51', list.listId)
  expect((await listsOf('51'))[0]).toMatchObject({ handed_bodies: 0, handed_rows: 0, left_rows: 3, skipped_bodies: 1 })
  expect(
    (await listsOf('513221')).map((row) => [row.list_version, row.name, row.from_list_id === null]),
  ).toContainEqual(['2026-12', '县里的名册', true])
})

test('down to townships, and only of a list of one’s own', async () => {
  const list = await importAs('513221', { listVersion: '2027-01' })
  await expect(handDown('51', list)).rejects.toMatchObject({ code: 'not_found' })
  await expect(handDown('513221100', list)).rejects.toMatchObject({ code: 'not_found' })
  await handDown('513221', list, 'township')
  await run('513221', list.listId)
  for (const code of ['513221100', '513221101'])
    expect(await listsOf(code)).toMatchObject([{ list_version: '2027-01', rows: 1 }])
  expect((await listsOf('513221'))[0]).toMatchObject({ handed_bodies: 2, handed_rows: 2, left_rows: 4 })
})
