import { DomainError, addFederations, systemActor, withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getSplit, issueSplit } from './allocations.ts'
import { acceptAllocations, disputeAllocation } from './answers.ts'
import { SaveSplit, saveSplit } from './drafts.ts'
import { issuePlan } from './plans.ts'
import { aPlan, accept, someIndicators, split, splitAndIssue, type PlannedItem } from './testing.ts'

const { deps, close } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const province = aUser(id('51'), 'leader')
const city = aUser(id('5132'), 'leader')
const county = aUser(id('513221'), 'leader')
beforeAll(() => someIndicators(deps, id('00')))

let plans = 0
const plan = (items: PlannedItem[], options: { overAllocation?: number; issue?: boolean } = {}) =>
  aPlan(deps, province, items, { name: `计划${++plans}`, ...options })
const one = async (item: PlannedItem, options: { overAllocation?: number; issue?: boolean } = {}) => {
  const { itemIds, ...rest } = await plan([item], options)
  return { ...rest, itemId: itemIds[0] ?? 0 }
}
const joined = (value: number | string): PlannedItem => ({ indicatorCode: 'joined', method: 'sum', value })
const view = (itemId: number, actor = province, bodyId?: number) =>
  withTenant(deps, actor, (ctx) => getSplit(ctx, bodyId === undefined ? { itemId } : { itemId, bodyId }))
const refusal = async (work: Promise<unknown>): Promise<DomainError> => {
  const error: unknown = await work.then(
    () => 'it went through',
    (reason: unknown) => reason,
  )
  if (error instanceof DomainError) return error
  throw new Error(String(error))
}

