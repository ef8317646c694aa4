import { largestFigure } from '@gonglian/indicators/figures'
import { expectNoDrift } from '@gonglian/rollup/testing'
import { DomainError, withTenant, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { getReport, openReport, saveDraft } from './index.ts'
import { aDraftReport, aForm, aSubmittedReport } from './testing.ts'

const { deps, close } = await openTestDeps()
afterAll(close)
afterAll(() => expectNoDrift(deps))
const tree = await aSmallTree(deps)
const township = idOf(tree, '513221100')
const form = await aForm(deps, idOf(tree, '00'), { items: [{}, {}, { scale: 2, unit: '元' }] })

const officer = { ...aUser(township, 'officer'), username: 'first' }
const colleague = { ...aUser(township, 'officer'), username: 'second' }
const as = <T>(actor: typeof officer, work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, actor, work)

async function refusal(work: Promise<unknown>): Promise<DomainError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof DomainError)) throw new Error(`not refused: ${String(error)}`)
  return error
}
const cell = (position: number, value: number | null, mark = 0, upper: number | null = null) => ({
  position,
  value,
  mark,
  upper,
})
let quarter = 0
/** Another period for each test, so that they do not meet. */
const aPeriod = () => `${2020 + Math.floor(quarter / 4)}-Q${(quarter++ % 4) + 1}`

describe('opening', () => {
  test('opening twice finds the same report', async () => {
    const first = await as(officer, (ctx) => openReport(ctx, { form: form.code, period: '2026-Q4' }))
    const second = await as(colleague, (ctx) => openReport(ctx, { form: form.code, period: '2026-Q4' }))
    expect(second).toEqual(first)
  })

  test.each([
    ['2027-Q1', 'errors.periodNotStarted'],
    ['2026-11', 'errors.periodKind'],
    ['2019-Q4', 'errors.formNotYetOpen'],
  ])('%s is refused: %s', async (period, key) => {
    const error = await refusal(as(officer, (ctx) => openReport(ctx, { form: form.code, period })))
    expect(error).toMatchObject({ code: 'invalid', key, fields: [{ path: 'period', key }] })
  })

  test('a form that is out of force cannot be opened for later periods', async () => {
    const old = await aForm(deps, idOf(tree, '00'), { closesOn: '2026-07-01' })
    await as(officer, (ctx) => openReport(ctx, { form: old.code, period: '2026-Q2' }))
    const error = await refusal(as(officer, (ctx) => openReport(ctx, { form: old.code, period: '2026-Q3' })))
    expect(error.key).toBe('errors.formClosed')
  })

  test('a level that does not fill in the form is refused', async () => {
    const only = await aForm(deps, idOf(tree, '00'), { fillerLevels: ['county'] })
    const error = await refusal(as(officer, (ctx) => openReport(ctx, { form: only.code, period: '2026-Q3' })))
    expect(error).toMatchObject({ code: 'forbidden', key: 'errors.notFiller' })
  })

  test('a reviewer does not fill in', async () => {
    const error = await refusal(
      withTenant(deps, aUser(township, 'reviewer'), (ctx) => openReport(ctx, { form: form.code, period: '2026-Q3' })),
    )
    expect(error.code).toBe('forbidden')
  })

  test('a form of somebody else’s branch is not found', async () => {
    const foreign = await aForm(deps, idOf(tree, '32'))
    const error = await refusal(as(officer, (ctx) => openReport(ctx, { form: foreign.code, period: '2026-Q3' })))
    expect(error.code).toBe('not_found')
  })
})

