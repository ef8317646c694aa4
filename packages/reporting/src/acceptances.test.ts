import { createDatabase } from '@gonglian/db'
import { sql, type RawBuilder } from 'kysely'
import type { Form } from '@gonglian/indicators'
import { drainDirty, readTotals, recomputeAll, verifyTotals, type Total } from '@gonglian/rollup'
import {
  DomainError,
  moveFederation,
  systemActor,
  withTenant,
  type TenantContext,
  type UserActor,
} from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, listActs, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import {
  acceptAgain,
  acceptReport,
  getReport,
  getReview,
  importReports,
  ListReviewQueue,
  listReviewQueue,
  reopenReport,
  returnReport,
  saveDraft,
  submitReport,
  withdrawReport,
} from './index.ts'
import { aForm, aSubmittedReport, anAcceptedReport, type MadeReport } from './testing.ts'

const { deps, ownerUrl, close } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const nation = id('00')
const form = await aForm(deps, nation, { items: 2 })
const plainly = { confirmWarnings: true, zero: false }
const as = <T>(actor: UserActor, work: (ctx: TenantContext) => Promise<T>) => withTenant(deps, actor, work)
const officer = (code: string) => aUser(id(code), 'officer')
const reviewer = (code: string) => aUser(id(code), 'reviewer')
const fault = { position: 1, reason: '与台账不符' }

async function refusal(work: Promise<unknown>): Promise<DomainError> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof DomainError)) throw new Error(`not refused: ${String(error)}`)
  return error
}
let quarter = 0
const aPeriod = () => `${2020 + Math.floor(quarter / 4)}-Q${(quarter++ % 4) + 1}`
const submit = (code: string, period: string, figure: number) =>
  aSubmittedReport(deps, { form, period, tenantId: id(code), figures: [figure, 1] })
const accepted = (code: string, superior: string, period: string, figure: number) =>
  anAcceptedReport(deps, { form, period, tenantId: id(code), superiorId: id(superior), figures: [figure, 1] })
async function resubmit(code: string, report: MadeReport, figure: number): Promise<MadeReport> {
  return as(officer(code), async (ctx) => {
    const cells = [{ position: 1, value: figure, mark: 0, upper: null }]
    const saved = await saveDraft(ctx, { ...report, cells })
    const sent = await submitReport(ctx, { reportId: report.reportId, version: saved.version, ...plainly })
    return { reportId: report.reportId, version: sent.version }
  })
}
async function readTotal(of: Form, place: { period: string; tenantId: number }): Promise<Total> {
  await drainDirty(deps)
  const [total] = await withTenant(deps, systemActor('test', nation), (ctx) =>
    readTotals(ctx, { formId: of.id, periods: [place.period], bodies: [place.tenantId] }),
  )
  if (!total) throw new Error('no such body')
  return total
}
/** The first item of what a body has reported and accepted. */
async function totalOf(code: string, period: string): Promise<[number | null | undefined, number | null | undefined]> {
  const total = await readTotal(form, { period, tenantId: id(code) })
  return [total.reported[0], total.accepted[0]]
}
const read = (code: string, body: string, period: string) =>
  as(reviewer(code), (ctx) => getReport(ctx, { form: form.code, period, body }))
const told = async (code: string, period: string) =>
  (await read(code, code, period)).history
    .filter((step) => step.event === 'changed_below')
    .map((step) => [step.below?.bodyId, step.below?.event, step.actor, step.reason])

afterEach(async () => {
  await drainDirty(deps)
  expect((await verifyTotals(deps)).differences).toEqual([])
})

