import { withTenant } from '@gonglian/tenancy'
import { aSmallTree, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, expect, test } from 'vitest'
import { markDeskSeen, readDeskSeen } from './desk.ts'
import { aSession } from './testing.ts'

const house = await openTestDeps()
afterAll(house.close)
const tree = await aSmallTree(house.deps)

test('what one has read is one’s own: a colleague has not read it, and nobody has at first', async () => {
  const county = idOf(tree, '513221')
  const { actor: reader } = await aSession(house.deps, county, '513221-reader', 'officer')
  const { actor: colleague } = await aSession(house.deps, county, '513221-colleague', 'auditadmin')
  expect(await withTenant(house.deps, reader, readDeskSeen)).toBeNull()

  await withTenant(house.deps, reader, markDeskSeen)
  expect(await withTenant(house.deps, reader, readDeskSeen)).toEqual(new Date('2026-11-21T12:00:00+08:00'))
  expect(await withTenant(house.deps, colleague, readDeskSeen)).toBeNull()

  await withTenant(house.deps, colleague, markDeskSeen)
  expect(await withTenant(house.deps, colleague, readDeskSeen)).not.toBeNull()
})
