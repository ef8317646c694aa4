import * as XLSX from '@e965/xlsx'
import { strToU8, zipSync } from 'fflate'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openFile } from './files.mjs'
import { usualLimits, type CellKind, type SheetRow } from './index.ts'

/** As the thread reads, without the thread. */
const read = (file: Uint8Array, sheet?: string): SheetRow[] => [...openFile(file, usualLimits).read(sheet)]

type Cell = { readonly t: 's' | 'n' | 'b' | 'e'; readonly v: string | number | boolean; readonly z?: string }
const errors = new Map([
  [0x07, '#DIV/0!'],
  [0x2a, '#N/A'],
  [0x17, '#REF!'],
])
const text = fc.string({
  unit: fc.constantFrom('张', '<', '&', '"', 'a', ' ', '9', '😀', ']', '\n'),
  minLength: 1,
  maxLength: 8,
})
const cell: fc.Arbitrary<Cell | null> = fc.oneof(
  text.map((v) => ({ t: 's' as const, v })),
  fc.integer({ min: -1e14, max: 1e14 }).map((v) => ({ t: 'n' as const, v })),
  fc.integer({ min: -1e9, max: 1e9 }).map((v) => ({ t: 'n' as const, v: v / 100 })),
  fc.integer({ min: 61, max: 60_000 }).map((v) => ({ t: 'n' as const, v: v + 0.25, z: 'yyyy/m/d h:mm' })),
  fc.boolean().map((v) => ({ t: 'b' as const, v })),
  fc.constantFrom(...errors.keys()).map((v) => ({ t: 'e' as const, v })),
  fc.constant(null),
)
const sheets = fc.array(fc.array(fc.array(cell, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 }), {
  minLength: 1,
  maxLength: 3,
})

const dayOf = (serial: number) =>
  new Date(Date.UTC(1899, 11, 30) + Math.floor(serial) * 86_400_000).toISOString().slice(0, 10)

function said(one: Cell | null | undefined): [string, CellKind] {
  if (!one) return ['', 'empty']
  if (one.t === 's') return [String(one.v), 'text']
  if (one.t === 'b') return [one.v === true ? 'TRUE' : 'FALSE', 'boolean']
  if (one.t === 'e') return [errors.get(Number(one.v)) ?? '', 'error']
  return one.z === undefined ? [String(one.v === 0 ? 0 : one.v), 'number'] : [dayOf(Number(one.v)), 'day']
}

function writeElsewhere(
  tables: readonly (readonly (readonly (Cell | null)[])[])[],
  options: XLSX.WritingOptions,
): Uint8Array {
  const book = XLSX.utils.book_new()
  for (const [place, rows] of tables.entries()) {
    const sheet: XLSX.WorkSheet = { '!ref': `A1:J${rows.length}` }
    for (const [line, cells] of rows.entries())
      for (const [column, one] of cells.entries())
        if (one) sheet[XLSX.utils.encode_cell({ r: line, c: column })] = { ...one }
    XLSX.utils.book_append_sheet(book, sheet, `表${place}`)
  }
  const written: Uint8Array = XLSX.write(book, { ...options, type: 'buffer' })
  return written
}

test.each([
  ['xlsx', { bookType: 'xlsx', bookSST: true, compression: true }],
  ['xlsx without shared texts', { bookType: 'xlsx' }],
  ['xlsb', { bookType: 'xlsb' }],
  ['xls', { bookType: 'biff8' }],
] as const)('random workbooks of another program are read as they were written: %s', (_name, options) => {
  fc.assert(
    fc.property(sheets, (tables) => {
      const file = writeElsewhere(tables, options)
      expect(openFile(file, usualLimits).sheets.map(({ name }) => name)).toEqual(tables.map((_, place) => `表${place}`))
      for (const [place, rows] of tables.entries()) {
        const found = new Map(read(file, `表${place}`).map((row) => [row.line, row]))
        for (const [line, cells] of rows.entries())
          for (const [column, one] of cells.entries()) {
            const row = found.get(line + 1)
            expect([row?.cells[column] ?? '', row?.kinds[column] ?? 'empty']).toEqual(said(one))
          }
      }
    }),
    { numRuns: 60 },
  )
})

test('random CSV and tab-separated files of another program are read as they were written', () => {
  const words = fc
    .string({ unit: fc.constantFrom('张', '"', ',', ' ', 'a', '\n'), maxLength: 6 })
    .map((word) => `甲${word}乙`)
  fc.assert(
    fc.property(fc.array(fc.array(words, { minLength: 3, maxLength: 3 }), { minLength: 1 }), (all) => {
      const rows = [['甲', '乙', '丙'], ...all]
      const sheet = XLSX.utils.aoa_to_sheet(rows)
      for (const FS of [',', '\t', ';']) {
        const file = strToU8(XLSX.utils.sheet_to_csv(sheet, { FS }))
        expect(read(file).map(({ cells }) => cells)).toEqual(rows)
      }
    }),
  )
})

/** A workbook of Office with a password is a container with the sealed workbook in it. */
function aContainer(parts: Record<string, Uint8Array>): Uint8Array {
  const container = XLSX.CFB.utils.cfb_new()
  for (const [name, content] of Object.entries(parts)) XLSX.CFB.utils.cfb_add(container, name, [...content])
  const written = XLSX.CFB.write(container, { type: 'buffer' })
  if (!(written instanceof Uint8Array)) throw new Error('no bytes')
  return written
}

