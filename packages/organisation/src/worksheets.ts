import { Unzip, UnzipInflate } from 'fflate'
import { DomainError } from '@gonglian/tenancy'

/** A row of a file: its line as a person counts (1 is the first), and the text of its cells. */
export type SheetRow = { readonly line: number; readonly cells: readonly string[] }

/** What a file may swell to; a real register of 100,000 members is far below. */
const inflatedLimit = 400_000_000
/** Compressed bytes handed on at a time: what is in memory of the sheet is what these swell to. */
const chunkBytes = 32 * 1024

const refuse = (key: string) => new DomainError('invalid', key)

/** The parts of the archive with these names, in pieces, as they are inflated. */
function* inflate(file: Uint8Array, wanted: (name: string) => boolean): Generator<{ name: string; text: string }> {
  const pieces: { name: string; text: string }[] = []
  let bytes = 0
  const unzip = new Unzip((part) => {
    if (!wanted(part.name)) return
    const decoder = new TextDecoder()
    part.ondata = (error, data, final) => {
      if (error) throw refuse('organisation.import.notReadable')
      bytes += data.length
      if (bytes > inflatedLimit) throw refuse('organisation.import.tooLarge')
      pieces.push({ name: part.name, text: decoder.decode(data, { stream: !final }) })
    }
    part.start()
  })
  unzip.register(UnzipInflate)
  for (let at = 0; at < file.length; at += chunkBytes) {
    unzip.push(file.subarray(at, at + chunkBytes), at + chunkBytes >= file.length)
    yield* pieces.splice(0)
  }
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
function decodeXml(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll(/&(#x[0-9a-f]{1,6}|#\d{1,7}|\w+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return entities[name] ?? whole
    const code = name[1] === 'x' || name[1] === 'X' ? parseInt(name.slice(2), 16) : Number(name.slice(1))
    return code <= 0x10ffff ? String.fromCodePoint(code) : ''
  })
}

/** What stands between <t> and </t>, without the phonetic readings some programs add. */
function readTexts(xml: string): string {
  let text = ''
  for (const [, , inner = ''] of xml.replaceAll(/<rPh\b.*?<\/rPh>/gs, '').matchAll(/<t(\s[^>]*)?>(.*?)<\/t>/gs))
    text += decodeXml(inner)
  return text
}

function* readElements(pieces: Iterable<{ text: string }>, name: string): Generator<string> {
  let rest = ''
  const end = `</${name}>`
  for (const { text } of pieces) {
    rest += text
    let from = 0
    for (;;) {
      const close = rest.indexOf(end, from)
      if (close < 0) break
      const open = rest.indexOf(`<${name}`, from)
      yield rest.slice(open, close)
      from = close + end.length
    }
    rest = rest.slice(from)
    if (rest.length > 8_000_000) throw refuse('organisation.import.notReadable')
  }
}

/** "AB12" -> 27 */
function columnOf(reference: string): number {
  let column = 0
  for (let at = 0; at < reference.length; at++) {
    const letter = reference.charCodeAt(at) - 64
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return column - 1
}

const cellPattern = /<c\b([^>]*?)(?:\/>|>(.*?)<\/c>)/gs
const referencePattern = /\br="([A-Z]+)\d+"/
const typePattern = /\bt="(\w+)"/

function readCells(row: string, shared: readonly string[]): string[] {
  const cells: string[] = []
  for (const [, attributes = '', inner = ''] of row.matchAll(cellPattern)) {
    const reference = referencePattern.exec(attributes)?.[1]
    const column = reference === undefined ? cells.length : columnOf(reference)
    if (column > 200) continue
    while (cells.length < column) cells.push('')
    const type = typePattern.exec(attributes)?.[1]
    if (type === 'inlineStr') cells.push(readTexts(inner))
    else {
      const value = decodeXml(/<v[^>]*>(.*?)<\/v>/s.exec(inner)?.[1] ?? '')
      cells.push(type === 's' ? (shared[Number(value)] ?? '') : value)
    }
  }
  return cells
}

/**
 * The rows of the first sheet of an Excel workbook, one after the other: in memory are the compressed file, the table of shared texts and
 * one piece of the sheet, however long it is. Numbers come as they are stored; a date is then the number of its day.
 *
 * @throws DomainError invalid organisation.import.notReadable, .tooLarge
 */
export function* readXlsx(file: Uint8Array): Generator<SheetRow> {
  if (file[0] !== 0x50 || file[1] !== 0x4b) throw refuse('organisation.import.notReadable')
  const shared: string[] = []
  for (const element of readElements(
    inflate(file, (name) => name === 'xl/sharedStrings.xml'),
    'si',
  ))
    shared.push(readTexts(element))
  let first = ''
  const isFirst = (name: string) => {
    if (!/^xl\/worksheets\/[^/]+\.xml$/.test(name)) return false
    first ||= name
    return name === first || /sheet1\.xml$/.test(name)
  }
  const names = new Set<string>()
  for (const { name } of inflate(file, isFirst)) {
    names.add(name)
    if (/sheet1\.xml$/.test(name)) break
  }
  const sheet = [...names].find((name) => /sheet1\.xml$/.test(name)) ?? [...names][0]
  if (sheet === undefined) throw refuse('organisation.import.notReadable')
  let line = 0
  for (const row of readElements(
    inflate(file, (name) => name === sheet),
    'row',
  )) {
    const stated = /^<row\b[^>]*?\br="(\d+)"/.exec(row)?.[1]
    line = stated === undefined ? line + 1 : Number(stated)
    yield { line, cells: readCells(row, shared) }
  }
}

/**
 * The rows of a CSV file (RFC 4180): UTF-8 with or without BOM, else GB 18030, as Excel on Chinese Windows writes it. A line is counted as a
 * person sees it in Excel: a quoted line break does not begin another.
 */
export function* readCsv(file: Uint8Array): Generator<SheetRow> {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(file)
  } catch {
    text = new TextDecoder('gb18030').decode(file)
  }
  if (text.includes('\0')) throw refuse('organisation.import.notReadable')
  let cells: string[] = []
  let cell = ''
  let quoted = false
  let line = 1
  for (let at = 0; at <= text.length; at++) {
    const sign = text[at]
    if (quoted && sign !== undefined) {
      if (sign !== '"') cell += sign
      else if (text[at + 1] === '"') cell += text[++at] ?? ''
      else quoted = false
    } else if (sign === '"' && cell === '') quoted = true
    else if (sign === ',' || sign === '\n' || sign === undefined) {
      cells.push(cell.endsWith('\r') ? cell.slice(0, -1) : cell)
      cell = ''
      if (sign === ',') continue
      if (cells.length > 1 || cells[0] !== '') yield { line, cells }
      cells = []
      line += 1
    } else cell += sign
  }
}
