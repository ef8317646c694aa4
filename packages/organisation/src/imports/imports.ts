import { sql, type Selectable } from 'kysely'
import { z } from 'zod'
import type { DB } from '@gonglian/db'
import { defineJob } from '@gonglian/jobs'
import {
  DomainError,
  actorName,
  found,
  recordAudit,
  requirePermission,
  type MessageParams,
  type TenantContext,
} from '@gonglian/tenancy'
import { requireUnion } from '../members/enrolment.ts'
import { importColumns, importLimit } from './import-columns.ts'

/** Checks a file, or writes what was checked, as the state of the import says. */
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
  /** Of the notice that the persons were shown (PIPL 17); the day stands in each row. */
  consentVersion: z.string().trim().min(1).max(40),
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
export const ListImports = z.object({
  page: z.int().min(1).max(1000).default(1),
  pageSize: z.int().min(1).max(200).default(20),
})
export const ListImportProblems = z.object({
  importId,
  level: z.enum(['error', 'warning']).optional(),
  page: z.int().min(1).max(10_000).default(1),
  pageSize: z.int().min(1).max(500).default(100),
})

type ImportRow = Omit<Selectable<DB['organisation.import']>, 'file_sealed' | 'attempts'> & { hasFile: boolean }

/** How far an import has come; read again and again while it runs, also after the page was left. */
export type Import = {
  readonly id: number
  readonly fileName: string
  readonly state: ImportRow['state']
  /** Why it failed: a key in the catalogue, whose words take `limit` as {rows}. */
  readonly problem: string
  /** Rows of one file. */
  readonly limit: number
  /** It failed for a reason that may be gone, and the file is still there. */
  readonly canRetry: boolean
  readonly rows: number
  readonly good: number
  readonly bad: number
  readonly warned: number
  /** Members written, and rows that somebody else had enrolled meanwhile. */
  readonly done: number
  readonly skipped: number
  readonly actor: string
  readonly createdAt: Date
  readonly changedAt: Date
  readonly version: number
}

const columns = [
  'id',
  'tenant_id',
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
  'version',
  sql<boolean>`file_sealed is not null`.as('hasFile'),
] as const

function toImport(row: ImportRow): Import {
  const { id, state, problem, rows, good, bad, warned, done, skipped, actor, version } = row
  const times = { createdAt: row.created_at, changedAt: row.changed_at }
  return {
    id,
    fileName: row.file_name,
    state,
    problem,
    limit: importLimit,
    canRetry: state === 'failed' && row.hasFile,
    rows,
    good,
    bad,
    warned,
    done,
    skipped,
    actor,
    version,
    ...times,
  }
}

/**
 * Takes a file in and has it checked by the worker (dry run): nothing is enrolled yet. It is kept sealed, and only until it was checked.
 *
 * @throws DomainError invalid organisation.import.notReadable
 */
export async function startImport(ctx: TenantContext, input: z.output<typeof StartImport>): Promise<Import> {
  requirePermission(ctx, 'member:write')
  const format = workbooks.test(input.fileName) ? 'xlsx' : texts.test(input.fileName) ? 'csv' : null
  if (format === null) throw new DomainError('invalid', 'organisation.import.notReadable')
  if (input.defaultUnionId !== undefined) await requireUnion(ctx, input.defaultUnionId)
  const row = await ctx.db
    .insertInto('organisation.import')
    .values({
      tenant_id: ctx.tenantId,
      file_name: input.fileName,
      format,
      file_sealed: ctx.vault.seal('organisation.import', input.content),
      default_union_id: input.defaultUnionId ?? null,
      consent_version: input.consentVersion,
      actor: actorName(ctx.actor),
    })
    .returning(columns)
    .executeTakeFirstOrThrow()
  await recordAudit(ctx, { action: 'import.start', objectKind: 'import', objectId: row.id, after: { format } })
  ctx.enqueue(ImportRun, { importId: row.id, tenantId: ctx.tenantId })
  return toImport(row)
}

async function findImport(ctx: TenantContext, id: number, lock = false): Promise<ImportRow> {
  return found(
    await ctx.db
      .selectFrom('organisation.import')
      .select(columns)
      .where('id', '=', id)
      .$if(lock, (query) => query.forUpdate())
      .executeTakeFirst(),
  )
}

