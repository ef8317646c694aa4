import { sql } from 'kysely'
import { wakeFeeds } from '@gonglian/indicators'
import { DomainError, recordAudit, systemActor, withTenant, type Deps, type TenantContext } from '@gonglian/tenancy'
import { checkRow, type CheckPlace, type CheckedRow, type ImportProblem } from './import-checks.ts'
import { importLimit, memberColumns, type ColumnKey } from './import-columns.ts'
import { askTaken } from '../members/lookups.ts'
import { printId, sealId, sealMobile } from '../members/persons.ts'
import { listAreas } from './areas.ts'
import { openUpload, type UploadTable } from './uploads.ts'

/** Rows of one transaction: enough that its fixed costs vanish, few enough that progress is seen. */
const batchRows = 5000
/** Problems kept in words; all are counted. Warnings leave room for errors. */
const keptProblems = 5000
const keptWarnings = 1000

/** Runs of one import before it is given up. */
export const importAttempts = 3

type Place = { importId: number; tenantId: number }
/** `attempt`: which run this is; a later one takes over, and this one writes no more. */
type Run = Place & { attempt: number }

/** The import was cancelled, or another run took it over: this one ends without a word. */
class Superseded extends Error {}

/**
 * Everything for the job `organisation.import`: checks the file, or writes what was checked. Run again after a crash it goes on. What
 * nobody expected is tried again by the queue; the third time the import fails with a reason.
 */
export async function runImport(deps: Deps, place: Place): Promise<void> {
  const actor = systemActor('import', place.tenantId)
  const { state, attempt } = await withTenant(deps, actor, (ctx) => begin(ctx, place.importId))
  const run = { importId: place.importId, tenantId: place.tenantId, attempt }
  try {
    if (state === 'checking') await checkFile(deps, run)
    if (state === 'committing') await writeRows(deps, run)
  } catch (error) {
    if (error instanceof Superseded) return
    const isExpected = error instanceof DomainError
    if (isExpected || attempt >= importAttempts)
      await withTenant(deps, actor, async (ctx) => {
        if (!(await holdRun(ctx, run))) return
        await failImport(
          ctx,
          run.importId,
          isExpected ? (summaries.get(error.key) ?? error.key) : 'organisation.import.unexpected',
        )
        if (isExpected) await insertFaults(ctx, run.importId, error)
      })
    if (!isExpected) throw error
  }
}

/**
 * Ends an import that could not be finished: its rows are removed. The file is kept sealed only where trying again may help, and until the
 * sweeper removes it.
 */
export async function failImport(ctx: TenantContext, importId: number, problem: string): Promise<void> {
  const canRetry = problem === 'organisation.import.unexpected'
  const failed = await ctx.db
    .updateTable('organisation.import')
    .set({
      state: 'failed',
      problem,
      version: sql`version + 1`,
      changed_at: ctx.now,
      ...(canRetry ? {} : { file_sealed: null }),
    })
    .where('id', '=', importId)
    .returning(['rows', 'done'])
    .executeTakeFirstOrThrow()
  await recordAudit(ctx, {
    action: 'import.failed',
    objectKind: 'import',
    objectId: importId,
    after: { problem, ...failed },
  })
}

/** Locks the import while it is this run's to write: nobody cancels it until the commit. False: it was cancelled, or taken over. */
async function holdRun(ctx: TenantContext, run: Run): Promise<boolean> {
  const held = await ctx.db
    .selectFrom('organisation.import')
    .select('id')
    .where('id', '=', run.importId)
    .where('attempts', '=', run.attempt)
    .where('state', 'in', ['checking', 'committing'])
    .forUpdate()
    .executeTakeFirst()
  return held !== undefined
}

/** @throws Superseded */
async function requireRun(ctx: TenantContext, run: Run): Promise<void> {
  if (!(await holdRun(ctx, run))) throw new Superseded()
}

/** Faults of a file whose words name a column or a line: the page of the import says them in its list, and this above it. */
const summaries = new Map([
  ['organisation.import.noColumn', 'organisation.import.noColumns'],
  ['organisation.import.badSign', 'organisation.import.badSigns'],
])

