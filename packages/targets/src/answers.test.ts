import { DomainError, withTenant, type UserActor } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { getSplit } from './allocations.ts'
import { listAmendments } from './amendments.ts'
import { acceptAllocations, disputeAllocation } from './answers.ts'
import { amendAllocations } from './changes.ts'
import { listDuties, listTargetEvents } from './duties.ts'
import { closePlan } from './plans.ts'
import { settleAllocation } from './settlements.ts'
import {
  aPlan,
  accept,
  sign,
  someIndicators,
  split,
  splitAndIssue,
  type PlannedItem,
  type PlannedShare,
} from './testing.ts'

const { deps, close, setNow } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const province = aUser(id('51'), 'leader')
const city = aUser(id('5132'), 'leader')
const union = aUser(id('51JT'), 'leader')
const county = aUser(id('513221'), 'leader')
beforeAll(() => someIndicators(deps, id('00')))

let plans = 0
const shares: PlannedShare[] = [
  { receiverId: id('5132'), value: 60 },
  { receiverId: id('51JT'), value: 30 },
]
async function aFamily(
  options: { overAllocation?: number; item?: PlannedItem; shares?: PlannedShare[]; reserve?: number } = {},
) {
  const item = options.item ?? { indicatorCode: 'joined', method: 'sum' as const, value: 100 }
  const { planId, itemIds, version } = await aPlan(deps, province, [item], {
    name: `计划${++plans}`,
    overAllocation: options.overAllocation ?? 0,
  })
  const itemId = itemIds[0] ?? 0
  await splitAndIssue(deps, province, itemId, options.shares ?? shares, options.reserve ?? 10)
  return { planId, itemId, version }
}
const view = (itemId: number, actor = province) => withTenant(deps, actor, (ctx) => getSplit(ctx, { itemId }))
const shareOf = async (itemId: number, actor: UserActor) => (await view(itemId, actor)).share
const dispute = async (itemId: number, counterValue: number | string, actor = city) => {
  const { version } = await shareOf(itemId, actor)
  await withTenant(deps, actor, (ctx) =>
    disputeAllocation(ctx, { itemId, version, counterValue, reason: '去年基数偏高' }),
  )
}
const settle = async (itemId: number, value: number | string, actor = province) => {
  const version = (await shareOf(itemId, city)).version
  await withTenant(deps, actor, (ctx) =>
    settleAllocation(ctx, { itemId, receiverId: id('5132'), version, value, reply: '按实际核减', exemption: '' }),
  )
}
const amend = async (itemId: number, changes: [string, number][], actor = province) => {
  const { splitVersion } = await shareOf(itemId, actor)
  return withTenant(deps, actor, (ctx) =>
    amendAllocations(ctx, {
      itemId,
      version: splitVersion,
      reason: '机构调整',
      changes: changes.map(([code, toValue]) => ({ receiverId: id(code), toValue, exemption: '' })),
    }),
  )
}
const refusal = async (work: Promise<unknown>): Promise<DomainError> => {
  const error: unknown = await work.then(
    () => 'it went through',
    (reason: unknown) => reason,
  )
  if (error instanceof DomainError) return error
  throw new Error(String(error))
}

