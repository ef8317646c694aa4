import type { Choice, Column } from '@gonglian/spreadsheets'

/** Rows of one file; who has more sends several. */
export const importLimit = 100_000

/** What a file of members may hold; its head names the columns, in Chinese or English, in any order. */
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
export function makeTemplate(locale: 'zh-CN' | 'en'): {
  head: string[]
  example: string[]
  /** What may stand in each column: words to pick from, or how its cells are kept. */
  columns: { key: ColumnKey; holds: Column<ColumnKey>['holds']; isRequired: boolean; choices: string[] }[]
} {
  const zh = locale === 'zh-CN'
  return {
    head: importColumns.map((column) => (zh ? column.zh : column.en)),
    columns: memberColumns.map(({ key, holds, isRequired = false, choices = [] }) => ({
      key,
      holds,
      isRequired,
      choices: choices.map(({ words }) => words.find((word) => /\p{Script=Han}/u.test(word) === zh) ?? words[0] ?? ''),
    })),
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

/** Other names under which offices keep the same column. */
const otherNames: Partial<Record<ColumnKey, readonly string[]>> = {
  name: ['会员姓名', '职工姓名', '员工姓名', '人员姓名'],
  idNumber: [
    '身份证号码',
    '公民身份号码',
    '身份证',
    '证件号码',
    '证件号',
    '居民身份证号',
    '居民身份证号码',
    'id no',
    'id card number',
  ],
  unionCode: ['工会编码', '所属工会编号', '基层工会编号', 'union code'],
  joinedOn: ['入会时间', '加入工会日期', '加入工会时间', '入会年月日', 'date joined'],
  consentOn: ['告知同意时间', '同意日期', '知情同意日期', '授权日期', 'consent date'],
  mobile: ['手机', '手机号码', '联系电话', '移动电话', '电话', '电话号码', '联系方式', 'phone', 'mobile phone'],
  kind: ['会员类型', '职工类别', '人员类别', '职工类型'],
  employment: ['用工性质', '用工类型', '用工类别'],
  hukou: ['户口性质', '户籍类型', '户口类别', '户籍类别'],
  hukouArea: ['户籍所在地', '户口所在地', '户籍地址'],
  education: ['文化程度', '学历层次', '最高学历'],
  job: ['职务', '工种', '工作岗位', '职业', 'position'],
  group: ['所在小组', '所属小组', '小组'],
}

const types: Partial<Record<ColumnKey, Column<ColumnKey>['holds']>> = {
  idNumber: 'digits',
  joinedOn: 'day',
  consentOn: 'day',
  mobile: 'digits',
}
const lengths: Partial<Record<ColumnKey, number>> = {
  name: 60,
  hukouArea: 80,
  education: 80,
  job: 80,
  group: 80,
}

/** The words of a coded value, the ones that are offered first. */
function listChoices(key: ColumnKey): readonly Choice[] | null {
  const words = key === 'kind' || key === 'employment' || key === 'hukou' ? importWords[key] : null
  if (words === null) return null
  const byValue = new Map<string, string[]>()
  for (const [word, value] of Object.entries(words)) byValue.set(value, [...(byValue.get(value) ?? []), word])
  return [...byValue].map(([value, all]) => ({ value, words: all }))
}

/** The same columns for reading: their other names, and what may stand in them. */
export const memberColumns: readonly Column<ColumnKey>[] = importColumns.map(({ key, zh, en, required }) => {
  const choices = listChoices(key)
  const length = lengths[key]
  return {
    key,
    names: [zh, en, ...(otherNames[key] ?? [])],
    holds: choices === null ? (types[key] ?? 'text') : 'choice',
    isRequired: required,
    ...(length === undefined ? {} : { length }),
    ...(choices === null ? {} : { choices }),
  }
})
