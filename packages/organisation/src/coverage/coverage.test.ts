import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor, withTenant, type TenantContext } from '@gonglian/tenancy'
import {
  aSmallTree,
  aUser,
  idOf,
  openRehearsal,
  openTestDeps,
  type Rehearsal,
  type TestDeps,
} from '@gonglian/tenancy/testing'
import { ListCoverage, listCoverage } from './coverage.ts'
import { foldName } from '../numbers/names.ts'
import { someUnions } from '../ratings/rated-unions.ts'

let house: TestDeps
let rehearsal: Rehearsal
let tree: Map<string, number>
const places = ['513221', '513222', '513221100'] as const

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
  rehearsal = await openRehearsal(house.deps, house.appUrl)
})
afterAll(async () => {
  await rehearsal.close()
  await house.close()
})

const cover = async (one: {
  place: string
  union: string
  employer: string
  mode: string
  month: number
  hasEnded: boolean
}) => {
  const tenantId = idOf(tree, one.place)
  const [unionId] = await someUnions(rehearsal.deps, tenantId, [{ name: `${one.union}${++serial}` }])
  await withTenant(rehearsal.deps, systemActor('test', tenantId), async (ctx) => {
    const from = `2026-${String(one.month).padStart(2, '0')}-01`
    await sql`with employer as (
        insert into organisation.employer (tenant_id, name, name_key) values (${ctx.tenantId}, ${one.employer}, ${foldName(one.employer)}) returning id)
      insert into organisation.covered_unit (tenant_id, union_id, employer_id, mode, valid_from, valid_to)
      select ${ctx.tenantId}, ${unionId}, id, ${one.mode}, ${from}, case when ${one.hasEnded} then '2026-11-01'::date end from employer`.execute(
      ctx.db,
    )
  })
}
let serial = 0

test('which employers stand under which unions: as joined row by row', async () => {
  const unit = fc.record({
    place: fc.constantFrom(...places),
    union: fc.constantFrom('汽配工会', '物流工会'),
    employer: fc.constantFrom('某汽配公司', '某超市'),
    mode: fc.constantFrom('joint' as const, 'association' as const, 'custody' as const),
    month: fc.integer({ min: 1, max: 6 }),
    hasEnded: fc.boolean(),
    asker: fc.constantFrom('00', '513221', '513222'),
    search: fc.constantFrom('', '', '汽配', '超市'),
    onlyMode: fc.boolean(),
    current: fc.boolean(),
    page: fc.integer({ min: 1, max: 2 }),
    pageSize: fc.integer({ min: 1, max: 5 }),
  })
  type Unit = typeof unit extends fc.Arbitrary<infer Value> ? Value : never
  const ask = (one: Unit) => async (ctx: TenantContext) => {
    const { search, current, page, pageSize } = one
    const mode = one.onlyMode ? one.mode : undefined
    const list = await listCoverage(ctx, ListCoverage.parse({ search, mode, current, page, pageSize }))
    const { rows } = await sql<{ id: number; unionName: string; employerName: string; bodyName: string }>`
      select c.id, u.name as "unionName", e.name as "employerName", f.short_name as "bodyName" from organisation.covered_unit c
      join organisation.trade_union u on u.id = c.union_id join organisation.employer e on e.id = c.employer_id
      join tenancy.federation f on f.id = c.tenant_id
      where (u.name like ${`%${search}%`} or e.name like ${`%${search}%`}) and (c.valid_to is null or not ${current}) and c.mode = coalesce(${mode ?? null}, c.mode)
      order by c.valid_from desc, c.id desc`.execute(ctx.db)
    expect(list.total).toBe(rows.length)
    expect(
      list.rows.map(({ id, unionName, employerName, bodyName }) => ({ id, unionName, employerName, bodyName })),
    ).toEqual(rows.slice((page - 1) * pageSize, page * pageSize))
  }
  await fc.assert(
    fc
      .asyncProperty(fc.array(unit, { minLength: 4, maxLength: 9 }), async (units) => {
        for (const one of units) await cover(one)
        for (const one of units) await withTenant(rehearsal.deps, aUser(idOf(tree, one.asker)), ask(one))
      })
      .afterEach(() => rehearsal.undo()),
    { numRuns: 8 },
  )
})
