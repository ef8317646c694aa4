import { sql } from 'kysely'
import { createDatabase } from '@gonglian/db'
import { aForm } from '@gonglian/indicators/testing'
import { ReorganisationPlan, systemActor, withTenant, type Role } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, listActs, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  drainDirty,
  previewReorganisation,
  readReorganisedTotals,
  recomputeAll,
  reorganise,
  verifyTotals,
} from './index.ts'
import { putReports } from './testing.ts'

const { deps, ownerUrl, close } = await openTestDeps()
const { db: owner, pool } = createDatabase(ownerUrl, 1)
afterAll(async () => {
  await pool.end()
  await close()
})
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const nation = id('00')
const form = await aForm(deps, nation, { items: [{}, { nature: 'stock' }] })
const counties = await aForm(deps, nation, { items: 1, fillerLevels: ['county', 'city'] })

const grounds = { day: '2026-11-16', reason: '区划调整' }
const parse = (plan: Record<string, unknown>) => ReorganisationPlan.parse({ ...grounds, ...plan })
const as = (code: string, role: Role = 'leader') => aUser(id(code), role)
const preview = (actor: string, plan: Record<string, unknown>, role?: Role) =>
  withTenant(deps, as(actor, role), (ctx) => previewReorganisation(ctx, { plan: parse(plan) }))
const commit = (actor: string, plan: Record<string, unknown>, version: string, role?: Role) =>
  withTenant(deps, as(actor, role), (ctx) => reorganise(ctx, { plan: parse(plan), version }))

const readAll = async (where: 'over' | 'running') =>
  (
    await sql`select form_id, period, hierarchy, tenant_id, reported, accepted, expected_count, reported_count, accepted_count
      from rollup.total where (period = '2026-Q3') = ${where === 'over'} order by 1, 2, 3, 4`.execute(owner)
  ).rows
const readTreeTables = async () => [
  (await sql`select * from tenancy.federation order by id`.execute(owner)).rows,
  (
    await sql`select federation_id, parent_id, hierarchy, valid_from, valid_to from tenancy.link order by 1, 3, 4`.execute(
      owner,
    )
  ).rows,
  (await sql`select * from tenancy.closure order by 1, 2, 3`.execute(owner)).rows,
]

/** Every total is what the reports say, and what was computed anew changes nothing. */
async function expectExact(): Promise<void> {
  expect(await verifyTotals(deps)).toMatchObject({ differences: [] })
  await drainDirty(deps)
  expect(await verifyTotals(deps)).toMatchObject({ waiting: 0, differences: [] })
}

let over: unknown[]
beforeAll(async () => {
  for (const period of ['2026-Q3', '2026-Q4'])
    await putReports(deps, nation, form, period, [
      { tenantId: id('513221100'), figures: [1000, 10], state: 'accepted' },
      { tenantId: id('513221101'), figures: [8, 1] },
      { tenantId: id('513221'), figures: [1, null], state: 'accepted' },
      { tenantId: id('513222100'), figures: [30, 3], state: 'accepted' },
      { tenantId: id('513222'), figures: [2, null] },
      { tenantId: id('5132JT'), figures: [5, 5] },
    ])
  await putReports(deps, nation, counties, '2026-Q4', [{ tenantId: id('513221'), figures: [7], state: 'accepted' }])
  await drainDirty(deps)
  over = await readAll('over')
})
beforeEach(async () => {
  expect(await readAll('over')).toEqual(over)
})

const move = { kind: 'move', body: '513221100', parent: '513222' }
const changeOf = (changes: Awaited<ReturnType<typeof preview>>['changes'], code: string, formId = form.id) =>
  changes.find((change) => change.code === code && change.formId === formId && change.hierarchy === 'regional')

