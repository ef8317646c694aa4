import { createServer, type AddressInfo, type Socket } from 'node:net'
import type { Actor, Deps } from '@gonglian/tenancy'
import { zipSync } from 'fflate'
import { collectKinds, type FileKind } from './kinds.ts'
import type { FileKeeper } from './keeper.ts'
import { storeFile, type StoredFile } from './storing.ts'

/** The smallest files that are what they are taken for. */
export const samplePhoto = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16])
export const samplePaper = Buffer.from('%PDF-1.7\n%')
/** One white dot. */
export const sampleScan = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mP8/x8AAwMCAO+ip1sAAAAASUVORK5CYII=',
  'base64',
)

const wordMain = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml'

/** A word-processor file, as far as its kind is told by it. */
export function aWordFile(): Uint8Array {
  const text = (content: string) => new TextEncoder().encode(content)
  return zipSync({
    '[Content_Types].xml': text(`<Types><Override PartName="/word/document.xml" ContentType="${wordMain}"/></Types>`),
    'word/document.xml': text('<w:document/>'),
  })
}

/** Bytes as they come from a network, in pieces of any size. */
export async function* inPieces(bytes: Uint8Array, size = 1000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length || at === 0; at += size) yield await Promise.resolve(bytes.subarray(at, at + size))
}

export async function readAll(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const pieces: Uint8Array[] = []
  for await (const piece of content) pieces.push(piece)
  return Buffer.concat(pieces)
}

/** A keeper without scanner and object store, unless a test gives them. */
export function aKeeper(kinds: readonly FileKind[], parts: Partial<FileKeeper> = {}): FileKeeper {
  return { kinds: collectKinds(kinds), scanner: null, objects: null, ...parts }
}

/** The sign by which the scanner of tests knows a harmful file. */
export const harmfulSign = 'EICAR-STANDARD-ANTIVIRUS-TEST-FILE'

export type TestClamd = {
  readonly host: string
  readonly port: number
  /** What it got, whole. */
  readonly received: Buffer[]
  /** silent: takes everything and never answers. broken: answers with an error. */
  behave(how: 'answers' | 'silent' | 'broken'): void
  close(): Promise<void>
}

/** A server that speaks clamd's INSTREAM by the letter: it refuses whoever gets the lengths wrong. */
export async function openTestClamd(): Promise<TestClamd> {
  let how: 'answers' | 'silent' | 'broken' = 'answers'
  const received: Buffer[] = []
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    socket.on('error', () => undefined)
    let bytes = Buffer.alloc(0)
    socket.on('data', (piece: Buffer) => {
      bytes = Buffer.concat([bytes, piece])
      const content = readStream(bytes)
      if (content === 'more') return
      if (content === 'refused') return void socket.end('UNKNOWN COMMAND\0')
      received.push(content)
      if (how === 'silent') return
      const verdict = how === 'broken' ? 'ERROR' : content.includes(harmfulSign) ? 'Eicar-Signature FOUND' : 'OK'
      socket.end(`stream: ${verdict}\0`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = readAddress(server.address())
  return {
    host: '127.0.0.1',
    port,
    received,
    behave: (next) => {
      how = next
    },
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy()
        server.close(() => resolve())
      }),
  }
}

function readAddress(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('the server has no port')
  return address
}

const command = 'zINSTREAM\0'

function readStream(bytes: Buffer): Buffer | 'more' | 'refused' {
  if (bytes.length < command.length) return 'more'
  if (bytes.subarray(0, command.length).toString() !== command) return 'refused'
  const pieces: Buffer[] = []
  for (let at = command.length; at + 4 <= bytes.length;) {
    const length = bytes.readUInt32BE(at)
    if (length === 0) return Buffer.concat(pieces)
    if (at + 4 + length > bytes.length) return 'more'
    pieces.push(bytes.subarray(at + 4, at + 4 + length))
    at += 4 + length
  }
  return 'more'
}

/** Stores a file as a person of the body would. */
export function storeSample(
  deps: Deps,
  actor: Actor,
  kind: FileKind,
  bytes: Uint8Array = samplePaper,
  fileName = 'sample.pdf',
): Promise<StoredFile> {
  return storeFile(deps, aKeeper([kind]), actor, { kind: kind.key, fileName, content: inPieces(bytes) })
}
