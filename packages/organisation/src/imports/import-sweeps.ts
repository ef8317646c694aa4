import { sql } from 'kysely'
import { listRoots, recordAudit, systemActor, withTenant, type Deps, type TenantContext } from '@gonglian/tenancy'
import { failImport, importAttempts } from './import-runs.ts'
import { ImportRun } from './imports.ts'

/** Minutes without progress after which a running import counts as left by its worker. */
const staleMinutes = 15
/** Days for which the sealed file of a failed import is kept for another try. */
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
    where state in ('waiting', 'checking', 'committing') and changed_at < ${ctx.now}::timestamptz - make_interval(mins => ${staleMinutes})
    for update skip locked`.execute(ctx.db)
  const lost = stale.filter((row) => row.attempts >= importAttempts)
  for (const { id } of lost) await failImport(ctx, id, 'organisation.import.unexpected')
  const resent = stale.filter((row) => row.attempts < importAttempts)
  for (const { id, tenant_id: tenantId } of resent) {
    await ctx.db.updateTable('organisation.import').set({ changed_at: ctx.now }).where('id', '=', id).execute()
    ctx.enqueue(ImportRun, { importId: id, tenantId })
  }
  const { rows: cleared } = await sql<{ id: number; tenant_id: number }>`
    with left_rows as (
      delete from organisation.import_row r where not exists (
        select from organisation.import i where i.id = r.import_id and i.state in ('checking', 'checked', 'committing'))
      returning r.import_id as id, r.tenant_id),
    old_files as (
      update organisation.import i set file_sealed = null
      where i.state = 'failed' and i.file_sealed is not null
        and i.changed_at < ${ctx.now}::timestamptz - make_interval(days => ${keptDays}) returning i.id, i.tenant_id)
    select distinct id, tenant_id from (select * from left_rows union all select * from old_files) gone`.execute(ctx.db)
  for (const { id, tenant_id: tenantId } of cleared)
    await recordAudit(ctx, { action: 'import.cleared', objectKind: 'import', objectId: id, tenantId })
  return { resent: resent.length, failed: lost.length, cleared: cleared.length }
}
