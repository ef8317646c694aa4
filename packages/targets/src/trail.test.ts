import { ListAudit, listAudit, systemActor, withTenant, type UserActor } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, expect, test } from 'vitest'
import { getSplit } from './allocations.ts'
import { disputeAllocation } from './answers.ts'
import { amendAllocations } from './changes.ts'
import { importAllocations } from './imports.ts'
import { AddItem, UpdateItem, addItem, annotateItem, removeItem, updateItem } from './item-drafts.ts'
import { createPlan, deletePlan, updatePlan } from './plan-drafts.ts'
import { closePlan, issuePlan } from './plans.ts'
import { settleAllocation } from './settlements.ts'
import { aPlan, accept, sign, someIndicators, splitAndIssue } from './testing.ts'

const { deps, close } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const province = aUser(id('51'), 'leader')
const city = aUser(id('5132'), 'leader')

/** The acts in a body's audit trail, oldest first. */
const trailOf = async (code: string): Promise<string[]> => {
  const { lines } = await withTenant(deps, aUser(id(code), 'auditadmin'), (ctx) =>
    listAudit(ctx, ListAudit.parse({ order: 'oldest', pageSize: 100 })),
  )
  return lines.map((line) => line.action)
}
const viewAs = (actor: UserActor, itemId: number) => withTenant(deps, actor, (ctx) => getSplit(ctx, { itemId }))

test('every write leaves its line in the trail of the body that wrote, refused ones leave none', async () => {
  await someIndicators(deps, id('00'))
  const joined = { indicatorCode: 'joined', method: 'sum' as const, value: 100 }
  const made = await withTenant(deps, province, async (ctx) => {
    const terms = { year: 2026, name: '目标', yellowFrom: 0, redFrom: -1000, overAllocation: 0 }
    const plan = await createPlan(ctx, terms)
    let { version } = await updatePlan(ctx, { ...terms, name: '年度目标', planId: plan.planId, version: plan.version })
    const spare = await addItem(ctx, AddItem.parse({ ...joined, planId: plan.planId, version }))
    ;({ version } = await removeItem(ctx, { itemId: spare.itemId, version: spare.version }))
    const { itemId, version: added } = await addItem(ctx, AddItem.parse({ ...joined, planId: plan.planId, version }))
    ;({ version } = await updateItem(ctx, UpdateItem.parse({ ...joined, itemId, version: added, weight: 100 })))
    ;({ version } = await issuePlan(ctx, { planId: plan.planId, version }))
    ;({ version } = await annotateItem(ctx, { itemId, version, note: '说明', accountable: '' }))
    return { planId: plan.planId, itemId, version }
  })
  const { planId, itemId } = made
  await splitAndIssue(
    deps,
    province,
    itemId,
    [
      { receiverId: id('5132'), value: 60 },
      { receiverId: id('51JT'), value: 30 },
    ],
    10,
  )
  await withTenant(deps, city, (ctx) =>
    disputeAllocation(ctx, { itemId, version: 2, counterValue: 50, reason: '偏高' }),
  )
  await withTenant(deps, province, (ctx) =>
    settleAllocation(ctx, { itemId, receiverId: id('5132'), version: 3, value: 55, reply: '核减', exemption: '' }),
  )
  await sign(deps, city, planId)
  const { share } = await viewAs(province, itemId)
  await withTenant(deps, province, (ctx) =>
    amendAllocations(ctx, {
      itemId,
      version: share.splitVersion,
      reason: '调整',
      changes: [{ receiverId: id('5132'), toValue: 50, exemption: '' }],
    }),
  )
  await accept(deps, aUser(id('51JT'), 'leader'), itemId)
  await withTenant(deps, province, (ctx) => closePlan(ctx, { planId, version: made.version }))
  const other = await aPlan(deps, province, [], { name: '另一份', issue: false })
  await withTenant(deps, province, (ctx) => deletePlan(ctx, { planId: other.planId, version: other.version }))
  await expect(
    withTenant(deps, province, (ctx) => deletePlan(ctx, { planId, version: made.version + 1 })),
  ).rejects.toThrow()

  expect(await trailOf('51')).toEqual([
    'plan.create',
    'plan.update',
    'item.add',
    'item.remove',
    'item.add',
    'item.update',
    'plan.issue',
    'item.annotate',
    'split.save',
    'split.issue',
    'share.settle',
    'share.amend',
    'plan.close',
    'plan.create',
    'plan.delete',
  ])
  expect(await trailOf('5132')).toEqual(['share.dispute', 'letter.sign', 'paper.issue'])
  expect(await trailOf('51JT')).toEqual(['share.accept'])
})

test('a loader leaves one too', async () => {
  const jiangsu = aUser(id('32'), 'leader')
  const { planId, itemIds } = await aPlan(deps, jiangsu, [{ indicatorCode: 'joined', method: 'sum', value: 5 }])
  await withTenant(deps, systemActor('demo', id('32')), (ctx) =>
    importAllocations(ctx, { planId, at: ctx.now }, [], new Map()),
  )
  expect((await trailOf('32')).at(-1)).toBe('share.import')
  expect(itemIds).toHaveLength(1)
})
