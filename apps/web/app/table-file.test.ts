import fc from 'fast-check'
import { crc32, inflateRawSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { sendTable, type FileColumn } from './table-file.ts'

type Line = { readonly name: string; readonly value: number | bigint | null }
const columns: readonly FileColumn<Line>[] = [
  { title: '单位', value: (line) => line.name },
  { title: '会员数（人）', value: (line) => line.value },
]

async function ask(kind: 'csv' | 'xlsx', lines: readonly Line[], name = '台账') {
  const response = sendTable({ request: new Request(`http://x/list/export.${kind}?q=1`) }, name, columns, lines)
  return { response, bytes: Buffer.from(await response.arrayBuffer()) }
}

/** Reads an archive by its directory, as office programs do, and checks every sum in it. */
function readZip(bytes: Buffer): Map<string, string> {
  const end = bytes.length - 22
  expect(bytes.readUInt32LE(end)).toBe(0x06054b50)
  const files = new Map<string, string>()
  let at = bytes.readUInt32LE(end + 16)
  for (let left = bytes.readUInt16LE(end + 10); left > 0; left--) {
    expect(bytes.readUInt32LE(at)).toBe(0x02014b50)
    const [crc, packed, size] = [16, 20, 24].map((place) => bytes.readUInt32LE(at + place))
    const nameLength = bytes.readUInt16LE(at + 28)
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength)
    const local = bytes.readUInt32LE(at + 42)
    expect(bytes.readUInt32LE(local)).toBe(0x04034b50)
    const content = local + 30 + bytes.readUInt16LE(local + 26)
    const text = inflateRawSync(bytes.subarray(content, content + (packed ?? 0)))
    expect([text.length, crc32(text)]).toEqual([size, crc])
    files.set(name, text.toString('utf8'))
    at += 46 + nameLength
  }
  return files
}

const readSheet = async (lines: readonly Line[], name?: string) =>
  readZip((await ask('xlsx', lines, name)).bytes).get('xl/worksheets/sheet1.xml') ?? ''

test('the ending of the address decides what comes, with its type and name', async () => {
  const csv = await ask('csv', [])
  expect(csv.response.headers.get('content-type')).toContain('text/csv')
  expect(csv.response.headers.get('content-disposition')).toContain(
    `filename*=UTF-8''${encodeURIComponent('台账.csv')}`,
  )
  const xlsx = await ask('xlsx', [])
  expect(xlsx.response.headers.get('content-type')).toContain('spreadsheetml')
  expect(xlsx.response.headers.get('content-disposition')).toContain(encodeURIComponent('台账.xlsx'))
})

test.each([
  ['../../etc/passwd', '-..-etc-passwd.csv'],
  ['..\\..\\台账', '-..-台账.csv'],
  ['C:\\a|b?c*d<e>f"g', 'C--a-b-c-d-e-f-g.csv'],
  ['\u202egpj.台账\u0000\r\n', 'gpj.台账.csv'],
  [' .台账. ', '台账.csv'],
  ['\ud800', 'export.csv'],
  ['账'.repeat(300), `${'账'.repeat(80)}.csv`],
])('SEC-L a file called %j is saved as one file in one folder', async (name, saved) => {
  const { response } = await ask('csv', [], name)
  expect(response.headers.get('content-disposition')).toBe(
    `attachment; filename="export.csv"; filename*=UTF-8''${encodeURIComponent(saved)}`,
  )
})

test('figures stay figures, what no double holds stays its digits, missing is an empty cell', async () => {
  const sheet = await readSheet([
    { name: '威州镇', value: 84.94 },
    { name: '映秀镇', value: null },
    { name: '卧龙镇', value: 12345678901234567890n },
  ])
  expect(sheet).toContain('<c r="B2"><v>84.94</v></c>')
  expect(sheet).not.toContain('r="B3"')
  expect(sheet).toContain('<c r="B4" t="inlineStr"><is><t>12345678901234567890</t></is></c>')
})

test('names with signs of XML, formulas, control characters and emoji arrive as text', async () => {
  const sheet = await readSheet([{ name: '=1+1 <a & "b">\u0007\uD800 😀', value: 0 }])
  expect(sheet).toContain('<c r="A2" t="inlineStr"><is><t>=1+1 &lt;a &amp; &quot;b&quot;&gt;\uFFFD 😀</t></is></c>')
  expect(sheet).toContain('<c r="B2"><v>0</v></c>')
})

test('a sheet has a name that spreadsheets take, whatever the list is called', async () => {
  for (const name of ['a/b:c*d?e[f]', '甲'.repeat(60), "''", '']) {
    const book = readZip((await ask('xlsx', [], name)).bytes).get('xl/workbook.xml') ?? ''
    const [, given = ''] = /<sheet name="([^"]*)"/.exec(book) ?? []
    expect(given).toMatch(/^[^[\]:*?/\\]{1,31}$/)
  }
})

test('any number of rows comes whole and in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 0, max: 1700 }), async (count) => {
      const sheet = await readSheet(Array.from({ length: count }, (_, value) => ({ name: `乡${value}`, value })))
      const found = [...sheet.matchAll(/<c r="B(\d+)"><v>(\d+)<\/v>/g)].map(
        ([, row, value]) => Number(row) - 2 - Number(value),
      )
      expect(found).toEqual(Array(count).fill(0))
    }),
    { numRuns: 8 },
  )
})