/** What the whole file lacks stands beside its head. */
async function insertFaults(ctx: TenantContext, importId: number, error: DomainError): Promise<void> {
  if (error.fields.length === 0) return
  await ctx.db
    .insertInto('organisation.import_problem')
    .values(
      error.fields.map((field, place) => ({
        import_id: importId,
        tenant_id: ctx.tenantId,
        line: Number(field.params?.['line'] ?? 1),
        place,
        column_key: field.path,
        level: 'error' as const,
        rule: field.key.replace('organisation.', ''),
        key: field.key,
        params: JSON.stringify(field.params ?? {}),
      })),
    )
    .execute()
}

async function begin(ctx: TenantContext, importId: number): Promise<{ state: string; attempt: number }> {
  const row = await ctx.db
    .updateTable('organisation.import')
    .set({
      state: sql`case state when 'waiting' then 'checking' else state end`,
      attempts: sql`attempts + 1`,
      version: sql`version + (state = 'waiting')::int`,
      changed_at: ctx.now,
    })
    .where('id', '=', importId)
    .where('state', 'in', ['waiting', 'checking', 'committing'])
    .returning(['state', 'attempts'])
    .executeTakeFirst()
  return { state: row?.state ?? '', attempt: row?.attempts ?? 0 }
}

async function openFile(ctx: TenantContext, run: Run) {
  await requireRun(ctx, run)
  const { importId } = run
  // A check that broke off begins anew.
  await ctx.db.deleteFrom('organisation.import_row').where('import_id', '=', importId).execute()
  await ctx.db.deleteFrom('organisation.import_problem').where('import_id', '=', importId).execute()
  const row = await ctx.db
    .updateTable('organisation.import')
    .set({ rows: 0, good: 0, bad: 0, warned: 0 })
    .where('id', '=', importId)
    .returning(['file_sealed', 'format', 'default_union_id', 'tenant_id'])
    .executeTakeFirstOrThrow()
  if (row.file_sealed === null) throw new DomainError('invalid', 'organisation.import.broken')
  const unions = await ctx.db
    .selectFrom('organisation.trade_union')
    .select(['id', 'code'])
    .where('tenant_id', '=', row.tenant_id)
    .where('state', 'in', ['approved', 'active', 'restructuring'])
    .execute()
  return {
    file: Buffer.from(ctx.vault.open('organisation.import', row.file_sealed), 'base64'),
    format: row.format,
    defaultUnionId: row.default_union_id,
    unions: new Map(unions.flatMap((union) => (union.code === null ? [] : [[union.code, union.id] as const]))),
    today: ctx.today,
  }
}

type Judged = { line: number; row: CheckedRow | null; problems: ImportProblem[] }

async function checkFile(deps: Deps, run: Run): Promise<void> {
  const actor = systemActor('import', run.tenantId)
  const opened = await withTenant(deps, actor, (ctx) => openFile(ctx, run))
  const { today, unions, defaultUnionId } = opened
  const place: CheckPlace = { today, unions, defaultUnionId, areas: await listAreas() }
  const seen = new Map<string, number>()
  let batch: Judged[] = []
  let count = 0
  const left = { problems: keptProblems, warnings: keptWarnings }
  const flush = async () => {
    const judged = batch
    batch = []
    if (judged.length > 0) await withTenant(deps, actor, (ctx) => stageRows(ctx, run, judged, seen, left))
  }
  const table = await openUpload(opened.file, memberColumns, { rows: 2 * importLimit })
  await requireColumns(table)
  for await (const row of table.rows()) {
    count += 1
    if (count > importLimit)
      throw new DomainError('invalid', 'organisation.import.tooLarge', { params: { rows: importLimit } })
    batch.push({ line: row.line, ...checkRow(row, place) })
    if (batch.length >= batchRows) await flush()
  }
  if (count === 0) throw new DomainError('invalid', 'organisation.import.empty')
  await flush()
  await withTenant(deps, actor, async (ctx) => {
    await requireRun(ctx, run)
    await ctx.db
      .updateTable('organisation.import')
      .set({ state: 'checked', file_sealed: null, attempts: 0, version: sql`version + 1`, changed_at: ctx.now })
      .where('id', '=', run.importId)
      .execute()
  })
}

/** @throws DomainError invalid organisation.import.noColumn with a field for each column that is missing */
async function requireColumns({ head, close }: UploadTable<ColumnKey>): Promise<void> {
  const missing = head?.missing ?? memberColumns.filter((column) => column.isRequired).map((column) => column.key)
  if (missing.length === 0) return
  await close()
  const key = 'organisation.import.noColumn'
  throw new DomainError('invalid', key, {
    fields: missing.map((column) => ({ path: column, key, params: { line: head?.line ?? 1 } })),
  })
}