describe('an accepted figure changes only by accepting again, level by level', () => {
  test('107 of a county stays 107 above while a township below is reopened, submitted, withdrawn and accepted', async () => {
    const period = aPeriod()
    const township = await accepted('513221100', '513221', period, 100)
    const county = await accepted('513221', '5132', period, 7)
    await accepted('5132', '51', period, 0)
    expect(await totalOf('5132', period)).toEqual([107, 107])
    expect(await totalOf('51', period)).toEqual([107, 107])

    const opened = await as(reviewer('513221'), (ctx) => reopenReport(ctx, { ...township, reason: '重复统计' }))
    const sent = await resubmit('513221100', { ...township, version: opened.version }, 50)
    expect(await totalOf('513221', period)).toEqual([57, 107])
    expect(await totalOf('5132', period)).toEqual([57, 107])
    const back = await as(officer('513221100'), (ctx) => withdrawReport(ctx, sent))
    expect(await totalOf('5132', period)).toEqual([7, 107])
    const again = await resubmit('513221100', { ...sent, version: back.version }, 60)
    await as(reviewer('513221'), (ctx) => acceptReport(ctx, again))
    // The county has accepted 60; the city and the province still count what they accepted.
    expect(await totalOf('513221', period)).toEqual([67, 67])
    expect(await totalOf('5132', period)).toEqual([67, 107])
    expect(await totalOf('51', period)).toEqual([67, 107])

    const steps = [
      [id('513221100'), 'reopened', reviewer('513221').username, '重复统计'],
      [id('513221100'), 'submitted', officer('513221100').username, ''],
      [id('513221100'), 'withdrawn', officer('513221100').username, ''],
      [id('513221100'), 'submitted', officer('513221100').username, ''],
      [id('513221100'), 'accepted', reviewer('513221').username, ''],
    ]
    expect(await told('513221', period)).toEqual(steps)
    expect(await told('5132', period)).toEqual(steps)

    const queue = await as(reviewer('5132'), (ctx) => listReviewQueue(ctx, ListReviewQueue.parse({ period })))
    expect(queue).toMatchObject({
      counts: { changed: 1 },
      reports: [{ reportId: county.reportId, isChangedBelow: true }],
    })
    const { changedBelow } = await read('5132', '513221', period)
    expect(changedBelow).toMatchObject({
      accepted: [107, 2],
      present: [67, 2],
      positions: [1],
      acceptedCount: 2,
      presentCount: 2,
    })
    await as(reviewer('5132'), (ctx) => acceptAgain(ctx, { ...county, mark: changedBelow?.mark ?? '' }))
    expect((await listActs(deps, { kind: 'report', id: county.reportId })).at(-1)).toBe('report.accept_again')
    expect(await totalOf('5132', period)).toEqual([67, 67])
    expect(await totalOf('51', period)).toEqual([67, 107])
    expect((await read('5132', '513221', period)).changedBelow).toBeNull()
    expect((await read('51', '5132', period)).changedBelow).toMatchObject({ accepted: [107, 3], present: [67, 3] })
    expect((await told('5132', period)).at(-1)).toEqual([id('513221'), 'accepted_again', reviewer('5132').username, ''])
  })

  test('a first late report below an accepted county is reported at once, accepted only when each level accepts again, and told of', async () => {
    const period = aPeriod()
    await accepted('513221', '5132', period, 7)
    const late = await submit('513221101', period, 1000)
    expect(await totalOf('5132', period)).toEqual([1007, 7])
    expect(await told('513221', period)).toEqual([[id('513221101'), 'submitted', officer('513221101').username, '']])
    await as(reviewer('513221'), (ctx) => acceptReport(ctx, late))
    expect(await totalOf('513221', period)).toEqual([1007, 1007])
    expect(await totalOf('5132', period)).toEqual([1007, 7])
  })

  test('sent back after it was reopened, the old figures go on counting; a report never accepted counts nowhere', async () => {
    const period = aPeriod()
    const taken = await accepted('513221100', '513221', period, 100)
    const never = await submit('513221101', period, 30)
    const opened = await as(reviewer('513221'), (ctx) => reopenReport(ctx, { ...taken, reason: '核对' }))
    const sent = await resubmit('513221100', { ...taken, version: opened.version }, 90)
    await as(reviewer('513221'), (ctx) => returnReport(ctx, { ...sent, faults: [fault] }))
    await as(reviewer('513221'), (ctx) => returnReport(ctx, { ...never, faults: [fault] }))
    expect(await totalOf('513221', period)).toEqual([null, 100])
  })

  test('the city’s form that counties do not fill in: the province keeps 11 when a township becomes 78', async () => {
    const skipping = await aForm(deps, nation, { items: 1, fillerLevels: ['province', 'city', 'township'] })
    const period = aPeriod()
    const options = { form: skipping, period }
    const township = await anAcceptedReport(deps, {
      ...options,
      tenantId: id('513221100'),
      superiorId: id('513221'),
      figures: [10],
    })
    const city = await anAcceptedReport(deps, { ...options, tenantId: id('5132'), superiorId: id('51'), figures: [1] })
    const total = async (code: string) => {
      return (await readTotal(skipping, { period, tenantId: id(code) })).accepted
    }
    expect(await total('51')).toEqual([11])
    const opened = await as(reviewer('513221'), (ctx) => reopenReport(ctx, { ...township, reason: '漏报' }))
    const sent = await resubmit('513221100', { ...township, version: opened.version }, 77)
    await as(reviewer('513221'), (ctx) => acceptReport(ctx, sent))
    expect(await total('513221')).toEqual([77])
    expect(await total('5132')).toEqual([78])
    expect(await total('51')).toEqual([11])
    const { changedBelow, history } = await as(reviewer('51'), (ctx) =>
      getReview(ctx, { reportId: city.reportId }),
    ).then((review) => review.report)
    expect(changedBelow).toMatchObject({ accepted: [11], present: [78] })
    expect(history.filter((step) => step.event === 'changed_below').map((step) => step.below?.event)).toEqual([
      'reopened',
      'submitted',
      'accepted',
    ])
  })

  test('whoever accepts again has seen what is there, and there must be something', async () => {
    const period = aPeriod()
    const county = await accepted('513221', '5132', period, 7)
    const mark = 'x'.repeat(32)
    expect(await refusal(as(reviewer('5132'), (ctx) => acceptAgain(ctx, { ...county, mark })))).toMatchObject({
      code: 'conflict',
      key: 'errors.nothingChangedBelow',
    })
    await accepted('513221101', '513221', period, 3)
    await drainDirty(deps)
    const seen = (await read('5132', '513221', period)).changedBelow?.mark ?? ''
    // Not yet worked off: the board still shows the old total.
    await accepted('513221102', '513221', period, 4)
    expect(await refusal(as(reviewer('5132'), (ctx) => acceptAgain(ctx, { ...county, mark: seen })))).toMatchObject({
      code: 'conflict',
      key: 'errors.changedBelowAgain',
    })
    await drainDirty(deps)
    expect(await refusal(as(reviewer('5132'), (ctx) => acceptAgain(ctx, { ...county, mark: seen })))).toMatchObject({
      key: 'errors.changedBelowAgain',
    })
    for (const stranger of ['513221', '51', '320924']) {
      const error = await refusal(as(reviewer(stranger), (ctx) => acceptAgain(ctx, { ...county, mark: seen })))
      expect(error).toMatchObject({ code: 'not_found' })
    }
  })
})

