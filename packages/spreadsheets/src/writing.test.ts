import * as XLSX from '@e965/xlsx'
import fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import {
  readSpreadsheet,
  writeFaultyRows,
  writeSheets,
  writeWorkbook,
  writeWorkbookLines,
  type CellValue,
} from './index.ts'
import { nameColumn, writeCsv, writeFigure } from './writing.ts'

async function gather(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = []
  for await (const piece of pieces) parts.push(piece)
  return Buffer.concat(parts)
}

/** Reads a file as another program does. */
const readElsewhere = (file: Buffer) => XLSX.read(file, { cellNF: true, cellStyles: true })
const firstSheet = (book: XLSX.WorkBook) => book.Sheets[book.SheetNames[0] ?? ''] ?? {}
const cellOf = (sheet: XLSX.WorkSheet, reference: string): XLSX.CellObject | undefined => sheet[reference]
const write = (values: readonly CellValue[]) =>
  gather(writeWorkbook('表', [{ title: '值', value: (value: CellValue) => value }], values))

test('figures are numbers with their decimals, days are days, what has more than fifteen digits stays its digits', async () => {
  const sheet = firstSheet(
    readElsewhere(
      await write([
        84.94,
        { value: 8494, scale: 2 },
        { value: -5n, scale: 2 },
        { day: '2026-01-15' },
        12345678901234567890n,
        '110105198003071234',
        { value: 1234567890123456n, scale: 2 },
        { value: 100_000_000_000_000n, scale: 2 },
      ]),
    ),
  )
  const cells = [2, 3, 4, 5, 6, 7, 8, 9].map((line) => cellOf(sheet, `A${line}`))
  expect(cells.map((cell) => [cell?.t, cell?.v])).toEqual([
    ['n', 84.94],
    ['n', 84.94],
    ['n', -0.05],
    ['n', 46037],
    ['s', '12345678901234567890'],
    ['s', '110105198003071234'],
    ['s', '12345678901234.56'],
    ['n', 1_000_000_000_000],
  ])
  expect(cells.map((cell) => cell?.z).slice(1, 4)).toEqual(['0.00', '0.00', 'yyyy-mm-dd'])
})

test('a template has drop-downs, comments, a frozen head and columns that keep digits', async () => {
  const file = await gather(
    writeWorkbook(
      '会员',
      [
        { title: '姓名', value: () => '测试甲', rule: '必填，不超过 60 字' },
        { title: '身份证号', value: () => '110105198003071234', holds: 'text', rule: '18 位' },
        { title: '类别', value: () => '农民工', choices: ['普通职工', '农民工', '带,逗号 & "引号"'] },
        { title: '户籍', value: () => '农村', choices: ['城镇', '农村'] },
      ],
      [{}],
    ),
  )
  const book = readElsewhere(file)
  expect(book.SheetNames).toEqual(['会员', 'lists'])
  expect(book.Workbook?.Sheets?.map(({ Hidden }) => Hidden)).toEqual([0, 1])
  expect(cellOf(firstSheet(book), 'A1')?.c?.[0]?.t).toBe('必填，不超过 60 字')
  expect(cellOf(firstSheet(book), 'B1')?.c?.[0]?.t).toBe('18 位')
  const lists = book.Sheets['lists'] ?? {}
  expect(XLSX.utils.sheet_to_json(lists, { header: 1 })).toEqual([
    ['普通职工', '城镇'],
    ['农民工', '农村'],
    ['带,逗号 & "引号"'],
  ])
  const xml = strFromU8(unzipSync(file)['xl/worksheets/sheet1.xml'] ?? new Uint8Array())
  expect(xml).toContain(
    '<dataValidation type="list" allowBlank="1" showErrorMessage="1" sqref="C2:C10001"><formula1>lists!$A$1:$A$3</formula1>',
  )
  expect(xml).toContain('sqref="D2:D10001"><formula1>lists!$B$1:$B$2</formula1>')
  expect(xml).toContain('<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>')
  expect(xml).toContain('<col min="2" max="2" width="20" customWidth="1" style="4"/>')
})

test('names of sheets are such as spreadsheets take, and no two alike', async () => {
  const sheet = (name: string) => ({
    name,
    frozen: 0,
    columns: [],
    lines: [[{ cells: ['甲'] }]],
    choices: [],
    notes: [],
  })
  const names = ['a/b:c*d?e[f]', '甲'.repeat(60), '甲'.repeat(60), "''", '', 'A', 'a']
  const book = readElsewhere(await gather(writeSheets(names.map(sheet))))
  for (const name of book.SheetNames) expect(name).toMatch(/^[^[\]:*?/\\]{1,31}$/)
  expect(new Set(book.SheetNames.map((name) => name.toLowerCase())).size).toBe(names.length)
})

