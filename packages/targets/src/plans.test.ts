import { DomainError, withTenant, type UserActor } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getSplit } from './allocations.ts'
import { AddItem, UpdateItem, addItem, annotateItem, removeItem, updateItem } from './item-drafts.ts'
import { listItems } from './items.ts'
import { getPlan } from './overviews.ts'
import { CreatePlan, UpdatePlan, createPlan, deletePlan, updatePlan } from './plan-drafts.ts'
import { closePlan, findPlan, issuePlan, listPlans } from './plans.ts'
import { aPlan, accept, someIndicators, split, splitAndIssue, type PlannedItem } from './testing.ts'

const { deps, close } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const province = aUser(id('51'), 'leader')
const city = aUser(id('5132'), 'leader')
beforeAll(() => someIndicators(deps, id('00')))

let plans = 0
const joined: PlannedItem = { indicatorCode: 'joined', method: 'sum', value: 100 }
const draft = (items: PlannedItem[] = [joined]) =>
  aPlan(deps, province, items, { name: `计划${++plans}`, issue: false })
const as = <T>(actor: UserActor, work: Parameters<typeof withTenant<T>>[2]) => withTenant(deps, actor, work)
const refusal = async (work: Promise<unknown>): Promise<DomainError> => {
  const error: unknown = await work.then(
    () => 'it went through',
    (reason: unknown) => reason,
  )
  if (error instanceof DomainError) return error
  throw new Error(String(error))
}

describe('a plan', () => {
  test('has a name of its own in its year, also when two are made at the same moment', async () => {
    const make = () => as(province, (ctx) => createPlan(ctx, CreatePlan.parse({ year: 2026, name: ' 年度目标 ' })))
    const results = await Promise.allSettled([make(), make()])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(results.find((result) => result.status === 'rejected')?.reason).toMatchObject({
      code: 'conflict',
      key: 'errors.planNameTaken',
      fields: [{ path: 'name' }],
    })
    const other = await draft()
    expect(
      await refusal(
        as(province, (ctx) =>
          updatePlan(
            ctx,
            UpdatePlan.parse({ planId: other.planId, version: other.version, year: 2026, name: '年度目标' }),
          ),
        ),
      ),
    ).toMatchObject({ key: 'errors.planNameTaken' })
  })

  test.each([
    [{ year: 1989, name: '目标' }, 'year'],
    [{ year: 2026, name: ' 目 ' }, 'name'],
    [{ year: 2026, name: '目标', overAllocation: -1 }, 'overAllocation'],
    [{ year: 2026, name: '目标', overAllocation: 10_001 }, 'overAllocation'],
    [{ year: 2026, name: '目标', yellowFrom: -500, redFrom: -400 }, 'redFrom'],
  ])('%j is refused at %s', (input, path) => {
    expect(CreatePlan.safeParse(input).error?.issues[0]?.path).toEqual([path])
  })

  test("is the issuer's alone while it is a draft, and read above and below once issued", async () => {
    const { planId, version } = await draft()
    const outsiders = ['00', '5132', '513221100', '32', '51JT'].map((code) => aUser(id(code), 'leader'))
    for (const actor of outsiders)
      expect(await refusal(as(actor, (ctx) => findPlan(ctx, planId)))).toMatchObject({ code: 'not_found' })
    await as(province, (ctx) => issuePlan(ctx, { planId, version }))
    for (const code of ['00', '5132', '513221100', '51JT'])
      expect((await as(aUser(id(code)), (ctx) => findPlan(ctx, planId))).issuer.code).toBe('51')
    expect(await refusal(as(aUser(id('32')), (ctx) => findPlan(ctx, planId)))).toMatchObject({ code: 'not_found' })
  })

  test('needs an item to be issued, is issued once and closed once', async () => {
    const { planId, version } = await draft([])
    expect(await refusal(as(province, (ctx) => issuePlan(ctx, { planId, version })))).toMatchObject({
      code: 'invalid',
      key: 'errors.planEmpty',
    })
    expect(await refusal(as(province, (ctx) => closePlan(ctx, { planId, version })))).toMatchObject({
      key: 'errors.planNotIssued',
    })
    const added = await as(province, (ctx) => addItem(ctx, AddItem.parse({ ...joined, planId, version })))
    const issue = (at: number) => as(province, (ctx) => issuePlan(ctx, { planId, version: at }))
    expect(await refusal(issue(version))).toMatchObject({ code: 'conflict', key: 'errors.planChanged' })
    const issued = await issue(added.version)
    expect(await refusal(issue(issued.version))).toMatchObject({ key: 'errors.planIssued' })
    const closed = await as(province, (ctx) => closePlan(ctx, { planId, version: issued.version }))
    expect(await refusal(as(province, (ctx) => closePlan(ctx, { planId, version: closed.version })))).toMatchObject({
      key: 'errors.planClosed',
    })
  })

  test('is issued by a leader, drafted by an officer, touched by nobody else', async () => {
    const { planId, version } = await draft()
    expect(await refusal(as(aUser(id('51'), 'officer'), (ctx) => issuePlan(ctx, { planId, version })))).toMatchObject({
      code: 'forbidden',
    })
    expect(await refusal(as(aUser(id('51'), 'auditor'), (ctx) => deletePlan(ctx, { planId, version })))).toMatchObject({
      code: 'forbidden',
    })
    expect(await refusal(as(city, (ctx) => issuePlan(ctx, { planId, version })))).toMatchObject({ code: 'not_found' })
    expect(await refusal(as(aUser(id('51'), 'sysadmin'), (ctx) => findPlan(ctx, planId)))).toMatchObject({
      code: 'forbidden',
    })
    await as(aUser(id('51'), 'officer'), (ctx) => deletePlan(ctx, { planId, version }))
    expect(await refusal(as(province, (ctx) => findPlan(ctx, planId)))).toMatchObject({ code: 'not_found' })
  })

  test('taken back takes its prepared splits with it; issued it stays', async () => {
    const { planId, version, itemIds } = await draft()
    await split(deps, province, itemIds[0] ?? 0, [{ receiverId: id('5132'), value: 100 }])
    await as(province, (ctx) => deletePlan(ctx, { planId, version }))
    const issued = await aPlan(deps, province, [joined], { name: `计划${++plans}` })
    expect(
      await refusal(as(province, (ctx) => deletePlan(ctx, { planId: issued.planId, version: issued.version }))),
    ).toMatchObject({ key: 'errors.planIssued' })
  })

  test('of an industry union goes down its line', async () => {
    const line = aUser(id('00JT'), 'leader')
    const { planId, itemIds } = await aPlan(deps, line, [joined])
    expect(await as(line, (ctx) => findPlan(ctx, planId))).toMatchObject({ hierarchy: 'line' })
    const view = await as(line, (ctx) => getSplit(ctx, { itemId: itemIds[0] ?? 0 }))
    expect(view.rows.map((row) => row.body.code)).toEqual(['51JT'])
    await splitAndIssue(deps, line, itemIds[0] ?? 0, [{ receiverId: id('51JT'), value: 100 }])
    await accept(deps, aUser(id('51JT'), 'leader'), itemIds[0] ?? 0)
    await splitAndIssue(deps, aUser(id('51JT'), 'leader'), itemIds[0] ?? 0, [{ receiverId: id('5132JT'), value: 100 }])
    // The province is no superior in the line, but the union stands in its area: it reads what the union is charged with.
    expect((await as(province, (ctx) => listPlans(ctx, {}))).some((plan) => plan.id === planId)).toBe(false)
  })
})

