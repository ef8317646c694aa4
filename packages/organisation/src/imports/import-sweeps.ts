import { sql } from 'kysely'
import { listRoots, recordAudit, systemActor, withTenant, type Deps, type TenantContext } from '@gonglian/tenancy'
import { failImport, importAttempts } from './held-runs.ts'
import { undoHours } from './import-records.ts'
import { ImportRun } from './imports.ts'

/** Minutes without progress after which a running import counts as left by its worker. */
const staleMinutes = 15
/** Days for which a file is kept whose columns nobody confirms, or that failed, and the refused rows of one that was written. */
const keptDays = 3

/** For the worker: under every root of the tree. */
export async function sweepImports(deps: Deps): Promise<void> {
  for (const root of await listRoots(deps)) await withTenant(deps, systemActor('import', root), sweepImportsBelow)
}

/** Sends stale imports to the worker again, or ends them after the last attempt, and removes what ended imports left behind. */
export async function sweepImportsBelow(
  ctx: TenantContext,
): Promise<{ resent: number; failed: number; cleared: number }> {
  const { rows: stale } = await sql<{ id: number; tenant_id: number; attempts: number }>`
    select id, tenant_id, attempts from organisation.import
    where state in ('reading', 'waiting', 'checking', 'committing', 'undoing') and changed_at < ${ctx.now}::timestamptz - make_interval(mins => ${staleMinutes})
    for update skip locked`.execute(ctx.db)
  const lost = stale.filter((row) => row.attempts >= importAttempts)
  for (const { id } of lost) await failImport(ctx, id, 'organisation.import.unexpected')
  const resent = stale.filter((row) => row.attempts < importAttempts)
  for (const { id, tenant_id: tenantId } of resent) {
    await ctx.db.updateTable('organisation.import').set({ changed_at: ctx.now }).where('id', '=', id).execute()
    ctx.enqueue(ImportRun, { importId: id, tenantId })
  }
  const cleared = await clearLeft(ctx)
  for (const { id, tenant_id: tenantId } of cleared)
    await recordAudit(ctx, { action: 'import.cleared', objectKind: 'import', objectId: id, tenantId })
  return { resent: resent.length, failed: lost.length, cleared: cleared.length }
}

/** Removes what is not needed any more: files, staged and refused rows, and what can't be undone any more. */
async function clearLeft(ctx: TenantContext): Promise<{ id: number; tenant_id: number }[]> {
  const before = sql`${ctx.now}::timestamptz - make_interval(days => ${keptDays})`
  await sql`
    delete from organisation.import_item t using organisation.import i
    where i.id = t.import_id and i.state = 'done' and i.done_at < ${ctx.now}::timestamptz - make_interval(hours => ${undoHours})`.execute(
    ctx.db,
  )
  const { rows } = await sql<{ id: number; tenant_id: number }>`
    with left_rows as (
      delete from organisation.import_row r where not exists (
        select from organisation.import i where i.id = r.import_id and i.state in ('checking', 'checked', 'committing'))
      returning r.import_id as id, r.tenant_id),
    old_faults as (
      delete from organisation.import_faulty_row r using organisation.import i
      where i.id = r.import_id and i.state = 'done' and i.done_at < ${before} returning r.import_id, r.tenant_id),
    old_files as (
      update organisation.import i set file_sealed = null, layout_sealed = null,
        state = case state when 'mapping' then 'cancelled' else state end, version = version + 1
      where i.state in ('failed', 'mapping') and i.file_sealed is not null and i.changed_at < ${before} returning i.id, i.tenant_id)
    select distinct id, tenant_id from (
      select * from left_rows union all select * from old_faults union all select * from old_files) gone`.execute(
    ctx.db,
  )
  return rows
}
