import type { Form } from '@gonglian/indicators'
import {
  AddItem,
  CreatePlan,
  addItem,
  createPlan,
  findPlan,
  importAllocations,
  issuePlan,
  listItems,
  listPlans,
  type ImportedShare,
  type Item,
} from '@gonglian/targets'
import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { chance } from './chance.ts'
import { inventMonths, inventSize } from './figures.ts'
import { spreadSeason, standing, type DemoTarget } from './plan.ts'
import type { DemoBody } from './tree.ts'

type Branch = { readonly body: DemoBody; readonly children: readonly Branch[] }

function growBranch(body: DemoBody, below: ReadonlyMap<number, readonly DemoBody[]>): Branch {
  return { body, children: (below.get(body.id) ?? []).map((child) => growBranch(child, below)) }
}

/** What each body of a branch would do of each indicator in a usual year, itself and all below it. */
function planYear(form: Form, branch: Branch, codes: readonly string[], year: Map<number, number[]>): number[] {
  const positions = codes.map(
    (code) => form.items.find((item) => item.code === code && item.breakdownZh === '')?.position ?? 0,
  )
  const { body } = branch
  const months = inventMonths(
    form.items,
    { body: body.id, size: inventSize(body.id, body.level), zeal: 1, moody: false },
    12,
  )
  const sums = positions.map((position) => months.reduce((sum, month) => sum + (month[position - 1] ?? 0), 0))
  for (const child of branch.children)
    planYear(form, child, codes, year).forEach((value, index) => (sums[index] = (sums[index] ?? 0) + value))
  year.set(body.id, sums)
  return sums
}

function listShares(
  root: Branch,
  depth: number,
  items: readonly Item[],
  valueOf: (body: DemoBody, index: number) => number,
  stateOf: (body: DemoBody) => ImportedShare['state'],
) {
  const shares: ImportedShare[] = []
  const reserves = new Map<number, number>()
  const walk = (branch: Branch, issuer: DemoBody | null, levels: number) => {
    const children = levels === 0 ? [] : branch.children
    items.forEach((item, index) => {
      const value = valueOf(branch.body, index)
      const given = children.reduce((sum, child) => sum + valueOf(child.body, index), 0)
      const isSplit = children.length > 0 && (issuer === null || stateOf(branch.body) !== 'issued')
      const reserve = isSplit ? (item.method === 'sum' ? value - given : 0) : null
      if (issuer === null) reserves.set(item.id, reserve ?? 0)
      else
        shares.push({
          itemId: item.id,
          issuerId: issuer.id,
          receiverId: branch.body.id,
          value,
          reserve,
          state: stateOf(branch.body),
        })
    })
    if (issuer === null || stateOf(branch.body) !== 'issued')
      for (const child of children) walk(child, branch.body, levels - 1)
  }
  walk(root, null, depth)
  return { shares, reserves }
}

/** Drafts and issues a plan of the demonstration and hands it down, unless it is there. `depth`: how many levels it is split. */
export async function loadPlan(
  deps: Deps,
  input: {
    form: Form
    bodies: readonly DemoBody[]
    issuer: DemoBody
    year: number
    name: string
    targets: readonly DemoTarget[]
    depth: number
    open: ReadonlySet<string>
  },
): Promise<number> {
  const below = new Map<number, DemoBody[]>()
  for (const body of input.bodies) {
    if (!body.isOpen || body.parentId === null) continue
    const list = below.get(body.parentId)
    if (list) list.push(body)
    else below.set(body.parentId, [body])
  }
  const root = growBranch(input.issuer, below)
  // Issued when its shares were: nobody signs before there is a plan.
  // In January it is still to come; then they were issued today.
  const usual = new Date(`${input.year}-02-10T10:00:00+08:00`)
  const today = deps.clock()
  const issuedAt = usual < today ? usual : today
  const onThatDay = { ...deps, clock: () => issuedAt }
  return withTenant(onThatDay, systemActor('demonstration', input.issuer.id), async (ctx) => {
    const there = (await listPlans(ctx, { year: input.year })).some(
      (plan) => plan.issuer.id === input.issuer.id && plan.name === input.name,
    )
    if (there) return 0
    const draft = await createPlan(ctx, CreatePlan.parse({ year: input.year, name: input.name, overAllocation: 500 }))
    let { version } = draft
    const year = new Map<number, number[]>()
    planYear(
      input.form,
      root,
      input.targets.map((target) => target.indicatorCode),
      year,
    )
    const valueOf = (body: DemoBody, index: number) => input.targets[index]?.rate ?? year.get(body.id)?.[index] ?? 0
    for (const [index, target] of input.targets.entries()) {
      ;({ version } = await addItem(
        ctx,
        AddItem.parse({
          planId: draft.planId,
          version,
          indicatorCode: target.indicatorCode,
          aspect: target.aspect,
          method: target.method,
          value: valueOf(input.issuer, index),
          weight: target.weight,
          note: target.note,
          accountable: target.accountable,
          schedule: target.season ? spreadSeason(target.season) : standing,
          scheduleKind: target.season ? 'seasonal' : 'manual',
        }),
      ))
    }
    const items = await listItems(ctx, draft.planId)
    // Some shares still wait for an answer, most are signed.
    const stateOf = (body: DemoBody): ImportedShare['state'] =>
      input.open.has(body.code) ? 'issued' : chance(body.id, 31) < 0.12 ? 'accepted' : 'signed'
    const { shares, reserves } = listShares(root, input.depth, items, valueOf, stateOf)
    await issuePlan(ctx, { planId: draft.planId, version })
    const { imported } = await importAllocations(
      ctx,
      { planId: (await findPlan(ctx, draft.planId)).id, at: issuedAt },
      shares,
      reserves,
    )
    return imported
  })
}
