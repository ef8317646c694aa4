import { DomainError, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { cleanText, hasLostDigits, isTotalRow, type Column, type TableRow } from '@gonglian/spreadsheets'
import { z } from 'zod'
import { AppendRows, ImportList, RawRow, appendRows, importList } from './lists.ts'
import { openUpload } from '../imports/uploads.ts'

/** How offices head their columns. */
const heads: Readonly<Record<keyof z.output<typeof RawRow>, readonly string[]>> = {
  creditCode: ['统一社会信用代码', '社会信用代码', '信用代码', '纳税人识别号', '税号', 'credit code'],
  name: ['单位名称', '企业名称', '纳税人名称', '市场主体名称', '用人单位', '名称', 'name', 'employer'],
  areaCode: ['行政区划代码', '地区代码', '区划代码', 'area code'],
  address: ['地址', '注册地址', '经营地址', '生产经营地址', '住所', 'address'],
  park: ['园区', '所在园区', '开发区', 'park'],
  industry: ['行业门类', '行业代码', '行业', 'industry'],
  ownership: ['登记注册类型', '企业类型', '所有制', '经济类型', 'ownership'],
  unitClass: ['单位类别', '单位类型', '单位性质', 'class of unit'],
  headcount: ['职工人数', '从业人数', '从业人员数', '缴费人数', '参保人数', '人数', 'employees', 'headcount'],
  femaleCount: ['女职工人数', '其中女职工', '女职工', 'women'],
}
type ListKey = keyof typeof heads
const keys = RawRow.keyof().options
const listColumns: readonly Column<ListKey>[] = keys.map((key) => ({
  key,
  names: heads[key],
  holds: key === 'creditCode' || key === 'areaCode' ? 'digits' : 'text',
  isRequired: key === 'name',
}))

export const ImportListFile = ImportList.omit({ rows: true }).extend({
  /** The file in base64. */
  content: z.base64().min(4).max(24_000_000),
})

/** Rows of one file; a longer register comes in several. */
const most = 60_000
/** Signs that a list takes of a cell. */
const cellLength = { name: 300, address: 300 } as const

const unreadable = (key: string) => new DomainError('invalid', key, { fields: [{ path: 'content', key }] })

/**
 * The rows of a list as the tax office or the market registry sends it: its head stands in one of the first twenty rows (a title above is
 * usual). Columns nobody knows are left out, a line of totals is no row.
 *
 * @throws DomainError invalid organisation.list.noName when no column holds the names, organisation.list.noRows
 */
export async function readListFile(file: Uint8Array): Promise<z.output<typeof RawRow>[]> {
  const table = await openUpload(file, listColumns, { rows: 2 * most, seconds: 20 })
  if (table.head === null || table.head.missing.length > 0) {
    await table.close()
    throw unreadable('organisation.list.noName')
  }
  const known = new Set(table.head.matches.map(({ key }) => key))
  const rows: z.output<typeof RawRow>[] = []
  for await (const line of table.rows()) {
    if (isTotalRow(line)) continue
    const row: Partial<Record<ListKey, string>> = {}
    for (const key of keys) if (known.has(key)) row[key] = readText(line, key)
    if (Object.values(row).some((cell) => cell !== '')) rows.push(row)
  }
  if (rows.length === 0) throw unreadable('organisation.list.noRows')
  return rows
}

/** What a cell says; of a code that has lost its digits only the digits it still has, as 9.151E+17, which is no code. */
function readText(line: TableRow<ListKey>, key: ListKey): string {
  const { text, kind } = line.find(key)
  const plain = cleanText(text)
  const isCode = key === 'creditCode' || key === 'areaCode'
  const said = isCode && hasLostDigits(plain, kind) ? Number(plain).toExponential().toUpperCase() : plain
  return said.slice(0, key === 'name' || key === 'address' ? cellLength[key] : 40)
}

export const AppendListFile = AppendRows.omit({ rows: true }).extend({ content: ImportListFile.shape.content })

async function readContent(content: string): Promise<z.output<typeof RawRow>[]> {
  const rows = await readListFile(Buffer.from(content, 'base64'))
  if (rows.length > most)
    throw new DomainError('invalid', 'organisation.list.tooLong', {
      params: { most },
      fields: [{ path: 'content', key: 'organisation.list.tooLong', params: { most } }],
    })
  return rows
}

/** Takes a list as the file that an office sent (M049); see `importList`. */
export async function importListFile(
  ctx: TenantContext,
  input: z.output<typeof ImportListFile>,
): Promise<{ listId: number; version: number; rows: number; faulty: number }> {
  requirePermission(ctx, 'organisation:write')
  const { content, ...head } = input
  return importList(ctx, { ...head, rows: await readContent(content) })
}

/** Adds the next file of a list that came in several; see `appendRows`. */
export async function appendListFile(
  ctx: TenantContext,
  input: z.output<typeof AppendListFile>,
): Promise<{ version: number; faulty: number }> {
  requirePermission(ctx, 'organisation:write')
  const { content, ...list } = input
  return appendRows(ctx, { ...list, rows: await readContent(content) })
}