describe('splitting', () => {
  test('from the province over city and county to the township, each level by itself', async () => {
    const { itemId } = await one(joined(1000))
    await splitAndIssue(
      deps,
      province,
      itemId,
      [
        { receiverId: id('5132'), value: 700 },
        { receiverId: id('51JT'), value: 250 },
      ],
      50,
    )
    await accept(deps, city, itemId)
    await splitAndIssue(deps, city, itemId, [
      { receiverId: id('513221'), value: 400 },
      { receiverId: id('513222'), value: 300 },
    ])
    await accept(deps, county, itemId)
    await splitAndIssue(deps, county, itemId, [{ receiverId: id('513221100'), value: 400 }])
    const town = await view(itemId, aUser(id('513221100')))
    expect(town.share).toMatchObject({ value: 400, state: 'issued', reserve: null })
    expect(await view(itemId)).toMatchObject({
      share: { value: 1000, reserve: 50 },
      allocated: 950,
      limit: 0,
      blocked: null,
    })
  })

  test("all today's subordinates are rows, with or without a share", async () => {
    const { itemId } = await one(joined(10))
    await split(deps, province, itemId, [{ receiverId: id('5132'), value: 10 }])
    expect((await view(itemId)).rows.map((row) => [row.body.code, row.share?.value ?? null])).toEqual([
      ['5132', 10],
      ['51JT', null],
    ])
  })

  test('a split that does not add up names the difference, either way', async () => {
    const { itemId } = await one(joined(100))
    const row = { receiverId: id('5132'), value: 60 }
    expect(await refusal(split(deps, province, itemId, [row], 30))).toMatchObject({
      code: 'invalid',
      key: 'errors.splitLeft',
      params: { share: '100', sum: '60', reserve: '30', difference: '10', unit: '人' },
      fields: [{ path: 'reserve' }],
    })
    expect(await refusal(split(deps, province, itemId, [row], 41))).toMatchObject({
      key: 'errors.splitExceeds',
      params: { difference: '1' },
    })
    expect((await view(itemId)).share.reserve).toBeNull()
  })

  test('more than the share is given out only as far as the plan says', async () => {
    const { itemId } = await one(joined(100), { overAllocation: 1000 })
    expect(await refusal(split(deps, province, itemId, [{ receiverId: id('5132'), value: 111 }], -11))).toMatchObject({
      key: 'errors.splitOverLimit',
      params: { over: '11', limit: '10' },
    })
    await split(deps, province, itemId, [{ receiverId: id('5132'), value: 110 }], -10)
    expect(await view(itemId)).toMatchObject({ share: { reserve: -10 }, allocated: 110, limit: 10 })
  })

  test('what is left out of the next save is taken back, what is unchanged keeps its version', async () => {
    const { itemId } = await one(joined(100))
    await split(deps, province, itemId, [
      { receiverId: id('5132'), value: 60 },
      { receiverId: id('51JT'), value: 40 },
    ])
    await split(deps, province, itemId, [{ receiverId: id('5132'), value: 60 }], 40)
    const rows = (await view(itemId)).rows
    expect(rows.map((row) => [row.share?.value, row.share?.version])).toEqual([
      [60, 1],
      [undefined, undefined],
    ])
    await split(deps, province, itemId, [], 100)
    expect((await view(itemId)).share.reserve).toBeNull()
  })

  test('a rate may be higher below, lower only with a reason; an equal quota is equal', async () => {
    const { itemId } = await one({ indicatorCode: 'rate', method: 'floor', value: '90%' })
    expect(
      await refusal(
        split(deps, province, itemId, [
          { receiverId: id('51JT'), value: 9500 },
          { receiverId: id('5132'), value: 8999 },
        ]),
      ),
    ).toMatchObject({
      key: 'errors.splitBelowFloor',
      params: { share: '90', unit: '%', count: 1 },
      fields: [{ path: 'rows.1.value' }],
    })
    await split(deps, province, itemId, [
      { receiverId: id('51JT'), value: 9500 },
      { receiverId: id('5132'), value: 8999, exemption: '地广人稀' },
    ])
    const { itemId: quota } = await one({ indicatorCode: 'homes', method: 'each', value: 2 })
    expect(await refusal(split(deps, province, quota, [{ receiverId: id('5132'), value: 3 }]))).toMatchObject({
      key: 'errors.splitUnequal',
    })
    await split(deps, province, quota, [{ receiverId: id('5132'), value: 2 }])
  })

  test('where less is better nobody may get a higher ceiling', async () => {
    const { itemId } = await one({ indicatorCode: 'overdue', method: 'floor', value: 20 })
    expect(await refusal(split(deps, province, itemId, [{ receiverId: id('5132'), value: 21 }]))).toMatchObject({
      key: 'errors.splitAboveCeiling',
    })
    await split(deps, province, itemId, [{ receiverId: id('5132'), value: 12 }])
  })
})

describe('bad input', () => {
  test.each([
    ['-5', 'checks.negative'],
    [-5, 'checks.negative'],
    ['1.5', 'checks.fraction'],
    [1.5, 'checks.fraction'],
    ['99999999999999', 'checks.tooLarge'],
    [1e14, 'checks.tooLarge'],
    ['约100', 'errors.targetInexact'],
    ['3-5', 'errors.targetInexact'],
    ['一百', 'checks.notNumber'],
    ['未统计', 'checks.notNumber'],
    ['100件', 'checks.otherUnit'],
  ])('%s is refused beside its cell', async (value, key) => {
    const { itemId } = await one(joined(100))
    const error = await refusal(
      withTenant(deps, province, (ctx) =>
        saveSplit(
          ctx,
          SaveSplit.parse({
            itemId,
            version: 0,
            rows: [
              { receiverId: id('51JT'), value: 40 },
              { receiverId: id('5132'), value },
            ],
            reserve: 0,
          }),
        ),
      ),
    )
    expect(error).toMatchObject({ code: 'invalid', key, fields: [{ path: 'rows.1.value', key }] })
    expect((await view(itemId)).rows.every((row) => row.share === null)).toBe(true)
  })

  test('full-width digits, separators and 万 are read', async () => {
    const { itemId } = await one(joined('１．２万人'))
    await withTenant(deps, province, (ctx) =>
      saveSplit(
        ctx,
        SaveSplit.parse({
          itemId,
          version: 0,
          rows: [
            { receiverId: id('51JT'), value: '２，０００' },
            { receiverId: id('5132'), value: '1万' },
          ],
        }),
      ),
    )
    expect((await view(itemId)).rows.map((row) => row.share?.value)).toEqual([10_000, 2000])
  })

  test('bodies that are not directly below, unknown, or named twice', async () => {
    const { itemId } = await one(joined(100))
    for (const receiverId of [id('513221'), id('32'), id('51'), 999_999]) {
      expect(await refusal(split(deps, province, itemId, [{ receiverId, value: 100 }]))).toMatchObject({
        key: 'errors.splitNotBelow',
        fields: [{ path: 'rows.0.receiverId' }],
      })
    }
    const row = { receiverId: id('5132'), value: 50 }
    expect(await refusal(split(deps, province, itemId, [row, row]))).toMatchObject({
      key: 'errors.splitTwice',
      fields: [{ path: 'rows.1.receiverId' }],
    })
  })

  test('an item out of sight, or of a draft plan of the superior, is not found', async () => {
    const { itemId } = await one(joined(100), { issue: false })
    expect(await refusal(view(itemId, aUser(id('32'), 'leader')))).toMatchObject({ code: 'not_found' })
    await split(deps, province, itemId, [{ receiverId: id('5132'), value: 100 }])
    expect(await refusal(view(itemId, city))).toMatchObject({ code: 'not_found' })
  })
})

