import { sql } from 'kysely'
import { createDatabase } from '@gonglian/db'
import { withTenant, type TenantContext, type UserActor } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { aPlan, accept, sign, someIndicators, split, splitAndIssue, type PlannedItem } from './testing.ts'

// What the database refuses when the code forgets: raw SQL as the application's role, each guard broken once.
const { deps, webUrl, close } = await openTestDeps()
// Under the login that people's requests have: what it may not see must not escape the checks.
const { db: web, pool } = createDatabase(webUrl, 2)
afterAll(async () => {
  await pool.end()
  await close()
})
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const province = aUser(id('51'), 'leader')
const city = aUser(id('5132'), 'leader')
const county = aUser(id('513221'), 'leader')
const stranger = aUser(id('32'), 'leader')
beforeAll(() => someIndicators(deps, id('00')))

let plans = 0
async function aSplitItem(
  item: PlannedItem,
  options: { overAllocation?: number } = {},
): Promise<{ itemId: number; planId: number }> {
  const plan = await aPlan(deps, province, [item], { name: `计划${++plans}`, ...options })
  return { planId: plan.planId, itemId: plan.itemIds[0] ?? 0 }
}
const joined: PlannedItem = { indicatorCode: 'joined', method: 'sum', value: 100 }

/** 100 = 60 for the city + 30 for the industry union + 10 kept back, all issued. */
async function aFamily(item = joined) {
  const made = await aSplitItem(item)
  await splitAndIssue(
    deps,
    province,
    made.itemId,
    [
      { receiverId: id('5132'), value: 60 },
      { receiverId: id('51JT'), value: 30 },
    ],
    10,
  )
  return made
}

const run = (actor: UserActor, ...statements: ((ctx: TenantContext) => ReturnType<typeof sql>)[]) =>
  withTenant({ ...deps, db: web }, actor, async (ctx) => {
    for (const statement of statements) await statement(ctx).execute(ctx.db)
  })
const refused = (work: Promise<unknown>, constraint: string) =>
  expect(work).rejects.toMatchObject({ code: '23514', constraint })
const denied = (work: Promise<unknown>) => expect(work).rejects.toMatchObject({ code: '42501' })
const share = (itemId: number, code: string) => sql`item_id = ${itemId} and receiver_id = ${id(code)}`

