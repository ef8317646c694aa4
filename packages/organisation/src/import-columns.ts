import type { SheetRow } from '@gonglian/spreadsheets'

/** What a file of members may hold; the first row names the columns, in Chinese or English, in any order. */
export const importColumns = [
  { key: 'name', zh: '姓名', en: 'Name', required: true },
  { key: 'idNumber', zh: '身份证号', en: 'ID number', required: true },
  { key: 'unionCode', zh: '工会编号', en: 'Union number', required: false },
  { key: 'joinedOn', zh: '入会日期', en: 'Joined on', required: true },
  { key: 'consentOn', zh: '告知同意日期', en: 'Consent on', required: true },
  { key: 'mobile', zh: '手机号', en: 'Mobile', required: false },
  { key: 'kind', zh: '会员类别', en: 'Member type', required: false },
  { key: 'employment', zh: '用工形式', en: 'Employment', required: false },
  { key: 'hukou', zh: '户籍性质', en: 'Household registration', required: false },
  { key: 'hukouArea', zh: '户籍地', en: 'Registered at', required: false },
  { key: 'education', zh: '学历', en: 'Education', required: false },
  { key: 'job', zh: '岗位', en: 'Job', required: false },
  { key: 'group', zh: '工会小组', en: 'Union group', required: false },
] as const
export type ColumnKey = (typeof importColumns)[number]['key']

/** Words for coded values, as they stand in files. */
export const importWords = {
  kind: {
    普通职工: 'normal',
    职工: 'normal',
    employee: 'normal',
    农民工: 'migrant',
    'migrant worker': 'migrant',
    劳务派遣工: 'dispatch',
    劳务派遣: 'dispatch',
    'dispatched worker': 'dispatch',
    新就业形态劳动者: 'new_form',
    'new form of employment': 'new_form',
    灵活就业人员: 'self_employed',
    'self-employed': 'self_employed',
  },
  employment: {
    在编: 'quota',
    'approved post': 'quota',
    非在编: 'non_quota',
    'no approved post': 'non_quota',
    合同制: 'contract',
    contract: 'contract',
    劳务派遣: 'dispatch',
    dispatch: 'dispatch',
  },
  hukou: { 城镇: 'urban', 非农业: 'urban', urban: 'urban', 农村: 'rural', 农业: 'rural', rural: 'rural' },
} as const

/** The head of an empty file to fill in, and one line that shows how (an invented person). */
export function makeTemplate(locale: 'zh-CN' | 'en'): { head: string[]; example: string[] } {
  const zh = locale === 'zh-CN'
  return {
    head: importColumns.map((column) => (zh ? column.zh : column.en)),
    example: zh
      ? [
          '王小明',
          '11010519491231002X',
          '',
          '2026-01-15',
          '2026-01-15',
          '13800138000',
          '农民工',
          '合同制',
          '农村',
          '',
          '高中',
          '司机',
          '',
        ]
      : [
          'Wang Xiaoming',
          '11010519491231002X',
          '',
          '2026-01-15',
          '2026-01-15',
          '13800138000',
          'migrant worker',
          'contract',
          'rural',
          '',
          '',
          '',
          '',
        ],
  }
}

const foldTitle = (text: string) =>
  text
    .normalize('NFKC')
    .replaceAll(/[\s*()]/gu, '')
    .toLowerCase()

/** Which column of the file holds what; `missing` are those that no file may be without. */
export function readHead(row: SheetRow): { places: Map<ColumnKey, number>; missing: ColumnKey[] } {
  const places = new Map<ColumnKey, number>()
  for (const [place, title] of row.cells.entries()) {
    const column = importColumns.find((one) => [one.zh, one.en].some((name) => foldTitle(name) === foldTitle(title)))
    if (column && !places.has(column.key)) places.set(column.key, place)
  }
  const missing = importColumns.filter((column) => column.required && !places.has(column.key)).map((one) => one.key)
  return { places, missing }
}

const dayMs = 86_400_000

/** "2026-01-15", "2026/1/15", "2026.1.15", "2026年1月15日", "20260115", or Excel's number of a day. Null: no day. */
export function readDay(text: string): string | null {
  const folded = text.normalize('NFKC').trim()
  if (/^\d{5}(\.0*)?$/.test(folded))
    return new Date(Date.UTC(1899, 11, 30) + Number(folded) * dayMs).toISOString().slice(0, 10)
  const parts =
    /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0{1,2}:00(?::00)?)?$/.exec(folded) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(folded)
  if (!parts) return null
  const day = `${parts[1]}-${parts[2]?.padStart(2, '0')}-${parts[3]?.padStart(2, '0')}`
  const at = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : null
}