describe('disputes', () => {
  test('are asked with a value and a reason, settled by the issuer, and the reserve takes the difference', async () => {
    const { itemId } = await aFamily()
    await dispute(itemId, '50')
    expect(await shareOf(itemId, city)).toMatchObject({
      state: 'disputed',
      value: 60,
      counterValue: 50,
      reason: '去年基数偏高',
    })
    await settle(itemId, 55)
    expect(await shareOf(itemId, city)).toMatchObject({ state: 'settled', value: 55, reply: '按实际核减' })
    expect((await shareOf(itemId, province)).reserve).toBe(15)
    expect(
      await withTenant(deps, city, (ctx) => listAmendments(ctx, { itemIds: [itemId], page: 1, pageSize: 50 })),
    ).toMatchObject({
      rows: [{ kind: 'settlement', from: 60, to: 55, counterValue: 50, request: '去年基数偏高', reason: '按实际核减' }],
      total: 1,
    })
  })

  test('may be settled on the old value', async () => {
    const { itemId } = await aFamily()
    await dispute(itemId, 50)
    await settle(itemId, 60)
    expect(await shareOf(itemId, city)).toMatchObject({ state: 'settled', value: 60 })
    expect((await shareOf(itemId, province)).reserve).toBe(10)
  })

  test('cannot be settled beyond what the plan allows to give out', async () => {
    const { itemId } = await aFamily()
    await dispute(itemId, 80)
    expect(await refusal(settle(itemId, 80))).toMatchObject({
      code: 'invalid',
      key: 'errors.splitOverLimit',
      params: { over: '10', limit: '0' },
    })
    expect(await shareOf(itemId, city)).toMatchObject({ state: 'disputed', value: 60 })
  })

  test('are settled once, by the issuer only, as they were seen', async () => {
    const { itemId } = await aFamily()
    expect(await refusal(settle(itemId, 55))).toMatchObject({ key: 'errors.settleNotDisputed' })
    await dispute(itemId, 50)
    expect(await refusal(settle(itemId, 55, city))).toMatchObject({ code: 'conflict', key: 'errors.splitNotAccepted' })
    expect(await refusal(settle(itemId, 55, county))).toMatchObject({ code: 'not_found' })
    expect(await refusal(settle(itemId, 55, aUser(id('51'), 'officer')))).toMatchObject({ code: 'forbidden' })
    const results = await Promise.allSettled([settle(itemId, 55), settle(itemId, 50)])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  })

  test('need another value than the issued one, in the unit of the item', async () => {
    const { itemId } = await aFamily()
    expect(await refusal(dispute(itemId, 60))).toMatchObject({
      key: 'errors.counterSame',
      fields: [{ path: 'counterValue' }],
    })
    expect(await refusal(dispute(itemId, '50件'))).toMatchObject({
      key: 'checks.otherUnit',
      fields: [{ path: 'counterValue' }],
    })
    expect(await refusal(dispute(itemId, 50, province))).toMatchObject({ code: 'not_found' })
  })

  test('an accepted share is no longer disputed', async () => {
    const { itemId } = await aFamily()
    await accept(deps, city, itemId)
    expect(await refusal(dispute(itemId, 50))).toMatchObject({ code: 'conflict', key: 'errors.shareAnswered' })
  })
})