describe('sums (P1)', () => {
  test('a draft share, changed alone, no longer adds up', async () => {
    const { itemId } = await aSplitItem(joined)
    await split(deps, province, itemId, [{ receiverId: id('5132'), value: 60 }], 40)
    await refused(
      run(province, () => sql`update targets.allocation set value = 61 where ${share(itemId, '5132')}`),
      'allocation_conserved',
    )
    await refused(
      run(province, () => sql`update targets.allocation set reserve = 39 where ${share(itemId, '51')}`),
      'allocation_conserved',
    )
    await refused(
      run(province, () => sql`delete from targets.allocation where ${share(itemId, '5132')}`),
      'allocation_conserved',
    )
    await refused(
      run(
        province,
        () =>
          sql`insert into targets.allocation (item_id, receiver_id, tenant_id, value) values (${itemId}, ${id('51JT')}, ${id('51')}, 1)`,
      ),
      'allocation_conserved',
    )
    await refused(
      run(province, () => sql`update targets.allocation set reserve = null where ${share(itemId, '51')}`),
      'allocation_conserved',
    )
    // Two changes that make up for each other are right: what counts is the commit.
    await run(
      province,
      () => sql`update targets.allocation set value = 61 where ${share(itemId, '5132')}`,
      () => sql`update targets.allocation set reserve = 39 where ${share(itemId, '51')}`,
    )
  })

  test('the writer of the commit cannot look away: the family is summed as the body that splits', async () => {
    const { itemId } = await aSplitItem(joined)
    await split(deps, province, itemId, [{ receiverId: id('5132'), value: 60 }], 40)
    await refused(
      run(
        province,
        () => sql`update targets.allocation set value = 61 where ${share(itemId, '5132')}`,
        () => sql`select set_config('app.tenant', ${String(id('320924100'))}, true)`,
      ),
      'allocation_conserved',
    )
  })

  test('over-allocation passes the limit by one', async () => {
    const { itemId } = await aSplitItem(joined, { overAllocation: 1000 })
    const give = (value: number) => [
      () =>
        sql`insert into targets.allocation (item_id, receiver_id, tenant_id, value) values (${itemId}, ${id('5132')}, ${id('51')}, ${value})`,
      () => sql`update targets.allocation set reserve = ${100 - value} where ${share(itemId, '51')}`,
    ]
    await refused(run(province, ...give(111)), 'allocation_over_limit')
    await run(province, ...give(110))
  })

  test('rates below the floor, unequal quotas, and a rate that keeps something back', async () => {
    const { itemId } = await aSplitItem({ indicatorCode: 'rate', method: 'floor', value: 9000 })
    const add =
      (value: number, exemption = '') =>
      () =>
        sql`insert into targets.allocation (item_id, receiver_id, tenant_id, value, exemption) values (${itemId}, ${id('5132')}, ${id('51')}, ${value}, ${exemption})`
    const reserve = (amount: number) => () =>
      sql`update targets.allocation set reserve = ${amount} where ${share(itemId, '51')}`
    await refused(run(province, add(8999), reserve(0)), 'allocation_floor')
    await refused(run(province, add(9000), reserve(1)), 'allocation_conserved')
    await refused(run(province, add(9000)), 'allocation_conserved')
    await run(province, add(8999, '山区'), reserve(0))
    const { itemId: quota } = await aSplitItem({ indicatorCode: 'homes', method: 'each', value: 2 })
    await refused(
      run(
        province,
        () =>
          sql`insert into targets.allocation (item_id, receiver_id, tenant_id, value) values (${quota}, ${id('5132')}, ${id('51')}, 3)`,
        () => sql`update targets.allocation set reserve = 0 where ${share(quota, '51')}`,
      ),
      'allocation_floor',
    )
  })

  test('two who take from one reserve at the same moment: one of them fails', async () => {
    const { itemId } = await aSplitItem(joined)
    await split(deps, province, itemId, [{ receiverId: id('5132'), value: 60 }], 40)
    const take = (code: string) =>
      run(
        province,
        () => sql`insert into targets.allocation (item_id, receiver_id, tenant_id, value) values (${itemId}, ${id(code)}, ${id('51')}, 40)
          on conflict (item_id, receiver_id) do update set value = targets.allocation.value + 40`,
        () => sql`update targets.allocation set reserve = 0 where ${share(itemId, '51')}`,
      )
    const results = await Promise.allSettled([take('5132'), take('51JT')])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('the limit and the method cannot be changed under a split', async () => {
    const plan = await aPlan(deps, province, [joined], { name: `计划${++plans}`, issue: false, overAllocation: 1000 })
    const itemId = plan.itemIds[0] ?? 0
    await split(deps, province, itemId, [{ receiverId: id('5132'), value: 110 }], -10)
    await refused(
      run(province, () => sql`update targets.plan set over_allocation = 0 where id = ${plan.planId}`),
      'plan_split',
    )
    await refused(
      run(province, () => sql`update targets.item set method = 'each' where id = ${itemId}`),
      'plan_split',
    )
  })
})

test('nothing is issued of a draft plan, and nothing moves in a closed one', async () => {
  const plan = await aPlan(deps, province, [joined], { name: `计划${++plans}`, issue: false })
  await split(deps, province, plan.itemIds[0] ?? 0, [{ receiverId: id('5132'), value: 100 }])
  const issue = (itemId: number) => () =>
    sql`update targets.allocation set state = 'issued', issued_at = now() where ${share(itemId, '5132')}`
  await refused(run(province, issue(plan.itemIds[0] ?? 0)), 'plan_open')
  const { itemId, planId } = await aFamily()
  await run(province, () => sql`update targets.plan set state = 'closed' where id = ${planId}`)
  await refused(
    run(city, () => sql`update targets.allocation set state = 'accepted' where ${share(itemId, '5132')}`),
    'plan_open',
  )
})

describe('places', () => {
  test.each([
    ['a body two levels down', '513221'],
    ['a body of another province', '3209'],
    ['the superior', '00'],
  ])('%s is given no share', async (_, code) => {
    const { itemId } = await aFamily()
    await refused(
      run(
        province,
        () =>
          sql`insert into targets.allocation (item_id, receiver_id, tenant_id, value) values (${itemId}, ${id(code)}, ${id('51')}, 0)`,
      ),
      'allocation_place',
    )
  })

  test('nothing is given below a share that is not accepted, or that one does not have', async () => {
    const { itemId } = await aFamily()
    const give = (actor: UserActor, from: string, to: string) =>
      run(
        actor,
        () =>
          sql`insert into targets.allocation (item_id, receiver_id, tenant_id, value) values (${itemId}, ${id(to)}, ${id(from)}, 0)`,
      )
    await refused(give(city, '5132', '513221'), 'allocation_place')
    await expect(give(county, '513221', '513221100')).rejects.toMatchObject({ code: '23503' })
    await denied(give(county, '5132', '513221'))
    await denied(give(stranger, '51', '5132'))
  })

  test("nobody makes a root of another body's item", async () => {
    const { itemId } = await aFamily()
    await expect(
      run(
        county,
        () =>
          sql`insert into targets.allocation (item_id, receiver_id, tenant_id, value) values (${itemId}, ${id('513221')}, ${id('513221')}, 5)`,
      ),
    ).rejects.toMatchObject({ code: '23503' })
  })

  test('a new share is a draft', async () => {
    const { itemId } = await aSplitItem(joined)
    await refused(
      run(
        province,
        () =>
          sql`insert into targets.allocation (item_id, receiver_id, tenant_id, value, state, issued_at) values (${itemId}, ${id('5132')}, ${id('51')}, 100, 'accepted', now())`,
        () => sql`update targets.allocation set reserve = 0 where ${share(itemId, '51')}`,
      ),
      'allocation_transition',
    )
  })

  test('a share is not moved to another body, and an issued one not deleted', async () => {
    const { itemId, planId } = await aFamily()
    await refused(
      run(province, () => sql`update targets.allocation set receiver_id = ${id('32')} where ${share(itemId, '5132')}`),
      'allocation_place',
    )
    await refused(
      run(province, () => sql`delete from targets.allocation where ${share(itemId, '5132')}`),
      'allocation_issued',
    )
    await refused(
      run(province, () => sql`delete from targets.item where id = ${itemId}`),
      'plan_issued',
    )
    await refused(
      run(province, () => sql`delete from targets.plan where id = ${planId}`),
      'plan_issued',
    )
    await refused(
      run(province, () => sql`update targets.item set schedule = array_fill(10000, array[12]) where id = ${itemId}`),
      'plan_issued',
    )
    await refused(
      run(province, () => sql`update targets.plan set over_allocation = 10000 where id = ${planId}`),
      'plan_issued',
    )
    await refused(
      run(province, () => sql`update targets.plan set state = 'draft', issued_at = null where id = ${planId}`),
      'plan_transition',
    )
  })
})

describe('who does what', () => {
  test('the receiver sets no share, the issuer answers for nobody', async () => {
    const { itemId } = await aFamily()
    await denied(run(city, () => sql`update targets.allocation set value = 1 where ${share(itemId, '5132')}`))
    await denied(run(city, () => sql`update targets.allocation set exemption = '偏远' where ${share(itemId, '5132')}`))
    await denied(
      run(province, () => sql`update targets.allocation set counter_value = 1 where ${share(itemId, '5132')}`),
    )
    await denied(run(province, () => sql`update targets.allocation set reserve = 60 where ${share(itemId, '5132')}`))
    await refused(
      run(province, () => sql`update targets.allocation set state = 'accepted' where ${share(itemId, '5132')}`),
      'allocation_transition',
    )
    await refused(
      run(city, () => sql`update targets.allocation set state = 'settled' where ${share(itemId, '5132')}`),
      'allocation_transition',
    )
    await refused(
      run(city, () => sql`update targets.allocation set state = 'draft' where ${share(itemId, '5132')}`),
      'allocation_transition',
    )
  })

  test('an issued share changes only beside a line in the file, which must be true', async () => {
    const { itemId } = await aFamily()
    const change = () => sql`update targets.allocation set value = 50 where ${share(itemId, '5132')}`
    const reserve = () => sql`update targets.allocation set reserve = 20 where ${share(itemId, '51')}`
    const line = (from: number, to: number) => () =>
      sql`insert into targets.amendment (item_id, receiver_id, tenant_id, kind, from_value, to_value, reason, actor)
        values (${itemId}, ${id('5132')}, ${id('51')}, 'change', ${from}, ${to}, '基数核减', 'test')`
    await refused(run(province, change, reserve), 'allocation_amended')
    await refused(run(province, line(60, 55), change, reserve), 'allocation_amended')
    await refused(run(province, line(60, 50)), 'amendment_done')
    await run(province, line(60, 50), change, reserve)
    await denied(run(province, () => sql`update targets.amendment set reason = 'x' where item_id = ${itemId}`))
    await denied(run(province, () => sql`delete from targets.amendment where item_id = ${itemId}`))
    await denied(run(city, line(50, 60)))
  })

  test('whoever had accepted another value is asked again', async () => {
    const { itemId } = await aFamily()
    await accept(deps, city, itemId)
    await refused(
      run(
        province,
        () => sql`insert into targets.amendment (item_id, receiver_id, tenant_id, kind, from_value, to_value, reason, actor)
          values (${itemId}, ${id('5132')}, ${id('51')}, 'change', 60, 50, '基数核减', 'test')`,
        () => sql`update targets.allocation set value = 50 where ${share(itemId, '5132')}`,
        () => sql`update targets.allocation set reserve = 20 where ${share(itemId, '51')}`,
      ),
      'allocation_transition',
    )
  })

  test('what was signed stays signed: state, letter and value', async () => {
    const { itemId, planId } = await aFamily()
    await accept(deps, city, itemId)
    await refused(
      run(
        city,
        () =>
          sql`insert into targets.letter (tenant_id, plan_id, issuer_id, text, hash, signed_by) values (${id('5132')}, ${planId}, ${id('51')}, 'x', 'y', 'z')`,
      ),
      'letter_check',
    )
    const { letterId } = await sign(deps, city, planId)
    await refused(
      run(
        city,
        () => sql`update targets.allocation set state = 'accepted', letter_id = null where ${share(itemId, '5132')}`,
      ),
      'allocation_transition',
    )
    await refused(
      run(
        province,
        () => sql`insert into targets.amendment (item_id, receiver_id, tenant_id, kind, from_value, to_value, reason, actor)
          values (${itemId}, ${id('5132')}, ${id('51')}, 'change', 60, 50, '基数核减', 'test')`,
        () => sql`update targets.allocation set value = 50 where ${share(itemId, '5132')}`,
        () => sql`update targets.allocation set reserve = 20 where ${share(itemId, '51')}`,
      ),
      'allocation_amended',
    )
    await denied(run(city, () => sql`update targets.letter set text = 'x' where id = ${letterId}`))
    await accept(deps, aUser(id('51JT'), 'leader'), itemId)
    await refused(
      run(
        aUser(id('51JT')),
        () =>
          sql`update targets.allocation set state = 'signed', letter_id = ${letterId} where ${share(itemId, '51JT')}`,
      ),
      'allocation_signed',
    )
  })

  test('a schedule that falls is refused', async () => {
    const plan = await aPlan(deps, province, [joined], { name: `计划${++plans}`, issue: false })
    await refused(
      run(
        province,
        () =>
          sql`update targets.item set schedule = '{1,2,3,2,5,6,7,8,9,10,11,10000}' where id = ${plan.itemIds[0] ?? 0}`,
      ),
      'item_schedule_check',
    )
  })
})