describe('the superior of the period', () => {
  /** 513222 with its township goes to 3209 (another province) on 2026-11-20. */
  const move = (body: string, to: string, from: string) =>
    withTenant(deps, systemActor('test', nation), (ctx) =>
      moveFederation(ctx, {
        federationId: id(body),
        parentId: id(to),
        hierarchy: 'regional',
        from,
        reason: '区划调整',
      }),
    )

  test('a body that moved to another province: its August is the old line’s to read and to review, the new one only reads', async () => {
    const monthly = await aForm(deps, nation, { items: 1, frequency: 'month' })
    const options = { form: monthly, period: '2026-08' }
    const county = await aSubmittedReport(deps, { ...options, tenantId: id('513222'), figures: [20] })
    const taken = await anAcceptedReport(deps, {
      ...options,
      tenantId: id('513222100'),
      superiorId: id('513222'),
      figures: [9],
    })
    const done = await as(reviewer('5132'), (ctx) => acceptReport(ctx, county))
    const city = await anAcceptedReport(deps, { ...options, tenantId: id('5132'), superiorId: id('51'), figures: [0] })
    const running = await aSubmittedReport(deps, {
      form: monthly,
      period: '2026-11',
      tenantId: id('513222'),
      figures: [5],
    })
    await as(reviewer('5132'), (ctx) => acceptReport(ctx, running))
    const before = await anAcceptedReport(deps, {
      form: monthly,
      period: '2026-11',
      tenantId: id('5132'),
      superiorId: id('51'),
      figures: [1],
    })
    await move('513222', '3209', '2026-11-20')

    const accepted = async (code: string, period: string) => {
      return (await readTotal(monthly, { period, tenantId: id(code) })).accepted[0]
    }
    expect(await accepted('51', '2026-08')).toBe(29)
    // The new line sees it and cannot move it.
    const seen = await as(reviewer('3209'), (ctx) =>
      getReport(ctx, { form: monthly.code, period: '2026-08', body: '513222' }),
    )
    expect(seen).toMatchObject({ state: 'accepted', reviewer: { id: id('5132'), name: '阿坝州总工会' } })
    const held = { reportId: county.reportId, version: done.version }
    for (const attempt of [
      () => as(reviewer('3209'), (ctx) => reopenReport(ctx, { ...held, reason: '更正' })),
      () => as(reviewer('3209'), (ctx) => acceptReport(ctx, held)),
      () => as(reviewer('3209'), (ctx) => returnReport(ctx, { ...held, faults: [fault] })),
      () => as(reviewer('3209'), (ctx) => acceptAgain(ctx, { ...held, mark: 'x'.repeat(32) })),
    ])
      expect(await refusal(attempt())).toMatchObject({ code: 'not_found', key: 'errors.reportNotFound' })
    const theirs = await as(reviewer('3209'), (ctx) =>
      listReviewQueue(ctx, ListReviewQueue.parse({ period: '2026-08', state: 'accepted' })),
    )
    expect(theirs.reports).toEqual([])

    // The old line reads it, down to the township, and corrects it.
    for (const code of ['5132', '51'])
      for (const body of ['513222', '513222100'])
        expect(
          await as(reviewer(code), (ctx) => getReport(ctx, { form: monthly.code, period: '2026-08', body })),
        ).toMatchObject({
          state: 'accepted',
          reviewer: {},
        })
    const opened = await as(reviewer('5132'), (ctx) => reopenReport(ctx, { ...held, reason: '漏报' }))
    const sent = await as(officer('513222'), async (ctx) => {
      const saved = await saveDraft(ctx, {
        reportId: held.reportId,
        version: opened.version,
        cells: [{ position: 1, value: 21, mark: 0, upper: null }],
      })
      return submitReport(ctx, { reportId: held.reportId, version: saved.version, ...plainly })
    })
    const ours = await as(reviewer('5132'), (ctx) => listReviewQueue(ctx, ListReviewQueue.parse({ period: '2026-08' })))
    expect(ours.reports.map((report) => report.reportId)).toEqual([county.reportId])
    await as(reviewer('5132'), (ctx) => acceptReport(ctx, { reportId: held.reportId, version: sent.version }))
    expect(await accepted('5132', '2026-08')).toBe(30)
    expect(await accepted('51', '2026-08')).toBe(29)
    const { changedBelow } = await as(reviewer('51'), (ctx) => getReview(ctx, { reportId: city.reportId })).then(
      (review) => review.report,
    )
    await as(reviewer('51'), (ctx) => acceptAgain(ctx, { ...city, mark: changedBelow?.mark ?? '' }))
    expect(await accepted('51', '2026-08')).toBe(30)
    expect(taken.reportId).toBeGreaterThan(0)

    // Of periods that end after the move the old line sees nothing, and nothing of its draws on the body any more.
    expect(
      await refusal(
        as(reviewer('5132'), (ctx) => getReport(ctx, { form: monthly.code, period: '2026-11', body: '513222' })),
      ),
    ).toMatchObject({
      key: 'errors.bodyNotFound',
    })
    expect(await accepted('51', '2026-11')).toBeNull()
    const displaced = await as(reviewer('51'), (ctx) => getReview(ctx, { reportId: before.reportId })).then(
      (review) => review.report,
    )
    expect(displaced).toMatchObject({ state: 'submitted' })
    expect(displaced.history.at(-1)).toMatchObject({ event: 'regrouped', reason: '区划调整' })
    const waiting = await as(reviewer('3209'), (ctx) =>
      listReviewQueue(ctx, ListReviewQueue.parse({ period: '2026-11' })),
    )
    expect(waiting.reports).toMatchObject([{ reportId: running.reportId, state: 'submitted' }])
    const [report] = waiting.reports
    await as(reviewer('3209'), (ctx) =>
      acceptReport(ctx, { reportId: running.reportId, version: report?.version ?? 0 }),
    )
    expect(await accepted('3209', '2026-11')).toBe(5)
  })
})