describe('whose turn it is', () => {
  test('a body splits only what it has accepted', async () => {
    const { itemId } = await one(joined(100))
    await splitAndIssue(deps, province, itemId, [{ receiverId: id('5132'), value: 100 }])
    const shares = [{ receiverId: id('513221'), value: 100 }]
    expect(await view(itemId, city)).toMatchObject({ blocked: 'errors.splitNotAccepted' })
    expect(await refusal(split(deps, city, itemId, shares))).toMatchObject({
      code: 'conflict',
      key: 'errors.splitNotAccepted',
    })
    await withTenant(deps, city, (ctx) =>
      disputeAllocation(ctx, { itemId, version: 2, counterValue: 80, reason: '基数偏高' }),
    )
    expect(await refusal(split(deps, city, itemId, shares))).toMatchObject({ key: 'errors.splitNotAccepted' })
  })

  test('a prepared split waits for the plan, is issued once, and then stands', async () => {
    const { itemId, planId } = await one(joined(100), { issue: false })
    await split(deps, province, itemId, [{ receiverId: id('5132'), value: 60 }], 40)
    const issue = async () => {
      const { share } = await view(itemId)
      return withTenant(deps, province, (ctx) => issueSplit(ctx, { itemId, version: share.splitVersion }))
    }
    expect(await refusal(issue())).toMatchObject({ key: 'errors.planNotIssued' })
    await withTenant(deps, province, (ctx) => issuePlan(ctx, { planId, version: 2 }))
    expect(await issue()).toMatchObject({ issued: 1, without: [{ code: '51JT' }] })
    expect(await refusal(issue())).toMatchObject({ key: 'errors.splitNothingToIssue' })
    expect(await refusal(split(deps, province, itemId, [{ receiverId: id('5132'), value: 70 }], 30))).toMatchObject({
      key: 'errors.splitIssued',
      fields: [{ path: 'rows.0.value' }],
    })
    // A body forgotten at first gets its share out of the reserve; the issued one may stand in the list or not.
    await split(deps, province, itemId, [{ receiverId: id('51JT'), value: 40 }], 0)
    expect((await view(itemId)).rows.map((row) => [row.share?.value, row.share?.state])).toEqual([
      [60, 'issued'],
      [40, 'draft'],
    ])
  })

  test('officers prepare, leaders issue; neither acts for another body', async () => {
    const { itemId } = await one(joined(100))
    const officer = aUser(id('51'), 'officer')
    await split(deps, officer, itemId, [{ receiverId: id('5132'), value: 100 }])
    const { share } = await view(itemId)
    expect(
      await refusal(withTenant(deps, officer, (ctx) => issueSplit(ctx, { itemId, version: share.splitVersion }))),
    ).toMatchObject({ code: 'forbidden' })
    expect(
      await refusal(
        withTenant(deps, aUser(id('51'), 'auditor'), (ctx) =>
          saveSplit(ctx, { itemId, version: share.splitVersion, rows: [], reserve: 100 }),
        ),
      ),
    ).toMatchObject({ code: 'forbidden' })
    expect(
      await refusal(
        withTenant(deps, city, (ctx) =>
          saveSplit(ctx, { itemId, version: share.splitVersion, rows: [], reserve: 100 }),
        ),
      ),
    ).toMatchObject({ code: 'not_found' })
  })

  test('two officers on one split: the second is told, and nothing is lost', async () => {
    const { itemId } = await one(joined(100))
    const save = (value: number) =>
      withTenant(deps, province, (ctx) =>
        saveSplit(ctx, {
          itemId,
          version: 0,
          reserve: 100 - value,
          rows: [{ receiverId: id('5132'), value, locked: false, exemption: '' }],
        }),
      )
    const results = await Promise.allSettled([save(60), save(70)])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
    const lost = results.find((result) => result.status === 'rejected')
    expect(lost?.reason).toMatchObject({ code: 'conflict', key: 'errors.splitChanged' })
    const { share, rows } = await view(itemId)
    expect(share.value).toBe((rows[0]?.share?.value ?? 0) + (share.reserve ?? 0))
  })

  test('a share is accepted as it was seen, and once', async () => {
    const { itemId } = await one(joined(100))
    await splitAndIssue(deps, province, itemId, [{ receiverId: id('5132'), value: 100 }])
    const acceptAs = (version: number, actor = city) =>
      withTenant(deps, actor, (ctx) => acceptAllocations(ctx, { shares: [{ itemId, version }] }))
    const { share } = await view(itemId, city)
    expect(await refusal(acceptAs(share.version - 1))).toMatchObject({
      code: 'conflict',
      key: 'errors.shareChanged',
      fields: [{ path: 'shares.0' }],
    })
    expect(await refusal(acceptAs(share.version, aUser(id('5132'), 'officer')))).toMatchObject({ code: 'forbidden' })
    expect(await acceptAs(share.version)).toEqual({ accepted: 1 })
    expect(await refusal(acceptAs(share.version + 1))).toMatchObject({ key: 'errors.shareAnswered' })
    expect(await refusal(acceptAs(1, province))).toMatchObject({ code: 'not_found' })
  })
})

