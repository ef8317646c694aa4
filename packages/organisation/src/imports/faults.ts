import {
  actorName,
  DomainError,
  exportPersons,
  recordAudit,
  requireFreshProof,
  requirePermission,
  type MessageParams,
  type TenantContext,
} from '@gonglian/tenancy'
import { z } from 'zod'
import { findDeclared } from './import-kinds.ts'
import { findImport, type ImportRow } from './import-records.ts'
import { FileMapping } from './layouts.ts'

const importId = z.int().positive()

export const ListImportProblems = z.object({
  importId,
  level: z.enum(['error', 'warning']).optional(),
  page: z.int().min(1).max(10_000).default(1),
  pageSize: z.int().min(1).max(500).default(100),
})
export const ReadFaultyRows = z.object({
  importId,
  /** Rows behind this line. */
  after: z.int().min(0).default(0),
})
/** Rows of one answer. */
const faultyPage = 500

export type ListedProblem = {
  readonly line: number
  /** As a spreadsheet names it, "C7"; empty: the row as a whole, or a column that the file has not. */
  readonly cell: string
  /** The column as the template of the reader's language calls it. */
  readonly column: string
  /** What stands there; null: told to whoever sent the file alone, or not kept. */
  readonly value: string | null
  readonly level: 'error' | 'warning'
  readonly rule: string
  readonly key: string
  readonly params: MessageParams
}

const Params = z.record(z.string(), z.union([z.string(), z.number()]))
const Cells = z.array(z.string())

/** Whoever sent the file reads its cells back; what others of the body read of persons leaves a trace (member:open). */
const isSender = (ctx: TenantContext, row: ImportRow) => row.actor === actorName(ctx.actor)

async function readMapping(ctx: TenantContext, id: number): Promise<FileMapping | null> {
  const { mapping } = await ctx.db
    .selectFrom('organisation.import')
    .select('mapping')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return mapping === null ? null : FileMapping.parse(mapping)
}

async function readCellsOf(ctx: TenantContext, id: number, lines: readonly number[]): Promise<Map<number, string[]>> {
  if (lines.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('organisation.import_faulty_row')
    .select(['line', 'cells_sealed'])
    .where('import_id', '=', id)
    .where('line', 'in', lines)
    .execute()
  return new Map(
    rows.map((row) => [
      row.line,
      Cells.parse(JSON.parse(ctx.vault.open('organisation.import_faulty_row', row.cells_sealed))),
    ]),
  )
}

/** What is wrong, cell by cell, with what stands there. */
export async function listImportProblems(
  ctx: TenantContext,
  input: z.output<typeof ListImportProblems>,
): Promise<{ rows: ListedProblem[]; total: number }> {
  requirePermission(ctx, 'member:read')
  const file = await findImport(ctx, input.importId)
  const language = ctx.actor.kind === 'user' && ctx.actor.locale === 'en' ? 'en' : 'zh'
  const query = ctx.db
    .selectFrom('organisation.import_problem')
    .where('import_id', '=', input.importId)
    .$if(input.level !== undefined, (some) => some.where('level', '=', input.level ?? 'error'))
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(['line', 'cell', 'column_key', 'level', 'rule', 'key', 'params'])
    .orderBy('line')
    .orderBy('place')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  const { columns } = findDeclared(file.kind)
  const mapping = await readMapping(ctx, file.id)
  const cells = isSender(ctx, file) ? await readCellsOf(ctx, file.id, [...new Set(rows.map(({ line }) => line))]) : null
  return {
    total,
    rows: rows.map(({ column_key: key, params, ...row }) => {
      const column = columns.find((one) => one.key === key)?.[language] ?? ''
      const place = mapping?.columns[key]
      const value = place === undefined ? null : (cells?.get(row.line)?.[place] ?? null)
      return { ...row, column, value: row.cell === '' ? null : value, params: { ...Params.parse(params), column } }
    }),
  }
}

export const ExportImportProblems = ListImportProblems.omit({ page: true, pageSize: true })

/** All that is wrong, for a file: to whoever sent the rows it says what stands in their cells. */
export async function exportImportProblems(
  ctx: TenantContext,
  input: z.output<typeof ExportImportProblems>,
): Promise<ListedProblem[]> {
  requirePermission(ctx, 'member:read')
  return exportPersons(ctx, 'imports.listImportProblems', (part) => listImportProblems(ctx, { ...input, ...part }))
}

export type FaultyRows = {
  /** Titles of the file's columns. */
  readonly titles: readonly string[]
  readonly rows: readonly {
    readonly line: number
    readonly cells: readonly string[]
    readonly problems: readonly {
      readonly place: number | null
      readonly key: string
      readonly params: MessageParams
    }[]
  }[]
}

/**
 * The refused rows as they stood in the file, whole numbers included, to be mended and sent again. Only for whoever sent it.
 *
 * @throws DomainError forbidden organisation.import.notSender, errors.proofNeeded
 */
export async function readFaultyRows(ctx: TenantContext, input: z.output<typeof ReadFaultyRows>): Promise<FaultyRows> {
  requirePermission(ctx, 'organisation:write')
  requireFreshProof(ctx)
  const file = await findImport(ctx, input.importId)
  const declared = findDeclared(file.kind)
  requirePermission(ctx, declared.permission)
  if (!isSender(ctx, file)) throw new DomainError('forbidden', 'organisation.import.notSender')
  const mapping = await readMapping(ctx, file.id)
  if (input.after === 0)
    await recordAudit(ctx, {
      action: 'import.faulty_rows',
      objectKind: 'import',
      objectId: file.id,
      after: { bad: file.bad },
    })
  const lines = await ctx.db
    .selectFrom('organisation.import_faulty_row')
    .select('line')
    .where('import_id', '=', file.id)
    .where('line', '>', input.after)
    .orderBy('line')
    .limit(faultyPage)
    .execute()
  const language = ctx.actor.kind === 'user' && ctx.actor.locale === 'en' ? 'en' : 'zh'
  const cells = await readCellsOf(
    ctx,
    file.id,
    lines.map(({ line }) => line),
  )
  const problems = await ctx.db
    .selectFrom('organisation.import_problem')
    .select(['line', 'column_key', 'key', 'params'])
    .where('import_id', '=', file.id)
    .where('level', '=', 'error')
    .where('line', '>', input.after)
    .where('line', '<=', lines.at(-1)?.line ?? 0)
    .orderBy('line')
    .orderBy('place')
    .execute()
  const byLine = new Map<number, typeof problems>()
  for (const problem of problems) byLine.set(problem.line, [...(byLine.get(problem.line) ?? []), problem])
  return {
    titles: mapping?.titles ?? [],
    rows: lines.map(({ line }) => ({
      line,
      cells: cells.get(line) ?? [],
      problems: (byLine.get(line) ?? []).map(({ column_key: column, key, params }) => ({
        place: mapping?.columns[column] ?? null,
        key,
        params: {
          ...Params.parse(params),
          column: declared.columns.find((one) => one.key === column)?.[language] ?? '',
        },
      })),
    })),
  }
}
