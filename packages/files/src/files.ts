import {
  DomainError,
  found,
  recordAudit,
  requirePermission,
  type FieldError,
  type TenantContext,
} from '@gonglian/tenancy'
import { z } from 'zod'
import type { FileKind } from './kinds.ts'

export type AttachedFile = {
  readonly fileId: number
  readonly slot: string
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: number
  readonly checkState: 'unchecked' | 'waiting' | 'clean' | 'infected'
  readonly storedBy: string
  readonly storedAt: Date
  readonly isOwn: boolean
  /** Whoever opens it is noted, and proves who it is. */
  readonly isNoted: boolean
  /** The own body may still remove it. */
  readonly isRemovable: boolean
}

/** Files as a form gives them: which, and which of the papers it is. */
export const GivenFiles = z
  .array(z.object({ fileId: z.int().positive(), slot: z.string().max(40).default('') }))
  .max(40)
export type GivenFiles = z.output<typeof GivenFiles>

/** The files of a record, in the order in which they came. The caller has found the record; row-level security shows its files. */
export async function listFiles(ctx: TenantContext, kind: FileKind, objectId: number): Promise<AttachedFile[]> {
  requirePermission(ctx, kind.read)
  const rows = await ctx.db
    .selectFrom('files.file')
    .selectAll()
    .where('kind', '=', kind.key)
    .where('object_id', '=', objectId)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    fileId: row.id,
    slot: row.slot,
    fileName: row.file_name,
    mediaType: row.media_type,
    bytes: row.byte_count,
    checkState: row.check_state,
    storedBy: row.stored_by,
    storedAt: row.stored_at,
    isOwn: row.tenant_id === ctx.tenantId,
    isNoted: notes(ctx, kind, row),
    isRemovable: row.tenant_id === ctx.tenantId && row.hold === 'open',
  }))
}

/** Whether the owner reads who opened a file of this kind. */
export function notes(ctx: TenantContext, kind: FileKind, file: { readonly tenant_id: number }): boolean {
  return kind.isSensitive && (kind.isNotedAtHome === true || file.tenant_id !== ctx.tenantId)
}

/** The own body's files of a kind, as rows of a list. */
export function selectOwnFiles(ctx: TenantContext, kind: FileKind) {
  return ctx.db.selectFrom('files.file').where('tenant_id', '=', ctx.tenantId).where('kind', '=', kind.key)
}

/** What the own body's files of a kind are, by number; those that aren't there are missing. */
export async function readMedia(
  ctx: TenantContext,
  kind: FileKind,
  ids: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) return new Map()
  const rows = await selectOwnFiles(ctx, kind).select(['id', 'media_type']).where('id', 'in', ids).execute()
  return new Map(rows.map((row) => [row.id, row.media_type]))
}

/**
 * Attaches files of the own body to a record that the caller has locked. Those already attached to it stay; `path` is the field they came in.
 *
 * @throws DomainError invalid files.notFound beside the file that is not there, of another kind, or attached elsewhere
 */
export async function attachFiles(
  ctx: TenantContext,
  kind: FileKind,
  input: {
    readonly objectId: number
    readonly files: GivenFiles
    readonly path: string
    readonly sharedWith?: number | null
  },
): Promise<void> {
  requirePermission(ctx, kind.write)
  const shared = input.sharedWith ?? null
  const fields: FieldError[] = []
  for (const [index, { fileId, slot }] of input.files.entries()) {
    const row = await selectOwnFiles(ctx, kind)
      .select(['id', 'object_id', 'check_state', 'hold'])
      .where('id', '=', fileId)
      .forUpdate()
      .executeTakeFirst()
    const isFree = row !== undefined && (row.object_id === null || row.object_id === input.objectId)
    if (!isFree || row.hold !== 'open' || row.check_state === 'infected') {
      fields.push({ path: `${input.path}.${index}`, key: 'files.notFound' })
      continue
    }
    await ctx.db
      .updateTable('files.file')
      .set({
        object_id: input.objectId,
        ...(row.object_id === null ? { slot } : {}),
        ...(kind.visibility !== 'shared'
          ? {}
          : { visibility: shared === null ? 'own' : 'shared', shared_with: shared }),
      })
      .where('id', '=', fileId)
      .execute()
  }
  if (fields.length > 0) throw new DomainError('invalid', 'errors.invalid', { fields })
}

/** Says what may be done with the files of a record: removed again, nothing while it waits, nothing any more. */
export async function holdFiles(
  ctx: TenantContext,
  kind: FileKind,
  objectId: number,
  hold: 'open' | 'held' | 'kept',
): Promise<void> {
  requirePermission(ctx, kind.write)
  await ctx.db
    .updateTable('files.file')
    .set({ hold })
    .where('tenant_id', '=', ctx.tenantId)
    .where('kind', '=', kind.key)
    .where('object_id', '=', objectId)
    .where('hold', '<>', 'kept')
    .execute()
}

export const RemoveFile = z.object({ fileId: z.int().positive() })

/**
 * Removes a file of the own body whose record waits for nothing and is not decided.
 *
 * @throws DomainError not_found files.notFound; conflict files.kept
 */
export async function removeFile(
  ctx: TenantContext,
  kinds: ReadonlyMap<string, FileKind>,
  input: z.output<typeof RemoveFile>,
): Promise<void> {
  requirePermission(ctx, 'file:write')
  const row = found(
    await ctx.db
      .selectFrom('files.file')
      .select(['id', 'kind', 'hold', 'place', 'sha256'])
      .where('id', '=', input.fileId)
      .where('tenant_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'files.notFound',
  )
  requirePermission(ctx, found(kinds.get(row.kind), 'files.notFound').write)
  if (row.hold !== 'open') throw new DomainError('conflict', 'files.kept')
  await ctx.db.deleteFrom('files.file').where('id', '=', row.id).execute()
  if (row.place !== '')
    await ctx.db.insertInto('files.dropped').values({ tenant_id: ctx.tenantId, place: row.place }).execute()
  await recordAudit(ctx, {
    action: 'file.remove',
    objectKind: 'file',
    objectId: row.id,
    after: { kind: row.kind, sha256: row.sha256.toString('hex') },
  })
}