export async function getImport(ctx: TenantContext, input: z.output<typeof GetImport>): Promise<Import> {
  requirePermission(ctx, 'member:read')
  return toImport(await findImport(ctx, input.importId))
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
    .select(columns)
    .orderBy('id', 'desc')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return { rows: rows.map(toImport), total }
}

export type ListedProblem = {
  readonly line: number
  /** The column as the template of the reader's language calls it. */
  readonly column: string
  readonly level: 'error' | 'warning'
  readonly rule: string
  readonly key: string
  readonly params: MessageParams
}

const Params = z.record(z.string(), z.union([z.string(), z.number()]))

/** What is wrong, line by line. What stood in the cell is not told: the reader has the file. */
export async function listImportProblems(
  ctx: TenantContext,
  input: z.output<typeof ListImportProblems>,
): Promise<{ rows: ListedProblem[]; total: number }> {
  requirePermission(ctx, 'member:read')
  await findImport(ctx, input.importId)
  const language = ctx.actor.kind === 'user' && ctx.actor.locale === 'en' ? 'en' : 'zh'
  const query = ctx.db
    .selectFrom('organisation.import_problem')
    .where('import_id', '=', input.importId)
    .$if(input.level !== undefined, (some) => some.where('level', '=', input.level ?? 'error'))
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(['line', 'column_key', 'level', 'rule', 'key', 'params'])
    .orderBy('line')
    .orderBy('place')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return {
    total,
    rows: rows.map((row) => {
      const column = importColumns.find((one) => one.key === row.column_key)?.[language] ?? ''
      const { line, level, rule, key } = row
      return { line, column, level, rule, key, params: { ...Params.parse(row.params), column } }
    }),
  }
}

async function moveImport(
  ctx: TenantContext,
  input: { importId: number; version: number },
  from: readonly ImportRow['state'][],
  to: 'committing' | 'cancelled' | 'waiting',
  judge: (row: ImportRow) => void = () => undefined,
): Promise<Import> {
  const row = await findImport(ctx, input.importId, true)
  if (row.version !== input.version) throw new DomainError('conflict', 'errors.conflict')
  if (!from.includes(row.state)) throw new DomainError('conflict', 'organisation.import.wrongState')
  judge(row)
  const moved = await ctx.db
    .updateTable('organisation.import')
    .set({
      state: to,
      attempts: 0,
      ...(to === 'waiting' ? { problem: '' } : { file_sealed: null }),
      version: sql`version + 1`,
      changed_at: ctx.now,
    })
    .where('id', '=', row.id)
    .returning(columns)
    .executeTakeFirstOrThrow()
  await recordAudit(ctx, {
    action: `import.${to}`,
    objectKind: 'import',
    objectId: row.id,
    after: { rows: row.rows, good: row.good, bad: row.bad },
  })
  return toImport(moved)
}

/**
 * Has the checked rows written (M223).
 *
 * @throws DomainError conflict organisation.import.hasErrors unless bad rows are to be skipped
 */
export async function commitImport(ctx: TenantContext, input: z.output<typeof CommitImport>): Promise<Import> {
  requirePermission(ctx, 'member:write')
  const moved = await moveImport(ctx, input, ['checked'], 'committing', (row) => {
    if (row.bad > 0 && !input.skipBad)
      throw new DomainError('conflict', 'organisation.import.hasErrors', { params: { count: row.bad } })
    if (row.good === 0) throw new DomainError('conflict', 'organisation.import.empty')
  })
  ctx.enqueue(ImportRun, { importId: moved.id, tenantId: ctx.tenantId })
  return moved
}

/** Gives an import up; the file and what was read from it are removed, also while the worker checks it. */
export async function cancelImport(ctx: TenantContext, input: z.output<typeof CancelImport>): Promise<Import> {
  requirePermission(ctx, 'member:write')
  return moveImport(ctx, input, ['waiting', 'checking', 'checked', 'failed'], 'cancelled')
}

/**
 * Has an import checked again that failed unexpectedly, while its file is still kept.
 *
 * @throws DomainError conflict organisation.import.wrongState
 */
export async function retryImport(ctx: TenantContext, input: z.output<typeof RetryImport>): Promise<Import> {
  requirePermission(ctx, 'member:write')
  const moved = await moveImport(ctx, input, ['failed'], 'waiting', (row) => {
    if (!row.hasFile) throw new DomainError('conflict', 'organisation.import.wrongState')
  })
  ctx.enqueue(ImportRun, { importId: moved.id, tenantId: ctx.tenantId })
  return moved
}
