import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from './actor.ts'
import { withTenant } from './context.ts'
import { addKey, keysRefreshMs, refreshKeys } from './keys.ts'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from './testing.ts'
import { openVault } from './vault.ts'

let house: TestDeps
let tree: Map<string, number>
const field = 'member.id_number'
const add = () => withTenant(house.deps, systemActor('keys', idOf(tree, '00')), addKey)

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
})
afterAll(() => house.close())

test('a new key seals once every process has had time to read it, and what older keys sealed stays readable', async () => {
  const { vault } = house.deps
  const first = vault.seal(field, '一')
  const { version, activeFrom } = await add()
  expect(version).toBe(2)
  await refreshKeys(house.deps)
  expect(vault.version()).toBe(1)
  expect(activeFrom.getTime() - house.deps.clock().getTime()).toBeGreaterThan(2 * keysRefreshMs)

  house.setNow(activeFrom.toISOString())
  // A process that reads the keys now seals with the new one; one whose turn comes later opens it already.
  const late = openVault(house.secret)
  late.adoptKeys(await readStored(), new Date(0))
  await refreshKeys(house.deps)
  const second = vault.seal(field, '二')
  expect([first[0], second[0]]).toEqual([1, 2])
  expect(late.open(field, second)).toBe('二')
  expect(vault.open(field, first)).toBe('一')
  expect(() => vault.open('member.mobile', second)).toThrow()
})

const readStored = () =>
  withTenant(house.deps, systemActor('keys', 0), async (ctx) => {
    const rows = await ctx.db.selectFrom('tenancy.data_key').selectAll().execute()
    return rows.map((row) => ({ version: row.version, sealed: row.sealed, activeFrom: row.active_from }))
  })

test('fingerprints stay what they were, so that people are still found', async () => {
  const before = openVault(house.secret).fingerprint('id_number', 'x')
  await refreshKeys(house.deps)
  expect(house.deps.vault.fingerprint('id_number', 'x')).toEqual(before)
})

test('stored keys are of no use with another secret', async () => {
  const other = openVault('another secret, as long as it should be')
  expect(await readStored()).not.toEqual([])
  const stored = await readStored()
  expect(() => other.adoptKeys(stored, house.deps.clock())).toThrow()
})

test('two who rotate at once add two keys', async () => {
  const both = await Promise.all([add(), add()])
  expect(new Set(both.map((one) => one.version)).size).toBe(2)
})

test('nobody but the system adds a key, and nobody changes one', async () => {
  const person = aUser(idOf(tree, '00'), 'sysadmin')
  await expect(withTenant(house.deps, person, addKey)).rejects.toMatchObject({ code: 'forbidden' })
  const insert = sql`insert into tenancy.data_key (version, sealed, active_from) values (200, ${house.deps.vault.makeKey(200)}, tenancy.now())`
  await expect(withTenant(house.deps, person, (ctx) => insert.execute(ctx.db))).rejects.toThrow('row-level security')
  for (const change of [sql`delete from tenancy.data_key`, sql`update tenancy.data_key set version = 9`])
    await expect(
      withTenant(house.deps, systemActor('keys', idOf(tree, '00')), (ctx) => change.execute(ctx.db)),
    ).rejects.toThrow('permission denied')
})
