import { addKey, refreshKeys, resealColumn, systemActor, withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, expect, test } from 'vitest'
import { readMailAddress, setMailAddress } from './addresses.ts'
import { openChannel, SetChannel, setChannel } from './channels.ts'
import { sealedColumns } from './sealed-columns.ts'
import { aPerson } from './testing.ts'

const house = await openTestDeps()
afterAll(() => house.close())
const tree = await aSmallTree(house.deps)
const county = idOf(tree, '513221')

test('a rotation seals addresses and robots anew, and each is still read', async () => {
  const person = await aPerson(house.deps, county, 'sealed-person')
  await withTenant(house.deps, person, (ctx) => setMailAddress(ctx, { email: 'person@example.org' }))
  const url = 'https://oapi.dingtalk.com/robot/send?access_token=hidden'
  await withTenant(house.deps, aUser(county, 'sysadmin'), (ctx) =>
    setChannel(ctx, SetChannel.parse({ kind: 'dingtalk', version: 0, url, secret: 'SEC01' }), []),
  )
  const root = systemActor('keys', idOf(tree, '00'))
  const { activeFrom } = await withTenant(house.deps, root, addKey)
  house.setNow(activeFrom.toISOString())
  await refreshKeys(house.deps)
  for (const column of sealedColumns) expect(await resealColumn(house.deps, root, column)).toBe(1)
  expect(await withTenant(house.deps, person, readMailAddress)).toEqual({ email: 'person@example.org' })
  expect(await withTenant(house.deps, root, (ctx) => openChannel(ctx, county, 'dingtalk'))).toEqual({
    kind: 'dingtalk',
    url,
    secret: 'SEC01',
  })
})