describe('saving', () => {
  test.each([
    ['negative', cell(1, -1), 'checks.negative'],
    ['a fraction', cell(1, 1.5), 'checks.fraction'],
    ['more than fen', cell(3, 1.5), 'checks.tooPrecise'],
    ['huge', cell(1, largestFigure + 1), 'checks.tooLarge'],
    ['no number', cell(1, Number.POSITIVE_INFINITY), 'checks.notNumber'],
    ['an unknown position', cell(4, 1), 'errors.cellUnknown'],
    ['about, but of what', cell(1, null, 1), 'errors.cellMarkWithoutValue'],
    ['a value and a reason for having none', cell(1, 5, 8), 'errors.cellReasonWithValue'],
    ['a range without an end', cell(1, 5, 6), 'checks.rangeOrder'],
    ['a range backwards', cell(1, 5, 6, 4), 'checks.rangeOrder'],
  ])('%s is refused beside the cell and changes nothing', async (_name, wrong, key) => {
    const period = aPeriod()
    const { reportId, version } = await aDraftReport(deps, { form, period, tenantId: township, figures: [7, 8, 9] })
    const cells = wrong.position === 1 ? [cell(2, 99), wrong] : [cell(1, 99), wrong]
    const error = await refusal(as(officer, (ctx) => saveDraft(ctx, { reportId, version, cells })))
    expect(error).toMatchObject({ code: 'invalid', fields: [{ path: `cells.${wrong.position}`, key }] })
    const view = await as(officer, (ctx) => getReport(ctx, { form: form.code, period }))
    expect(view).toMatchObject({ version, draft: { figures: [7, 8, 9] } })
  })

  test('the same cell twice is refused', async () => {
    const { reportId, version } = await aDraftReport(deps, {
      form,
      period: aPeriod(),
      tenantId: township,
      figures: [1],
    })
    const error = await refusal(
      as(officer, (ctx) => saveDraft(ctx, { reportId, version, cells: [cell(1, 1), cell(1, 2)] })),
    )
    expect(error.fields).toMatchObject([{ path: 'cells.1', key: 'errors.cellTwice' }])
  })

  test('missing is not 0, a mark and a note stay with their cell', async () => {
    const period = aPeriod()
    const { reportId, version } = await aDraftReport(deps, { form, period, tenantId: township, figures: [5] })
    const note = '《“引号”》 🙂 \u202eRTL'
    await as(officer, (ctx) =>
      saveDraft(ctx, { reportId, version, cells: [{ ...cell(2, 30, 6, 40), note }, cell(3, null, 7)] }),
    )
    const view = await as(officer, (ctx) => getReport(ctx, { form: form.code, period }))
    expect(view.draft).toMatchObject({
      figures: [5, 30, null],
      marks: [0, 6, 7],
      upper: [null, 40, null],
      notes: { 2: note },
    })
  })

  test('a saving without a change makes no version', async () => {
    const { reportId, version } = await aDraftReport(deps, {
      form,
      period: aPeriod(),
      tenantId: township,
      figures: [5],
    })
    expect(await as(officer, (ctx) => saveDraft(ctx, { reportId, version, cells: [cell(1, 5)] }))).toEqual({
      version,
      merged: [],
    })
  })

  test('two officers in different cells are merged, each sees the other’s', async () => {
    const period = aPeriod()
    const { reportId, version } = await aDraftReport(deps, { form, period, tenantId: township, figures: [1, 1, 1] })
    await as(colleague, (ctx) => saveDraft(ctx, { reportId, version, cells: [cell(2, 20)] }))
    const saved = await as(officer, (ctx) => saveDraft(ctx, { reportId, version, cells: [cell(1, 10)] }))
    expect(saved).toEqual({
      version: version + 2,
      merged: [{ position: 2, value: 20, mark: 0, upper: null, note: '' }],
    })
    const view = await as(officer, (ctx) => getReport(ctx, { form: form.code, period }))
    expect(view.draft?.figures).toEqual([10, 20, 1])
  })

  test('two officers in the same cell: the second gets both values and loses nothing', async () => {
    const period = aPeriod()
    const { reportId, version } = await aDraftReport(deps, { form, period, tenantId: township, figures: [1, 1, 1] })
    await as(colleague, (ctx) => saveDraft(ctx, { reportId, version, cells: [cell(3, 12345)] }))
    const error = await refusal(
      as(officer, (ctx) => saveDraft(ctx, { reportId, version, cells: [cell(1, 10), cell(3, 777)] })),
    )
    expect(error).toMatchObject({
      code: 'conflict',
      key: 'errors.reportConflict',
      fields: [
        { path: 'cells.3', key: 'errors.cellConflict', params: { mine: '7.77', theirs: '123.45', by: 'second' } },
      ],
    })
    const view = await as(officer, (ctx) => getReport(ctx, { form: form.code, period }))
    expect(view.draft?.figures).toEqual([1, 1, 12345])
  })

  test('two officers who typed the same agree', async () => {
    const { reportId, version } = await aDraftReport(deps, {
      form,
      period: aPeriod(),
      tenantId: township,
      figures: [1],
    })
    await as(colleague, (ctx) => saveDraft(ctx, { reportId, version, cells: [cell(1, 5)] }))
    await expect(
      as(officer, (ctx) => saveDraft(ctx, { reportId, version, cells: [cell(1, 5)] })),
    ).resolves.toMatchObject({ version: version + 1 })
  })

  test('two savings at the same moment: one wins, the other is told', async () => {
    const period = aPeriod()
    const { reportId, version } = await aDraftReport(deps, { form, period, tenantId: township, figures: [0] })
    const results = await Promise.allSettled(
      [officer, colleague].map((actor, index) =>
        as(actor, (ctx) => saveDraft(ctx, { reportId, version, cells: [cell(1, index + 1)] })),
      ),
    )
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  test('a submitted report is not typed into', async () => {
    const { reportId, version } = await aSubmittedReport(deps, {
      form,
      period: aPeriod(),
      tenantId: township,
      figures: [1],
    })
    const error = await refusal(as(officer, (ctx) => saveDraft(ctx, { reportId, version, cells: [cell(1, 2)] })))
    expect(error).toMatchObject({ code: 'conflict', key: 'errors.reportSubmitted' })
  })

  test.each(['513221', '513221101', '00'])('body %s cannot type into it', async (code) => {
    const { reportId, version } = await aDraftReport(deps, {
      form,
      period: aPeriod(),
      tenantId: township,
      figures: [1],
    })
    const stranger = aUser(idOf(tree, code), 'officer')
    const error = await refusal(
      withTenant(deps, stranger, (ctx) => saveDraft(ctx, { reportId, version, cells: [cell(1, 2)] })),
    )
    expect(error).toMatchObject({ code: 'not_found', key: 'errors.reportNotFound' })
  })
})

describe('a form of 2,000 items', () => {
  test('is typed and read whole', async () => {
    const wide = await aForm(deps, idOf(tree, '00'), { code: 'wide', items: 2000 })
    const figures = wide.items.map((_, index) => (index % 7 === 0 ? null : index))
    await aDraftReport(deps, { form: wide, period: '2026-Q3', tenantId: township, figures })
    const view = await as(officer, (ctx) => getReport(ctx, { form: wide.code, period: '2026-Q3' }))
    expect(view.draft?.figures).toEqual(figures)
  })
})

describe('who reads what is being typed', () => {
  test('nobody but the owner: the superior sees a report that was begun', async () => {
    const period = aPeriod()
    await aDraftReport(deps, { form, period, tenantId: township, figures: [4711] })
    const seen = await withTenant(deps, aUser(idOf(tree, '513221'), 'reviewer'), (ctx) =>
      getReport(ctx, { form: form.code, period, body: '513221100' }),
    )
    expect(seen).toMatchObject({
      state: 'draft',
      draft: null,
      isEditable: false,
      sheet: { figures: [null, null, null] },
    })
  })

  test.each(['513221101', '513222', '51JT'])('body %s does not see the report at all', async (code) => {
    const error = await refusal(
      withTenant(deps, aUser(idOf(tree, code), 'officer'), (ctx) =>
        getReport(ctx, { form: form.code, period: '2026-Q4', body: '513221100' }),
      ),
    )
    expect(error.code).toBe('not_found')
  })

  test('a superior’s report is not found, though its name is known', async () => {
    const error = await refusal(
      as(officer, (ctx) => getReport(ctx, { form: form.code, period: '2026-Q4', body: '513221' })),
    )
    expect(error).toMatchObject({ code: 'not_found', key: 'errors.bodyNotFound' })
  })
})