const complaint = (rule: string, params?: ImportProblem['params']): ImportProblem => ({
  column: 'idNumber',
  level: 'error',
  rule: `import.${rule}`,
  key: `organisation.import.${rule}`,
  ...(params ? { params } : {}),
})

/**
 * Lays down sealed what passed. Whether a person is a member already is not asked here: a check that is cancelled would be a way to ask
 * about thousands of people unseen. The rows of members are told when the import is written.
 */
async function stageRows(
  ctx: TenantContext,
  run: Run,
  judged: Judged[],
  seen: Map<string, number>,
  left: { problems: number; warnings: number },
): Promise<void> {
  await requireRun(ctx, run)
  const { importId } = run
  const passed: { row: CheckedRow; print: Buffer }[] = []
  for (const one of judged) {
    if (!one.row) continue
    const print = printId(ctx, one.row.id.value)
    const key = print.toString('base64')
    const twin = seen.get(key)
    if (twin !== undefined) one.problems.push(complaint('twice', { line: twin }))
    else passed.push({ row: one.row, print })
    if (twin === undefined) seen.set(key, one.line)
  }
  await insertRows(ctx, importId, passed)
  const problems = judged
    .flatMap(({ line, problems: all }) => all.map((problem, place) => ({ line, place, problem })))
    .filter(({ problem }) => problem.level === 'error' || left.warnings-- > 0)
    .slice(0, left.problems)
  left.problems -= problems.length
  if (problems.length > 0) await insertProblems(ctx, importId, problems)
  const bad = judged.length - passed.length
  const warned = judged.filter((one) => one.problems.length > 0).length - bad
  await ctx.db
    .updateTable('organisation.import')
    .set({
      rows: sql`rows + ${judged.length}`,
      good: sql`good + ${passed.length}`,
      bad: sql`bad + ${bad}`,
      warned: sql`warned + ${warned}`,
      changed_at: ctx.now,
    })
    .where('id', '=', importId)
    .execute()
}

async function insertRows(
  ctx: TenantContext,
  importId: number,
  passed: readonly { row: CheckedRow; print: Buffer }[],
): Promise<void> {
  if (passed.length === 0) return
  const of = <T>(pick: (row: CheckedRow) => T) => passed.map(({ row }) => pick(row))
  const ids = passed.map(({ row, print }) => sealId(ctx, row.id, print))
  const mobiles = of((row) => (row.mobile === null ? null : sealMobile(ctx, row.mobile)))
  await sql`
    insert into organisation.import_row (import_id, tenant_id, line, union_id, name, id_sealed, id_print, mobile_sealed, mobile_print, sex,
      birth, kind, employment, hukou, hukou_area, education, job, group_name, joined_on, consent_on)
    select ${importId}, ${ctx.tenantId}, * from unnest(${of((row) => row.line)}::int[], ${of((row) => row.unionId)}::bigint[],
      ${of((row) => row.name)}::text[], ${ids.map((id) => id.id_sealed)}::bytea[], ${ids.map((id) => id.id_print)}::bytea[],
      ${mobiles.map((mobile) => mobile?.mobile_sealed ?? null)}::bytea[], ${mobiles.map((mobile) => mobile?.mobile_print ?? null)}::bytea[],
      ${of((row) => row.id.sex)}::text[], ${of((row) => row.id.birth)}::date[], ${of((row) => row.kind)}::text[],
      ${of((row) => row.employment)}::text[], ${of((row) => row.hukou)}::text[], ${of((row) => row.hukouArea)}::text[],
      ${of((row) => row.education)}::text[], ${of((row) => row.job)}::text[], ${of((row) => row.group)}::text[],
      ${of((row) => row.joinedOn)}::date[], ${of((row) => row.consentOn)}::date[])`.execute(ctx.db)
}

