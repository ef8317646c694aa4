import { Inflate } from 'fflate'
import { SpreadsheetRefusal } from './refusals.mjs'

/** Compressed bytes handed on at a time; at the greatest ratio of the method they swell to 8 MB. */
const pieceBytes = 8 * 1024
/** A register of members is squeezed to a tenth; what shrinks to less than a hundredth above this size is made to swell. */
const suspectBytes = 8_000_000
const greatestRatio = 100

/**
 * @typedef {{ method: number, packed: number, whole: number, at: number }} Entry
 * @typedef {{ names: string[], find: (name: string) => string | undefined, read: (name: string) => Generator<string> }} Archive
 */

/**
 * The parts of a ZIP archive by its central directory, each read in pieces of text as it is inflated. No part swells beyond what the
 * directory says of it, nor all parts together beyond `limit` bytes.
 * @param {Uint8Array} file
 * @param {number} limit
 * @returns {Archive}
 */
export function openArchive(file, limit) {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const entries = readDirectory(file, view)
  const declared = [...entries.values()].reduce((sum, { whole }) => sum + whole, 0)
  if (declared > limit || (declared > suspectBytes && declared > file.length * greatestRatio))
    throw new SpreadsheetRefusal('tooLarge')
  const folded = new Map([...entries.keys()].map((name) => [name.toLowerCase(), name]))
  let left = limit
  return {
    names: [...entries.keys()],
    find: (name) => folded.get(name.toLowerCase()),
    *read(name) {
      const entry = entries.get(name)
      if (!entry) throw new SpreadsheetRefusal('notReadable')
      let whole = 0
      /** @type {InstanceType<typeof TextDecoder> | null} */
      let decoder = null
      for (const bytes of inflate(file, view, entry)) {
        whole += bytes.length
        left -= bytes.length
        if (whole > entry.whole) throw new SpreadsheetRefusal('notReadable')
        if (left < 0) throw new SpreadsheetRefusal('tooLarge')
        decoder ??= new TextDecoder(findEncoding(bytes))
        yield decoder.decode(bytes, { stream: true })
      }
    },
  }
}

/** A value that does not fit its field stands in the ZIP64 record. */
const moved = { two: 0xffff, four: 0xffffffff }

/**
 * @param {Uint8Array} file
 * @param {DataView} view
 * @returns {Map<string, Entry>}
 */
function readDirectory(file, view) {
  const { count, first } = findDirectory(file, view)
  let at = first
  /** @type {Map<string, Entry>} */
  const entries = new Map()
  for (let place = 0; place < count; place++) {
    if (at + 46 > file.length || view.getUint32(at, true) !== 0x02014b50) throw new SpreadsheetRefusal('notReadable')
    const nameLength = view.getUint16(at + 28, true)
    const extraLength = view.getUint16(at + 30, true)
    const next = at + 46 + nameLength + extraLength + view.getUint16(at + 32, true)
    if (next > file.length) throw new SpreadsheetRefusal('notReadable')
    const name = new TextDecoder().decode(file.subarray(at + 46, at + 46 + nameLength)).replaceAll('\\', '/')
    if ((view.getUint16(at + 8, true) & 1) === 1) throw new SpreadsheetRefusal('locked')
    if (entries.has(name)) throw new SpreadsheetRefusal('notReadable')
    const sizes = [at + 24, at + 20, at + 42].map((field) => view.getUint32(field, true))
    const [whole = 0, packed = 0, place64 = 0] = readLarge(view, sizes, at + 46 + nameLength, extraLength)
    entries.set(name, { method: view.getUint16(at + 10, true), packed, whole, at: place64 })
    at = next
  }
  return entries
}

/**
 * The values as they are, or as the ZIP64 record (1) of the extra field says where they were moved to it; programs in Java write it for
 * small files too.
 * @param {DataView} view
 * @param {readonly number[]} values
 * @param {number} from
 * @param {number} length
 */
function readLarge(view, values, from, length) {
  if (!values.includes(moved.four)) return values
  let at = from
  while (at + 4 <= from + length && view.getUint16(at, true) !== 1) at += 4 + view.getUint16(at + 2, true)
  at += 4
  return values.map((value) => {
    if (value !== moved.four) return value
    if (at + 8 > from + length) throw new SpreadsheetRefusal('notReadable')
    at += 8
    return Number(view.getBigUint64(at - 8, true))
  })
}

/** Where the directory begins and how many entries it has. @param {Uint8Array} file @param {DataView} view */
function findDirectory(file, view) {
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  const first = view.getUint32(end + 16, true)
  const locator = end - 20
  if ((count !== moved.two && first !== moved.four) || locator < 0 || view.getUint32(locator, true) !== 0x07064b50)
    return { count, first }
  const record = Number(view.getBigUint64(locator + 8, true))
  if (record + 56 > file.length || view.getUint32(record, true) !== 0x06064b50)
    throw new SpreadsheetRefusal('notReadable')
  return {
    count: Number(view.getBigUint64(record + 32, true)),
    first: Number(view.getBigUint64(record + 48, true)),
  }
}

/** @param {DataView} view */
function findEnd(view) {
  const first = Math.max(0, view.byteLength - 22 - 65_535)
  for (let at = view.byteLength - 22; at >= first; at--) if (view.getUint32(at, true) === 0x06054b50) return at
  throw new SpreadsheetRefusal('notReadable')
}

/**
 * @param {Uint8Array} file
 * @param {DataView} view
 * @param {Entry} entry
 * @returns {Generator<Uint8Array>}
 */
function* inflate(file, view, { method, packed, at }) {
  if (at + 30 > file.length || view.getUint32(at, true) !== 0x04034b50) throw new SpreadsheetRefusal('notReadable')
  const start = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true)
  const end = start + packed
  if (end > file.length || (method !== 0 && method !== 8)) throw new SpreadsheetRefusal('notReadable')
  /** @type {Uint8Array[]} */
  const out = []
  const stream = new Inflate((bytes) => out.push(bytes))
  for (let from = start; from < end; from += pieceBytes) {
    const piece = file.subarray(from, Math.min(from + pieceBytes, end))
    if (method === 0) yield piece
    else {
      try {
        stream.push(piece, from + pieceBytes >= end)
      } catch {
        throw new SpreadsheetRefusal('notReadable')
      }
      yield* out.splice(0)
    }
  }
}

/** @param {Uint8Array} bytes */
function findEncoding([first, second]) {
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le'
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be'
  return 'utf-8'
}
