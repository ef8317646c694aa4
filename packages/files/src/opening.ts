import { createHash } from 'node:crypto'
import {
  DomainError,
  found,
  recordOpening,
  requireFreshProof,
  requirePermission,
  withTenant,
  type Actor,
  type Deps,
  type TenantContext,
} from '@gonglian/tenancy'
import { z } from 'zod'
import { notes } from './files.ts'
import type { FileKeeper } from './keeper.ts'
import type { FileKind } from './kinds.ts'

export type OpenedFile = {
  readonly fileName: string
  readonly mediaType: string
  readonly bytes: number
  /** The bytes, read as fast as they are taken. Ends with an error when they are no longer those that were stored. */
  readonly content: AsyncIterable<Uint8Array>
}

export type FileRow = {
  readonly id: number
  readonly tenant_id: number
  readonly file_name: string
  readonly media_type: string
  readonly byte_count: number
  readonly sha256: Buffer
  readonly place: string
}

/**
 * Opens a file in sight. One that names persons and is another body's leaves a line that its owner reads, and asks for a fresh proof.
 *
 * @throws DomainError not_found files.notFound; conflict files.waiting, files.infected; forbidden errors.proofNeeded
 */
export async function openFile(deps: Deps, keeper: FileKeeper, actor: Actor, fileId: number): Promise<OpenedFile> {
  const row = await withTenant(deps, actor, (ctx) => enter(ctx, keeper, fileId))
  return {
    fileName: row.file_name,
    mediaType: row.media_type,
    bytes: row.byte_count,
    content: openStored(deps, keeper, actor, row),
  }
}

/** The bytes of a file whose row was read, wherever they stand. */
export function openStored(deps: Deps, keeper: FileKeeper, actor: Actor, row: FileRow): AsyncIterable<Uint8Array> {
  return verify(row.place === '' ? readChunks(deps, actor, row) : readObject(keeper, row), row)
}

async function enter(ctx: TenantContext, keeper: FileKeeper, fileId: number): Promise<FileRow> {
  const { row, kind, isRecorded } = await find(ctx, keeper.kinds, fileId)
  if (row.check_state === 'waiting' || row.check_state === 'infected')
    throw new DomainError('conflict', `files.${row.check_state}`)
  if (isRecorded)
    await recordOpening(ctx, {
      ownerId: row.tenant_id,
      // Of a record with a page it is read there, among the other openings.
      ...(kind.record === undefined
        ? { objectKind: kind.key, objectId: row.id }
        : row.object_id === null
          ? { objectKind: 'file', objectId: row.id }
          : { objectKind: kind.key, objectId: row.object_id }),
      fields: ['file'],
      reason: 'file.read',
    })
  return row
}

async function find(ctx: TenantContext, kinds: ReadonlyMap<string, FileKind>, fileId: number) {
  requirePermission(ctx, 'file:read')
  const row = found(
    await ctx.db
      .selectFrom('files.file')
      .select([
        'id',
        'tenant_id',
        'kind',
        'file_name',
        'media_type',
        'byte_count',
        'sha256',
        'place',
        'check_state',
        'object_id',
      ])
      .where('id', '=', fileId)
      .executeTakeFirst(),
    'files.notFound',
  )
  const kind = found(kinds.get(row.kind), 'files.notFound')
  requirePermission(ctx, kind.read)
  return { row, kind, isRecorded: notes(ctx, kind, row) }
}

export const CheckOpening = z.object({ fileId: z.int().positive() })

/**
 * Whether a file could be opened now, before a page shows it: a picture in a page can't ask for the proof by itself.
 *
 * @throws DomainError not_found files.notFound; forbidden errors.proofNeeded
 */
export async function checkOpening(
  ctx: TenantContext,
  kinds: ReadonlyMap<string, FileKind>,
  input: z.output<typeof CheckOpening>,
): Promise<void> {
  const { isRecorded } = await find(ctx, kinds, input.fileId)
  if (isRecorded) requireFreshProof(ctx)
}

/** Each chunk in a transaction of its own: a slow reader holds no connection. */
async function* readChunks(deps: Deps, actor: Actor, row: FileRow): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; position += 1) {
    const chunk = await withTenant(deps, actor, ({ db }) =>
      db
        .selectFrom('files.chunk')
        .select('bytes')
        .where('file_id', '=', row.id)
        .where('position', '=', position)
        .executeTakeFirst(),
    )
    if (chunk === undefined) return
    yield chunk.bytes
  }
}

async function* readObject({ objects }: FileKeeper, row: FileRow): AsyncGenerator<Uint8Array> {
  if (objects === null) throw new Error(`file ${row.id} stands in an object store that is not configured`)
  yield* await objects.get(row.place)
}

/** Passes the bytes on, the last piece only when all of them are those that were stored. */
async function* verify(pieces: AsyncIterable<Uint8Array>, row: FileRow): AsyncGenerator<Uint8Array> {
  const hash = createHash('sha256')
  let held: Uint8Array | null = null
  let bytes = 0
  for await (const piece of pieces) {
    hash.update(piece)
    bytes += piece.length
    if (bytes > row.byte_count) break
    if (held !== null) yield held
    held = piece
  }
  if (bytes !== row.byte_count || !hash.digest().equals(row.sha256))
    throw new Error(`file ${row.id} is not what was stored`)
  if (held !== null) yield held
}