describe('a superior that was closed', () => {
  test('leaves the periods of its time to the next one above; the new superior only reads them', async () => {
    const monthly = await aForm(deps, nation, { items: 1, frequency: 'month' })
    const place = { form: monthly, period: '2026-09' }
    const report = await anAcceptedReport(deps, {
      ...place,
      tenantId: id('320924100'),
      superiorId: id('320924'),
      figures: [8],
    })
    await withTenant(deps, systemActor('test', nation), async (ctx) => {
      await moveFederation(ctx, {
        federationId: id('320924100'),
        parentId: id('513221'),
        hierarchy: 'regional',
        from: '2026-11-20',
        reason: '撤县设区',
      })
      await sql`update tenancy.link set valid_to = '2026-11-20' where federation_id = ${id('320924')}`.execute(ctx.db)
      await sql`update tenancy.federation set valid_to = '2026-11-20' where id = ${id('320924')}`.execute(ctx.db)
    })
    const reopen = (code: string) => as(reviewer(code), (ctx) => reopenReport(ctx, { ...report, reason: '更正' }))
    for (const code of ['513221', '5132', '32', '320924'])
      expect(await refusal(reopen(code))).toMatchObject({ code: 'not_found' })
    const seen = await as(reviewer('513221'), (ctx) =>
      getReport(ctx, { form: monthly.code, period: '2026-09', body: '320924100' }),
    )
    expect(seen.reviewer).toMatchObject({ code: '3209' })
    const queue = await as(reviewer('3209'), (ctx) =>
      listReviewQueue(ctx, ListReviewQueue.parse({ period: '2026-09', state: 'accepted' })),
    )
    expect(queue.reports.map((one) => one.reportId)).toEqual([report.reportId])
    await expect(reopen('3209')).resolves.toMatchObject({ state: 'correcting' })
  })
})

