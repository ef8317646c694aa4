import { DomainError, recordAudit, type Deps, type SystemActor, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import type { ImportProblem } from './declaration.ts'

/** Runs of one import before it is given up. */
export const importAttempts = 3
/** Problems kept in words; all are counted. Warnings leave room for errors. */
export const keptProblems = 5000

/** `attempt`: which run this is; a later one takes over, and this one writes no more. */
export type Run = {
  readonly importId: number
  readonly tenantId: number
  readonly attempt: number
  readonly deps: Deps
  readonly actor: SystemActor
}

/** The import was cancelled, or another run took it over: this one ends without a word. */
export class Superseded extends Error {}

/** States in which an import is a run's to write. */
export const runningStates = ['reading', 'waiting', 'checking', 'committing', 'undoing'] as const

/** Locks the import while it is this run's to write: nobody cancels it until the commit. False: it was cancelled, or taken over. */
export async function holdRun(ctx: TenantContext, run: Run): Promise<boolean> {
  const held = await ctx.db
    .selectFrom('organisation.import')
    .select('id')
    .where('id', '=', run.importId)
    .where('attempts', '=', run.attempt)
    .where('state', 'in', runningStates)
    .forUpdate()
    .executeTakeFirst()
  return held !== undefined
}

/** @throws Superseded */
export async function requireRun(ctx: TenantContext, run: Run): Promise<void> {
  if (!(await holdRun(ctx, run))) throw new Superseded()
}

/** @throws DomainError conflict organisation.import.bodyClosed */
export async function requireOpenBody(ctx: TenantContext): Promise<void> {
  const { rows } = await sql`
    select from tenancy.federation where id = ${ctx.tenantId} and (valid_to is null or valid_to > ${ctx.today}::date)`.execute(
    ctx.db,
  )
  if (rows.length === 0) throw new DomainError('conflict', 'organisation.import.bodyClosed')
}

/**
 * Ends an import that could not be finished: its rows are removed. The file is kept sealed only where trying again may help, and until the
 * sweeper removes it. One that could not be undone stays as it was written.
 */
export async function failImport(ctx: TenantContext, importId: number, problem: string): Promise<void> {
  const canRetry = problem === 'organisation.import.unexpected'
  const failed = await ctx.db
    .updateTable('organisation.import')
    .set({
      state: sql`case state when 'undoing' then 'done' else 'failed' end`,
      problem,
      attempts: 0,
      version: sql`version + 1`,
      changed_at: ctx.now,
      layout_sealed: null,
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

export type PlacedProblem = {
  readonly line: number
  readonly place: number
  readonly cell: string
  readonly problem: ImportProblem
}

export async function insertProblems(
  ctx: TenantContext,
  importId: number,
  problems: readonly PlacedProblem[],
): Promise<void> {
  if (problems.length === 0) return
  const of = <T>(pick: (problem: ImportProblem) => T) => problems.map((one) => pick(one.problem))
  await sql`
    insert into organisation.import_problem (import_id, tenant_id, line, place, cell, column_key, level, rule, key, params)
    select ${importId}, ${ctx.tenantId}, * from unnest(${problems.map((one) => one.line)}::int[], ${problems.map((one) => one.place)}::int[],
      ${problems.map((one) => one.cell)}::text[], ${of((problem) => problem.column)}::text[], ${of((problem) => problem.level)}::text[],
      ${of((problem) => problem.rule)}::text[], ${of((problem) => problem.key)}::text[],
      ${of((problem) => JSON.stringify(problem.params ?? {}))}::jsonb[])
    on conflict do nothing`.execute(ctx.db)
}
