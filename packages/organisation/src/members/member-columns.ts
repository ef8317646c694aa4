import { defineColumns } from '../imports/declaration.ts'

export type MemberColumn =
  | 'name'
  | 'idNumber'
  | 'unionCode'
  | 'unionName'
  | 'joinedOn'
  | 'consentOn'
  | 'mobile'
  | 'kind'
  | 'employment'
  | 'hukou'
  | 'hukouArea'
  | 'education'
  | 'job'
  | 'group'

/** What a file of members may hold; its head names the columns, in Chinese or English, in any order. */
export const memberColumns = defineColumns<MemberColumn>([
  {
    key: 'name',
    zh: '姓名',
    en: 'Name',
    also: ['会员姓名', '职工姓名', '员工姓名', '人员姓名'],
    holds: 'text',
    isRequired: true,
    length: 60,
  },
  {
    key: 'idNumber',
    zh: '身份证号',
    en: 'ID number',
    also: [
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
    holds: 'digits',
    isRequired: true,
  },
  {
    key: 'unionCode',
    zh: '工会编号',
    en: 'Union number',
    also: ['工会编码', '所属工会编号', '基层工会编号', 'union code'],
    holds: 'text',
  },
  {
    key: 'unionName',
    zh: '工会名称',
    en: 'Union name',
    also: ['所属工会', '所属工会名称', '基层工会', '基层工会名称', '所在工会', '工会', 'union'],
    holds: 'text',
  },
  {
    key: 'joinedOn',
    zh: '入会日期',
    en: 'Joined on',
    also: ['入会时间', '加入工会日期', '加入工会时间', '入会年月日', 'date joined'],
    holds: 'day',
    isRequired: true,
  },
  {
    key: 'consentOn',
    zh: '告知同意日期',
    en: 'Consent on',
    also: ['告知同意时间', '同意日期', '知情同意日期', '授权日期', 'consent date'],
    holds: 'day',
    isRequired: true,
  },
  {
    key: 'mobile',
    zh: '手机号',
    en: 'Mobile',
    also: ['手机', '手机号码', '联系电话', '移动电话', '电话', '电话号码', '联系方式', 'phone', 'mobile phone'],
    holds: 'digits',
  },
  {
    key: 'kind',
    zh: '会员类别',
    en: 'Member type',
    also: ['会员类型', '职工类别', '人员类别', '职工类型'],
    holds: 'choice',
    choices: [
      { value: 'normal', words: ['普通职工', '职工', 'employee'] },
      { value: 'migrant', words: ['农民工', 'migrant worker'] },
      { value: 'dispatch', words: ['劳务派遣工', '劳务派遣', 'dispatched worker'] },
      { value: 'new_form', words: ['新就业形态劳动者', 'new form of employment'] },
      { value: 'self_employed', words: ['灵活就业人员', 'self-employed'] },
    ],
  },
  {
    key: 'employment',
    zh: '用工形式',
    en: 'Employment',
    also: ['用工性质', '用工类型', '用工类别'],
    holds: 'choice',
    choices: [
      { value: 'quota', words: ['在编', 'approved post'] },
      { value: 'non_quota', words: ['非在编', 'no approved post'] },
      { value: 'contract', words: ['合同制', 'contract'] },
      { value: 'dispatch', words: ['劳务派遣', 'dispatch'] },
    ],
  },
  {
    key: 'hukou',
    zh: '户籍性质',
    en: 'Household registration',
    also: ['户口性质', '户籍类型', '户口类别', '户籍类别'],
    holds: 'choice',
    choices: [
      { value: 'urban', words: ['城镇', '非农业', 'urban'] },
      { value: 'rural', words: ['农村', '农业', 'rural'] },
    ],
  },
  {
    key: 'hukouArea',
    zh: '户籍地',
    en: 'Registered at',
    also: ['户籍所在地', '户口所在地', '户籍地址'],
    holds: 'text',
    length: 80,
  },
  {
    key: 'education',
    zh: '学历',
    en: 'Education',
    also: ['文化程度', '学历层次', '最高学历'],
    holds: 'text',
    length: 80,
  },
  {
    key: 'job',
    zh: '岗位',
    en: 'Job',
    also: ['职务', '工种', '工作岗位', '职业', 'position'],
    holds: 'text',
    length: 80,
  },
  {
    key: 'group',
    zh: '工会小组',
    en: 'Union group',
    also: ['所在小组', '所属小组', '小组'],
    holds: 'text',
    length: 80,
  },
])

/** A line that shows how: an invented person, with the standard's own sample number. */
export const memberExample = {
  zh: {
    name: '王小明',
    idNumber: '11010519491231002X',
    joinedOn: '2026-01-15',
    consentOn: '2026-01-15',
    mobile: '13800138000',
    kind: '农民工',
    employment: '合同制',
    hukou: '农村',
    education: '高中',
    job: '司机',
  },
  en: {
    name: 'Wang Xiaoming',
    idNumber: '11010519491231002X',
    joinedOn: '2026-01-15',
    consentOn: '2026-01-15',
    mobile: '13800138000',
    kind: 'migrant worker',
    employment: 'contract',
    hukou: 'rural',
  },
} as const
