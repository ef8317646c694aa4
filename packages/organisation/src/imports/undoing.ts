import { wakeFeeds } from '@gonglian/indicators'
import { lockTree, recordAudit, withTenant, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { complain, type ImportProblem, type ItemKind } from './declaration.ts'
import { insertProblems, requireRun, type Run } from './held-runs.ts'

/** Problems of undoing come after those of writing. */
const undonePlace = 95
/** Rows for which it is said why they cannot be undone. */
const saidRows = 200

/** Where what was written stands, in the order in which it is deleted. */
const kept: readonly { readonly kind: ItemKind; readonly table: string; readonly hasVersion: boolean }[] = [
  { kind: 'member', table: 'organisation.member', hasVersion: true },
  { kind: 'officer_person', table: 'organisation.officer_person', hasVersion: false },
  { kind: 'officer', table: 'organisation.officer', hasVersion: true },
  { kind: 'term', table: 'organisation.term', hasVersion: true },
  { kind: 'companion_body', table: 'organisation.companion_body', hasVersion: false },
  { kind: 'covered_unit', table: 'organisation.covered_unit', hasVersion: false },
  { kind: 'union', table: 'organisation.trade_union', hasVersion: true },
  { kind: 'employer', table: 'organisation.employer', hasVersion: true },
]

/** What people call the records that may depend on others; whatever else there is, is named as other records. */
const namedTables: ReadonlyMap<string, string> = new Map([
  ['organisation.member', 'member'],
  ['organisation.card', 'card'],
  ['organisation.transfer', 'transfer'],
  ['organisation.trade_union', 'union'],
  ['organisation.covered_unit', 'coverage'],
  ['organisation.officer', 'officer'],
  ['organisation.term', 'term'],
  ['organisation.election', 'election'],
  ['organisation.lead', 'lead'],
  ['organisation.rating', 'rating'],
])

type Link = { table: string; column: string }

/** Every foreign key to a table, from the catalogue: a table that is added later is asked too. */
async function listLinks(ctx: TenantContext, table: string): Promise<Link[]> {
  const { rows } = await sql<Link>`
    select n.nspname || '.' || c.relname as "table", a.attname as "column"
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
    join pg_attribute a on a.attrelid = k.conrelid and a.attnum = k.conkey[1]
    where k.contype = 'f' and k.confrelid = ${table}::regclass and cardinality(k.conkey) = 1 and has_table_privilege(c.oid, 'select')
    order by 1, 2`.execute(ctx.db)
  return rows
}

/** Lines whose records were changed, or on which others depend, with the reason. */
async function findObstacles(ctx: TenantContext, importId: number): Promise<Map<number, ImportProblem>> {
  const obstacles = new Map<number, ImportProblem>()
  const tell = (lines: readonly { line: number }[], rule: string) => {
    for (const { line } of lines) if (!obstacles.has(line)) obstacles.set(line, complain('', rule))
  }
  for (const { kind, table, hasVersion } of kept) {
    const { rows: changed } = await sql<{ line: number }>`
      select t.line from organisation.import_item t left join ${sql.table(table)} o on o.id = t.object_id and o.tenant_id = t.tenant_id
      where t.import_id = ${importId} and t.object_kind = ${kind}
        and (o.id is null ${hasVersion ? sql`or o.version <> t.version` : sql``})
      order by t.line limit ${saidRows}`.execute(ctx.db)
    tell(changed, 'undo.changed')
    for (const link of await listLinks(ctx, table)) {
      const own = kept.find((one) => one.table === link.table)
      const { rows: depending } = await sql<{ line: number }>`
        select t.line from organisation.import_item t join ${sql.table(link.table)} d on ${sql.ref(`d.${link.column}`)} = t.object_id
        where t.import_id = ${importId} and t.object_kind = ${kind}
          ${
            own === undefined
              ? sql``
              : sql`and not exists (select from organisation.import_item s
                  where s.import_id = ${importId} and s.object_kind = ${own.kind} and s.object_id = d.id)`
          }
        order by t.line limit ${saidRows}`.execute(ctx.db)
      tell(depending, `undo.has.${namedTables.get(link.table) ?? 'other'}`)
    }
  }
  return obstacles
}

/** Takes back all that an import wrote, or nothing: then it is listed which rows hold it back, and why. */
export async function undoRows(run: Run): Promise<void> {
  await withTenant(run.deps, run.actor, async (ctx) => {
    await lockTree(ctx, 'shared')
    await requireRun(ctx, run)
    const { importId } = run
    await ctx.db
      .deleteFrom('organisation.import_problem')
      .where('import_id', '=', importId)
      .where('rule', 'like', 'import.undo.%')
      .execute()
    await holdItems(ctx, importId)
    const obstacles = await findObstacles(ctx, importId)
    if (obstacles.size === 0 && (await deleteItems(ctx, importId))) return endUndoing(ctx, importId, 'undone')
    const problems = [...obstacles]
      .slice(0, saidRows)
      .map(([line, problem]) => ({ line, place: undonePlace, cell: '', problem }))
    // The database refused what no column shows.
    await insertProblems(
      ctx,
      importId,
      problems.length > 0
        ? problems
        : [{ line: 1, place: undonePlace, cell: '', problem: complain('', 'undo.has.other') }],
    )
    return endUndoing(ctx, importId, 'done')
  })
}

/** Nobody changes the records while it is asked what depends on them. */
async function holdItems(ctx: TenantContext, importId: number): Promise<void> {
  for (const { kind, table } of kept.toReversed())
    await sql`
      select from ${sql.table(table)} o where o.id in (select object_id from organisation.import_item
        where import_id = ${importId} and object_kind = ${kind}) order by o.id for update`.execute(ctx.db)
}

/** False: something out of sight depends on a record, and nothing was deleted. */
async function deleteItems(ctx: TenantContext, importId: number): Promise<boolean> {
  await sql`savepoint undo_import`.execute(ctx.db)
  try {
    for (const { kind, table } of kept) {
      const deleted = await sql`
        delete from ${sql.table(table)} o using organisation.import_item t
        where t.import_id = ${importId} and t.object_kind = ${kind} and o.id = t.object_id and o.tenant_id = t.tenant_id`.execute(
        ctx.db,
      )
      const { rows } = await sql<{ items: number }>`
        select count(*)::int as items from organisation.import_item where import_id = ${importId} and object_kind = ${kind}`.execute(
        ctx.db,
      )
      // Row-level security deletes fewer rows without a word.
      if (Number(deleted.numAffectedRows ?? 0) !== rows[0]?.items)
        throw new Error(`not every ${kind} of an import may be deleted`)
    }
    return true
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === '23503')) throw error
    await sql`rollback to savepoint undo_import`.execute(ctx.db)
    return false
  }
}

async function endUndoing(ctx: TenantContext, importId: number, state: 'undone' | 'done'): Promise<void> {
  const row = await ctx.db
    .updateTable('organisation.import')
    .set({
      state,
      problem: state === 'undone' ? '' : 'organisation.import.undo.refused',
      attempts: 0,
      version: sql`version + 1`,
      changed_at: ctx.now,
    })
    .where('id', '=', importId)
    .returning(['done'])
    .executeTakeFirstOrThrow()
  await recordAudit(ctx, {
    action: state === 'undone' ? 'import.undone' : 'import.keptAfterUndo',
    objectKind: 'import',
    objectId: importId,
    after: { rows: row.done },
  })
  if (state === 'undone') wakeFeeds(ctx)
}
