import { sql, type Updateable } from 'kysely'
import { z } from 'zod'
import type { DB } from '@gonglian/db'
import { defineJob } from '@gonglian/jobs'
import { DomainError, actorName, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { requireUnion } from '../members/enrolment.ts'
import type { DeclaredImport } from './declaration.ts'
import { findDeclared } from './import-kinds.ts'
import {
  findUndoEnd,
  holdImport,
  importColumns,
  toImport,
  undoHours,
  type Import,
  type ImportRow,
} from './import-records.ts'

/** Reads the top of a file, checks it, writes what was checked, or takes it back, as the state of the import says. */
export const ImportRun = defineJob({
  name: 'organisation.import',
  schema: z.object({ importId: z.int().positive(), tenantId: z.int().positive() }),
  attempts: 3,
})

const importId = z.int().positive()
/** What a file may be called. What it holds decides how it is read: much office software calls a table in HTML .xls. */
const workbooks = /\.(?:xlsx|xlsm|xlsb|xls|et|ods)$/i
const texts = /\.(?:csv|txt|tsv|htm|html|xml)$/i

export const StartImport = z.object({
  /** What the file holds: the key of a declared import. */
  kind: z.string().max(40).default('members'),
  /** A name alone: no folders, no signs that are not seen. */
  fileName: z
    .string()
    .trim()
    .min(1)
    .max(200)
    .regex(/^[^/\\\p{Cc}\p{Cf}]+$/u)
    .refine((name) => !name.startsWith('.')),
  /** The file in base64; 30 MB are about 300,000 rows. */
  content: z.base64().min(4).max(40_000_000),
  /** For rows that name no union. */
  defaultUnionId: z.int().positive().optional(),
  /** Of the notice that the persons were shown (PIPL 17); the day stands in each row. Of a file of persons it is required. */
  consentVersion: z.string().trim().max(40).default(''),
})
export const CommitImport = z.object({
  importId,
  version: z.int().positive(),
  /** Write the good rows and leave the bad ones out. */
  skipBad: z.boolean().default(false),
})
export const CancelImport = z.object({ importId, version: z.int().positive() })
export const RetryImport = CancelImport
export const UndoImport = CancelImport
/**
 * Takes a file in and has its top read by the worker: nothing is judged, and nothing is written. It is kept sealed, and only until it was
 * checked.
 *
 * @throws DomainError invalid organisation.import.notReadable
 */
export async function startImport(ctx: TenantContext, input: z.output<typeof StartImport>): Promise<Import> {
  const declared = findDeclared(input.kind)
  requirePermission(ctx, declared.permission)
  await declared.allow?.(ctx)
  const format = workbooks.test(input.fileName) ? 'xlsx' : texts.test(input.fileName) ? 'csv' : null
  if (format === null) throw new DomainError('invalid', 'organisation.import.notReadable')
  if (declared.takesConsent && input.consentVersion === '')
    throw refuseField('consentVersion', 'organisation.import.consentNeeded')
  if (!declared.takesUnion && input.defaultUnionId !== undefined) throw refuseField('defaultUnionId', 'errors.invalid')
  if (input.defaultUnionId !== undefined) await requireUnion(ctx, input.defaultUnionId)
  const row = await ctx.db
    .insertInto('organisation.import')
    .values({
      tenant_id: ctx.tenantId,
      kind: declared.key,
      file_name: input.fileName,
      format,
      file_sealed: ctx.vault.seal('organisation.import', input.content),
      default_union_id: input.defaultUnionId ?? null,
      consent_version: input.consentVersion,
      actor: actorName(ctx.actor),
    })
    .returning(importColumns)
    .executeTakeFirstOrThrow()
  await recordAudit(ctx, {
    action: 'import.start',
    objectKind: 'import',
    objectId: row.id,
    after: { kind: declared.key, format },
  })
  ctx.enqueue(ImportRun, { importId: row.id, tenantId: ctx.tenantId })
  return toImport(ctx, row)
}

const refuseField = (path: string, key: string) => new DomainError('invalid', key, { fields: [{ path, key }] })

/** Where a person may move an import; each has its words in the audit trail. */
export const importMoves = ['reading', 'waiting', 'committing', 'undoing', 'cancelled'] as const

/** Moves a held import on, with its line in the trail; the worker goes on with it unless it ends. */
export async function moveImport(
  ctx: TenantContext,
  row: ImportRow,
  to: (typeof importMoves)[number],
  changes: Updateable<DB['organisation.import']> = {},
): Promise<Import> {
  const moved = await ctx.db
    .updateTable('organisation.import')
    .set({ ...changes, state: to, attempts: 0, problem: '', version: sql`version + 1`, changed_at: ctx.now })
    .where('id', '=', row.id)
    .returning(importColumns)
    .executeTakeFirstOrThrow()
  await recordAudit(ctx, {
    action: `import.${to}`,
    objectKind: 'import',
    objectId: row.id,
    after: { kind: row.kind, rows: row.rows, good: row.good, bad: row.bad },
  })
  if (to !== 'cancelled') ctx.enqueue(ImportRun, { importId: moved.id, tenantId: ctx.tenantId })
  return toImport(ctx, moved)
}

/** Whoever sent the file neither has it written nor takes it back, where the declaration says so. */
function requireFourEyes(ctx: TenantContext, row: ImportRow, declared: DeclaredImport): void {
  if (declared.isFourEyes && row.actor === actorName(ctx.actor))
    throw new DomainError('forbidden', 'organisation.fourEyes')
}

/**
 * Has the checked rows written (M223).
 *
 * @throws DomainError conflict organisation.import.hasErrors unless bad rows are to be skipped; forbidden organisation.fourEyes
 */
export async function commitImport(ctx: TenantContext, input: z.output<typeof CommitImport>): Promise<Import> {
  requirePermission(ctx, 'organisation:write')
  const { row, declared } = await holdImport(ctx, input, ['checked'], 'commitPermission')
  requireFourEyes(ctx, row, declared)
  await declared.allow?.(ctx)
  if (row.bad > 0 && !input.skipBad)
    throw new DomainError('conflict', 'organisation.import.hasErrors', { params: { count: row.bad } })
  if (row.good === 0) throw new DomainError('conflict', 'organisation.import.empty')
  return moveImport(ctx, row, 'committing', { file_sealed: null })
}

/** Gives an import up; the file and what was read from it are removed, also while the worker checks it. */
export async function cancelImport(ctx: TenantContext, input: z.output<typeof CancelImport>): Promise<Import> {
  requirePermission(ctx, 'organisation:write')
  const { row } = await holdImport(ctx, input, ['reading', 'mapping', 'waiting', 'checking', 'checked', 'failed'])
  return moveImport(ctx, row, 'cancelled', { file_sealed: null, layout_sealed: null })
}

/**
 * Has an import checked again that failed unexpectedly, while its file is still kept.
 *
 * @throws DomainError conflict organisation.import.wrongState
 */
export async function retryImport(ctx: TenantContext, input: z.output<typeof RetryImport>): Promise<Import> {
  requirePermission(ctx, 'organisation:write')
  const { row } = await holdImport(ctx, input, ['failed'])
  if (!row.hasFile) throw new DomainError('conflict', 'organisation.import.wrongState')
  const { mapping } = await ctx.db
    .selectFrom('organisation.import')
    .select('mapping')
    .where('id', '=', row.id)
    .executeTakeFirstOrThrow()
  return moveImport(ctx, row, mapping === null ? 'reading' : 'waiting')
}

/**
 * Has what an import wrote taken back, within a day. The worker refuses it with the rows where something depends on one.
 *
 * @throws DomainError conflict organisation.import.undo.late; forbidden organisation.fourEyes
 */
export async function undoImport(ctx: TenantContext, input: z.output<typeof UndoImport>): Promise<Import> {
  requirePermission(ctx, 'organisation:write')
  const { row, declared } = await holdImport(ctx, input, ['done'], 'commitPermission')
  requireFourEyes(ctx, row, declared)
  const until = findUndoEnd(row)
  if (until === null || until <= ctx.now)
    throw new DomainError('conflict', 'organisation.import.undo.late', { params: { hours: undoHours } })
  return moveImport(ctx, row, 'undoing')
}
