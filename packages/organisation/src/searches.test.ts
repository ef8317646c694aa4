import { searchRecords } from '@gonglian/records'
import { systemActor, withTenant, type Role } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { organisationSearches } from './searches.ts'
import { aMember, anEmployer, anIdNumber, anOffice, aUnion } from './testing.ts'

const { deps, close } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const county = idOf(tree, '513221')

beforeAll(async () => {
  const unionId = await aUnion(deps, county, 'SEARCH-1')
  await withTenant(deps, systemActor('test', county), (ctx) =>
    ctx.db
      .updateTable('organisation.trade_union')
      .set({ name: '汶川锦绣酒店工会委员会' })
      .where('id', '=', unionId)
      .execute(),
  )
  await anEmployer(anOffice(deps, county), '锦绣酒店有限公司')
  await aMember(deps, county, { unionId, name: '罗小锦', idNumber: anIdNumber(7) })
})

const search = (code: string, text: string, role: Role = 'officer') =>
  withTenant(deps, aUser(idOf(tree, code), role), async (ctx) =>
    (await searchRecords(organisationSearches, ctx, text, 5)).map(({ kind, title }) => `${kind} ${title}`),
  )
const union = 'union 汶川锦绣酒店工会委员会'
const employer = 'employer 锦绣酒店有限公司'
const member = 'member 罗小锦'

test.each([
  ['汶川锦', [union]],
  ['wcjx', [union]],
  ['WC JX', [union]],
  // In the own body also from the middle of a name.
  ['锦绣', [union, employer]],
  ['jxjd', [employer]],
  ['罗小', [member]],
  ['lxj', [member]],
  ["锦'; --", []],
  ['%', []],
])('the county finds by %s', async (text, found) => {
  expect(await search('513221', text)).toEqual(found)
})

test('the city finds unions and employers below by how they begin, and no member', async () => {
  expect(await search('5132', 'wcjx')).toEqual([union])
  expect(await search('5132', 'jxjd')).toEqual([employer])
  expect(await search('5132', 'lxj')).toEqual([])
})

test('a neighbour finds nothing; who may not read members finds none of them', async () => {
  expect(await search('513222', 'wcjx')).toEqual([])
  expect(await search('513222', '锦绣')).toEqual([])
  expect(await search('513221', 'lxj', 'finance')).toEqual([])
  expect(await search('513221', 'wcjx', 'sysadmin')).toEqual([])
})
