import { readSpreadsheet } from '@gonglian/spreadsheets'
import type { BodyFault, BodyRow, NewFederation } from '@gonglian/tenancy'

type Column = Exclude<keyof BodyRow, 'line'>

/** How a list of bodies may head its columns; compared without spaces, in small letters. */
const heads: Readonly<Record<Column, readonly string[]>> = {
  code: ['代码', '机构代码', '组织代码', '编码', 'code'],
  name: ['名称', '机构名称', '组织名称', '工会名称', 'name'],
  shortName: ['简称', 'shortname'],
  level: ['层级', '级别', 'level'],
  kind: ['类型', '类别', 'kind'],
  parentCode: ['上级', '上级代码', '上级机构', '上级机构代码', 'superior', 'parent'],
  lineParentCode: ['产业上级', '条线上级', '产业上级代码', '上级产业工会', 'linesuperior', 'lineparent'],
  validFrom: ['成立日期', '启用日期', '生效日期', '起始日期', 'validfrom', 'from', 'since'],
}
const needed = ['code', 'name', 'level', 'parentCode'] as const satisfies readonly Column[]

function findColumn(head: string): Column | undefined {
  const folded = head
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s_*-]/gu, '')
  for (const [column, words] of Object.entries(heads)) if (words.includes(folded)) return asColumn(column)
  return undefined
}

function asColumn(name: string): Column | undefined {
  const columns: readonly Column[] = [
    'code',
    'name',
    'shortName',
    'level',
    'kind',
    'parentCode',
    'lineParentCode',
    'validFrom',
  ]
  return columns.find((column) => column === name)
}

/**
 * The rows of a list of bodies, an Excel workbook or CSV, whose heads stand in one of the first ten rows.
 *
 * @returns rows, or the heads that are missing
 * @throws SpreadsheetRefusal when the file is no spreadsheet, or too large
 */
export async function readBodyFile(file: Uint8Array): Promise<{ rows: BodyRow[] } | { missing: string[] }> {
  const rows: BodyRow[] = []
  let columns: (Column | undefined)[] | null = null
  let seen = 0
  for await (const { line, cells } of readSpreadsheet(file)) {
    if (columns === null) {
      seen += 1
      const found = cells.map(findColumn)
      if (needed.every((column) => found.includes(column))) columns = found
      else if (seen === 10) break
      continue
    }
    if (cells.every((cell) => cell.trim() === '')) continue
    const cell = (column: Column) => cells[columns?.indexOf(column) ?? -1]
    rows.push({
      line,
      code: cell('code') ?? '',
      name: cell('name') ?? '',
      shortName: cell('shortName'),
      level: cell('level') ?? '',
      kind: cell('kind'),
      parentCode: cell('parentCode'),
      lineParentCode: cell('lineParentCode'),
      validFrom: cell('validFrom'),
    })
  }
  if (columns === null) return { missing: needed.map((column) => heads[column][0] ?? column) }
  return { rows }
}

/** Built-in divisions as rows of a list; the line is their place. */
export function toRows(bodies: readonly NewFederation[]): BodyRow[] {
  return bodies.map(({ code, name, shortName, level, parentCode }, index) => ({
    line: index + 1,
    code,
    name,
    shortName,
    level,
    parentCode,
  }))
}

const words: Readonly<Record<BodyFault['what'], (about: string) => string>> = {
  code: (about) => `code "${about}": digits, capital letters and "-" only, at most 24`,
  name: (about) => `name "${about}": 2 to 120 characters`,
  level: (about) => `level "${about}" is unknown (全国 省 市 县 乡镇)`,
  kind: (about) => `kind "${about}" is unknown (地方 产业)`,
  date: (about) => `"${about}" is no day (2026-01-31)`,
  future: (about) => `${about} is still to come`,
  closedPeriod: (about) => `reports were handed in already: the first day may not be before ${about}`,
  duplicate: (about) => `the code stands twice: ${about}`,
  closed: (about) => `${about} is the code of a body that was closed`,
  differs: (about) => `there already, and different; stored ${about}`,
  noSuperior: (about) => `no superior is given, and ${about} is at the top already`,
  unknownSuperior: (about) => `no body has the code ${about} of the superior`,
  closedSuperior: (about) => `the superior ${about} was closed`,
  beforeSuperior: (about) => `begins before its superior, which begins on ${about}`,
  levelOrder: (about) => `its level does not lie below that of its superior ${about}`,
  kindOrder: (about) => `an area stands below no industry: ${about}`,
  circle: (about) => `the superiors form a circle: ${about}`,
}

/** A fault in one line for the operator. */
export function describeFault({ line, what, about }: BodyFault): string {
  return `line ${line}: ${words[what](about)}`
}