test('lines that come piece by piece: the first frozen ones are the head', async () => {
  async function* pieces() {
    yield [
      ['编号', 1],
      ['姓名', '人数'],
    ]
    yield [['甲', 3]]
    await Promise.resolve()
    yield []
    yield [['乙', null]]
  }
  const sheet = firstSheet(readElsewhere(await gather(writeWorkbookLines('导出', pieces(), { frozen: 2, columns: 2 }))))
  expect(XLSX.utils.sheet_to_json(sheet, { header: 1 })).toEqual([['编号', 1], ['姓名', '人数'], ['甲', 3], ['乙']])
})

test('faulty rows are written with their lines and reasons, as they stood', async () => {
  const rows = [
    { line: 7, cells: ['测试甲', '1.10105E+17'], places: [1], reasons: ['身份证号：数字已丢失', '缺手机号'] },
  ]
  const titles = { sheet: '未通过', line: '行号', reasons: '原因', columns: ['姓名', '身份证号'] }
  const sheet = firstSheet(readElsewhere(await gather(writeFaultyRows(titles, rows))))
  expect(XLSX.utils.sheet_to_json(sheet, { header: 1 })).toEqual([
    ['行号', '原因', '姓名', '身份证号'],
    [7, '身份证号：数字已丢失；缺手机号', '测试甲', '1.10105E+17'],
  ])
})

const text = fc.string({
  unit: fc.constantFrom('张', '<', '&', '"', 'a', ' ', '9', '😀', ']', '=', '\n', '\r', '\t', '_x0041_', '\u0007', '﷐'),
  maxLength: 8,
})
const value = fc.oneof(
  text,
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.record({ value: fc.integer(), scale: fc.integer({ min: 0, max: 8 }) }),
  fc.constant(null),
)

test('what is written reads back equal in another program and here (property)', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.array(value, { minLength: 3, maxLength: 3 }), { maxLength: 20 }), async (rows) => {
      const columns = [0, 1, 2].map((place) => ({ title: `列${place}`, value: (row: CellValue[]) => row[place] }))
      const file = await gather(writeWorkbook('表', columns, rows))
      const sheet = firstSheet(readElsewhere(file))
      const said = (one: CellValue): string | number | undefined => {
        if (one === null || one === undefined || one === '') return undefined
        if (typeof one === 'string') return one.replaceAll('\u0007', '') || undefined
        return typeof one === 'object' && 'scale' in one ? Number(writeFigure(one)) : Number(one)
      }
      const here = new Map<string, string>()
      for await (const row of readSpreadsheet(file))
        for (const [place, cell] of row.cells.entries())
          if (cell !== '') here.set(`${nameColumn(place)}${row.line}`, cell)
      for (const [line, row] of rows.entries())
        for (const [place, one] of row.entries()) {
          const reference = `${nameColumn(place)}${line + 2}`
          const wanted = said(one)
          const found = cellOf(sheet, reference)?.v
          // The other program joins CR and LF.
          const joined = (one: unknown) => (typeof one === 'string' ? one.replaceAll('\r\n', '\n') : one)
          expect(joined(found === '' ? undefined : found)).toBe(joined(wanted === 0 ? 0 : wanted))
          const own = here.get(reference)
          if (typeof wanted === 'number') expect(Number(own)).toBe(wanted)
          else expect(own).toBe(wanted)
        }
    }),
    // Each run begins a thread.
    { numRuns: 15 },
  )
})

test('columns are named as in a spreadsheet', () => {
  expect([0, 25, 26, 51, 52, 701, 702].map(nameColumn)).toEqual(['A', 'Z', 'AA', 'AZ', 'BA', 'ZZ', 'AAA'])
})

const csv = (name: CellValue) => writeCsv([{ title: '名称', value: () => name }], [{}]).split('\r\n')[1]

test('CSV begins with the mark of UTF-8 and ends its lines as RFC 4180 says', () => {
  expect(writeCsv([{ title: '名称', value: (row: string) => row }], ['汶川县总工会'])).toBe(
    '\uFEFF名称\r\n汶川县总工会\r\n',
  )
})

test.each([
  ['a,b', '"a,b"'],
  ['说"好"', '"说""好"""'],
  ['两\n行', '"两\n行"'],
  [null, ''],
  [0, '0'],
  [-3, '-3'],
  [{ value: -5, scale: 2 }, '-0.05'],
  [{ day: '2026-01-15' }, '2026-01-15'],
])('CSV writes %j as %j', (one, written) => expect(csv(one)).toBe(written))

test.each([
  ...['=1+1', '+cmd', '@SUM(A1)', '-2+3', '\t=1', '=HYPERLINK("x")', '＝1+1', '＋1+1', '－1+1', '＠SUM(A1)'],
  ...['\u200b=1+1', '\u3000=1+1', '\u202e\u00a0=1+1'],
])('CSV lets %j run nowhere', (one) => {
  expect(csv(one)?.replace(/^"/, '')).toMatch(/^'/)
})

test.each(['-12.5', '+3', '-12.50%'])('CSV leaves the signed number %j a number', (one) => expect(csv(one)).toBe(one))
