import { crc32, createDeflateRaw } from 'node:zlib'

export type ZipFile = { readonly name: string; readonly parts: Iterable<string> | AsyncIterable<string> }

type Entry = {
  readonly name: Buffer
  readonly at: number
  readonly crc: number
  readonly packed: number
  readonly size: number
}

/** The only date a file of an archive needs: 1980-01-01, so that the same content is the same file. */
const date = 0x0021
/** Sizes follow the content; names are UTF-8. */
const flags = 0x0808
const deflated = 8

/**
 * A ZIP archive as it comes: nothing is held but the parts under way. Follows PKWARE's APPNOTE 6.3 as far as office documents need it: no
 * encryption, below 4 GB.
 */
export async function* writeZip(files: Iterable<ZipFile>): AsyncGenerator<Uint8Array> {
  const entries: Entry[] = []
  let at = 0
  for (const file of files) {
    const name = Buffer.from(file.name)
    const head = Buffer.concat([
      words(
        [0x04034b50, 4],
        [20, 2],
        [flags, 2],
        [deflated, 2],
        [0, 2],
        [date, 2],
        [0, 4],
        [0, 4],
        [0, 4],
        [name.length, 2],
        [0, 2],
      ),
      name,
    ])
    yield head
    const packer = createDeflateRaw()
    const sum = { crc: 0, size: 0 }
    let packed = 0
    const feeding = feed(packer, file.parts, sum)
    for await (const chunk of packer) {
      if (!Buffer.isBuffer(chunk)) continue
      packed += chunk.length
      yield chunk
    }
    await feeding
    yield words([0x08074b50, 4], [sum.crc, 4], [packed, 4], [sum.size, 4])
    entries.push({ name, at, crc: sum.crc, packed, size: sum.size })
    at += head.length + packed + 16
  }
  const directory = Buffer.concat(entries.map(writeEntry))
  yield directory
  yield words(
    [0x06054b50, 4],
    [0, 2],
    [0, 2],
    [entries.length, 2],
    [entries.length, 2],
    [directory.length, 4],
    [at, 4],
    [0, 2],
  )
}

/** Writes the parts as fast as they are packed, and counts them. */
async function feed(
  packer: ReturnType<typeof createDeflateRaw>,
  parts: Iterable<string> | AsyncIterable<string>,
  sum: { crc: number; size: number },
): Promise<void> {
  for await (const part of parts) {
    const bytes = Buffer.from(part)
    sum.crc = crc32(bytes, sum.crc)
    sum.size += bytes.length
    if (!packer.write(bytes)) await new Promise((resolve) => packer.once('drain', resolve))
  }
  packer.end()
}

function writeEntry({ name, at, crc, packed, size }: Entry): Buffer {
  return Buffer.concat([
    words(
      [0x02014b50, 4],
      [20, 2],
      [20, 2],
      [flags, 2],
      [deflated, 2],
      [0, 2],
      [date, 2],
      [crc, 4],
      [packed, 4],
      [size, 4],
      [name.length, 2],
      [0, 2],
      [0, 2],
      [0, 2],
      [0, 2],
      [0, 4],
      [at, 4],
    ),
    name,
  ])
}

/** Little-endian numbers of two or four bytes, one after the other. */
function words(...fields: readonly (readonly [value: number, bytes: 2 | 4])[]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((size, [, bytes]) => size + bytes, 0))
  let place = 0
  for (const [value, bytes] of fields) place = buffer.writeUIntLE(value, place, bytes)
  return buffer
}