describe('verifying', () => {
  test('finds an acceptance that is not what it is made of, and one that is missing', async () => {
    const period = aPeriod()
    await accepted('513221100', '513221', period, 100)
    await accepted('513221', '5132', period, 7)
    await drainDirty(deps)
    const { db: owner, pool } = createDatabase(ownerUrl, 1)
    const tamper = async (statement: RawBuilder<unknown>) => {
      await owner.transaction().execute(async (db) => {
        await sql`set local session_replication_role = replica`.execute(db)
        await statement.execute(db)
      })
    }
    const find = async () =>
      (await verifyTotals(deps, { formId: form.id, period })).differences.filter((one) => one.what === 'acceptance')
    const place = sql`tenant_id = ${id('513221')} and form_id = ${form.id} and period = ${period}`
    try {
      await tamper(sql`update reporting.accepted_total set figures[1] = 108 where ${place}`)
      expect(await find()).toMatchObject([
        { tenantId: id('513221'), hierarchy: 'regional', position: 1, stored: '108', computed: '107' },
      ])
      await tamper(sql`update reporting.accepted_total set figures[1] = 107 where ${place}`)
      expect(await find()).toEqual([])
      await tamper(sql`update reporting.acceptance set ended_at = '2026-11-21' where ${place}`)
      expect(await find()).toMatchObject([{ tenantId: id('513221'), computed: 'accepted' }])
      await tamper(sql`update reporting.acceptance set ended_at = null where ${place}`)
    } finally {
      await pool.end()
    }
  })

  test('what was accepted before there were acceptances counts as it did (the migration), a line included', async () => {
    const period = aPeriod()
    const { db: owner, pool } = createDatabase(ownerUrl, 1)
    const bodies = ['513221100', '513221101', '513221', '513222100', '513222', '5132', '51', '51JT', '5132JT']
    try {
      await withTenant(deps, systemActor('test', nation), async (ctx) => {
        for (const [index, code] of bodies.entries())
          await importReports(ctx, {
            formId: form.id,
            period,
            state: code === '513222' ? 'submitted' : 'accepted',
            reports: [{ tenantId: id(code), figures: [10 ** index, 1] }],
          })
        await recomputeAll(ctx, { formId: form.id, period })
      })
      const before = await Promise.all(['513221', '513222', '5132', '51', '00'].map((code) => totalOf(code, period)))
      // By the old definition: own + what those below have accepted whose report is accepted.
      expect(before.map(([, figure]) => figure)).toEqual([111, 11_000, 100_100_111, 111_100_111, 111_100_111])
      await owner.transaction().execute(async (db) => {
        await sql`set local session_replication_role = replica`.execute(db)
        await sql`delete from reporting.accepted_total where period = ${period}`.execute(db)
        await sql`delete from reporting.acceptance where period = ${period}`.execute(db)
      })
      const changed = await withTenant(deps, systemActor('test', nation), async (ctx) => {
        await sql`select reporting.accept_loaded(${form.id}, ${period})`.execute(ctx.db)
        return recomputeAll(ctx, { formId: form.id, period })
      })
      expect(changed).toBe(0)
    } finally {
      await pool.end()
    }
  })
})

