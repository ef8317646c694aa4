import { cleanText, openTable, readDayText, type Column as SheetColumn } from '@gonglian/spreadsheets'
import type { BodyFault, BodyRow, NewFederation } from '@gonglian/tenancy'

type Column = Exclude<keyof BodyRow, 'line'>

/** How a list of bodies may head its columns. */
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
const columns: readonly SheetColumn<Column>[] = [
  { key: 'code', holds: 'text', isRequired: true, names: heads.code },
  { key: 'name', holds: 'text', isRequired: true, names: heads.name },
  { key: 'shortName', holds: 'text', names: heads.shortName },
  { key: 'level', holds: 'text', isRequired: true, names: heads.level },
  { key: 'kind', holds: 'text', names: heads.kind },
  { key: 'parentCode', holds: 'text', isRequired: true, names: heads.parentCode },
  { key: 'lineParentCode', holds: 'text', names: heads.lineParentCode },
  { key: 'validFrom', holds: 'day', names: heads.validFrom },
]

/**
 * The rows of a list of bodies, a workbook or a text file, whose head stands in one of the first twenty rows.
 *
 * @returns rows, or the heads that are missing
 * @throws SpreadsheetRefusal when the file is no spreadsheet, or too large
 */
export async function readBodyFile(file: Uint8Array): Promise<{ rows: BodyRow[] } | { missing: string[] }> {
  const table = await openTable(file, columns)
  const missing = table.head?.missing ?? columns.filter(({ isRequired }) => isRequired === true).map(({ key }) => key)
  if (missing.length > 0) {
    await table.close()
    return { missing: missing.map((column) => heads[column][0] ?? column) }
  }
  const known = new Set(table.head?.matches.map(({ key }) => key))
  const rows: BodyRow[] = []
  for await (const row of table.rows()) {
    // What a formula could not find out is no value.
    const cell = (key: Column) => {
      const { text, kind } = row.find(key)
      return kind === 'error' ? '' : cleanText(text)
    }
    const optional = (key: Column) => (known.has(key) ? cell(key) : undefined)
    rows.push({
      line: row.line,
      code: cell('code'),
      name: cell('name'),
      shortName: optional('shortName'),
      level: cell('level'),
      kind: optional('kind'),
      parentCode: cell('parentCode'),
      lineParentCode: optional('lineParentCode'),
      validFrom: readDay(optional('validFrom')),
    })
  }
  return { rows }
}

/** A day in its one form; what is none stays for the import to complain of. */
function readDay(text: string | undefined): string | undefined {
  if (text === undefined || text === '') return text
  const read = readDayText(text)
  return 'day' in read ? read.day : text
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