describe('items', () => {
  test('ten and more, by three methods, in the order of the plan', async () => {
    const items: PlannedItem[] = Array.from({ length: 12 }, (_, index) =>
      index % 3 === 0
        ? { ...joined, aspect: '组织建设' }
        : index % 3 === 1
          ? { indicatorCode: 'rate', method: 'floor', value: '９０．５％' }
          : { indicatorCode: 'homes', method: 'each', value: 2 },
    )
    const { planId, version } = await draft(items)
    await as(province, (ctx) => issuePlan(ctx, { planId, version }))
    const listed = await as(city, (ctx) => listItems(ctx, planId))
    expect(listed.map((item) => [item.position, item.method])).toEqual(
      items.map((item, index) => [index + 1, item.method]),
    )
    const overview = await as(province, (ctx) => getPlan(ctx, { planId }))
    expect(overview.aspects.map((aspect) => [aspect.aspect, aspect.items.length])).toEqual([
      ['组织建设', 4],
      ['', 8],
    ])
    expect(overview.aspects[1]?.items[0]?.share?.value).toBe(9050)
  })

  test.each([
    [{ indicatorCode: 'nothing', method: 'sum', value: 1 }, 'not_found', 'errors.indicatorNotFound'],
    [{ indicatorCode: 'rate', method: 'sum', value: 9000 }, 'invalid', 'errors.itemNotAdditive'],
    [{ indicatorCode: 'joined', method: 'sum', value: '-1' }, 'invalid', 'checks.negative'],
    [{ indicatorCode: 'joined', method: 'sum', value: '1.5' }, 'invalid', 'checks.fraction'],
    [{ indicatorCode: 'money', method: 'sum', value: '0.001' }, 'invalid', 'checks.tooPrecise'],
    [{ indicatorCode: 'joined', method: 'sum', value: '10000000000001' }, 'invalid', 'checks.tooLarge'],
    [{ indicatorCode: 'joined', method: 'sum', value: '1000余' }, 'invalid', 'errors.targetInexact'],
  ] as const)('%j: %s %s', async (item, code, key) => {
    const { planId, version } = await draft([])
    expect(
      await refusal(as(province, (ctx) => addItem(ctx, AddItem.parse({ ...item, planId, version })))),
    ).toMatchObject({ code, key })
    expect(await as(province, (ctx) => listItems(ctx, planId))).toEqual([])
  })

  test('take the schedule of their nature unless the plan has its own, and the direction of their indicator', async () => {
    const own = [0, 0, 500, 500, 500, 500, 500, 9000, 9500, 9500, 9500, 10_000]
    const { planId } = await draft([
      joined,
      { indicatorCode: 'members', method: 'sum', value: 5 },
      { ...joined, schedule: own, scheduleKind: 'seasonal' },
      { indicatorCode: 'overdue', method: 'floor', value: 5 },
    ])
    const items = await as(province, (ctx) => listItems(ctx, planId))
    expect(items.map((item) => [item.scheduleKind, item.schedule[0], item.schedule[6], item.direction])).toEqual([
      ['straight', 833, 5833, 1],
      ['manual', 10_000, 10_000, 1],
      ['seasonal', 0, 500, 1],
      ['manual', 10_000, 10_000, -1],
    ])
    expect(AddItem.safeParse({ ...joined, planId, version: 1, schedule: own.slice(1) }).success).toBe(false)
  })

  test('change only in a draft, only as they were seen, and not under a split', async () => {
    const { planId, version, itemIds } = await draft([joined, { ...joined, value: 5 }])
    const [first = 0, second = 0] = itemIds
    const change = (input: Record<string, unknown>, at: number) =>
      as(province, (ctx) =>
        updateItem(ctx, UpdateItem.parse({ itemId: first, version: at, method: 'sum', value: 100, ...input })),
      )
    const moved = await change({ position: 2, value: '１２０' }, version)
    expect((await as(province, (ctx) => listItems(ctx, planId))).map((item) => item.id)).toEqual([second, first])
    expect(await refusal(change({}, version))).toMatchObject({ code: 'conflict', key: 'errors.planChanged' })
    await split(deps, province, first, [{ receiverId: id('5132'), value: 120 }])
    expect(await refusal(change({ value: 130 }, moved.version))).toMatchObject({
      code: 'conflict',
      key: 'errors.itemSplit',
      fields: [{ path: 'value' }],
    })
    expect(await refusal(change({ value: 120, method: 'each' }, moved.version))).toMatchObject({
      key: 'errors.itemSplit',
      fields: [{ path: 'method' }],
    })
    const removed = await as(province, (ctx) => removeItem(ctx, { itemId: first, version: moved.version }))
    const issued = await as(province, (ctx) => issuePlan(ctx, { planId, version: removed.version }))
    expect(
      await refusal(as(province, (ctx) => removeItem(ctx, { itemId: second, version: issued.version }))),
    ).toMatchObject({ key: 'errors.planIssued' })
    await as(province, (ctx) =>
      annotateItem(ctx, { itemId: second, version: issued.version, note: '"引号" ‮RTL‬ 🙂', accountable: '办公室' }),
    )
    expect((await as(city, (ctx) => listItems(ctx, planId)))[0]?.note).toBe('"引号" ‮RTL‬ 🙂')
    expect(
      await refusal(as(city, (ctx) => annotateItem(ctx, { itemId: second, version: 1, note: '', accountable: '' }))),
    ).toMatchObject({ code: 'not_found' })
  })
})