describe('attacks', () => {
  const denied = /permission denied|row-level security|only the superior|append-only|policy/

  test('nobody writes, changes or ends an acceptance by hand', async () => {
    const period = aPeriod()
    const township = await accepted('513221100', '513221', period, 100)
    for (const actor of [officer('513221100'), reviewer('513221'), reviewer('5132'), systemActor('attack', nation)])
      for (const statement of [
        sql`insert into reporting.acceptance (report_id, tenant_id, form_id, period, version, by_tenant_id, actor)
          values (${township.reportId}, ${id('513221100')}, ${form.id}, ${period}, 1, ${id('513221')}, 'x')`,
        sql`update reporting.acceptance set ended_at = tenancy.now() where report_id = ${township.reportId}`,
        sql`delete from reporting.acceptance where report_id = ${township.reportId}`,
        sql`update reporting.accepted_total set figures = '{1}' where tenant_id = ${id('513221')}`,
        sql`insert into reporting.accepted_total select * from reporting.accepted_total limit 1`,
      ])
        await expect(withTenant(deps, actor, (ctx) => statement.execute(ctx.db))).rejects.toThrow(denied)
  })

  test('nobody but the superior of the period accepts: not the body itself, not one further up, not one beside', async () => {
    const period = aPeriod()
    const township = await accepted('513221100', '513221', period, 100)
    for (const code of ['513221100', '5132', '513222', '51', '00'])
      await expect(
        as(reviewer(code), (ctx) => sql`select reporting.accept(${township.reportId}::bigint, 'x')`.execute(ctx.db)),
      ).rejects.toThrow(denied)
    for (const actor of [reviewer('513221'), reviewer('00')])
      await expect(
        as(actor, (ctx) => sql`select reporting.accept_loaded(${form.id}, ${period})`.execute(ctx.db)),
      ).rejects.toThrow(/only for loaders/)
    // What is not accepted is not taken in either.
    const waiting = await submit('513221101', period, 1)
    await expect(
      as(reviewer('513221'), (ctx) => sql`select reporting.accept(${waiting.reportId}::bigint, 'x')`.execute(ctx.db)),
    ).rejects.toThrow(/not accepted/)
  })

  test('nobody writes a step into the history of another’s report', async () => {
    const period = aPeriod()
    const theirs = await submit('513222100', period, 5)
    const forge = (actor: UserActor, tenantId: number, event: string) =>
      as(actor, (ctx) =>
        sql`insert into reporting.report_version (report_id, tenant_id, version, event, figures, actor)
          values (${theirs.reportId}, ${tenantId}, 9, ${event}, ${event === 'submitted' ? [1] : null}::bigint[], 'x')`.execute(
          ctx.db,
        ),
      )
    for (const [actor, tenantId, event] of [
      [officer('513221100'), id('513221100'), 'submitted'],
      [officer('513221100'), id('513222100'), 'submitted'],
      [reviewer('513221'), id('513221100'), 'accepted'],
      [reviewer('5132'), id('513222100'), 'accepted'],
      [reviewer('513222'), id('513222100'), 'changed_below'],
      [officer('513222100'), id('513222100'), 'regrouped'],
    ] as const)
      await expect(forge(actor, tenantId, event)).rejects.toThrow(denied)
  })

  test('nobody chooses who reviews by giving a period another end', async () => {
    await expect(
      as(officer('513221100'), (ctx) =>
        sql`insert into reporting.report (tenant_id, form_id, period, period_end) values (${id('513221100')}, ${form.id}, '2019-Q1', '2030-01-01')`.execute(
          ctx.db,
        ),
      ),
    ).rejects.toThrow(/report_period_end/)
  })
})
