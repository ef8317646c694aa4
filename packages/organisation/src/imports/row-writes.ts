import { wakeFeeds } from '@gonglian/indicators'
import { lockTree, recordAudit, withTenant, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import type { DeclaredImport, RowOutcome } from './declaration.ts'
import { insertProblems, keptProblems, requireOpenBody, requireRun, type Run } from './held-runs.ts'

/** Problems of writing come after those of the check. */
const writtenPlace = 90

/** Writes the checked rows, batch by batch, each with the progress in one transaction: what was written is never written again. */
export async function writeRows(run: Run, declared: DeclaredImport): Promise<void> {
  const { importId, deps, actor } = run
  let more = true
  while (more) more = await withTenant(deps, actor, (ctx) => writeBatch(ctx, run, declared))
  await withTenant(deps, actor, async (ctx) => {
    await requireRun(ctx, run)
    const ended = await ctx.db
      .updateTable('organisation.import')
      .set({ state: 'done', attempts: 0, done_at: ctx.now, version: sql`version + 1`, changed_at: ctx.now })
      .where('id', '=', importId)
      .returning(['done', 'skipped'])
      .executeTakeFirstOrThrow()
    await recordAudit(ctx, { action: 'import.done', objectKind: 'import', objectId: importId, after: { ...ended } })
  })
}

/** One batch. The body may have been closed or its unions moved since the check: it is asked again under the lock of the tree. */
async function writeBatch(ctx: TenantContext, run: Run, declared: DeclaredImport): Promise<boolean> {
  await lockTree(ctx, 'shared')
  await requireRun(ctx, run)
  await requireOpenBody(ctx)
  await declared.allow?.(ctx)
  const { importId } = run
  const { rows } = await sql<{ last: number | null }>`
    select max(line) as last from (
      select line from organisation.import_row where import_id = ${importId} order by line limit ${declared.batchRows}) l`.execute(
    ctx.db,
  )
  const last = rows[0]?.last ?? null
  if (last === null) return false
  const head = await ctx.db
    .selectFrom('organisation.import')
    .select(['default_union_id', 'consent_version', 'skipped'])
    .where('id', '=', importId)
    .executeTakeFirstOrThrow()
  const file = { id: importId, defaultUnionId: head.default_union_id, consentVersion: head.consent_version }
  const outcomes = await declared.write(ctx, file, last)
  await sql`delete from organisation.import_row where import_id = ${importId} and line <= ${last}`.execute(ctx.db)
  const written = outcomes.filter(({ items }) => items.length > 0)
  await insertItems(ctx, importId, written)
  const skipped = outcomes.filter(({ items }) => items.length === 0)
  await insertProblems(
    ctx,
    importId,
    skipped
      .slice(0, Math.max(0, keptProblems - head.skipped))
      .flatMap(({ line, problem }) => (problem === null ? [] : [{ line, place: writtenPlace, cell: '', problem }])),
  )
  await ctx.db
    .updateTable('organisation.import')
    .set({
      done: sql`done + ${written.length}`,
      skipped: sql`skipped + ${skipped.length}`,
      changed_at: ctx.now,
    })
    .where('id', '=', importId)
    .execute()
  if (written.length > 0) wakeFeeds(ctx)
  return true
}

async function insertItems(ctx: TenantContext, importId: number, written: readonly RowOutcome[]): Promise<void> {
  const items = written.flatMap(({ line, items: all }) => all.map((item, place) => ({ line, place, ...item })))
  if (items.length === 0) return
  await sql`
    insert into organisation.import_item (import_id, tenant_id, line, place, object_kind, object_id, version)
    select ${importId}, ${ctx.tenantId}, * from unnest(${items.map((item) => item.line)}::int[], ${items.map((item) => item.place)}::int[],
      ${items.map((item) => item.kind)}::text[], ${items.map((item) => item.id)}::bigint[],
      ${items.map((item) => item.version)}::int[])`.execute(ctx.db)
}
