import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { SpreadsheetRefusal, readSpreadsheet, type SheetRow } from './index.ts'

const open = (name: string) => readFileSync(new URL(`cases/${name}`, import.meta.url))

async function read(name: string, sheet?: string): Promise<SheetRow[]> {
  const rows: SheetRow[] = []
  for await (const row of readSpreadsheet(open(name), sheet === undefined ? {} : { sheet })) rows.push(row)
  return rows.filter(({ cells }) => cells.some((cell) => cell.trim() !== ''))
}

const head = ['姓名', '身份证号', '入会日期', '告知同意日期', '手机号']
const members = [
  ['测试甲', '110105198003071234', '2026-01-15', '2026-01-15', '13800138000'],
  ['古丽·测试', '513221199011120451', '2026-02-01', '2026-02-01', '13900139000'],
  ['测𬭊', '650102198502280037', '2026-03-05', '2026-03-05', ''],
]
const padded = (row: SheetRow) => Array.from({ length: 5 }, (_, place) => (row.cells[place] ?? '').trim())

const registers: Record<string, number> = {
  'exceljs-1904.xlsx': 1,
  'exceljs-blank-tail.xlsx': 1,
  'exceljs-dates.xlsx': 1,
  'exceljs-datetime.xlsx': 1,
  'exceljs-formula.xlsx': 1,
  'exceljs-hidden-first.xlsx': 1,
  'exceljs-hyperlink.xlsx': 1,
  'exceljs-title-above.xlsx': 3,
  'exceljs-two-row-head.xlsx': 2,
  'hand-abs-target.xlsx': 1,
  'hand-backslash.xlsx': 1,
  'hand-cdata.xlsx': 1,
  'hand-inline.xlsx': 1,
  'hand-iso-dates.xlsx': 1,
  'hand-no-r.xlsx': 1,
  'hand-odd-folder.xlsx': 1,
  'hand-prefix-x.xlsx': 1,
  'hand-sheet-order.xlsx': 1,
  'hand-sheet11.xlsx': 1,
  'hand-single-quotes.xlsx': 1,
  'hand-sst-capital.xlsx': 1,
  'hand-sst-empty-v.xlsx': 1,
  'hand-sst-no-v.xlsx': 1,
  'hand-sst-selfclosed-si.xlsx': 1,
  'hand-sst.xlsx': 1,
  'hand-stored.xlsx': 1,
  'hand-unordered-cells.xlsx': 1,
  'hand-utf16.xlsx': 1,
  'hand-x000d.xlsx': 1,
  'lo-exceljs-dates.xlsx': 1,
  'sheetjs.biff8': 1,
  'sheetjs.html': 1,
  'sheetjs.ods': 1,
  'sheetjs.xlml': 1,
  'sheetjs.xlsb': 1,
  'sheetjs.xlsx': 1,
  'sheetjs.xlsm': 1,
  'sheetjs-sst.xlsx': 1,
  'apostrophe.csv': 1,
  'cr-only.csv': 1,
  'formula-guard.csv': 1,
  'formula-guard-quoted.csv': 1,
  'fullcomma.csv': 1,
  'gb18030.csv': 1,
  'gbk-tab.txt': 1,
  'semicolon.csv': 1,
  'sep-line.csv': 2,
  'sheetjs.csv': 1,
  'space-after-comma.csv': 1,
  'tab-guard.csv': 1,
  'tab-utf8.txt': 1,
  'utf16le-tab.txt': 1,
  'utf8.csv': 1,
  'utf8bom.csv': 1,
}

test.each(Object.entries(registers))('%s holds its three persons below line %i', async (name, line) => {
  const rows = await read(name)
  const first = rows.findIndex((row) => row.line === line)
  expect(rows.slice(first).map(padded)).toEqual([head, ...members])
  expect(rows.slice(first).map((row) => row.line)).toEqual([line, line + 1, line + 2, line + 3])
})

test('lines are those that a person sees', async () => {
  expect((await read('hand-empty-row-selfclosed.xlsx')).map(({ line }) => line)).toEqual([1, 3, 4, 5])
  expect((await read('exceljs-head-merged-down.xlsx')).map(({ line }) => line)).toEqual([1, 3, 4, 5])
  expect((await read('list-13-title-rows.csv')).at(-1)?.line).toBe(15)
})

test('a sheet is read by its name, the first that is shown without one', async () => {
  expect((await read('exceljs-notes-first.xlsx', '会员')).map(padded)).toEqual([head, ...members])
  await expect(read('exceljs-dates.xlsx', '没有')).rejects.toMatchObject({ reason: 'noSheet' })
})

test('numbers as Java writes them are whole, formulas that failed are no text, and each cell says what it was', async () => {
  const [, , , first] = await read('list-poi-double.xlsx')
  expect(first?.cells).toContain('1250')
  expect(first?.cells).toContain('510100')
  const [, second] = await read('exceljs-error-name.xlsx')
  expect([second?.cells[0], second?.kinds[0]]).toEqual(['#N/A', 'error'])
  const [, dated] = await read('exceljs-dates.xlsx')
  expect(dated?.kinds.slice(0, 4)).toEqual(['text', 'text', 'day', 'day'])
  const [, number] = await read('num-ids-plain.xlsx')
  expect(number?.kinds[1]).toBe('number')
})

test('a list below its titles is read with its own separator', async () => {
  expect((await read('list-tabs.txt'))[3]?.cells.slice(0, 2)).toEqual(['91510000MA0000001F', '测试甲有限公司'])
})

test.each(['swollen.xlsx', 'swollen2.xlsx'])('SEC-H1 %s is refused before it swells', async (name) => {
  const before = process.memoryUsage().rss
  await expect(read(name)).rejects.toMatchObject({ reason: 'tooLarge' })
  expect(process.memoryUsage().rss - before).toBeLessThan(100_000_000)
})

test('a broken sign is named by its line', async () => {
  await expect(read('badbyte-utf8.csv')).rejects.toEqual(new SpreadsheetRefusal('badSign', 5))
})
