import { loadIndicators } from '@gonglian/indicators'
import { systemActor, withTenant, type Deps, type UserActor } from '@gonglian/tenancy'
import { getSplit, issueSplit } from './allocations.ts'
import { acceptAllocations } from './answers.ts'
import { saveSplit } from './drafts.ts'
import { AddItem, addItem } from './item-drafts.ts'
import { getLetter, signAllocations } from './letters/letters.ts'
import { createPlan } from './plan-drafts.ts'
import { issuePlan } from './plans.ts'
import type { z } from 'zod'

/** Indicators for plans in tests, in the catalogue of one body: what flows, what stands, a rate, money, and one where less is better. */
export async function someIndicators(deps: Deps, issuerId: number): Promise<void> {
  const base = { domain: 'organisation' as const, unit: '人', nature: 'flow' as const, additivity: 'sum' as const }
  await withTenant(deps, systemActor('test', issuerId), (ctx) =>
    loadIndicators(ctx, [
      { ...base, code: 'joined', nameZh: '新发展会员', nameEn: 'New members' },
      { ...base, code: 'homes', nameZh: '职工之家', nameEn: 'Homes of staff', unit: '个' },
      { ...base, code: 'money', nameZh: '帮扶资金', nameEn: 'Aid money', unit: '元', scale: 2 },
      { ...base, code: 'employees', nameZh: '职工人数', nameEn: 'Employees', nature: 'stock' },
      { ...base, code: 'members', nameZh: '会员人数', nameEn: 'Members', nature: 'stock' },
      {
        ...base,
        code: 'overdue',
        nameZh: '逾期未换届',
        nameEn: 'Overdue terms',
        unit: '个',
        nature: 'stock',
        polarity: -1,
      },
      {
        ...base,
        code: 'rate',
        nameZh: '入会率',
        nameEn: 'Membership rate',
        unit: '%',
        scale: 2,
        nature: 'ratio',
        additivity: 'ratio',
        formula: { op: '/', left: 'members', right: 'employees' },
      },
    ]),
  )
}

export type PlannedItem = Partial<z.input<typeof AddItem>> &
  Pick<z.output<typeof AddItem>, 'indicatorCode' | 'method' | 'value'>

/** A plan of the actor's body, issued unless told otherwise; the items' numbers in the given order. */
export async function aPlan(
  deps: Deps,
  actor: UserActor,
  items: readonly PlannedItem[],
  options: { name?: string; overAllocation?: number; issue?: boolean } = {},
): Promise<{ planId: number; itemIds: number[]; version: number }> {
  return withTenant(deps, actor, async (ctx) => {
    const plan = await createPlan(ctx, {
      year: 2026,
      name: options.name ?? '2026年目标',
      yellowFrom: 0,
      redFrom: -1000,
      overAllocation: options.overAllocation ?? 0,
    })
    let { version } = plan
    const itemIds: number[] = []
    for (const item of items) {
      const added = await addItem(ctx, AddItem.parse({ ...item, planId: plan.planId, version }))
      version = added.version
      itemIds.push(added.itemId)
    }
    if (options.issue ?? true) ({ version } = await issuePlan(ctx, { planId: plan.planId, version }))
    return { planId: plan.planId, itemIds, version }
  })
}

export type PlannedShare = { receiverId: number; value: number; exemption?: string; locked?: boolean }

/** The actor's body splits its share. */
export async function split(
  deps: Deps,
  actor: UserActor,
  itemId: number,
  shares: readonly PlannedShare[],
  reserve = 0,
): Promise<void> {
  await withTenant(deps, actor, async (ctx) => {
    const { share } = await getSplit(ctx, { itemId })
    await saveSplit(ctx, {
      itemId,
      version: share.splitVersion,
      reserve,
      rows: shares.map((row) => ({ locked: false, exemption: '', ...row })),
    })
  })
}

/** ... and issues what it prepared. */
export async function splitAndIssue(
  deps: Deps,
  actor: UserActor,
  itemId: number,
  shares: readonly PlannedShare[],
  reserve = 0,
): Promise<void> {
  await split(deps, actor, itemId, shares, reserve)
  await withTenant(deps, actor, async (ctx) => {
    const { share } = await getSplit(ctx, { itemId })
    await issueSplit(ctx, { itemId, version: share.splitVersion })
  })
}

/** The actor's body accepts its share. */
export async function accept(deps: Deps, actor: UserActor, itemId: number): Promise<void> {
  await withTenant(deps, actor, async (ctx) => {
    const { share } = await getSplit(ctx, { itemId })
    await acceptAllocations(ctx, { shares: [{ itemId, version: share.version }] })
  })
}

/** The actor's body signs the letter of a plan. */
export async function sign(deps: Deps, actor: UserActor, planId: number): Promise<{ letterId: number; hash: string }> {
  return withTenant(deps, actor, async (ctx) => {
    const letter = await getLetter(ctx, { planId })
    return signAllocations(ctx, { planId, digest: letter.pending?.digest ?? '' })
  })
}
