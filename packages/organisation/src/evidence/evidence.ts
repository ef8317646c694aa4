import { createHash } from 'node:crypto'
import {
  DomainError,
  actorName,
  found,
  recordAudit,
  recordOpening,
  requirePermission,
  type TenantContext,
} from '@gonglian/tenancy'
import { defineList } from '@gonglian/records'
import { sql } from 'kysely'
import { z } from 'zod'
import { evidenceView } from './evidence-view.ts'

export type MediaType = 'image/jpeg' | 'image/png' | 'application/pdf'
export type EvidenceKind = 'none' | 'photo' | 'document' | 'either'

/** 5 MB. */
export const greatestEvidence = 5 * 1024 * 1024

const beginnings: readonly (readonly [MediaType, readonly number[]])[] = [
  ['image/jpeg', [0xff, 0xd8, 0xff]],
  ['image/png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]],
  ['application/pdf', [0x25, 0x50, 0x44, 0x46, 0x2d]],
]

/** What a file is by its first bytes; its name and what the sender says of it prove nothing. Null: none of what is taken. */
export function detectMedia(bytes: Uint8Array): MediaType | null {
  const hit = beginnings.find(([, signs]) => signs.every((sign, index) => bytes[index] === sign))
  return hit?.[0] ?? null
}

/** Whether a file of this type can show what an item asks for. */
function suitsEvidence(kind: EvidenceKind, media: MediaType): boolean {
  if (kind === 'photo') return media !== 'application/pdf'
  if (kind === 'document') return media === 'application/pdf'
  return true
}

export const StoreEvidence = z.object({
  fileName: z.string().trim().min(1).max(200),
  /** The file, base64; what is a little too large is told in megabytes below. */
  content: z
    .base64()
    .min(1)
    .max(greatestEvidence * 3),
})

const refuse = (key: string) =>
  new DomainError('invalid', key, { fields: [{ path: 'content', key, params: { limit: 5 } }], params: { limit: 5 } })

/**
 * Keeps a photograph or paper of the own body; the same file is kept once.
 *
 * @throws DomainError invalid organisation.evidenceLarge (5 MB), organisation.evidenceType (JPEG, PNG or PDF by content)
 */
export async function storeEvidence(
  ctx: TenantContext,
  input: z.output<typeof StoreEvidence>,
): Promise<{ evidenceId: number; mediaType: MediaType; sha256: string }> {
  requirePermission(ctx, 'organisation:write')
  const bytes = Buffer.from(input.content, 'base64')
  if (bytes.length > greatestEvidence) throw refuse('organisation.evidenceLarge')
  const mediaType = detectMedia(bytes)
  if (mediaType === null) throw refuse('organisation.evidenceType')
  const sha256 = createHash('sha256').update(bytes).digest()
  const stored = await ctx.db
    .insertInto('organisation.evidence')
    .values({
      tenant_id: ctx.tenantId,
      file_name: input.fileName,
      media_type: mediaType,
      bytes,
      sha256,
      stored_by: actorName(ctx.actor),
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'sha256']).doNothing())
    .returning('id')
    .executeTakeFirst()
  const kept =
    stored ??
    (await ctx.db
      .selectFrom('organisation.evidence')
      .select('id')
      .where('tenant_id', '=', ctx.tenantId)
      .where('sha256', '=', sha256)
      .executeTakeFirstOrThrow())
  if (stored)
    await recordAudit(ctx, {
      action: 'evidence.store',
      objectKind: 'evidence',
      objectId: stored.id,
      after: { mediaType, bytes: bytes.length, sha256: sha256.toString('hex') },
    })
  return { evidenceId: kept.id, mediaType, sha256: sha256.toString('hex') }
}

export const ReadEvidence = z.object({ evidenceId: z.int().positive() })

/** A file of the own body or one below, base64. Of a body below it is an opening that the body reads: papers name people. */
export async function readEvidence(
  ctx: TenantContext,
  input: z.output<typeof ReadEvidence>,
): Promise<{ fileName: string; mediaType: MediaType; content: string }> {
  requirePermission(ctx, 'organisation:read')
  const row = found(
    await ctx.db
      .selectFrom('organisation.evidence')
      .select(['tenant_id', 'file_name', 'media_type', 'bytes'])
      .where('id', '=', input.evidenceId)
      .executeTakeFirst(),
    'organisation.evidenceNotFound',
  )
  if (row.tenant_id !== ctx.tenantId)
    await recordOpening(ctx, {
      ownerId: row.tenant_id,
      objectKind: 'evidence',
      objectId: input.evidenceId,
      fields: ['file'],
      reason: 'evidence.read',
    })
  return { fileName: row.file_name, mediaType: row.media_type, content: row.bytes.toString('base64') }
}

export const listEvidence = defineList(evidenceView, {
  rows: (ctx) =>
    ctx.db
      .selectFrom('organisation.evidence')
      .where('tenant_id', '=', ctx.tenantId)
      .select(['id', 'file_name as fileName', 'stored_by as storedBy', 'stored_at as storedAt'])
      .select(sql<string>`upper(split_part(media_type, '/', 2))`.as('media')),
})

/**
 * Holds each file named against what is asked of it.
 *
 * @param asked per input path, the file and the kind of evidence
 * @returns what is wrong, by path
 */
export async function checkEvidence(
  ctx: TenantContext,
  asked: readonly { path: string; kind: EvidenceKind; evidenceId: number | null }[],
): Promise<{ path: string; key: string }[]> {
  const ids = asked.flatMap((one) => (one.evidenceId === null ? [] : [one.evidenceId]))
  const rows =
    ids.length === 0
      ? []
      : await ctx.db
          .selectFrom('organisation.evidence')
          .select(['id', 'media_type'])
          .where('tenant_id', '=', ctx.tenantId)
          .where('id', 'in', ids)
          .execute()
  const media = new Map(rows.map((row) => [row.id, row.media_type]))
  return asked.flatMap(({ path, kind, evidenceId }) => {
    if (evidenceId === null) return kind === 'none' ? [] : [{ path, key: 'organisation.evidenceMissing' }]
    const type = media.get(evidenceId)
    if (type === undefined) return [{ path, key: 'organisation.evidenceNotFound' }]
    return suitsEvidence(kind, type) ? [] : [{ path, key: 'organisation.evidenceOther' }]
  })
}
