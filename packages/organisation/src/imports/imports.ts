import { sql, type Selectable, type Updateable } from 'kysely'
import { z } from 'zod'
import type { DB } from '@gonglian/db'
import { defineJob } from '@gonglian/jobs'
import { DomainError, actorName, found, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { requireUnion } from '../members/enrolment.ts'
import type { DeclaredImport } from './declaration.ts'
import { findDeclared } from './import-kinds.ts'
import { importLimit } from './layouts.ts'

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

/** Hours in which what was written may be taken back. */
export const undoHours = 24

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
export const GetImport = z.object({ importId })
export const CommitImport = z.object({
  importId,
  version: z.int().positive(),
  /** Write the good rows and leave the bad ones out. */
  skipBad: z.boolean().default(false),
})
export const CancelImport = z.object({ importId, version: z.int().positive() })
export const RetryImport = CancelImport
export const UndoImport = CancelImport
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

function findUndoEnd(row: ImportRow): Date | null {
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
  if (declared.takesConsent && input.consentVersion === '') throw refuseField('consentVersion', 'organisation.import.consentNeeded')
  if (!declared.takesUnion && input.defaultUnionId !== undefined)
    throw refuseField('defaultUnionId', 'errors.invalid')
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
 * Locks an import that somebody moves on.
 *
 * @throws DomainError conflict errors.conflict, organisation.import.wrongState
 */
export async function holdImport(
  ctx: TenantContext,
  input: { importId: number; version: number },
  from: readonly ImportRow['state'][],
): Promise<{ row: ImportRow; declared: DeclaredImport }> {
  const row = await findImport(ctx, input.importId, true)
  if (row.version !== input.version) throw new DomainError('conflict', 'errors.conflict')
  if (!from.includes(row.state)) throw new DomainError('conflict', 'organisation.import.wrongState')
  return { row, declared: findDeclared(row.kind) }
}

/** Moves a held import on, with its line in the trail; the worker goes on with it unless it ends. */
export async function moveImport(
  ctx: TenantContext,
  row: ImportRow,
  to: 'reading' | 'waiting' | 'committing' | 'undoing' | 'cancelled',
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

/** Who may have it written may take it back, too; what the law keeps apart (four eyes) holds for both. */
function requireCommit(ctx: TenantContext, row: ImportRow, declared: DeclaredImport): void {
  requirePermission(ctx, declared.commitPermission)
  if (declared.isFourEyes && row.actor === actorName(ctx.actor))
    throw new DomainError('forbidden', 'organisation.fourEyes')
}

/**
 * Has the checked rows written (M223).
 *
 * @throws DomainError conflict organisation.import.hasErrors unless bad rows are to be skipped; forbidden organisation.fourEyes
 */
export async function commitImport(ctx: TenantContext, input: z.output<typeof CommitImport>): Promise<Import> {
  requireReader(ctx)
  const { row, declared } = await holdImport(ctx, input, ['checked'])
  requireCommit(ctx, row, declared)
  await declared.allow?.(ctx)
  if (row.bad > 0 && !input.skipBad)
    throw new DomainError('conflict', 'organisation.import.hasErrors', { params: { count: row.bad } })
  if (row.good === 0) throw new DomainError('conflict', 'organisation.import.empty')
  return moveImport(ctx, row, 'committing', { file_sealed: null })
}

/** Which permission an import asks for stands in its declaration, by its row: nobody finds out by asking for one that is hidden. */
function requireReader(ctx: TenantContext): void {
  requirePermission(ctx, 'organisation:write')
}

/** Gives an import up; the file and what was read from it are removed, also while the worker checks it. */
export async function cancelImport(ctx: TenantContext, input: z.output<typeof CancelImport>): Promise<Import> {
  requireReader(ctx)
  const { row, declared } = await holdImport(ctx, input, ['reading', 'mapping', 'waiting', 'checking', 'checked', 'failed'])
  requirePermission(ctx, declared.permission)
  return moveImport(ctx, row, 'cancelled', { file_sealed: null, layout_sealed: null })
}

/**
 * Has an import checked again that failed unexpectedly, while its file is still kept.
 *
 * @throws DomainError conflict organisation.import.wrongState
 */
export async function retryImport(ctx: TenantContext, input: z.output<typeof RetryImport>): Promise<Import> {
  requireReader(ctx)
  const { row, declared } = await holdImport(ctx, input, ['failed'])
  requirePermission(ctx, declared.permission)
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
  requireReader(ctx)
  const { row, declared } = await holdImport(ctx, input, ['done'])
  requireCommit(ctx, row, declared)
  const until = findUndoEnd(row)
  if (until === null || until <= ctx.now)
    throw new DomainError('conflict', 'organisation.import.undo.late', { params: { hours: undoHours } })
  return moveImport(ctx, row, 'undoing')
}
