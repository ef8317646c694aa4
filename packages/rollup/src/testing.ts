import { sql } from 'kysely'
import { parsePeriod, type Form } from '@gonglian/indicators'
import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { markDirty } from './dirty.ts'
import { drainDirty } from './drain.ts'
import { readTotals, type Total } from './totals.ts'
import type { Hierarchy } from './tree.ts'
import { verifyTotals } from './verify.ts'

export type GivenReport = {
  tenantId: number
  figures: readonly (number | null)[]
  state?: 'draft' | 'submitted' | 'returned' | 'accepted' | 'correcting'
  marks?: readonly number[]
}

/**
 * Puts reports as they are and marks them, without the rules of reporting: this package only knows how to add up what it finds.
 *
 * @param rootId the body at the top
 */
export async function putReports(
  deps: Deps,
  rootId: number,
  form: Form,
  period: string,
  reports: readonly GivenReport[],
): Promise<void> {
  await withTenant(deps, systemActor('test', rootId), async (ctx) => {
    for (const { tenantId, figures, state = 'submitted', marks = null } of reports) {
      await sql`
        with put as (
          insert into reporting.report as r (tenant_id, form_id, period, period_end, state, figures, marks)
          values (${tenantId}, ${form.id}, ${period}, ${parsePeriod(period).end}, ${state}, ${figures}::bigint[], ${marks}::smallint[])
          on conflict (form_id, period, tenant_id) do update
            set state = excluded.state, figures = excluded.figures, marks = excluded.marks, version = r.version + 1
          returning id, version
        )
        insert into reporting.report_version (report_id, tenant_id, version, event, figures, marks, actor)
        select id, ${tenantId}, version, 'imported', ${figures}::bigint[], ${marks}::smallint[], 'system:test' from put`.execute(
        ctx.db,
      )
    }
    await sql`select reporting.accept_loaded(${form.id}, ${period})`.execute(ctx.db)
    await markDirty(ctx, { formId: form.id, period, tenantId: reports.map((report) => report.tenantId) })
  })
}

/** One total, as the body at the top reads it. */
export async function readTotal(
  deps: Deps,
  rootId: number,
  form: Form,
  place: { period: string; tenantId: number; hierarchy?: Hierarchy },
): Promise<Total> {
  const [total] = await withTenant(deps, systemActor('test', rootId), (ctx) =>
    readTotals(ctx, {
      formId: form.id,
      periods: [place.period],
      hierarchy: place.hierarchy ?? 'regional',
      bodies: [place.tenantId],
    }),
  )
  if (!total) throw new Error('no such body')
  return total
}

/**
 * The check at the end of every test file that touches reports: once the marks are worked off, no total differs from the reports.
 *
 * @throws naming the first differences
 */
export async function expectNoDrift(deps: Deps): Promise<void> {
  await drainDirty(deps)
  const { waiting, differences } = await verifyTotals(deps)
  if (waiting > 0 || differences.length > 0) {
    const some = differences.slice(0, 5).map((difference) => JSON.stringify(difference))
    throw new Error(`${waiting} marks wait, ${differences.length} totals differ:\n${some.join('\n')}`)
  }
}