describe('the overview', () => {
  test('says per item what is given out, kept back, accepted and signed of all', async () => {
    const { planId, itemIds } = await aPlan(
      deps,
      province,
      [joined, { indicatorCode: 'homes', method: 'each', value: 2 }],
      { name: `计划${++plans}` },
    )
    const [first = 0] = itemIds
    await splitAndIssue(deps, province, first, [{ receiverId: id('5132'), value: 60 }], 40)
    await accept(deps, city, first)
    await split(deps, province, first, [{ receiverId: id('51JT'), value: 10 }], 30)
    const [aspect] = (await as(province, (ctx) => getPlan(ctx, { planId }))).aspects
    expect(aspect?.items).toMatchObject([
      {
        share: { value: 100, reserve: 30 },
        allocated: 70,
        children: 2,
        states: { draft: 1, issued: 0, accepted: 1, signed: 0 },
      },
      { share: { value: 2, reserve: null }, allocated: null, children: 2, states: { draft: 0, accepted: 0 } },
    ])
    const [own] = (await as(city, (ctx) => getPlan(ctx, { planId }))).aspects
    expect(own?.items.map((item) => item.share?.value ?? null)).toEqual([60, null])
    const [seen] = (await as(province, (ctx) => getPlan(ctx, { planId, bodyId: id('5132') }))).aspects
    expect(seen?.items[0]).toMatchObject({ share: { value: 60 }, children: 3 })
  })

  test("lists a body's own plans and those it has a part in, with what waits for it", async () => {
    const { planId, itemIds } = await aPlan(deps, province, [joined, joined], { name: `计划${++plans}` })
    await splitAndIssue(deps, province, itemIds[0] ?? 0, [{ receiverId: id('5132'), value: 60 }], 40)
    const find = async (actor: UserActor) =>
      (await as(actor, (ctx) => listPlans(ctx, { year: 2026 }))).find((plan) => plan.id === planId)
    expect(await find(province)).toMatchObject({ items: 2, open: 0 })
    expect(await find(city)).toMatchObject({ items: 2, open: 1 })
    expect(await find(aUser(id('513221')))).toBeUndefined()
    expect(await as(province, (ctx) => listPlans(ctx, { year: 2025 }))).toEqual([])
  })
})
