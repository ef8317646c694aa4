import { aForm, aSubmittedReport, itemCode } from '@gonglian/reporting/testing'
import { drainDirty } from '@gonglian/rollup'
import { aPlan, splitAndIssue } from '@gonglian/targets/testing'
import { expectNoDrift } from '@gonglian/rollup/testing'
import { withTenant, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, expect, test } from 'vitest'
import { getBoard } from './board.ts'
import { getHeat } from './heat.ts'

const { deps, close, setNow } = await openTestDeps()
afterAll(close)
afterAll(() => expectNoDrift(deps))
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)

test('every cell of the heat table is what the board of its item says, and who has no share has no light', async () => {
  setNow('2026-11-21T12:00:00+08:00')
  const form = await aForm(deps, id('00'), {
    code: 'heat-month',
    frequency: 'month',
    due: { kind: 'calendar', days: 5 },
  })
  const city = aUser(id('5132'), 'leader', 'officer')
  const plan = await aPlan(deps, city, [
    { indicatorCode: itemCode('heat-month', 1), method: 'sum', value: 1200 },
    { indicatorCode: itemCode('heat-month', 2), method: 'sum', value: 40 },
  ])
  const [first = 0, second = 0] = plan.itemIds
  await splitAndIssue(deps, city, first, [
    { receiverId: id('513221'), value: 700 },
    { receiverId: id('513222'), value: 500 },
  ])
  await splitAndIssue(deps, city, second, [
    { receiverId: id('513221'), value: 40 },
    { receiverId: id('513222'), value: 0 },
  ])
  for (const [code, figures] of [
    ['513221', [650, 1, 0]],
    ['513222', [10, 30, 0]],
  ] as const) {
    await aSubmittedReport(deps, { form, period: '2026-10', tenantId: id(code), figures: [...figures] })
  }
  await drainDirty(deps)

  const ask = <T>(work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, city, work)
  const heat = await ask((ctx) => getHeat(ctx, { planId: plan.planId, period: '2026-10' }))
  expect(heat.items.map((item) => item.id)).toEqual([first, second])
  const lights = new Set<string | null>()
  for (const [index, item] of heat.items.entries()) {
    const board = await ask((ctx) => getBoard(ctx, { itemId: item.id, period: '2026-10' }))
    for (const row of [board.total, ...board.rows]) {
      const cell = [heat.total, ...heat.rows].find(({ body }) => body.id === row.body.id)?.cells[index]
      if (row.target === null) expect(cell).toBeNull()
      else expect(cell).toEqual({ rate: row.rate, gap: row.gap, light: row.light })
      lights.add(row.light)
    }
  }
  expect(lights).toContain('red')
  expect(lights).toContain('green')
  const county = heat.rows.find(({ body }) => body.code === '513221')
  expect(county?.counts).toEqual({ green: 1, yellow: 0, red: 1 })
})
