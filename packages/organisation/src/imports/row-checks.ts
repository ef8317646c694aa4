import { isTotalRow, nameColumn, type TableRow } from '@gonglian/spreadsheets'
import { DomainError, withTenant, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { printId, sealId, sealMobile } from '../members/persons.ts'
import { complain, isRefused, type DeclaredImport, type JudgedRow, type PassedRow } from './declaration.ts'
import { insertProblems, keptProblems, requireRun, type PlacedProblem, type Run } from './held-runs.ts'
import { FileMapping, fileLimits, importLimit, openFile } from './layouts.ts'
import { openUpload } from './uploads.ts'

/** Rows of one transaction of a check. */
const stagedRows = 2000
const keptWarnings = 1000
/** Refused rows that are kept to be mended. */
const keptFaulty = 5000

type Judged = JudgedRow & { readonly source: TableRow<string> }
/** What is left to be kept, and what stood in the file so far. */
type Kept = { problems: number; warnings: number; faulty: number; readonly seen: Map<string, number> }

async function begin(ctx: TenantContext, run: Run, declared: DeclaredImport) {
  await requireRun(ctx, run)
  const { importId } = run
  // A check that broke off begins anew.
  await ctx.db.deleteFrom('organisation.import_row').where('import_id', '=', importId).execute()
  await ctx.db.deleteFrom('organisation.import_faulty_row').where('import_id', '=', importId).execute()
  await ctx.db.deleteFrom('organisation.import_problem').where('import_id', '=', importId).execute()
  const row = await ctx.db
    .updateTable('organisation.import')
    .set({ rows: 0, good: 0, bad: 0, warned: 0 })
    .where('id', '=', importId)
    .returning(['file_sealed', 'default_union_id', 'consent_version', 'mapping'])
    .executeTakeFirstOrThrow()
  const file = { id: importId, defaultUnionId: row.default_union_id, consentVersion: row.consent_version }
  return {
    bytes: openFile(ctx, row.file_sealed),
    mapping: FileMapping.parse(row.mapping),
    judge: await declared.prepare(ctx, file),
  }
}

/** Judges every row of a file by the columns that somebody confirmed, and stages those that passed. */
export async function checkFile(run: Run, declared: DeclaredImport): Promise<void> {
  const { deps, actor } = run
  const { bytes, mapping, judge } = await withTenant(deps, actor, (ctx) => begin(ctx, run, declared))
  const first = declared.columns[0]?.key ?? ''
  // Without names: nothing is matched but what was confirmed.
  const columns = declared.columns.map((column) => ({ ...column, names: [] }))
  const table = await openUpload(bytes, columns, fileLimits, {
    sheet: mapping.sheet,
    headLine: mapping.line,
    headLastLine: mapping.lastLine,
    mapping: new Map(Object.entries(mapping.columns)),
  })
  const kept: Kept = { problems: keptProblems, warnings: keptWarnings, faulty: keptFaulty, seen: new Map() }
  let batch: Judged[] = []
  let count = 0
  // The next rows are read and judged while those before are stored, one batch at a time.
  let storing: Promise<void> = Promise.resolve()
  const flush = async () => {
    const judged = batch
    batch = []
    await storing
    if (judged.length > 0) storing = withTenant(deps, actor, (ctx) => stageRows(ctx, run, judged, kept))
    // Refused where it is awaited; until then it must not end the process.
    storing.catch(() => undefined)
  }
  try {
    for await (const row of table.rows()) {
      count += 1
      if (count > importLimit)
        throw new DomainError('invalid', 'organisation.import.tooLarge', { params: { rows: importLimit } })
      const judged = isTotalRow(row) ? { row: null, problems: [complain(first, 'totalRow')] } : judge(row)
      batch.push({ ...judged, source: row })
      if (batch.length >= stagedRows) await flush()
    }
    if (count === 0) throw new DomainError('invalid', 'organisation.import.empty')
    await flush()
  } finally {
    // Nothing of this check is written after it has failed.
    await storing
  }
  await withTenant(deps, actor, async (ctx) => {
    await requireRun(ctx, run)
    await ctx.db
      .updateTable('organisation.import')
      .set({
        state: 'checked',
        file_sealed: null,
        layout_sealed: null,
        attempts: 0,
        version: sql`version + 1`,
        changed_at: ctx.now,
      })
      .where('id', '=', run.importId)
      .execute()
  })
}

/** The problem of a row that repeats what an earlier one said. */
function findTwin({ once }: PassedRow, line: number, { seen }: Kept) {
  for (const { column, value, rule } of once) {
    const twin = seen.get(`${column}:${value}`)
    if (twin !== undefined) return complain(column, rule, { line: twin })
  }
  for (const { column, value } of once) seen.set(`${column}:${value}`, line)
  return null
}

/** Lays down sealed what passed, what was refused, and why. */
async function stageRows(ctx: TenantContext, run: Run, judged: readonly Judged[], kept: Kept): Promise<void> {
  await requireRun(ctx, run)
  const { importId } = run
  const passed: { line: number; row: PassedRow }[] = []
  for (const { source, row, problems } of judged) {
    const twin = row === null ? null : findTwin(row, source.line, kept)
    if (twin !== null) problems.push(twin)
    if (row !== null && twin === null) passed.push({ line: source.line, row })
  }
  await insertRows(ctx, importId, passed)
  const refused = judged.filter(({ problems }) => isRefused(problems))
  await insertFaulty(ctx, importId, refused.slice(0, kept.faulty))
  kept.faulty -= Math.min(kept.faulty, refused.length)
  const problems = judged
    .flatMap(({ source, problems: all }) => all.map((problem, place) => placeProblem(source, problem, place)))
    .filter(({ problem }) => problem.level === 'error' || kept.warnings-- > 0)
    .slice(0, kept.problems)
  kept.problems -= problems.length
  await insertProblems(ctx, importId, problems)
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

function placeProblem(row: TableRow<string>, problem: Judged['problems'][number], place: number): PlacedProblem {
  const at = row.find(problem.column).place
  return { line: row.line, place, cell: at === null ? '' : `${nameColumn(at)}${row.line}`, problem }
}

async function insertRows(
  ctx: TenantContext,
  importId: number,
  passed: readonly { line: number; row: PassedRow }[],
): Promise<void> {
  if (passed.length === 0) return
  const ids = passed.map(({ row: { idNumber } }) =>
    idNumber ? sealId(ctx, idNumber, printId(ctx, idNumber.value)) : null,
  )
  const mobiles = passed.map(({ row: { mobile } }) => (mobile ? sealMobile(ctx, mobile) : null))
  await sql`
    insert into organisation.import_row (import_id, tenant_id, line, data, id_sealed, id_print, mobile_sealed, mobile_print)
    select ${importId}, ${ctx.tenantId}, * from unnest(${passed.map(({ line }) => line)}::int[],
      ${passed.map(({ row }) => JSON.stringify(row.data))}::jsonb[],
      ${ids.map((id) => id?.id_sealed ?? null)}::bytea[], ${ids.map((id) => id?.id_print ?? null)}::bytea[],
      ${mobiles.map((mobile) => mobile?.mobile_sealed ?? null)}::bytea[],
      ${mobiles.map((mobile) => mobile?.mobile_print ?? null)}::bytea[])`.execute(ctx.db)
}

async function insertFaulty(ctx: TenantContext, importId: number, refused: readonly Judged[]): Promise<void> {
  if (refused.length === 0) return
  const cells = refused.map(({ source }) =>
    ctx.vault.seal('organisation.import_faulty_row', JSON.stringify(source.cells)),
  )
  await sql`
    insert into organisation.import_faulty_row (import_id, tenant_id, line, cells_sealed)
    select ${importId}, ${ctx.tenantId}, * from unnest(${refused.map(({ source }) => source.line)}::int[], ${cells}::bytea[])`.execute(
    ctx.db,
  )
}
