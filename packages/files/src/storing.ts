import { randomUUID } from 'node:crypto'
import { fileTypeFromFile } from 'file-type'
import { defineLimit, readLimit } from '@gonglian/indicators'
import {
  DomainError,
  actorName,
  found,
  recordAudit,
  requirePermission,
  withTenant,
  type Actor,
  type Deps,
  type MessageParams,
  type TenantContext,
} from '@gonglian/tenancy'
import { z } from 'zod'
import type { FileKeeper } from './keeper.ts'
import type { FileKind } from './kinds.ts'
import { isMediaType, mediaTypes, type MediaType } from './media.ts'
import { TooManyBytes, withSpool, type Spool } from './spool.ts'

const megabyte = 1024 * 1024
/** What a request may carry leaves room for no more, and the database refuses it. */
export const mostMegabytes = 18

/** The largest file that a place takes. */
export const largestFile = defineLimit('files.largest_megabytes', z.int().min(1).max(mostMegabytes), 10, '通行做法')

/** A name that is one file in one folder, without signs that nobody sees. */
export const FileName = z
  .string()
  .transform((name) =>
    name
      .normalize('NFC')
      .replaceAll(/[\p{Cc}\p{Cf}\p{Cs}/\\]/gu, '')
      .trim(),
  )
  .pipe(z.string().min(1).max(200))

export type StoredFile = {
  readonly fileId: number
  readonly fileName: string
  readonly mediaType: MediaType
  readonly bytes: number
  readonly sha256: string
  /** `infected`: of a kind that keeps a file once, it is kept already, and the scanner has found something since. */
  readonly checkState: 'unchecked' | 'waiting' | 'clean' | 'infected'
}

const refuse = (key: string, params: MessageParams = {}) =>
  new DomainError('invalid', key, { params, fields: [{ path: 'file', key, params }] })

/**
 * Stores a file of the own body, attached to nothing yet. What it is, is read from its content. The bytes are spooled to disk first: no
 * transaction is open while they come in, while a scanner looks at them or an object store takes them.
 *
 * @throws DomainError not_found files.noKind; invalid files.tooLarge, files.empty, files.type, files.infected
 */
export async function storeFile(
  deps: Deps,
  keeper: FileKeeper,
  actor: Actor,
  input: { readonly kind: string; readonly fileName: string; readonly content: AsyncIterable<Uint8Array> },
): Promise<StoredFile> {
  const kind = found(keeper.kinds.get(input.kind), 'files.noKind')
  requirePermission({ actor }, kind.write)
  const fileName = FileName.parse(input.fileName)
  const limit = await withTenant(deps, actor, (ctx) => readLargest(ctx, kind))
  try {
    return await withSpool(input.content, limit * megabyte, (spool) =>
      keepSpool(deps, keeper, actor, { kind, fileName, spool }),
    )
  } catch (error) {
    if (error instanceof TooManyBytes) throw refuse('files.tooLarge', { limit })
    throw error
  }
}

async function readLargest(ctx: TenantContext, kind: FileKind): Promise<number> {
  const limit = await readLimit(ctx, largestFile)
  return Math.min(limit, kind.megabytes ?? limit)
}

