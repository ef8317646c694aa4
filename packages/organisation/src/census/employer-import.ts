import type { TableRow } from '@gonglian/spreadsheets'
import type { TenantContext } from '@gonglian/tenancy'
import { defineColumns, isRefused, readRow, type DeclaredImport, type JudgedRow } from '../imports/declaration.ts'
import { writeEach, yesAndNo } from '../imports/staged-rows.ts'
import { checkCreditCode } from '../numbers/credit-codes.ts'
import { foldName } from '../numbers/names.ts'
import { ownershipWords, unitClassWords } from './employer-words.ts'
import { RegisterEmployer, registerEmployer } from './employers.ts'

type EmployerColumn =
  | 'name'
  | 'creditCode'
  | 'areaCode'
  | 'address'
  | 'park'
  | 'industry'
  | 'ownership'
  | 'unitClass'
  | 'headcount'
  | 'femaleCount'
  | 'migrantCount'
  | 'newFormCount'
  | 'hasParty'
  | 'foundedOn'

/** GB/T 4754, sections. */
const industries = [
  ['A', '农、林、牧、渔业', 'Agriculture'],
  ['B', '采矿业', 'Mining'],
  ['C', '制造业', 'Manufacturing'],
  ['D', '电力、热力、燃气及水生产和供应业', 'Utilities'],
  ['E', '建筑业', 'Construction'],
  ['F', '批发和零售业', 'Trade'],
  ['G', '交通运输、仓储和邮政业', 'Transport'],
  ['H', '住宿和餐饮业', 'Hotels and catering'],
  ['I', '信息传输、软件和信息技术服务业', 'Information technology'],
  ['J', '金融业', 'Finance'],
  ['K', '房地产业', 'Real estate'],
  ['L', '租赁和商务服务业', 'Business services'],
  ['M', '科学研究和技术服务业', 'Research'],
  ['N', '水利、环境和公共设施管理业', 'Public facilities'],
  ['O', '居民服务、修理和其他服务业', 'Resident services'],
  ['P', '教育', 'Education'],
  ['Q', '卫生和社会工作', 'Health and social work'],
  ['R', '文化、体育和娱乐业', 'Culture and sport'],
  ['S', '公共管理、社会保障和社会组织', 'Public administration'],
  ['T', '国际组织', 'International organisations'],
] as const

const employerColumns = defineColumns<EmployerColumn>([
  {
    key: 'name',
    zh: '单位名称',
    en: 'Employer',
    also: ['企业名称', '用人单位', '用人单位名称', '纳税人名称', '市场主体名称', '名称', '公司名称', 'name'],
    holds: 'text',
    isRequired: true,
    length: 120,
  },
  {
    key: 'creditCode',
    zh: '统一社会信用代码',
    en: 'Credit code',
    also: ['社会信用代码', '信用代码', '纳税人识别号', '税号'],
    holds: 'digits',
  },
  { key: 'areaCode', zh: '行政区划代码', en: 'Area code', also: ['地区代码', '区划代码'], holds: 'digits', length: 12 },
  {
    key: 'address',
    zh: '地址',
    en: 'Address',
    also: ['注册地址', '经营地址', '生产经营地址', '住所', '单位地址'],
    holds: 'text',
    length: 200,
  },
  { key: 'park', zh: '园区', en: 'Park', also: ['所在园区', '开发区'], holds: 'text', length: 80 },
  {
    key: 'industry',
    zh: '行业门类',
    en: 'Industry',
    also: ['行业', '行业代码', '所属行业'],
    holds: 'choice',
    choices: industries.map(([value, zh, en]) => ({ value, words: [zh, en, value] })),
  },
  {
    key: 'ownership',
    zh: '所有制',
    en: 'Ownership',
    also: ['经济类型', '登记注册类型', '企业类型'],
    holds: 'choice',
    choices: ownershipWords,
  },
  {
    key: 'unitClass',
    zh: '单位类别',
    en: 'Class of unit',
    also: ['单位类型', '单位性质'],
    holds: 'choice',
    choices: unitClassWords,
  },
  {
    key: 'headcount',
    zh: '职工人数',
    en: 'Employees',
    also: ['从业人数', '从业人员数', '职工总数', '参保人数', '缴费人数', '人数', 'headcount'],
    holds: 'count',
  },
  { key: 'femaleCount', zh: '女职工人数', en: 'Women', also: ['其中女职工', '女职工', '女职工数'], holds: 'count' },
  {
    key: 'migrantCount',
    zh: '农民工人数',
    en: 'Migrant workers',
    also: ['其中农民工', '农民工', '农民工数'],
    holds: 'count',
  },
  {
    key: 'newFormCount',
    zh: '新就业形态劳动者人数',
    en: 'Workers in new forms',
    also: ['新就业形态劳动者'],
    holds: 'count',
  },
  {
    key: 'hasParty',
    zh: '是否有党组织',
    en: 'Party organisation',
    also: ['党组织', '有无党组织'],
    holds: 'choice',
    choices: yesAndNo,
  },
  {
    key: 'foundedOn',
    zh: '单位成立日期',
    en: 'Established on',
    also: ['注册日期', '成立日期', '成立时间'],
    holds: 'day',
  },
])