describe('at size', () => {
  test('3,000 children in one split: a few statements, whatever the number', async () => {
    const codes = Array.from({ length: 3000 }, (_, index) => `T${index}`)
    await withTenant(deps, systemActor('test', 0), (ctx) =>
      addFederations(
        ctx,
        codes.map((code) => ({
          code,
          name: `乡镇${code}`,
          shortName: code,
          level: 'township',
          validFrom: '1990-01-01',
          parentCode: '32',
        })),
      ),
    )
    const jiangsu = aUser(id('32'), 'leader')
    const { itemIds } = await aPlan(deps, jiangsu, [joined(3_000_000)])
    const itemId = itemIds[0] ?? 0
    const children = (await view(itemId, jiangsu)).rows.map((row) => row.body.id)
    const rows = children.map((receiverId, index) => ({ receiverId, value: index % 2 === 0 ? 1000 : 990 }))
    const sum = rows.reduce((total, row) => total + row.value, 0)
    let statements = 0
    const counted = {
      ...deps,
      db: deps.db.withPlugin({
        transformQuery: (args) => (statements++, args.node),
        transformResult: (args) => Promise.resolve(args.result),
      }),
    }
    await splitAndIssue(counted, jiangsu, itemId, rows, 3_000_000 - sum)
    expect(statements).toBeLessThan(60)
    const after = await view(itemId, jiangsu)
    expect(after.rows.filter((row) => row.share?.state === 'issued')).toHaveLength(children.length)
    expect(after.allocated).toBe(sum)
  })
})
