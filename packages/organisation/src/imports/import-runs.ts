import { DomainError, systemActor, withTenant, type Deps, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import {
  failImport,
  holdRun,
  importAttempts,
  insertProblems,
  runningStates,
  Superseded,
  type Run,
} from './held-runs.ts'
import { findDeclared } from './import-kinds.ts'
import { readLayout } from './layouts.ts'
import { checkFile } from './row-checks.ts'
import { writeRows } from './row-writes.ts'
import { undoRows } from './undoing.ts'

/**
 * Everything for the job `organisation.import`: reads the top of the file, checks it, writes what was checked, or takes it back, as the state says.
 * Run again after a crash it goes on. What nobody expected is tried again by the queue; the third time the import fails with a reason.
 */
export async function runImport(deps: Deps, place: { importId: number; tenantId: number }): Promise<void> {
  const actor = systemActor('import', place.tenantId)
  const { state, attempt, kind } = await withTenant(deps, actor, (ctx) => begin(ctx, place.importId))
  const run: Run = { ...place, attempt, deps, actor }
  try {
    const declared = kind === null ? null : findDeclared(kind)
    if (declared === null) return
    if (state === 'reading') await readLayout(run, declared)
    if (state === 'checking') await checkFile(run, declared)
    if (state === 'committing') await writeRows(run, declared)
    if (state === 'undoing') await undoRows(run)
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

/** Faults of a file whose words name a line: the page of the import says them in its list, and this above it. */
const summaries = new Map([['organisation.import.badSign', 'organisation.import.badSigns']])

/** What is wrong with the whole file stands beside its line. */
async function insertFaults(ctx: TenantContext, importId: number, error: DomainError): Promise<void> {
  await insertProblems(
    ctx,
    importId,
    error.fields.map((field, place) => ({
      line: Number(field.params?.['line'] ?? 1),
      place,
      cell: '',
      problem: {
        column: field.path,
        level: 'error' as const,
        rule: field.key.replace('organisation.', ''),
        key: field.key,
        ...(field.params ? { params: field.params } : {}),
      },
    })),
  )
}

async function begin(
  ctx: TenantContext,
  importId: number,
): Promise<{ state: string; attempt: number; kind: string | null }> {
  const row = await ctx.db
    .updateTable('organisation.import')
    .set({
      state: sql`case state when 'waiting' then 'checking' else state end`,
      attempts: sql`attempts + 1`,
      version: sql`version + (state = 'waiting')::int`,
      changed_at: ctx.now,
    })
    .where('id', '=', importId)
    .where('state', 'in', runningStates)
    .returning(['state', 'attempts', 'kind'])
    .executeTakeFirst()
  return { state: row?.state ?? '', attempt: row?.attempts ?? 0, kind: row?.kind ?? null }
}
