import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { countFeeds, defineFeed, type Form } from '@gonglian/indicators'
import { expectNoDrift } from '@gonglian/rollup/testing'
import { withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { saveDraft } from './drafts.ts'
import { openReport } from './reports.ts'
import { acceptReport } from './reviews.ts'
import { submitReport } from './submissions.ts'
import { aForm, itemCode } from './testing.ts'
import { getReport } from './views.ts'

let house: TestDeps
let tree: Map<string, number>
let form: Form
let number = 0

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
})
beforeEach(async () => {
  form = await aForm(house.deps, idOf(tree, '00'), { code: `records-${++number}`, items: 3 })
})
afterAll(() => house.close())
afterAll(() => expectNoDrift(house.deps))

const period = '2026-Q3'
const officer = () => aUser(idOf(tree, '513221100'), 'officer')
const reviewer = () => aUser(idOf(tree, '513221'), 'reviewer')
const codeOf = (position: number) => form.items[position - 1]?.code ?? itemCode(form.code, position)

/** The township's records say so much of the first two items, and nothing of the third. */
const count = (first: number, second: number | null) =>
  withTenant(house.deps, officer(), (ctx) =>
    countFeeds(
      ctx,
      [
        defineFeed({
          key: 'test.records',
          reads: [],
          items: [codeOf(1), codeOf(2)],
          kept: () => sql`select true as kept`,
          query: () => sql`select ${first}::int as ${sql.ref(codeOf(1))}, ${second}::int as ${sql.ref(codeOf(2))}`,
        }),
      ],
      { period },
    ),
  )
const open = () => withTenant(house.deps, officer(), (ctx) => openReport(ctx, { form: form.code, period }))
const view = (actor = officer()) =>
  withTenant(house.deps, actor, (ctx) => getReport(ctx, { form: form.code, period, body: '513221100' }))
const type = (at: { reportId: number; version: number }, cells: { position: number; value: number; note?: string }[]) =>
  withTenant(house.deps, officer(), (ctx) =>
    saveDraft(ctx, { ...at, cells: cells.map((cell) => ({ mark: 0, upper: null, ...cell })) }),
  )
const submit = (at: { reportId: number; version: number }) =>
  withTenant(house.deps, officer(), (ctx) => submitReport(ctx, { ...at, confirmWarnings: true, zero: false }))

describe('a report whose records know', () => {
  test('begins with what they say; the rest is empty', async () => {
    await count(12, 5)
    await open()
    const report = await view()
    expect(report.draft?.figures).toEqual([12, 5, null])
    expect(report.fed).toEqual([12, 5, null])
    expect(report.problems).toEqual([])
  })

  test('is not handed in while it differs from them without a reason, whatever is confirmed', async () => {
    await count(12, 5)
    const { reportId, version } = await open()
    const typed = await type({ reportId, version }, [{ position: 1, value: 15 }])
    expect((await view()).problems).toMatchObject([
      { ruleId: 'FEED', level: 'warning', position: 1, settled: false, params: { value: '15', fed: '12' } },
    ])
    await expect(submit({ reportId, version: typed.version })).rejects.toMatchObject({
      code: 'invalid',
      key: 'errors.reportDiffersFromRecords',
      fields: [{ path: 'cells.1', key: 'checks.fed' }],
    })
    const explained = await type({ reportId, version: typed.version }, [
      { position: 1, value: 15, note: '三名会员尚未录入' },
    ])
    expect((await view()).problems).toMatchObject([{ ruleId: 'FEED', settled: true }])
    expect(await submit({ reportId, version: explained.version })).toMatchObject({ state: 'submitted' })
  })

  test('keeps what they said when it was handed in, for whoever reviews it', async () => {
    await count(12, 5)
    const { reportId, version } = await open()
    const { version: submitted } = await submit({ reportId, version })
    await count(99, 5)
    expect(await view(reviewer())).toMatchObject({
      sheet: { figures: [12, 5, null] },
      fed: [12, 5, null],
      problems: [],
    })
    await withTenant(house.deps, reviewer(), (ctx) => acceptReport(ctx, { reportId, version: submitted }))
    expect((await view()).fed).toEqual([12, 5, null])
  })

  test('is held against the records of today while it is typed', async () => {
    await count(12, null)
    await open()
    await count(13, 4)
    const report = await view()
    expect(report.fed).toEqual([13, 4, null])
    expect(report.problems.map(({ position, key }) => [position, key])).toEqual([
      [1, 'checks.fed'],
      [2, 'checks.fedMissing'],
    ])
  })
})

test('a report whose records know nothing begins empty', async () => {
  await open()
  expect(await view()).toMatchObject({ draft: { figures: [null, null, null] }, fed: [null, null, null], problems: [] })
})