describe('changes after issuing (GOV-04)', () => {
  test('before the signature: both lines, and the receiver is asked again', async () => {
    const { itemId } = await aFamily()
    await accept(deps, city, itemId)
    expect(
      await amend(itemId, [
        ['5132', 50],
        ['51JT', 40],
      ]),
    ).toMatchObject({ changed: 2 })
    expect(await shareOf(itemId, city)).toMatchObject({ value: 50, state: 'issued' })
    expect((await shareOf(itemId, province)).reserve).toBe(10)
    const lines = (page: number, pageSize: number) =>
      withTenant(deps, province, (ctx) => listAmendments(ctx, { itemIds: [itemId], page, pageSize }))
    const both = await lines(1, 50)
    expect(both).toMatchObject({
      rows: [
        { receiverId: id('5132'), kind: 'change', from: 60, to: 50, reason: '机构调整', hash: null },
        { receiverId: id('51JT'), kind: 'change', from: 30, to: 40 },
      ],
      total: 2,
    })
    expect(await lines(2, 1)).toEqual({ rows: [both.rows[1]], total: 2 })
  })

  test('what was accepted meanwhile with the old value is not taken for the new one', async () => {
    const { itemId } = await aFamily()
    const { version } = await shareOf(itemId, city)
    await amend(itemId, [['5132', 70]])
    expect(
      await refusal(withTenant(deps, city, (ctx) => acceptAllocations(ctx, { shares: [{ itemId, version }] }))),
    ).toMatchObject({ key: 'errors.shareChanged' })
  })

  test('after the signature: the share stays signed, the difference goes through the reserves of both', async () => {
    const { itemId, planId } = await aFamily()
    await accept(deps, city, itemId)
    await splitAndIssue(deps, city, itemId, [{ receiverId: id('513221'), value: 40 }], 20)
    await sign(deps, city, planId)
    await amend(itemId, [['5132', 45]])
    expect(await shareOf(itemId, city)).toMatchObject({ value: 45, reserve: 5, state: 'signed' })
    expect(await shareOf(itemId, province)).toMatchObject({ reserve: 25 })
  })

  test('a share cannot fall below what its receiver has given out', async () => {
    const { itemId } = await aFamily()
    await accept(deps, city, itemId)
    await splitAndIssue(deps, city, itemId, [{ receiverId: id('513221'), value: 55 }], 5)
    expect(
      await refusal(
        amend(itemId, [
          ['51JT', 31],
          ['5132', 54],
        ]),
      ),
    ).toMatchObject({
      code: 'conflict',
      key: 'errors.amendBeneathSplit',
      params: { given: '55', unit: '人' },
      fields: [{ path: 'changes.1.toValue' }],
    })
    await amend(itemId, [['5132', 55]])
    expect(await shareOf(itemId, city)).toMatchObject({ value: 55, reserve: 0 })
  })

  test('a rate cannot rise above what was asked of those below; they rise first', async () => {
    const item: PlannedItem = { indicatorCode: 'rate', method: 'floor', value: 8500 }
    const { itemId } = await aFamily({ item, reserve: 0, shares: [{ receiverId: id('5132'), value: 9000 }] })
    await accept(deps, city, itemId)
    await splitAndIssue(deps, city, itemId, [{ receiverId: id('513221'), value: 9100 }])
    expect(await refusal(amend(itemId, [['5132', 9200]]))).toMatchObject({
      code: 'conflict',
      key: 'errors.splitFloorBelow',
    })
    expect(await refusal(amend(itemId, [['5132', 8400]]))).toMatchObject({
      key: 'errors.splitBelowFloor',
      fields: [{ path: 'changes.0.toValue' }],
    })
    await amend(itemId, [['513221', 9300]], city)
    await amend(itemId, [['5132', 9200]])
  })

  test('the drafts below, which the issuer does not see, count too', async () => {
    const item: PlannedItem = { indicatorCode: 'rate', method: 'floor', value: 8500 }
    const { itemId } = await aFamily({ item, reserve: 0, shares: [{ receiverId: id('5132'), value: 9000 }] })
    await accept(deps, city, itemId)

    await split(deps, city, itemId, [{ receiverId: id('513221'), value: 9100 }])
    expect(await refusal(amend(itemId, [['5132', 9200]]))).toMatchObject({ key: 'errors.splitFloorBelow' })
  })

  test('an equal quota changes for all at once, the root with them, and not under those who have split it', async () => {
    const { itemId } = await aFamily({
      item: { indicatorCode: 'homes', method: 'each', value: 2 },
      reserve: 0,
      shares: [
        { receiverId: id('5132'), value: 2 },
        { receiverId: id('51JT'), value: 2 },
      ],
    })
    expect(await refusal(amend(itemId, [['5132', 3]]))).toMatchObject({ key: 'errors.splitUnequal' })
    await amend(itemId, [
      ['51', 3],
      ['5132', 3],
      ['51JT', 3],
    ])
    await accept(deps, city, itemId)
    await splitAndIssue(deps, city, itemId, [{ receiverId: id('513221'), value: 3 }])
    expect(
      await refusal(
        amend(itemId, [
          ['51', 4],
          ['5132', 4],
          ['51JT', 4],
        ]),
      ),
    ).toMatchObject({ code: 'conflict', key: 'errors.splitFloorBelow' })
  })

  test('the issuer of the plan changes its own root; what it has not given out changes with it', async () => {
    const { itemId } = await aFamily()
    await amend(itemId, [
      ['51', 120],
      ['5132', 65],
    ])
    expect(await shareOf(itemId, province)).toMatchObject({ value: 120, reserve: 25 })
    expect(await refusal(amend(itemId, [['5132', 10]], city))).toMatchObject({ code: 'conflict' })
  })

  test('drafts, disputes, strangers, and no change at all', async () => {
    const { itemId } = await aFamily()
    await dispute(itemId, 50)
    expect(await refusal(amend(itemId, [['5132', 50]]))).toMatchObject({ key: 'errors.amendDisputed' })
    expect(await refusal(amend(itemId, [['51JT', 30]]))).toMatchObject({ key: 'errors.amendNothing' })
    expect(await refusal(amend(itemId, [['513221', 30]]))).toMatchObject({
      key: 'errors.shareNotFound',
      fields: [{ path: 'changes.0.receiverId' }],
    })
    expect(
      await refusal(
        amend(itemId, [
          ['51JT', 31],
          ['51JT', 32],
        ]),
      ),
    ).toMatchObject({ key: 'errors.splitTwice' })
    expect(await refusal(amend(itemId, [['51JT', 31]], aUser(id('51'), 'officer')))).toMatchObject({
      code: 'forbidden',
    })
  })
})

