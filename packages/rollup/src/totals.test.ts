import { sql } from 'kysely'
import { createDatabase } from '@gonglian/db'
import { aForm } from '@gonglian/indicators/testing'
import { addFederations, moveFederation, systemActor, withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { drainDirty, readBacklog, readTotals, recomputeAll, verifyTotals } from './index.ts'
import { expectNoDrift, putReports, readTotal, type GivenReport } from './testing.ts'

const { deps, ownerUrl, setNow, close } = await openTestDeps()
const { db: owner, pool } = createDatabase(ownerUrl, 1)
afterAll(async () => {
  await pool.end()
  await close()
})
afterAll(() => expectNoDrift(deps))
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const nation = id('00')
const asRoot = systemActor('test', nation)
const form = await aForm(deps, nation, { items: [{}, {}, { additivity: 'distinct' }, { nature: 'stock' }] })
const put = (period: string, reports: readonly GivenReport[]) => putReports(deps, nation, form, period, reports)
const total = (period: string, code: string, hierarchy: 'regional' | 'line' = 'regional') =>
  readTotal(deps, nation, form, { period, tenantId: id(code), hierarchy })

describe('adding up', () => {
  test('missing is missing, null and 5 are 5, what is not summed stays out', async () => {
    await put('2026-Q1', [
      { tenantId: id('513221100'), figures: [null, null, 7, 5] },
      { tenantId: id('513221101'), figures: [null, 5, 8, 6] },
    ])
    await drainDirty(deps)
    expect(await total('2026-Q1', '513221')).toMatchObject({
      reported: [null, 5, null, 11],
      reportedCount: 2,
      expectedCount: 4,
    })
  })

  test('accepted is what each superior on the way has accepted; reviewed counts every acceptance at once', async () => {
    await put('2026-Q2', [
      { tenantId: id('513221100'), figures: [1, 0, 0, 0], state: 'accepted' },
      { tenantId: id('513221101'), figures: [10, 0, 0, 0], state: 'submitted' },
      { tenantId: id('513221102'), figures: [100, 0, 0, 0], state: 'correcting' },
      { tenantId: id('513222100'), figures: [1000, 0, 0, 0], state: 'returned' },
      { tenantId: id('513221'), figures: [10000, 0, 0, 0], state: 'submitted' },
    ])
    await drainDirty(deps)
    const counts = { reportedCount: 4, reviewedCount: 2 }
    expect(await total('2026-Q2', '513221')).toMatchObject({
      ...counts,
      reported: [10111, 0, null, 0],
      accepted: [10101, 0, null, 0],
      acceptedCount: 3,
    })
    for (const code of ['5132', '51', '00']) {
      expect(await total('2026-Q2', code)).toMatchObject({
        ...counts,
        reported: [10111, 0, null, 0],
        accepted: [null, null, null, null],
        acceptedCount: 0,
      })
    }
    await put('2026-Q2', [{ tenantId: id('513221'), figures: [10000, 0, 0, 0], state: 'accepted' }])
    await drainDirty(deps)
    // The city has no report of its own yet, so the province has accepted nothing of it.
    expect(await total('2026-Q2', '5132')).toMatchObject({
      accepted: [10101, 0, null, 0],
      acceptedCount: 3,
      reviewedCount: 3,
    })
    expect(await total('2026-Q2', '51')).toMatchObject({ accepted: [null, null, null, null], reviewedCount: 3 })
  })

  test('a level that does not fill in the form passes on what it has', async () => {
    const only = await aForm(deps, nation, { items: 1, fillerLevels: ['township'] })
    await putReports(deps, nation, only, '2026-Q1', [
      { tenantId: id('513221100'), figures: [1], state: 'accepted' },
      { tenantId: id('320924100'), figures: [2], state: 'submitted' },
    ])
    await drainDirty(deps)
    expect(await readTotal(deps, nation, only, { period: '2026-Q1', tenantId: nation })).toMatchObject({
      ...{ reported: [3], accepted: [1], expectedCount: 5, reportedCount: 2, acceptedCount: 1 },
    })
  })

  test('each body counts once in its area and once in its line (P3)', async () => {
    await put('2026-Q3', [
      { tenantId: id('5132JT'), figures: [1, 1, 1, 1] },
      { tenantId: id('51JT'), figures: [2, 2, 2, 2] },
      { tenantId: id('513221'), figures: [4, 4, 4, 4] },
    ])
    await drainDirty(deps)
    expect((await total('2026-Q3', '00')).reported).toEqual([7, 7, null, 7])
    expect((await total('2026-Q3', '51')).reported).toEqual([7, 7, null, 7])
    expect((await total('2026-Q3', '5132')).reported).toEqual([5, 5, null, 5])
    // 00JT is of the national level, which fills in nothing.
    expect(await total('2026-Q3', '00JT', 'line')).toMatchObject({ reported: [3, 3, null, 3], expectedCount: 2 })
    expect(await total('2026-Q3', '51JT', 'line')).toMatchObject({ reported: [3, 3, null, 3] })
  })

  test('a part that is about or over makes the total inexact (UNI-03), a reason for a missing figure does not', async () => {
    await put('2026-Q4', [
      { tenantId: id('513221100'), figures: [1, 2, 3, 4], marks: [2, 0, 1, 0], state: 'submitted' },
      { tenantId: id('513221101'), figures: [1, null, 3, 4], marks: [0, 7, 0, 6], state: 'accepted' },
    ])
    await drainDirty(deps)
    expect(await total('2026-Q4', '513221')).toMatchObject({ reportedInexact: [1, 4], acceptedInexact: [4] })
    expect(await total('2026-Q4', '00')).toMatchObject({ reportedInexact: [1, 4], acceptedInexact: [] })
  })

  test('a form of 2,000 items', async () => {
    const wide = await aForm(deps, nation, { items: 2000 })
    const figures = wide.items.map((_, index) => (index % 3 === 0 ? null : index))
    await putReports(deps, nation, wide, '2026-Q1', [
      { tenantId: id('513221100'), figures },
      { tenantId: id('513221101'), figures },
    ])
    await drainDirty(deps)
    const { reported } = await readTotal(deps, nation, wide, { period: '2026-Q1', tenantId: nation })
    expect(reported).toEqual(figures.map((value) => (value === null ? null : value * 2)))
    expect((await verifyTotals(deps, { formId: wide.id })).differences).toEqual([])
  })
})

describe('reading', () => {
  test('a body without bodies below it is its own total; only the asked positions, in the asked order', async () => {
    await put('2025-Q1', [{ tenantId: id('513221100'), figures: [3, 4, 5, 6], marks: [0, 1, 1, 0] }])
    await drainDirty(deps)
    const rows = await withTenant(deps, aUser(id('513221'), 'reviewer'), (ctx) =>
      readTotals(ctx, {
        formId: form.id,
        periods: ['2025-Q1', '2025-Q2'],
        bodies: [id('513221101'), id('513221100')],
        positions: [4, 3, 2],
      }),
    )
    expect(
      rows.map((row) => [
        row.tenantId,
        row.period,
        row.reported,
        row.reportedInexact,
        row.expectedCount,
        row.reportedCount,
      ]),
    ).toEqual([
      [id('513221101'), '2025-Q1', [null, null, null], [], 1, 0],
      [id('513221101'), '2025-Q2', [null, null, null], [], 1, 0],
      [id('513221100'), '2025-Q1', [6, null, 4], [2], 1, 1],
      [id('513221100'), '2025-Q2', [null, null, null], [], 1, 0],
    ])
  })

  test('before anybody has reported, the bodies below are expected all the same', async () => {
    const [row] = await withTenant(deps, aUser(id('5132'), 'leader'), (ctx) =>
      readTotals(ctx, { formId: form.id, periods: ['2024-Q1'], bodies: [id('5132')] }),
    )
    expect(row).toMatchObject({
      expectedCount: 8,
      reportedCount: 0,
      reported: [null, null, null, null],
      changedAt: null,
    })
  })

  test.each(['513222', '320924', '513221100'])('body %s is told nothing of county 513221', async (code) => {
    const rows = await withTenant(deps, aUser(id(code), 'leader'), (ctx) =>
      readTotals(ctx, { formId: form.id, periods: ['2026-Q1'], bodies: [id('513221'), id('513221101'), nation] }),
    )
    expect(rows).toEqual([])
  })

  test('an administrator may not', async () => {
    const ask = withTenant(deps, aUser(nation, 'sysadmin'), (ctx) =>
      readTotals(ctx, { formId: form.id, periods: ['2026-Q1'], bodies: [nation] }),
    )
    await expect(ask).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('the tree of the period (P5)', () => {
  test('a move changes the totals of periods that end after it, and none before; late reports still count where the body was', async () => {
    const moved = await aForm(deps, nation, { items: 1, code: 'moved' })
    const putMoved = (period: string, reports: readonly GivenReport[]) =>
      putReports(deps, nation, moved, period, reports)
    const of = async (period: string, code: string) =>
      (await readTotal(deps, nation, moved, { period, tenantId: id(code) })).reported[0]
    for (const period of ['2026-Q3', '2026-Q4']) {
      await putMoved(period, [
        { tenantId: id('513221102'), figures: [1] },
        { tenantId: id('513221101'), figures: [2] },
        { tenantId: id('513222100'), figures: [4] },
      ])
    }
    await drainDirty(deps)
    setNow('2026-10-25T12:00:00+08:00')
    await withTenant(deps, asRoot, (ctx) =>
      moveFederation(ctx, {
        federationId: id('513221102'),
        parentId: id('513222'),
        hierarchy: 'regional',
        from: '2026-10-20',
        reason: '区划调整',
      }),
    )
    setNow('2026-11-21T12:00:00+08:00')
    await drainDirty(deps)
    expect([await of('2026-Q3', '513221'), await of('2026-Q3', '513222')]).toEqual([3, 4])
    expect([await of('2026-Q4', '513221'), await of('2026-Q4', '513222')]).toEqual([2, 5])
    expect([await of('2026-Q3', '5132'), await of('2026-Q4', '5132')]).toEqual([7, 7])

    await putMoved('2026-Q3', [{ tenantId: id('513221102'), figures: [100] }])
    await drainDirty(deps)
    expect([await of('2026-Q3', '513221'), await of('2026-Q3', '513222'), await of('2026-Q3', '5132')]).toEqual([
      102, 4, 106,
    ])
    expect((await verifyTotals(deps, { formId: moved.id })).differences).toEqual([])
  })

  test('a body that is founded is expected from then on', async () => {
    const founded = await aForm(deps, nation, { items: 1, code: 'founded' })
    const expectedIn = async (period: string) =>
      (await readTotal(deps, nation, founded, { period, tenantId: id('3209') })).expectedCount
    for (const period of ['2026-Q3', '2026-Q4'])
      await putReports(deps, nation, founded, period, [{ tenantId: id('320924100'), figures: [1] }])
    await drainDirty(deps)
    expect([await expectedIn('2026-Q3'), await expectedIn('2026-Q4')]).toEqual([3, 3])
    await withTenant(deps, asRoot, (ctx) =>
      addFederations(ctx, [
        {
          code: '320924101',
          name: '新镇总工会',
          shortName: '新镇',
          level: 'township',
          validFrom: '2026-11-01',
          parentCode: '320924',
        },
      ]),
    )
    await drainDirty(deps)
    expect([await expectedIn('2026-Q3'), await expectedIn('2026-Q4')]).toEqual([3, 4])
    expect((await verifyTotals(deps, { formId: founded.id })).differences).toEqual([])
  })
})

describe('recomputing and verifying', () => {
  test('a full recomputation changes nothing that the marks have worked off', async () => {
    expect(await withTenant(deps, asRoot, (ctx) => recomputeAll(ctx, { formId: form.id, period: '2026-Q2' }))).toBe(0)
    expect(await verifyTotals(deps)).toMatchObject({ waiting: 0, differences: [] })
  })

  test('only the top recomputes, and only as an operator', async () => {
    await expect(
      withTenant(deps, aUser(nation, 'leader'), (ctx) => recomputeAll(ctx, { formId: form.id, period: '2026-Q2' })),
    ).rejects.toMatchObject({ code: 'forbidden' })
    await expect(
      withTenant(deps, systemActor('test', id('51')), (ctx) =>
        recomputeAll(ctx, { formId: form.id, period: '2026-Q2' }),
      ),
    ).rejects.toThrow('top of the tree')
  })

  test.each([
    ['a reported figure', `reported[1] = reported[1] + 1`, 'reported', 1],
    ['an accepted figure that should be missing', `accepted[2] = 0, accepted[3] = 1`, 'accepted', 3],
    ['an exactness', `reported_inexact = '{4}'`, 'reported_inexact', 4],
    ['a number of expected reports', `expected_count = expected_count + 1`, 'expected_count', null],
    ['a number of reports', `reported_count = reported_count - 1`, 'reported_count', null],
    ['a number of reviews', `reviewed_count = 9`, 'reviewed_count', null],
    ['a number of accepted reports', `accepted_count = 99`, 'accepted_count', null],
  ])('finds %s that was tampered with, and mends it', async (_name, change, what, position) => {
    const place = `form_id = ${form.id} and period = '2026-Q2' and hierarchy = 'regional' and tenant_id = ${id('513221')}`
    await sql.raw(`update rollup.total set ${change} where ${place}`).execute(owner)
    const { differences } = await verifyTotals(deps, { formId: form.id, period: '2026-Q2' })
    expect(differences).toContainEqual(
      expect.objectContaining({ tenantId: id('513221'), hierarchy: 'regional', what, position }),
    )
    await withTenant(deps, asRoot, (ctx) => recomputeAll(ctx, { formId: form.id, period: '2026-Q2' }))
    expect((await verifyTotals(deps, { formId: form.id, period: '2026-Q2' })).differences).toEqual([])
  })

  test('finds a total that is gone, one too many, and a report nobody marked', async () => {
    const place = sql`form_id = ${form.id} and period = '2026-Q2' and hierarchy = 'regional'`
    await sql`delete from rollup.total where ${place} and tenant_id = ${id('51')}`.execute(owner)
    await sql`insert into rollup.total select form_id, period, hierarchy, ${id('513221100')}, reported, accepted, null, null, 1, 1, 1, 1 from rollup.total where ${place} and tenant_id = ${nation}`.execute(
      owner,
    )
    const { differences } = await verifyTotals(deps, { period: '2026-Q2' })
    expect(new Set(differences.map((difference) => difference.tenantId))).toEqual(new Set([id('51'), id('513221100')]))
    await withTenant(deps, asRoot, (ctx) => recomputeAll(ctx, { formId: form.id, period: '2026-Q2' }))
    expect((await verifyTotals(deps, { period: '2026-Q2' })).differences).toEqual([])

    await withTenant(deps, asRoot, (ctx) =>
      sql`update reporting.report set figures[1] = 5, version = version + 1 where form_id = ${form.id} and period = '2026-Q2' and tenant_id = ${id('513221101')}`.execute(
        ctx.db,
      ),
    )
    const silent = await verifyTotals(deps, { period: '2026-Q2' })
    expect(new Set(silent.differences.map((difference) => difference.tenantId))).toEqual(
      new Set(['513221', '5132', '51', '00'].map(id)),
    )
    await withTenant(deps, asRoot, (ctx) => recomputeAll(ctx, { formId: form.id, period: '2026-Q2' }))
  })

  test('a form whose sum cannot be held does not hold up the others', async () => {
    const [big, small] = [await aForm(deps, nation, { items: 1 }), await aForm(deps, nation, { items: 1 })]
    await putReports(deps, nation, big, '2026-Q1', [{ tenantId: id('513221100'), figures: [1] }])
    await drainDirty(deps)
    // Beyond any figure the limits let in: the county's total is made so large that one more overflows.
    await sql`update rollup.total set reported = array[9223372036854775807] where form_id = ${big.id} and tenant_id = ${id('5132')}`.execute(
      owner,
    )
    await putReports(deps, nation, big, '2026-Q1', [{ tenantId: id('51'), figures: [1] }])
    await putReports(deps, nation, small, '2026-Q1', [{ tenantId: id('513221100'), figures: [1] }])
    await expect(drainDirty(deps)).rejects.toThrow('out of range')
    expect((await readTotal(deps, nation, small, { period: '2026-Q1', tenantId: nation })).reported).toEqual([1])
    expect((await readBacklog(deps)).marks).toBeGreaterThan(0)
    await withTenant(deps, asRoot, (ctx) => recomputeAll(ctx, { formId: big.id, period: '2026-Q1' }))
    await drainDirty(deps)
    expect(await readBacklog(deps)).toEqual({ marks: 0, moves: 0, oldest: null })
  })
})
