import { DomainError, found, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { GivenFiles, attachFiles, listFiles, type AttachedFile } from './files.ts'
import type { FileKind, RecordOfFiles } from './kinds.ts'

type Kinds = ReadonlyMap<string, FileKind>
type RecordKind = FileKind & { readonly record: RecordOfFiles }

/** A record holds no more files, so that its page stays one page. */
export const mostFiles = 100

const Record = z.object({
  /** The kind of files, as the noun declares it. */
  kind: z.string().max(40),
  objectId: z.int().positive(),
})
export const ListRecordFiles = Record
export const AttachToRecord = Record.extend({ files: GivenFiles.min(1) })

/** @throws DomainError not_found files.noKind */
function findKind(kinds: Kinds, key: string): RecordKind {
  const kind = found(kinds.get(key), 'files.noKind')
  return { ...kind, record: found(kind.record, 'files.noKind') }
}

/**
 * The files of a record that has a list of them.
 *
 * @throws DomainError not_found files.noKind, or as the noun says
 */
export async function listRecordFiles(
  ctx: TenantContext,
  kinds: Kinds,
  input: z.output<typeof ListRecordFiles>,
): Promise<{ files: AttachedFile[] }> {
  requirePermission(ctx, 'file:read')
  const kind = findKind(kinds, input.kind)
  requirePermission(ctx, kind.read)
  await kind.record.find(ctx, input.objectId)
  return { files: await listFiles(ctx, kind, input.objectId) }
}

/**
 * Adds files that the own body has sent to a record of its own. They can be removed again.
 *
 * @throws DomainError not_found files.noKind, or as the noun says; conflict files.tooMany; invalid files.notFound
 */
export async function attachToRecord(
  ctx: TenantContext,
  kinds: Kinds,
  input: z.output<typeof AttachToRecord>,
): Promise<void> {
  requirePermission(ctx, 'file:write')
  const kind = findKind(kinds, input.kind)
  requirePermission(ctx, kind.write)
  const { objectId, files } = input
  await kind.record.hold(ctx, objectId)
  const before = await listFiles(ctx, kind, objectId)
  if (before.length + files.length > mostFiles)
    throw new DomainError('conflict', 'files.tooMany', { params: { most: mostFiles } })
  await attachFiles(ctx, kind, { objectId, files, path: 'files' })
  await recordAudit(ctx, {
    action: 'file.attach',
    objectKind: kind.key,
    objectId,
    // Names of files name persons.
    after: { files: files.map(({ fileId }) => fileId) },
  })
}
