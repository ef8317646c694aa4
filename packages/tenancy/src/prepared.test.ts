import { createDatabase, type Database } from '@gonglian/db'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor } from './actor.ts'
import { withTenant, withStructureReach, type TenantContext } from './context.ts'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from './testing.ts'

let house: TestDeps
let tree: Awaited<ReturnType<typeof aSmallTree>>
let owner: Database
let single: Database

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
  owner = createDatabase(house.ownerUrl, 1).db
  await sql`create table public.shelf (a) as select 1`.execute(owner)
  await sql`grant select on public.shelf to public`.execute(owner)
  // One connection, so that each question meets the statements of the last.
  single = createDatabase(house.appUrl, 1).db
})
afterAll(async () => {
  await single.destroy()
  await owner.destroy()
  await house.close()
})

const countPrepared = async (text: string) => {
  const { rows } = await sql<{ n: number }>`
    select count(*)::int as n from pg_prepared_statements where statement like ${`%${text}%`} and statement not like '%pg_prepared%'`.execute(
    single,
  )
  return rows[0]?.n
}
const readShelf = () => sql<Record<string, number>>`select * from public.shelf where a > ${0}`.execute(single)

test('a statement is prepared when it is asked the third time, and answers the same', async () => {
  const answers = []
  const counts = []
  for (let time = 1; time <= 4; time++) {
    answers.push((await readShelf()).rows)
    counts.push(await countPrepared('public.shelf'))
  }
  expect(answers).toEqual([[{ a: 1 }], [{ a: 1 }], [{ a: 1 }], [{ a: 1 }]])
  expect(counts).toEqual([0, 0, 1, 1])
})

test('a migration under a running process costs one refused question, not every one until a restart', async () => {
  for (let time = 0; time < 4; time++) await readShelf()
  await sql`alter table public.shelf add column b int default 2`.execute(owner)
  await expect(readShelf()).rejects.toThrow('cached plan must not change result type')
  expect((await readShelf()).rows).toEqual([{ a: 1, b: 2 }])
})

test('what is in the way of an insertion is found by a condition with a parameter as often as one asks', async () => {
  await sql`create table public.drawer (a int, state text)`.execute(owner)
  await sql`create unique index on public.drawer (a) where state <> 'void'`.execute(owner)
  await sql`grant insert, select on public.drawer to public`.execute(owner)
  // PostgreSQL plans a prepared statement for any values from the sixth time on.
  for (let time = 0; time < 9; time++)
    await sql`insert into public.drawer (a, state) values (${1}, ${'open'})
      on conflict (a) where state <> ${'void'} do nothing`.execute(single)
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from public.drawer`.execute(single)
  expect(rows).toEqual([{ n: 1 }])
})

test('several statements in one stay what they are', async () => {
  for (let time = 0; time < 4; time++) await sql.raw('set jit to off; reset jit').execute(single)
})

test('a connection keeps no more than 250 statements', async () => {
  for (let place = 0; place < 300; place++)
    for (let time = 0; time < 3; time++)
      await sql`select ${0}::int as ${sql.raw(`shelf_place_${place}`)}`.execute(single)
  expect(await countPrepared('shelf_place')).toBeLessThanOrEqual(250)
  expect((await sql`select ${1}::int as shelf_place_299`.execute(single)).rows).toEqual([{ shelf_place_299: 1 }])
})

const readMode = async (ctx: TenantContext) =>
  (await sql<{ mode: string }>`select current_setting('plan_cache_mode') as mode`.execute(ctx.db)).rows[0]?.mode

test('the system, and whoever acts on the structure of others, is given no plan made for another question', async () => {
  const province = idOf(tree, '51')
  expect(await withTenant(house.deps, systemActor('test', province), readMode)).toBe('force_custom_plan')
  const inside: (string | undefined)[] = []
  await withTenant(house.deps, aUser(province), async (ctx) => {
    inside.push(await readMode(ctx))
    await withStructureReach(ctx, province, async (structure) => inside.push(await readMode(structure)))
    inside.push(await readMode(ctx))
  })
  expect(inside).toEqual(['auto', 'force_custom_plan', 'force_custom_plan'])
})