type Place = { readonly today: string; readonly codes: ReadonlySet<string>; readonly names: ReadonlySet<string> }

async function readPlace(ctx: TenantContext): Promise<Place> {
  const known = await ctx.db
    .selectFrom('organisation.employer')
    .select(['credit_code', 'name_key'])
    .where('tenant_id', '=', ctx.tenantId)
    .execute()
  return {
    today: ctx.today,
    codes: new Set(known.flatMap((row) => (row.credit_code === null ? [] : [row.credit_code]))),
    names: new Set(known.map((row) => row.name_key)),
  }
}

function judgeRow(row: TableRow<string>, at: Place): JudgedRow {
  const { cell, has, problems, complain, refer, note } = readRow(row, employerColumns)
  // The file comes from a registry: codes that were issued before the sign was computed right are kept with a mark.
  const code = has('creditCode') ? checkCreditCode(cell('creditCode'), { acceptsEarly: true }) : null
  if (code) note('creditCode', code.ok ? code.warnings : code.errors, code.ok ? 'warning' : 'error')
  const codeText = code?.ok === true ? code.value : null
  if (codeText !== null && at.codes.has(codeText)) refer('creditCode', 'organisation.employer.codeTaken')
  const name = foldName(cell('name'))
  if (has('name') && cell('name').length < 2) complain('name', 'tooShort')
  if (codeText === null && at.names.has(name)) complain('name', 'employerThere')
  if (has('areaCode') && !/^\d{0,12}$/.test(cell('areaCode'))) complain('areaCode', 'area')
  for (const part of ['femaleCount', 'migrantCount', 'newFormCount'] as const)
    if (has(part) && (!has('headcount') || Number(cell(part)) > Number(cell('headcount'))))
      refer(part, 'organisation.employer.partExceeds')
  if (has('headcount') && Number(cell('headcount')) > 2_000_000) complain('headcount', 'count')
  if (cell('foundedOn') > at.today) refer('foundedOn', 'organisation.future')
  if (isRefused(problems)) return { row: null, problems }
  const count = (key: EmployerColumn) => (has(key) ? Number(cell(key)) : null)
  return {
    problems,
    row: {
      once: [
        ...(codeText === null ? [] : [{ column: 'creditCode', value: codeText, rule: 'twiceCode' }]),
        ...(codeText === null ? [{ column: 'name', value: name, rule: 'twiceName' }] : []),
      ],
      data: {
        creditCode: codeText,
        isEarlyCode: code?.ok === true && code.warnings.some(({ rule }) => rule === 'creditCode.early'),
        name: cell('name'),
        areaCode: cell('areaCode'),
        address: cell('address'),
        park: cell('park'),
        industry: cell('industry'),
        ownership: cell('ownership') || 'private',
        unitClass: cell('unitClass') || 'enterprise',
        headcount: count('headcount'),
        femaleCount: count('femaleCount'),
        migrantCount: count('migrantCount'),
        newFormCount: count('newFormCount'),
        hasPartyOrganisation: has('hasParty') ? cell('hasParty') === 'yes' : null,
        foundedOn: has('foundedOn') ? cell('foundedOn') : null,
      },
    },
  }
}

/** Employers of the own register. Lists of other offices that are compared with it come in another way (`importListFile`). */
export const employerImport: DeclaredImport = {
  key: 'employers',
  permission: 'organisation:write',
  commitPermission: 'organisation:write',
  isFourEyes: false,
  columns: employerColumns,
  example: {
    zh: {
      name: '某某机械有限公司',
      ownership: '民营',
      unitClass: '企业',
      industry: '制造业',
      headcount: '120',
      femaleCount: '45',
    },
    en: {
      name: 'Example Machinery Ltd',
      ownership: 'Private',
      unitClass: 'Enterprise',
      industry: 'Manufacturing',
      headcount: '120',
      femaleCount: '45',
    },
  },
  takesUnion: false,
  takesConsent: false,
  batchRows: 200,
  async prepare(ctx) {
    const place = await readPlace(ctx)
    return (row) => judgeRow(row, place)
  },
  write: (ctx, file, upTo) =>
    writeEach(
      ctx,
      {
        file,
        upTo,
        schema: RegisterEmployer,
        toColumn: (field) => employerColumns.find(({ key }) => key === field)?.key ?? 'name',
      },
      async ({ data }) => {
        const { employerId, version } = await registerEmployer(ctx, data)
        return [{ kind: 'employer', id: employerId, version }]
      },
    ),
}