async function insertProblems(
  ctx: TenantContext,
  importId: number,
  problems: readonly { line: number; place: number; problem: ImportProblem }[],
): Promise<void> {
  const of = <T>(pick: (problem: ImportProblem) => T) => problems.map((one) => pick(one.problem))
  await sql`
    insert into organisation.import_problem (import_id, tenant_id, line, place, column_key, level, rule, key, params)
    select ${importId}, ${ctx.tenantId}, * from unnest(${problems.map((one) => one.line)}::int[], ${problems.map((one) => one.place)}::int[],
      ${of((problem) => problem.column)}::text[], ${of((problem) => problem.level)}::text[], ${of((problem) => problem.rule)}::text[],
      ${of((problem) => problem.key)}::text[], ${of((problem) => JSON.stringify(problem.params ?? {}))}::jsonb[])
    on conflict do nothing`.execute(ctx.db)
}

/** Writes the checked rows, batch by batch, each with the progress in one transaction: what was written is never written again. */
async function writeRows(deps: Deps, run: Run): Promise<void> {
  const { importId } = run
  const actor = systemActor('import', run.tenantId)
  let more = true
  while (more) more = await withTenant(deps, actor, (ctx) => writeBatch(ctx, run))
  await withTenant(deps, actor, async (ctx) => {
    await requireRun(ctx, run)
    const ended = await ctx.db
      .updateTable('organisation.import')
      .set({ state: 'done', version: sql`version + 1`, changed_at: ctx.now })
      .where('id', '=', importId)
      .returning(['done', 'skipped'])
      .executeTakeFirstOrThrow()
    await recordAudit(ctx, { action: 'import.done', objectKind: 'import', objectId: importId, after: { ...ended } })
  })
}

type Written = { line: number; id_print: Buffer; written: boolean; union_works: boolean }

/**
 * One batch. A union may have ended since the check; a person may be a member already, here or elsewhere: the unique index decides. Such
 * rows are skipped and listed, and the bodies that keep those memberships read that they were asked about.
 */
async function writeBatch(ctx: TenantContext, run: Run): Promise<boolean> {
  await requireRun(ctx, run)
  const { importId } = run
  const { rows } = await sql<Written>`
    with held as (select id, consent_version from organisation.import where id = ${importId}),
    batch as (
      delete from organisation.import_row r using held where r.import_id = held.id and r.line <= (
        select max(line) from (select line from organisation.import_row where import_id = ${importId} order by line limit ${batchRows}) l)
      returning r.*, held.consent_version),
    written as (
      insert into organisation.member (tenant_id, union_id, state, name, id_sealed, id_print, mobile_sealed, mobile_print, sex, birth, kind,
        employment, hukou, hukou_area, education, job, group_name, channel, applied_on, joined_on, consent_version, consent_on, consent_channel)
      select b.tenant_id, b.union_id, 'active', b.name, b.id_sealed, b.id_print, b.mobile_sealed, b.mobile_print, b.sex, b.birth, b.kind,
        b.employment, b.hukou, b.hukou_area, b.education, b.job, b.group_name, 'batch', b.joined_on, b.joined_on, b.consent_version,
        b.consent_on, 'paper'
      from batch b join organisation.trade_union u on u.id = b.union_id and u.state in ('approved', 'active', 'restructuring')
      on conflict (id_print) where state in ('active', 'retained') do nothing
      returning id_print)
    select b.line, b.id_print, w.id_print is not null as written, u.id is not null as union_works
    from batch b left join written w on w.id_print = b.id_print
    left join organisation.trade_union u on u.id = b.union_id and u.state in ('approved', 'active', 'restructuring')`.execute(
    ctx.db,
  )
  if (rows.length === 0) return false
  const skipped = rows.filter((row) => !row.written)
  await tellSkipped(ctx, importId, skipped)
  await ctx.db
    .updateTable('organisation.import')
    .set({
      done: sql`done + ${rows.length - skipped.length}`,
      skipped: sql`skipped + ${skipped.length}`,
      changed_at: ctx.now,
    })
    .where('id', '=', importId)
    .execute()
  if (skipped.length < rows.length) wakeFeeds(ctx)
  return true
}

/** The rows that were not written, by line. */
async function tellSkipped(ctx: TenantContext, importId: number, skipped: readonly Written[]): Promise<void> {
  const taken = skipped.filter((row) => row.union_works).map((row) => row.id_print)
  if (taken.length > 0) await askTaken(ctx, taken)
  const problems = skipped.slice(0, keptProblems).map(({ line, union_works: works }) => ({
    line,
    place: 99,
    problem: works ? complaint('taken') : { ...complaint('noUnion'), column: 'unionCode' as const },
  }))
  if (problems.length > 0) await insertProblems(ctx, importId, problems)
}