async function keepSpool(
  deps: Deps,
  keeper: FileKeeper,
  actor: Actor,
  { kind, fileName, spool }: { kind: FileKind; fileName: string; spool: Spool },
): Promise<StoredFile> {
  if (spool.bytes === 0) throw refuse('files.empty')
  const mediaType = await detectMedia(spool.path, kind.media)
  const verdict = keeper.scanner === null ? 'unchecked' : await keeper.scanner(spool.read())
  if (verdict === 'infected') {
    await withTenant(deps, actor, (ctx) => auditFile(ctx, 'file.infected', kind, null, spool))
    throw refuse('files.infected')
  }
  const facts = { mediaType, bytes: spool.bytes, sha256: spool.sha256.toString('hex') }
  const look = () => withTenant(deps, actor, (ctx) => findSame(ctx, kind, spool))
  const same = await look()
  if (same !== null) return { ...same, ...facts }
  const place = keeper.objects === null ? '' : `${actor.tenantId}/${randomUUID()}`
  if (place !== '') await keeper.objects?.put(place, spool.path)
  try {
    const checkState = verdict === 'unanswered' ? 'waiting' : verdict
    const fileId = await withTenant(deps, actor, (ctx) =>
      insert(ctx, { kind, fileName, mediaType, spool, place, checkState }),
    )
    if (fileId !== null) return { fileId, fileName, checkState, ...facts }
    if (place !== '') await keeper.objects?.remove(place)
    return { ...found(await look(), 'files.noKind'), ...facts }
  } catch (error) {
    // Nothing names it. Where this fails too, what is left over costs room and tells nobody anything.
    if (place !== '') await keeper.objects?.remove(place).catch(() => undefined)
    throw error
  }
}

/** @throws DomainError invalid files.type with the endings that are taken */
async function detectMedia(path: string, taken: readonly MediaType[]): Promise<MediaType> {
  const type = await fileTypeFromFile(path)
  const media = type?.mime ?? ''
  if (isMediaType(media) && taken.includes(media)) return media
  throw refuse('files.type', { endings: taken.map((one) => mediaTypes[one][0].slice(1).toUpperCase()).join('、') })
}

/** The same file, where a kind keeps it once, as it was stored first. */
async function findSame(
  ctx: TenantContext,
  kind: FileKind,
  spool: Spool,
): Promise<Pick<StoredFile, 'fileId' | 'fileName' | 'checkState'> | null> {
  if (kind.standsAlone !== true) return null
  const row = await ctx.db
    .selectFrom('files.file')
    .select(['id as fileId', 'file_name as fileName', 'check_state as checkState'])
    .where('tenant_id', '=', ctx.tenantId)
    .where('kind', '=', kind.key)
    .where('sha256', '=', spool.sha256)
    .executeTakeFirst()
  return row ?? null
}

/** The number of the new file; null: the same one came in at the same moment, of a kind that keeps it once. */
async function insert(
  ctx: TenantContext,
  kept: {
    readonly kind: FileKind
    readonly fileName: string
    readonly mediaType: MediaType
    readonly spool: Spool
    readonly place: string
    readonly checkState: StoredFile['checkState']
  },
): Promise<number | null> {
  const { kind, spool } = kept
  const row = await ctx.db
    .insertInto('files.file')
    .values({
      tenant_id: ctx.tenantId,
      kind: kind.key,
      file_name: kept.fileName,
      media_type: kept.mediaType,
      byte_count: spool.bytes,
      sha256: spool.sha256,
      place: kept.place,
      check_state: kept.checkState,
      visibility: kind.visibility === 'superiors' ? 'superiors' : 'own',
      hold: kind.standsAlone === true ? 'kept' : 'open',
      stored_by: actorName(ctx.actor),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (row === undefined) return null
  const { id } = row
  let position = 0
  if (kept.place === '')
    for await (const bytes of spool.read())
      await ctx.db
        .insertInto('files.chunk')
        .values({ file_id: id, position: position++, tenant_id: ctx.tenantId, bytes })
        .execute()
  await auditFile(ctx, 'file.store', kind, id, spool)
  return id
}

/** The trail says what was stored, not what it is called: names of files name persons. */
async function auditFile(
  ctx: TenantContext,
  action: 'file.store' | 'file.infected',
  kind: FileKind,
  fileId: number | null,
  spool: Spool,
): Promise<void> {
  await recordAudit(ctx, {
    action,
    objectKind: 'file',
    objectId: fileId ?? kind.key,
    after: { kind: kind.key, bytes: spool.bytes, sha256: spool.sha256.toString('hex') },
  })
}
