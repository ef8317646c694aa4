import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { openTable, readCells, isTotalRow, type Column, type TableOptions } from './index.ts'

const open = (name: string) => readFileSync(new URL(`cases/${name}`, import.meta.url))

type MemberKey = 'name' | 'idNumber' | 'joinedOn' | 'consentOn' | 'mobile'
const memberColumns: readonly Column<MemberKey>[] = [
  { key: 'name', names: ['姓名', '会员姓名'], holds: 'text', isRequired: true },
  { key: 'idNumber', names: ['身份证号', '身份证号码'], holds: 'digits', isRequired: true },
  { key: 'joinedOn', names: ['入会日期', '入会时间'], holds: 'day', isRequired: true },
  { key: 'consentOn', names: ['告知同意日期'], holds: 'day', isRequired: true },
  { key: 'mobile', names: ['手机号', '联系电话'], holds: 'digits' },
]

async function readMembers(name: string, options: TableOptions<MemberKey> = {}) {
  const table = await openTable(open(name), memberColumns, options)
  const good: string[][] = []
  const faulty: string[] = []
  const lines: number[] = []
  for await (const row of table.rows()) {
    lines.push(row.line)
    if (isTotalRow(row)) {
      faulty.push(`total ${row.line}`)
      continue
    }
    const { values, faults } = readCells(row, memberColumns)
    faulty.push(...faults.map(({ cell, rule, value }) => `${cell} ${rule} ${value}`))
    if (faults.length === 0) good.push(memberColumns.map(({ key }) => values.get(key) ?? ''))
  }
  return { table, good, faulty, lines }
}

const members = [
  ['测试甲', '110105198003071234', '2026-01-15', '2026-01-15', '13800138000'],
  ['古丽·测试', '513221199011120451', '2026-02-01', '2026-02-01', '13900139000'],
  ['测𬭊', '650102198502280037', '2026-03-05', '2026-03-05', ''],
]

test.each([
  ['exceljs-title-above.xlsx', [4, 5, 6]],
  ['exceljs-two-row-head.xlsx', [3, 4, 5]],
  ['exceljs-head-merged-down.xlsx', [3, 4, 5]],
  ['exceljs-hidden-first.xlsx', [2, 3, 4]],
  ['exceljs-notes-first.xlsx', [2, 3, 4]],
  ['exceljs-synonyms.xlsx', [2, 3, 4]],
  ['exceljs-rich.xlsx', [2, 3, 4]],
  ['exceljs-blank-tail.xlsx', [2, 3, 4]],
  ['hand-poi-numbers.xlsx', [2, 3, 4]],
  ['hand-sheet-order.xlsx', [2, 3, 4]],
  ['sheetjs.biff8', [2, 3, 4]],
  ['lo-dates.xls', [2, 3, 4]],
  ['lo-dates.ods', [2, 3, 4]],
])('%s is three good members in the lines %j', async (name, wanted) => {
  const { good, faulty, lines } = await readMembers(name)
  expect(faulty).toEqual([])
  expect(good).toEqual(members)
  expect(lines).toEqual(wanted)
})

test.each([
  ['num-ids-plain.xlsx', ['B2', 'B3', 'B4', 'B5', 'B6']],
  ['num-ids-excel.xlsx', ['B2', 'B3', 'B4', 'B5', 'B6']],
  ['exceljs-idnumber-as-number.xlsx', ['B2', 'B3', 'B4']],
  ['sci.csv', ['B2', 'B3', 'B4']],
])('%s has lost the digits of its numbers, and every one is refused', async (name, cells) => {
  const { good, faulty } = await readMembers(name)
  expect(good).toEqual([])
  expect(faulty.map((fault) => fault.split(' ').slice(0, 2))).toEqual(cells.map((cell) => [cell, 'digitsLost']))
})

test('an error cell, an empty cell and a line of totals are named', async () => {
  expect((await readMembers('exceljs-error-name.xlsx')).faulty).toEqual(['A2 errorCell #N/A'])
  expect((await readMembers('exceljs-emptystring.xlsx')).faulty).toEqual(['B2 required '])
  expect(await readMembers('exceljs-total-row.xlsx')).toMatchObject({ good: members, faulty: ['total 5'] })
})