describe('a preview', () => {
  test('says every total before and after, and changes nothing', async () => {
    const tables = await readTreeTables()
    const running = await readAll('running')
    const { changes, periods } = await preview('51', move)
    expect(periods).toBe(2)
    expect(changes.map((change) => `${change.code} ${change.formId} ${change.period} ${change.hierarchy}`)).toEqual([
      // The city too: the county that loses has accepted reports, the one that gains waits for its own.
      ...['5132', '513221', '513222'].map((code) => `${code} ${form.id} 2026-Q4 regional`),
    ])
    expect(changeOf(changes, '513221')).toMatchObject({
      name: '汶川县总工会',
      expected: { before: 4, after: 3 },
      reportedCount: { before: 3, after: 2 },
      acceptedCount: { before: 2, after: 1 },
      items: [
        { position: 1, reported: { before: 1009, after: 9 }, accepted: { before: 1001, after: 1 } },
        { position: 2, reported: { before: 11, after: 1 }, accepted: { before: 10, after: null } },
      ],
    })
    expect(changeOf(changes, '513222')).toMatchObject({
      expected: { before: 2, after: 3 },
      items: [
        // Its new superior has not accepted it yet.
        { position: 1, reported: { before: 32, after: 1032 }, accepted: { before: 32, after: 32 } },
        { position: 2, reported: { before: 3, after: 13 }, accepted: { before: 3, after: 3 } },
      ],
    })
    expect(await readTreeTables()).toEqual(tables)
    expect(await readAll('running')).toEqual(running)
    expect((await sql`select 1 from tenancy.reorganisation`.execute(owner)).rows).toEqual([])
    await expectExact()
  })

  test('counts what was reported a moment ago and is not summed yet', async () => {
    await putReports(deps, nation, form, '2026-Q4', [{ tenantId: id('513221102'), figures: [500, 5] }])
    const { changes } = await preview('51', { kind: 'close', body: '513221102' })
    expect(changeOf(changes, '513221')?.items[0]?.reported).toEqual({ before: 1509, after: 1009 })
    await drainDirty(deps)
  })

  test('shows who asks the own body and those below, nobody above', async () => {
    const { changes } = await preview('5132', { kind: 'close', body: '513221102' })
    expect(changes.map((change) => change.code).toSorted()).toEqual(['5132', '513221', '513221102'])
  })

  test('is for an officer too, a decision is not; nobody else, nobody beside', async () => {
    const { version } = await preview('51', move, 'officer')
    await expect(commit('51', move, version, 'officer')).rejects.toMatchObject({ code: 'forbidden' })
    for (const role of ['reviewer', 'finance', 'auditor', 'sysadmin', 'secadmin', 'auditadmin'] as const)
      await expect(preview('51', move, role)).rejects.toMatchObject({ code: 'forbidden' })
    for (const actor of ['32', '3209', '320924', '513221', '513221100'])
      await expect(preview(actor, move)).rejects.toMatchObject({
        code: expect.stringMatching(/^(not_found|forbidden)$/),
      })
  })
})

describe('a decision', () => {
  test('on a preview that is no longer true is refused and does nothing: a figure, the tree, or another plan', async () => {
    const tables = await readTreeTables()
    const { version } = await preview('51', move)
    const stale = { code: 'conflict', key: 'reorganisation.previewStale' }
    await putReports(deps, nation, form, '2026-Q4', [{ tenantId: id('513221101'), figures: [9, 1] }])
    await expect(commit('51', move, version)).rejects.toMatchObject(stale)
    await expect(commit('51', { ...move, reason: '另一个理由' }, version)).rejects.toMatchObject(stale)
    expect(await readTreeTables()).toEqual(tables)
    await drainDirty(deps)
    const fresh = await preview('51', move)
    expect(fresh.version).not.toBe(version)
    await commit(
      '51',
      { kind: 'open', code: '513222101', name: '古尔沟镇总工会', level: 'township', parent: '513222' },
      (
        await preview('51', {
          kind: 'open',
          code: '513222101',
          name: '古尔沟镇总工会',
          level: 'township',
          parent: '513222',
        })
      ).version,
    )
    await expect(commit('51', move, fresh.version)).rejects.toMatchObject(stale)
    await expectExact()
  })

  test('does what was shown, at once and exactly, and keeps it to be read later by whom it concerns', async () => {
    const shown = await preview('51', move)
    const { id: done } = await commit('51', move, shown.version)
    const acts = await listActs(deps, { kind: 'reorganisation', id: done })
    // In the trail of each body that it is about.
    expect(acts.length).toBeGreaterThan(1)
    expect(new Set(acts)).toEqual(new Set(['federation.move']))
    await expectExact()
    const kept = (code: string) =>
      withTenant(deps, as(code, 'officer'), (ctx) => readReorganisedTotals(ctx, { id: done }))
    expect(changeOf(await kept('51'), '513221')).toEqual(changeOf(shown.changes, '513221'))
    expect((await kept('513222')).map((change) => change.code)).toEqual(['513222'])
    expect(await kept('3209')).toEqual([])
  })

  test('of two with one preview, one is refused', async () => {
    const back = { kind: 'move', body: '513221101', parent: '513222' }
    const { version } = await preview('51', back)
    const answers = await Promise.allSettled([commit('51', back, version), commit('51', back, version)])
    expect(answers.map((answer) => answer.status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expectExact()
  })

  test.each([
    { kind: 'open', code: '513223', name: '茂县总工会', level: 'county', parent: '5132' },
    { kind: 'rename', body: '513221', name: '汶川市总工会' },
    { kind: 'close', body: '513221102', successor: '513221' },
    {
      kind: 'split',
      body: '513222',
      code: '513231',
      name: '米亚罗县总工会',
      day: '2026-11-20',
      children: ['513222100', '513221101'],
    },
    { kind: 'merge', bodies: ['513221', '513222'], into: '513240', name: '汶理县总工会', day: '2026-11-21' },
    { kind: 'close', body: '5132JT' },
  ])('to $kind leaves every total exact and periods that are over as they were', async (plan) => {
    const { version } = await preview('51', plan)
    await commit('51', plan, version)
    await expectExact()
    expect(await readAll('over')).toEqual(over)
    await withTenant(deps, systemActor('test', nation), (ctx) =>
      recomputeAll(ctx, { formId: form.id, period: '2026-Q3' }),
    )
    expect(await readAll('over')).toEqual(over)
  })
})
