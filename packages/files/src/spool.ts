import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Bytes that came in, on disk: they are read several times (kind, scanner, store) and never whole in memory. */
export type Spool = {
  readonly path: string
  readonly bytes: number
  readonly sha256: Buffer
  read(): AsyncIterable<Buffer>
}

/** What a chunk holds in the database, and the piece in which a file is read. */
export const chunkBytes = 256 * 1024

/** More came than is taken. */
export class TooManyBytes extends Error {}

/**
 * Writes what comes into a file that only this process reads, hands it to `work`, and removes it whatever happens. No transaction is open
 * while a slow sender sends.
 *
 * @throws TooManyBytes as soon as more than `most` has come
 */
export async function withSpool<T>(
  content: AsyncIterable<Uint8Array>,
  most: number,
  work: (spool: Spool) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'gonglian-file-'))
  try {
    const path = join(folder, 'content')
    const hash = createHash('sha256')
    let bytes = 0
    const file = await open(path, 'wx', 0o600)
    try {
      for await (const piece of content) {
        bytes += piece.length
        if (bytes > most) throw new TooManyBytes()
        hash.update(piece)
        await file.writeFile(piece)
      }
    } finally {
      await file.close()
    }
    const read = (): AsyncIterable<Buffer> => createReadStream(path, { highWaterMark: chunkBytes })
    return await work({ path, bytes, sha256: hash.digest(), read })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
