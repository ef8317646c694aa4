import { sql, type Selectable } from 'kysely'
import { z } from 'zod'
import type { DB } from '@gonglian/db'
import { DomainError, actorName, found, requirePermission, type TenantContext } from '@gonglian/tenancy'
import type { DeclaredImport } from './declaration.ts'
import { findDeclared } from './import-kinds.ts'
import { importLimit } from './layouts.ts'

/** Hours in which what was written may be taken back. */
export const undoHours = 24

export const GetImport = z.object({ importId: z.int().positive() })
export const ListImports = z.object({
  page: z.int().min(1).max(1000).default(1),
  pageSize: z.int().min(1).max(200).default(20),
})

export type ImportRow = Omit<
  Selectable<DB['organisation.import']>,
  'file_sealed' | 'layout_sealed' | 'attempts' | 'head_line' | 'sheet' | 'mapping'
> & { hasFile: boolean }

/** How far an import has come; read again and again while it runs, also after the page was left. */
export type Import = {
  readonly id: number
  readonly kind: string
  readonly fileName: string
  readonly state: ImportRow['state']
  /** Why it failed, or why it was not undone: a key in the catalogue, whose words take `limit` as {rows}. */
  readonly problem: string
  /** Rows of one file. */
  readonly limit: number
  /** It failed for a reason that may be gone, and the file is still there. */
  readonly canRetry: boolean
  /** What it wrote may be taken back until then; null: not any more. */
  readonly undoUntil: Date | null
  readonly rows: number
  readonly good: number
  readonly bad: number
  readonly warned: number
  /** Rows written, and rows that could not be written any more. */
  readonly done: number
  readonly skipped: number
  readonly actor: string
  /** Whoever reads sent the file: they alone read the cells of it. */
  readonly isOwn: boolean
  readonly createdAt: Date
  readonly changedAt: Date
  readonly version: number
}

export const importColumns = [
  'id',
  'tenant_id',
  'kind',
  'file_name',
  'format',
  'default_union_id',
  'consent_version',
  'state',
  'problem',
  'rows',
  'good',
  'bad',
  'warned',
  'done',
  'skipped',
  'actor',
  'created_at',
  'changed_at',
  'done_at',
  'version',
  sql<boolean>`file_sealed is not null`.as('hasFile'),
] as const

/** Until when what it wrote may be taken back; null: it is not written, or nothing was. */
export function findUndoEnd(row: ImportRow): Date | null {
  if (row.state !== 'done' || row.done_at === null || row.done === 0) return null
  return new Date(row.done_at.getTime() + undoHours * 3_600_000)
}

export function toImport(ctx: TenantContext, row: ImportRow): Import {
  const { id, kind, state, problem, rows, good, bad, warned, done, skipped, actor, version } = row
  const undoEnd = findUndoEnd(row)
  return {
    id,
    kind,
    fileName: row.file_name,
    state,
    problem,
    limit: importLimit,
    canRetry: state === 'failed' && row.hasFile,
    undoUntil: undoEnd !== null && undoEnd > ctx.now ? undoEnd : null,
    rows,
    good,
    bad,
    warned,
    done,
    skipped,
    actor,
    isOwn: actor === actorName(ctx.actor),
    version,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  }
}

export async function findImport(ctx: TenantContext, id: number, lock = false): Promise<ImportRow> {
  return found(
    await ctx.db
      .selectFrom('organisation.import')
      .select(importColumns)
      .where('id', '=', id)
      .$if(lock, (query) => query.forUpdate())
      .executeTakeFirst(),
  )
}

export async function getImport(ctx: TenantContext, input: z.output<typeof GetImport>): Promise<Import> {
  requirePermission(ctx, 'member:read')
  return toImport(ctx, await findImport(ctx, input.importId))
}

/** Own imports, newest first. */
export async function listImports(
  ctx: TenantContext,
  input: z.output<typeof ListImports>,
): Promise<{ rows: Import[]; total: number }> {
  requirePermission(ctx, 'member:read')
  const query = ctx.db.selectFrom('organisation.import').where('tenant_id', '=', ctx.tenantId)
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(importColumns)
    .orderBy('id', 'desc')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return { rows: rows.map((row) => toImport(ctx, row)), total }
}

/**
 * Locks an import that somebody moves on. Who may, its declaration says; it is asked before anything else about the import.
 *
 * @throws DomainError conflict errors.conflict, organisation.import.wrongState
 */
export async function holdImport(
  ctx: TenantContext,
  input: { importId: number; version: number },
  from: readonly ImportRow['state'][],
  permission: 'permission' | 'commitPermission' = 'permission',
): Promise<{ row: ImportRow; declared: DeclaredImport }> {
  const row = await findImport(ctx, input.importId, true)
  const declared = findDeclared(row.kind)
  requirePermission(ctx, declared[permission])
  if (row.version !== input.version) throw new DomainError('conflict', 'errors.conflict')
  if (!from.includes(row.state)) throw new DomainError('conflict', 'organisation.import.wrongState')
  return { row, declared }
}
