import { sql } from 'kysely'
import { largestFigure } from '@gonglian/indicators/figures'
import { expectNoDrift } from '@gonglian/rollup/testing'
import { systemActor, withTenant, type TenantContext, type UserActor } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, describe, expect, test } from 'vitest'
import { openReport } from './index.ts'
import { aForm, aSubmittedReport, anAcceptedReport } from './testing.ts'

// What the database refuses whatever code asks for it: raw SQL as the plain role.
const { deps, close } = await openTestDeps()
afterAll(close)
afterAll(() => expectNoDrift(deps))
const tree = await aSmallTree(deps)
const nation = idOf(tree, '00')
const county = idOf(tree, '513221')
const township = idOf(tree, '513221100')
const form = await aForm(deps, nation, { items: 2 })
const accepted = await anAcceptedReport(deps, {
  form,
  period: '2026-Q1',
  tenantId: township,
  superiorId: county,
  figures: [1, 2],
})
const submitted = await aSubmittedReport(deps, { form, period: '2026-Q2', tenantId: township, figures: [1, 2] })

const owner = aUser(township, 'officer')
const superior = aUser(county, 'reviewer')
const run = (actor: UserActor, statement: string) =>
  withTenant(deps, actor, (ctx) => sql.raw(statement).execute(ctx.db))
const set = (id: number, what: string) => `update reporting.report set ${what}, version = version + 1 where id = ${id}`

describe('reports', () => {
  test.each([
    ['the owner accepts itself', owner, set(submitted.reportId, `state = 'accepted'`)],
    ['the owner opens its accepted report', owner, set(accepted.reportId, `state = 'correcting'`)],
    ['the owner changes accepted figures', owner, set(accepted.reportId, `figures = '{9,9}'`)],
    ['the owner changes submitted figures', owner, set(submitted.reportId, `figures = '{9,9}'`)],
    ['the owner withdraws what is accepted', owner, set(accepted.reportId, `state = 'draft'`)],
    ['the superior edits a figure (GOV-01)', superior, set(submitted.reportId, `figures = '{9,9}'`)],
    ['the superior edits while it decides', superior, set(submitted.reportId, `state = 'accepted', figures = '{9,9}'`)],
    ['the superior takes a report back', superior, set(submitted.reportId, `state = 'draft'`)],
    ['a report moves to another body', owner, set(submitted.reportId, `tenant_id = ${county}`)],
    ['a report moves to another period', owner, set(submitted.reportId, `period = '2026-Q3'`)],
    ['a change makes no version', owner, `update reporting.report set due_on = null where id = ${submitted.reportId}`],
    [
      'a report is born accepted',
      owner,
      `insert into reporting.report (tenant_id, form_id, period, period_end, state, figures) values (${township}, ${form.id}, '2025-Q1', '2025-03-31', 'accepted', '{1,1}')`,
    ],
    [
      'a report for a neighbour',
      owner,
      `insert into reporting.report (tenant_id, form_id, period, period_end) values (${idOf(tree, '513221101')}, ${form.id}, '2025-Q1', '2025-03-31')`,
    ],
    [
      'a report for a subordinate',
      superior,
      `insert into reporting.report (tenant_id, form_id, period, period_end) values (${township}, ${form.id}, '2025-Q1', '2025-03-31')`,
    ],
    ['a report is deleted', owner, `delete from reporting.report where id = ${submitted.reportId}`],
    [
      'history is changed',
      owner,
      `update reporting.report_version set reason = 'x' where report_id = ${submitted.reportId}`,
    ],
    ['history is deleted', owner, `delete from reporting.report_version where report_id = ${submitted.reportId}`],
    [
      'the owner records its own acceptance',
      owner,
      `insert into reporting.report_version (report_id, tenant_id, version, event, actor) values (${submitted.reportId}, ${township}, 9, 'accepted', 'x')`,
    ],
    [
      'the superior records a submission',
      superior,
      `insert into reporting.report_version (report_id, tenant_id, version, event, figures, actor) values (${submitted.reportId}, ${township}, 9, 'submitted', '{1,1}', 'x')`,
    ],
    [
      'totals are written by hand',
      superior,
      `insert into rollup.total (form_id, period, hierarchy, tenant_id, reported, accepted, expected_count, reported_count, reviewed_count, accepted_count) values (${form.id}, '2025-Q1', 'regional', ${county}, '{}', '{}', 0, 0, 0, 0)`,
    ],
    [
      'marks of a stranger',
      owner,
      `insert into rollup.dirty (form_id, period, tenant_id) values (${form.id}, '2025-Q1', ${idOf(tree, '320924')})`,
    ],
  ])('refused: %s', async (_name, actor, statement) => {
    await expect(run(actor, statement)).rejects.toThrow()
  })

  test.each([
    ['an administrator', aUser(county, 'sysadmin')],
    ['a neighbour', aUser(idOf(tree, '513221101'), 'officer')],
    ['another county', aUser(idOf(tree, '513222'), 'leader')],
  ])('%s sees neither reports nor drafts nor history nor totals nor marks', async (_name, actor) => {
    await withTenant(deps, aUser(township, 'officer'), (ctx) => openReport(ctx, { form: form.code, period: '2026-Q4' }))
    const count = (ctx: TenantContext, table: string) =>
      sql<{ n: number }>`select count(*)::int as n from ${sql.raw(table)} where tenant_id in (${township}, ${county})`
        .execute(ctx.db)
        .then((result) => result.rows[0]?.n)
    for (const table of [
      'reporting.report',
      'reporting.draft',
      'reporting.report_version',
      'rollup.total',
      'rollup.dirty',
    ]) {
      expect(await withTenant(deps, actor, (ctx) => count(ctx, table))).toBe(0)
    }
  })

  test('a neighbour’s update touches nothing', async () => {
    const result = await run(aUser(idOf(tree, '513221101'), 'officer'), set(submitted.reportId, `state = 'draft'`))
    expect(result.numAffectedRows).toBe(0n)
  })

  test('figures beyond the limit are refused even from a loader', async () => {
    const insert = (figures: string) =>
      withTenant(deps, systemActor('test', nation), (ctx) =>
        sql`insert into reporting.report (tenant_id, form_id, period, period_end, state, figures) values (${township}, ${form.id}, '2024-Q1', '2024-03-31', 'submitted', ${figures}::bigint[])`.execute(
          ctx.db,
        ),
      )
    await expect(insert('{-1,1}')).rejects.toThrow('check')
    await expect(insert(`{1,${largestFigure + 1}}`)).rejects.toThrow('check')
    await expect(insert(`{NULL,${largestFigure}}`)).resolves.toBeDefined()
  })
})