test('dates-various.csv: every day that is one, the others with the reason', async () => {
  const { good, faulty } = await readMembers('dates-various.csv')
  expect(good.map((cells) => cells[2])).toEqual(Array(13).fill('2026-01-05'))
  expect(faulty).toEqual([
    'C10 dayPart 2026年1月',
    'C11 dayPart 2026-01',
    'C12 dayOrder 05/01/2026',
    'C13 dayOrder 1/5/26',
    'C14 dayOrder 26-1-5',
    'C18 noSuchDay 2026-02-30',
  ])
})

test('the sheets are told, and the one that somebody chose is read, with the places that somebody chose', async () => {
  const { table, good } = await readMembers('exceljs-notes-first.xlsx')
  expect(table.sheets.map(({ name }) => name)).toEqual(['填表说明', '会员'])
  expect(table.sheet).toBe('会员')
  expect(good).toEqual(members)
  const notes = await readMembers('exceljs-notes-first.xlsx', { sheet: '填表说明' })
  expect(notes.table.head).toBeNull()
  const turned = await readMembers('utf8.csv', { mapping: new Map([['joinedOn', 3]]) })
  expect(turned.table.head?.missing).toEqual(['consentOn'])
})

type ListKey = 'code' | 'name' | 'area' | 'heads' | 'women'
const listColumns: readonly Column<ListKey>[] = [
  { key: 'code', names: ['纳税人识别号'], holds: 'digits' },
  { key: 'name', names: ['纳税人名称'], holds: 'text', isRequired: true },
  { key: 'area', names: ['行政区划代码'], holds: 'digits' },
  { key: 'heads', names: ['职工人数'], holds: 'count' },
  { key: 'women', names: ['其中女职工'], holds: 'count' },
]
const employers = [
  ['91510000MA0000001F', '测试甲有限公司', '510100', '1250', '300'],
  ['915110007090000124', '测试乙厂', '513221', '80', ''],
  ['915100002000000039', '测试丙店', '510100', '3', '1'],
]

async function readEmployers(name: string) {
  const table = await openTable(open(name), listColumns)
  const good: string[][] = []
  const faulty: string[] = []
  for await (const row of table.rows()) {
    const { values, faults } = readCells(row, listColumns)
    faulty.push(...faults.map(({ cell, rule, value }) => `${cell} ${rule} ${value}`))
    if (faults.length === 0) good.push(listColumns.map(({ key }) => values.get(key) ?? ''))
  }
  return { good, faulty }
}

test.each([
  ...['list-13-title-rows.csv', 'list-poi-double.xlsx', 'list-sheetjs.biff8', 'list-sheetjs.html', 'list-sheetjs.ods'],
  ...['list-sheetjs.xlml', 'list-sheetjs.xlsb', 'list-sheetjs.xlsx', 'list-tabs.txt', 'list-utf8.csv'],
])('%s is three employers', async (name) => {
  expect(await readEmployers(name)).toEqual({ good: employers, faulty: [] })
})

test('lists with cells that failed or lost their digits name them', async () => {
  expect((await readEmployers('list-error-cells.xlsx')).faulty[0]).toBe('B4 errorCell #N/A')
  expect((await readEmployers('list-excel-numeric-code.csv')).faulty).toEqual(['A2 digitsLost 9.15100E+17'])
  expect((await readEmployers('list-sst-empty-v.xlsx')).good.map(([, name]) => name)).toContain('测试丙店')
})

test('what other programs had lost before is not made up', async () => {
  // Written without the code page, or as the lower halves of its signs: the Chinese is gone.
  expect((await readMembers('lo-utf8bom.xlsx')).table.head).toBeNull()
  expect((await readMembers('sheetjs.biff5')).table.head).toBeNull()
  await expect(readMembers('sheetjs.txt')).rejects.toMatchObject({ reason: 'badSign' })
})
