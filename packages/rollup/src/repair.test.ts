import { sql } from 'kysely'
import { createDatabase } from '@gonglian/db'
import { loadForm } from '@gonglian/indicators'
import { aForm, itemCode } from '@gonglian/indicators/testing'
import { moveFederation, systemActor, withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { auditSample, drainDirty, readTotals, readVerification, repairTotals, verifyTotals } from './index.ts'
import { rollupAudit } from './jobs.ts'
import { expectNoDrift, putReports, readTotal } from './testing.ts'

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
const form = await aForm(deps, nation, { code: 'mended', items: 1 })
const periods = ['2026-Q1', '2026-Q2', '2026-Q3']
for (const period of periods)
  await putReports(deps, nation, form, period, [{ tenantId: id('513221100'), figures: [7] }])
await drainDirty(deps)

const plant = (period: string) =>
  sql`update rollup.total set reported[1] = 8 where form_id = ${form.id} and period = ${period} and tenant_id = ${id('5132')}`.execute(
    owner,
  )
const readRepairs = () =>
  withTenant(deps, asRoot, (ctx) =>
    ctx.db.selectFrom('tenancy.audit').select('after').where('action', '=', 'rollup.repair').execute(),
  )

describe('a total that differs', () => {
  test('is computed anew, and the trail says where', async () => {
    await plant('2026-Q2')
    await sql`delete from rollup.total where form_id = ${form.id} and period = '2026-Q3' and tenant_id = ${id('51')}`.execute(
      owner,
    )
    const { found, verdict } = await repairTotals(deps)
    expect(new Set(found.map((difference) => difference.period))).toEqual(new Set(['2026-Q2', '2026-Q3']))
    expect(verdict).toMatchObject({ waiting: 0, differences: [] })
    expect(await readRepairs()).toEqual([
      {
        after: {
          differences: found.length,
          periods: 2,
          places: [`${form.id} 2026-Q2`, `${form.id} 2026-Q3`],
        },
      },
    ])
  })

  test('nothing is written where nothing differs', async () => {
    const before = await readRepairs()
    expect((await repairTotals(deps)).found).toEqual([])
    expect(await readRepairs()).toEqual(before)
  })

  test('is found by samples within as many nights as it takes to see every period', async () => {
    const minute = (at: number) => setNow(`2026-11-21T13:${String(10 + at)}:00+08:00`)
    for (const [at, period] of periods.entries()) {
      minute(at)
      await verifyTotals(deps, { formId: form.id, period })
    }
    await plant('2026-Q3')
    const sizes: number[] = []
    for (const at of periods.keys()) {
      minute(20 + at)
      sizes.push((await auditSample(deps, 1)).found.length)
    }
    expect(sizes).toEqual([0, 0, 1])
    expect(await readVerification(deps)).toMatchObject({ periods: 3, neverVerified: 0, differing: 0 })
  })

  test('is repaired by the worker at night, not by day', async () => {
    await plant('2026-Q1')
    setNow('2026-11-22T12:00:00+08:00')
    await rollupAudit.run(deps)
    expect((await verifyTotals(deps)).differences).not.toEqual([])
    setNow('2026-11-23T02:30:00+08:00')
    await rollupAudit.run(deps)
    expect((await verifyTotals(deps)).differences).toEqual([])
    setNow('2026-11-23T12:00:00+08:00')
  })
})

describe('expected reports come from the tree of the period’s end and the form', () => {
  test('other levels that fill in a form change every total of it', async () => {
    const load = (fillerLevels: ('county' | 'township')[]) =>
      withTenant(deps, asRoot, (ctx) =>
        loadForm(ctx, {
          code: 'mended',
          nameZh: form.nameZh,
          nameEn: form.nameEn,
          frequency: 'quarter',
          fillerLevels,
          due: null,
          opensOn: form.opensOn,
          items: [{ code: itemCode('mended', 1) }],
        }),
      )
    await load(['township'])
    await drainDirty(deps)
    expect((await verifyTotals(deps)).differences).toEqual([])
    expect((await readTotal(deps, nation, form, { period: '2026-Q1', tenantId: nation })).expectedCount).toBe(5)
    await load(['county', 'township'])
    await drainDirty(deps)
    expect((await verifyTotals(deps)).differences).toEqual([])
    expect((await readTotal(deps, nation, form, { period: '2026-Q1', tenantId: nation })).expectedCount).toBe(8)
  })

  test('of several periods asked for at once, each has its own tree', async () => {
    const yearly = await aForm(deps, nation, { code: 'unbegun', fillerLevels: ['township'] })
    const count = async (actor: Parameters<typeof withTenant>[1], code: string) =>
      (
        await withTenant(deps, actor, (ctx) =>
          readTotals(ctx, { formId: yearly.id, periods: ['2026-Q3', '2026-Q4'], bodies: [id(code)] }),
        )
      ).map((total) => total.expectedCount)
    await withTenant(deps, asRoot, (ctx) =>
      moveFederation(ctx, {
        federationId: id('513221101'),
        parentId: id('513222'),
        hierarchy: 'regional',
        from: '2026-11-20',
        reason: '区划调整',
      }),
    )
    expect(await count(asRoot, '513221')).toEqual([3, 2])
    expect(await count(aUser(id('513222'), 'officer'), '513222')).toEqual([1, 2])
    await putReports(deps, nation, yearly, '2026-Q3', [{ tenantId: id('513221100'), figures: [1] }])
    await drainDirty(deps)
    expect(await count(aUser(id('513221'), 'officer'), '513221')).toEqual([3, 2])
  })
})
