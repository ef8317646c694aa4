import { expectNoDrift } from '@gonglian/rollup/testing'
import { DomainError, withTenant, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { acceptReport, getReport, openReport, returnReport, saveDraft, submitReport, withdrawReport } from './index.ts'
import { aDraftReport, aForm, aSubmittedReport, anAcceptedReport, itemCode } from './testing.ts'

const { deps, setNow, close } = await openTestDeps()
afterAll(close)
afterAll(() => expectNoDrift(deps))
const tree = await aSmallTree(deps)
const nation = idOf(tree, '00')
const county = idOf(tree, '513221')
const township = idOf(tree, '513221100')
const officer = { ...aUser(township, 'officer'), username: 'first' }
const colleague = { ...aUser(township, 'officer'), username: 'second' }
const reviewer = aUser(county, 'reviewer')
const as = <T>(actor: typeof officer, work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, actor, work)
const asOfficer = <T>(work: (ctx: TenantContext) => Promise<T>) => as(officer, work)

async function refusal(work: Promise<unknown>): Promise<DomainError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof DomainError)) throw new Error(`not refused: ${String(error)}`)
  return error
}
const cell = (position: number, value: number | null, note?: string) => ({
  ...{ position, value, mark: 0, upper: null },
  ...(note === undefined ? {} : { note }),
})
const plainly = { confirmWarnings: false, zero: false }
let quarter = 0
const aPeriod = () => `${2020 + Math.floor(quarter / 4)}-Q${(quarter++ % 4) + 1}`

// Position 2 is a part of position 1; a jump of more than half asks for a note.
const strict = await aForm(deps, nation, {
  code: 'strict',
  due: { kind: 'calendar', days: 10 },
  rules: [
    {
      kind: 'compare',
      id: 'part',
      level: 'error',
      left: itemCode('strict', 2),
      op: '<=',
      right: itemCode('strict', 1),
    },
    { kind: 'jump', id: 'jump', level: 'warning', percent: 50, least: 5 },
  ],
})

