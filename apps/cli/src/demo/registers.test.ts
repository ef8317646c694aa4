import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { countFeeds } from '@gonglian/indicators'
import { aCatalogue, thePastsBodies } from '@gonglian/indicators/testing'
import { organisationFeeds } from '@gonglian/organisation'
import { checkIdNumber } from '@gonglian/organisation/numbers'
import { withTenant } from '@gonglian/tenancy'
import { aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { inventFirm } from './names.ts'
import { inventIdNumber, loadRegisters, registers } from './registers.ts'

let house: TestDeps
let bodies: Map<string, number>

beforeAll(async () => {
  house = await openTestDeps()
  bodies = await thePastsBodies(house.deps)
  await aCatalogue(house.deps, idOf(bodies, '00'))
  await loadRegisters(house.deps, { ids: bodies, registers, say: () => undefined })
})
afterAll(() => house.close())

/** What the feeds count of a body for a year. */
const count = (code: string, year: number) =>
  withTenant(house.deps, aUser(idOf(bodies, code), 'officer'), async (ctx) => {
    await countFeeds(ctx, organisationFeeds, { period: String(year) })
    const rows = await ctx.db
      .selectFrom('indicators.fed_figure as f')
      .innerJoin('indicators.indicator as i', 'i.id', 'f.indicator_id')
      .select(['i.code', 'f.figure'])
      .where('f.tenant_id', '=', ctx.tenantId)
      .where('f.period', '=', String(year))
      .where('f.breakdown', '=', '')
      .execute()
    return Object.fromEntries(rows.map((row) => [row.code, row.figure]))
  })

describe('the feeds count from the records what the reports of the past state', () => {
  test('黄骅: 385 unions, 327 up to standard, 238 qualified homes', async () => {
    expect(await count('130983', 2005)).toMatchObject({
      grassroots_union_count: 385,
      standardised_union_count: 327,
      qualified_home_count: 238,
    })
  })

  test('黑河: 3,261 unions with women organised = 1,662 committees + 1,599 members in charge', async () => {
    expect(await count('2311', 2012)).toMatchObject({
      unions_with_women_workers: 3261,
      women_committee_count: 1662,
      women_committee_member_count: 1599,
    })
  })

  test('大冶: 1,756 unions, 148,000 members of 159,000 employees', async () => {
    expect(await count('420281', 2014)).toMatchObject({
      grassroots_union_count: 1756,
      member_count: 148_000,
      employee_count: 159_000,
    })
    const { female_member_count: members = null, female_employee_count: employees = null } = await count('420281', 2014)
    expect(Number(members)).toBeLessThanOrEqual(Number(employees))
  })

  test('射阳: 90 % of the unions are qualified homes, 30 % of these model ones', async () => {
    const {
      grassroots_union_count: unions,
      qualified_home_count: qualified,
      model_home_count: model,
    } = await count('320924', 2014)
    expect([unions, qualified, model]).toEqual([600, 540, 162])
  })
})

test('invented employers of a place are all different', () => {
  expect(new Set(Array.from({ length: 4000 }, (_, index) => inventFirm('黑河', index))).size).toBe(4000)
})

test('invented id numbers are valid, all different, and of a county that is not in use', () => {
  const numbers = Array.from({ length: 150_000 }, (_, index) => inventIdNumber('420281', index + 1, index % 3 === 0))
  expect(new Set(numbers).size).toBe(150_000)
  for (const number of numbers.filter((_, index) => index % 500 === 0))
    expect(checkIdNumber(number, { today: '2026-11-21', minimumAge: 16 })).toMatchObject({ ok: true })
  expect(numbers.every((number) => number.startsWith('420299'))).toBe(true)
  // No register of people of one age, and nobody who joined as a child.
  const years = new Set(numbers.slice(0, 2000).map((number) => number.slice(6, 10)))
  expect([...years].toSorted().at(0)).toBe('1962')
  expect([...years].toSorted().at(-1)).toBe('1989')
})