describe('the desk', () => {
  test('says what waits for whom', async () => {
    const kindsOf = async (actor: UserActor, planId: number) =>
      (await withTenant(deps, actor, listDuties))
        .filter((duty) => duty.planId === planId)
        .map((duty) => [duty.kind, duty.items])
    const { itemId, planId } = await aFamily()
    expect(await kindsOf(city, planId)).toEqual([['accept', 1]])
    expect(await kindsOf(province, planId)).toEqual([])
    await dispute(itemId, 50)
    expect(await kindsOf(city, planId)).toEqual([])
    expect(await kindsOf(province, planId)).toEqual([['settle', 1]])
    await settle(itemId, 50)
    expect(await kindsOf(city, planId)).toEqual([
      ['sign', 1],
      ['split', 1],
    ])

    await split(deps, city, itemId, [{ receiverId: id('513221'), value: 50 }])
    expect(await kindsOf(city, planId)).toEqual([
      ['issue', 1],
      ['sign', 1],
    ])
    await accept(deps, union, itemId)
    await sign(deps, union, planId)
    // Nobody below the industry union in its area: nothing to split.
    expect(await kindsOf(union, planId)).toEqual([])
  })

  test('says what happened since one last looked', async () => {
    setNow('2026-11-22T08:00:00+08:00')
    const since = new Date('2026-11-22T07:00:00+08:00')
    const { itemId } = await aFamily()
    await dispute(itemId, 50)
    const events = async (actor: UserActor) =>
      (await withTenant(deps, actor, (ctx) => listTargetEvents(ctx, { since, limit: 10 }))).filter(
        (event) => event.itemId === itemId,
      )
    expect(await events(city)).toMatchObject([{ kind: 'issued', isOwn: true }])
    expect(await events(province)).toMatchObject([{ kind: 'answered', bodyId: id('5132'), isOwn: false }])
    expect(await events(union)).toMatchObject([{ kind: 'issued', bodyId: id('51JT') }])
  })
})

test('a closed plan is at rest', async () => {
  const { itemId, planId, version } = await aFamily()
  await withTenant(deps, province, (ctx) => closePlan(ctx, { planId, version }))
  expect(await refusal(accept(deps, city, itemId))).toMatchObject({ code: 'conflict', key: 'errors.planClosed' })
  expect(await refusal(amend(itemId, [['5132', 50]]))).toMatchObject({ key: 'errors.planClosed' })
  expect(await refusal(dispute(itemId, 50))).toMatchObject({ key: 'errors.planClosed' })
  expect(await view(itemId)).toMatchObject({ blocked: 'errors.planClosed' })
})
