import { drainDirty, readTotals } from '@gonglian/rollup'
import { expectNoDrift } from '@gonglian/rollup/testing'
import { moveFederation, systemActor, withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, expect, test } from 'vitest'
import { ListMissing, listMissing, listMissingChildren, listReviewWork } from './index.ts'
import { aForm, aSubmittedReport } from './testing.ts'

// Expected, missing and totals come from one dated source: the tree of the period's end, whatever has moved since.

const { deps, close } = await openTestDeps()
afterAll(close)
afterAll(() => expectNoDrift(deps))
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const form = await aForm(deps, id('00'), { code: 'dated', frequency: 'month', fillerLevels: ['township'] })
await aSubmittedReport(deps, { form, period: '2026-10', tenantId: id('513221100'), figures: [1] })
await drainDirty(deps)
await withTenant(deps, systemActor('test', id('00')), (ctx) =>
  moveFederation(ctx, {
    federationId: id('513221101'),
    parentId: id('513222'),
    hierarchy: 'regional',
    from: '2026-11-20',
    reason: '区划调整',
  }),
)
await drainDirty(deps)

const look = (code: string, period: string) =>
  withTenant(deps, aUser(id(code), 'reviewer'), async (ctx) => {
    const all = await listMissing(ctx, ListMissing.parse({ form: 'dated', period, scope: 'all' }))
    const [children] = await listMissingChildren(ctx, [{ form, period }])
    const own = await listMissing(ctx, ListMissing.parse({ form: 'dated', period }))
    const [total] = await readTotals(ctx, { formId: form.id, periods: [period], bodies: [id(code)] })
    const work = (await listReviewWork(ctx, { period })).find((one) => one.period === period)
    return {
      expected: [all.expected, total?.expectedCount],
      direct: [own.expected, children?.expected, work?.expected],
      missing: all.missing.map((row) => row.code),
    }
  })

test('the month before the move: where it stood then, for its old superior too', async () => {
  const before = await look('513221', '2026-10')
  expect(before.expected).toEqual([3, 3])
  expect(before.missing).toEqual(['513221101', '513221102'])
  expect(await look('513222', '2026-10')).toEqual({ expected: [1, 1], direct: [1, 1, 1], missing: ['513222100'] })
})

test('the month of the move: where it stands now', async () => {
  expect(await look('513221', '2026-11')).toEqual({
    expected: [2, 2],
    direct: [2, 2, 2],
    missing: ['513221100', '513221102'],
  })
  expect(await look('513222', '2026-11')).toEqual({
    expected: [2, 2],
    direct: [2, 2, 2],
    missing: ['513221101', '513222100'],
  })
})