describe('submitting', () => {
  test('the figures count, the draft is gone, the step stands in the history', async () => {
    const period = aPeriod()
    const { reportId } = await aSubmittedReport(deps, {
      form: strict,
      period,
      tenantId: township,
      figures: [10, 4, null],
    })
    const view = await asOfficer((ctx) => getReport(ctx, { form: strict.code, period }))
    expect(view).toMatchObject({
      reportId,
      state: 'submitted',
      draft: null,
      sheet: { figures: [10, 4, null] },
      isZero: false,
    })
    expect(view.history.map((step) => [step.event, step.actor])).toEqual([['submitted', `user-${township}`]])
  })

  test('an error of the rules stops it, beside the cell', async () => {
    const period = aPeriod()
    const report = await aDraftReport(deps, { form: strict, period, tenantId: township, figures: [10, 11, 1] })
    const error = await refusal(asOfficer((ctx) => submitReport(ctx, { ...report, ...plainly, confirmWarnings: true })))
    expect(error).toMatchObject({ code: 'invalid', key: 'errors.reportHasErrors', params: { count: 1 } })
    expect(error.fields).toMatchObject([{ path: 'cells.2', key: 'checks.atMost' }])
    expect((await asOfficer((ctx) => getReport(ctx, { form: strict.code, period }))).state).toBe('draft')
  })

  test('a warning asks for a note or a confirmation; confirmed, it stays open for the reviewer', async () => {
    const first = aPeriod()
    await aSubmittedReport(deps, { form: strict, period: first, tenantId: township, figures: [100, 1, 1] })
    const period = aPeriod()
    const report = await aDraftReport(deps, { form: strict, period, tenantId: township, figures: [200, 1, 1] })
    const error = await refusal(asOfficer((ctx) => submitReport(ctx, { ...report, ...plainly })))
    expect(error).toMatchObject({ key: 'errors.reportHasWarnings', fields: [{ path: 'cells.1', key: 'checks.jump' }] })
    const sent = await asOfficer((ctx) => submitReport(ctx, { ...report, ...plainly, confirmWarnings: true }))
    expect((await asOfficer((ctx) => getReport(ctx, { form: strict.code, period }))).openWarnings).toBe(1)

    const back = await asOfficer((ctx) => withdrawReport(ctx, { reportId: report.reportId, version: sent.version }))
    const noted = await asOfficer((ctx) =>
      saveDraft(ctx, { reportId: report.reportId, version: back.version, cells: [cell(1, 200, '新建园区')] }),
    )
    await asOfficer((ctx) => submitReport(ctx, { reportId: report.reportId, version: noted.version, ...plainly }))
    const view = await asOfficer((ctx) => getReport(ctx, { form: strict.code, period }))
    expect(view).toMatchObject({ openWarnings: 0, problems: [{ ruleId: 'jump', settled: true }] })
  })

  test('an empty report is not a zero report: that is said explicitly', async () => {
    const period = aPeriod()
    const report = await asOfficer((ctx) => openReport(ctx, { form: strict.code, period }))
    const place = { reportId: report.reportId, version: report.version }
    const error = await refusal(asOfficer((ctx) => submitReport(ctx, { ...place, ...plainly })))
    expect(error.key).toBe('errors.reportEmpty')
    const sent = await asOfficer((ctx) =>
      submitReport(ctx, { ...place, ...plainly, confirmWarnings: true, zero: true }),
    )
    expect(sent.zero).toBe(true)
    const view = await asOfficer((ctx) => getReport(ctx, { form: strict.code, period }))
    expect(view).toMatchObject({ isZero: true, sheet: { figures: [0, 0, 0] } })
  })

  test('a zero report leaves reasons for missing figures alone', async () => {
    const period = aPeriod()
    const report = await aDraftReport(deps, {
      form: strict,
      period,
      tenantId: township,
      figures: [null],
      marks: { 1: 7 },
    })
    await asOfficer((ctx) => submitReport(ctx, { ...report, ...plainly, confirmWarnings: true, zero: true }))
    const view = await asOfficer((ctx) => getReport(ctx, { form: strict.code, period }))
    expect(view.sheet).toMatchObject({ figures: [null, 0, 0], marks: [7, 0, 0] })
  })

  test('nobody submits cells a colleague typed meanwhile without having seen them', async () => {
    const report = await aDraftReport(deps, {
      form: strict,
      period: aPeriod(),
      tenantId: township,
      figures: [10, 1, 1],
    })
    await as(colleague, (ctx) => saveDraft(ctx, { ...report, cells: [cell(3, 9)] }))
    const error = await refusal(asOfficer((ctx) => submitReport(ctx, { ...report, ...plainly, confirmWarnings: true })))
    expect(error).toMatchObject({
      code: 'conflict',
      key: 'errors.reportConflict',
      fields: [{ path: 'cells.3', key: 'errors.cellChanged', params: { theirs: '9', by: 'second' } }],
    })
  })

  test('submitting twice at once: the second is told who submitted', async () => {
    const report = await aDraftReport(deps, {
      form: strict,
      period: aPeriod(),
      tenantId: township,
      figures: [10, 1, 1],
    })
    const send = (actor: typeof officer) =>
      as(actor, (ctx) => submitReport(ctx, { ...report, ...plainly, confirmWarnings: true }))
    const results = await Promise.allSettled([send(officer), send(colleague)])
    const lost = results.find((result) => result.status === 'rejected')
    expect(results.map((result) => result.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(lost?.reason).toMatchObject({ code: 'conflict', key: 'errors.reportSubmitted' })
  })

  test('after the deadline (a Saturday moves it to Monday) it is late and says so', async () => {
    const period = '2026-Q3'
    setNow('2026-10-12T23:59:00+08:00')
    const inTime = await aDraftReport(deps, { form: strict, period, tenantId: township, figures: [1, 1, 1] })
    expect((await asOfficer((ctx) => getReport(ctx, { form: strict.code, period }))).dueOn).toBe('2026-10-12')
    const sent = await asOfficer((ctx) => submitReport(ctx, { ...inTime, ...plainly, confirmWarnings: true }))
    expect(sent.late).toBe(false)
    const back = await asOfficer((ctx) => withdrawReport(ctx, { reportId: inTime.reportId, version: sent.version }))
    setNow('2026-10-13T00:01:00+08:00')
    const again = await asOfficer((ctx) =>
      submitReport(ctx, { reportId: inTime.reportId, version: back.version, ...plainly, confirmWarnings: true }),
    )
    expect(again.late).toBe(true)
    setNow('2026-11-21T12:00:00+08:00')
  })
})

describe('after a return', () => {
  test('each named cell is changed or explained before it goes up again', async () => {
    const period = aPeriod()
    const report = await aSubmittedReport(deps, { form: strict, period, tenantId: township, figures: [10, 4, 3] })
    const returned = await as(reviewer, (ctx) =>
      returnReport(ctx, {
        ...report,
        faults: [
          { position: 1, reason: '与台账不符' },
          { position: 3, reason: '请说明' },
        ],
      }),
    )
    const place = { reportId: report.reportId, version: returned.version }
    const view = await asOfficer((ctx) => getReport(ctx, { form: strict.code, period }))
    expect(view).toMatchObject({
      state: 'returned',
      isEditable: true,
      draft: { figures: [10, 4, 3] },
      faults: [{ position: 1 }, { position: 3 }],
    })

    const error = await refusal(asOfficer((ctx) => submitReport(ctx, { ...place, ...plainly, confirmWarnings: true })))
    expect(error).toMatchObject({ key: 'errors.faultsUnanswered', params: { count: 2 } })
    expect(error.fields.map((field) => [field.path, field.params])).toEqual([
      ['cells.1', { reason: '与台账不符' }],
      ['cells.3', { reason: '请说明' }],
    ])
    const saved = await asOfficer((ctx) => saveDraft(ctx, { ...place, cells: [cell(1, 12), cell(3, 3, '确为3人')] }))
    await asOfficer((ctx) =>
      submitReport(ctx, { reportId: report.reportId, version: saved.version, ...plainly, confirmWarnings: true }),
    )
    expect(await asOfficer((ctx) => getReport(ctx, { form: strict.code, period }))).toMatchObject({
      state: 'submitted',
      faults: [],
      sheet: { figures: [12, 4, 3] },
    })
  })

  test('a page from before the return is told so and changes nothing', async () => {
    const report = await aDraftReport(deps, {
      form: strict,
      period: aPeriod(),
      tenantId: township,
      figures: [10, 4, 3],
    })
    const sent = await asOfficer((ctx) => submitReport(ctx, { ...report, ...plainly, confirmWarnings: true }))
    await as(reviewer, (ctx) =>
      returnReport(ctx, {
        reportId: report.reportId,
        version: sent.version,
        faults: [{ position: 1, reason: '请核实' }],
      }),
    )
    const error = await refusal(asOfficer((ctx) => saveDraft(ctx, { ...report, cells: [cell(1, 99)] })))
    expect(error).toMatchObject({ code: 'conflict', key: 'errors.reportReturned', params: { actor: `user-${county}` } })
  })
})

describe('withdrawing', () => {
  test('makes the figures a draft again and counts nowhere', async () => {
    const period = aPeriod()
    const report = await aSubmittedReport(deps, { form: strict, period, tenantId: township, figures: [10, 4, 3] })
    await asOfficer((ctx) => withdrawReport(ctx, report))
    const view = await asOfficer((ctx) => getReport(ctx, { form: strict.code, period }))
    expect(view).toMatchObject({ state: 'draft', draft: { figures: [10, 4, 3] } })
    expect(view.history.map((step) => step.event)).toEqual(['submitted', 'withdrawn'])
  })

  test('what is accepted is not taken back', async () => {
    const report = await anAcceptedReport(deps, {
      form: strict,
      period: aPeriod(),
      tenantId: township,
      superiorId: county,
      figures: [1, 1, 1],
    })
    const error = await refusal(asOfficer((ctx) => withdrawReport(ctx, report)))
    expect(error).toMatchObject({ code: 'conflict', key: 'errors.reportAccepted' })
  })

  test('withdrawal and acceptance at the same moment: one of them happens', async () => {
    const period = aPeriod()
    const report = await aSubmittedReport(deps, { form: strict, period, tenantId: township, figures: [10, 4, 3] })
    const results = await Promise.allSettled([
      asOfficer((ctx) => withdrawReport(ctx, report)),
      as(reviewer, (ctx) => acceptReport(ctx, report)),
    ])
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    const lost = results.find((result) => result.status === 'rejected')
    const view = await asOfficer((ctx) => getReport(ctx, { form: strict.code, period }))
    expect(lost?.reason).toMatchObject({
      code: 'conflict',
      key: view.state === 'draft' ? 'errors.reportWithdrawn' : 'errors.reportAccepted',
    })
  })
})