test('files with a password are called that', () => {
  const refused = (file: Uint8Array) => expect(() => read(file)).toThrow(expect.objectContaining({ reason: 'locked' }))
  refused(
    aContainer({ EncryptedPackage: new Uint8Array(64), EncryptionInfo: new Uint8Array([4, 0, 4, 0, 64, 0, 0, 0]) }),
  )
  const old = XLSX.CFB.find(
    XLSX.CFB.read(writeElsewhere([[[{ t: 's', v: '甲' }]]], { bookType: 'biff8' }), { type: 'buffer' }),
    'Workbook',
  )
  const stream = Uint8Array.from(old?.content ?? [])
  // After the first record (BOF): FILEPASS, RC4.
  const after = 4 + (stream[2] ?? 0) + 256 * (stream[3] ?? 0)
  const pass = [0x2f, 0, 54, 0, 1, 0, 1, 0, 1, 0, ...Array<number>(48).fill(7)]
  refused(aContainer({ Workbook: Uint8Array.from([...stream.slice(0, after), ...pass, ...stream.slice(after)]) }))
  refused(
    zipSync({
      mimetype: strToU8('application/vnd.oasis.opendocument.spreadsheet'),
      'content.xml': new Uint8Array([1, 2, 3]),
      'META-INF/manifest.xml': strToU8('<manifest:manifest><manifest:encryption-data/></manifest:manifest>'),
    }),
  )
  const sealed = zipSync({ 'xl/workbook.xml': strToU8('<workbook/>') })
  const directory = Buffer.from(sealed).lastIndexOf(Buffer.from([0x50, 0x4b, 0x01, 0x02]))
  sealed[directory + 8] = 1
  refused(sealed)
})

test('what is no spreadsheet is refused as that', () => {
  const refused = (file: Uint8Array) =>
    expect(() => read(file)).toThrow(expect.objectContaining({ reason: 'notReadable' }))
  refused(strToU8('%PDF-1.7\n1 0 obj'))
  refused(strToU8('<html><body><p>登录超时，请重新登录</p></body></html>'))
  refused(zipSync({ 'word/document.xml': strToU8('<document/>') }))
  refused(aContainer({ WordDocument: new Uint8Array(64) }))
})

test('files that are held whole are smaller than others, packed or not', () => {
  const limits = { ...usualLimits, wholeBytes: 3_000 }
  const refused = (file: Uint8Array) =>
    expect(() => openFile(file, limits)).toThrow(expect.objectContaining({ reason: 'tooLarge' }))
  const table = [Array.from({ length: 9 }, (_, at): Cell => ({ t: 's', v: `甲${at}` }))]
  refused(writeElsewhere([table], { bookType: 'biff8' }))
  refused(zipSync({ 'content.xml': strToU8(' '.repeat(40_000)) }))
  refused(strToU8(`<table>${' '.repeat(4_000)}</table>`))
})

/** Moves sizes and offsets of an archive to ZIP64 records, as some programs in Java write every file. */
function toZip64(file: Uint8Array): Uint8Array {
  const bytes = Buffer.from(file)
  const end = bytes.length - 22
  const first = bytes.readUInt32LE(end + 16)
  const entries: Buffer[] = []
  let at = first
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    const nameLength = bytes.readUInt16LE(at + 28)
    const extra = Buffer.alloc(4 + 24)
    extra.writeUInt16LE(1, 0)
    extra.writeUInt16LE(24, 2)
    for (const [place, field] of [24, 20, 42].entries()) {
      extra.writeBigUInt64LE(BigInt(bytes.readUInt32LE(at + field)), 4 + place * 8)
      bytes.writeUInt32LE(0xffffffff, at + field)
    }
    bytes.writeUInt16LE(bytes.readUInt16LE(at + 30) + extra.length, at + 30)
    entries.push(bytes.subarray(at, at + 46 + nameLength), extra)
    at += 46 + nameLength
  }
  const directory = Buffer.concat(entries)
  const record = Buffer.alloc(56)
  record.writeUInt32LE(0x06064b50, 0)
  record.writeBigUInt64LE(BigInt(bytes.readUInt16LE(end + 10)), 32)
  record.writeBigUInt64LE(BigInt(first), 48)
  const locator = Buffer.alloc(20)
  locator.writeUInt32LE(0x07064b50, 0)
  locator.writeBigUInt64LE(BigInt(first + directory.length), 8)
  const tail = Buffer.from(bytes.subarray(end))
  tail.writeUInt16LE(0xffff, 10)
  tail.writeUInt32LE(0xffffffff, 16)
  return Buffer.concat([bytes.subarray(0, first), directory, record, locator, tail])
}

test('ZIP64 is read though the file is small', () => {
  const file = writeElsewhere(
    [
      [
        [
          { t: 's', v: '甲' },
          { t: 'n', v: 3 },
        ],
      ],
    ],
    { bookType: 'xlsx' },
  )
  expect(read(toZip64(file))[0]?.cells.slice(0, 2)).toEqual(['甲', '3'])
})
