import { ownershipWords, unitClassWords } from '../census/employer-words.ts'
import { defineColumns } from '../imports/declaration.ts'
import { yesAndNo } from '../imports/staged-rows.ts'

export type UnionColumn =
  | 'name'
  | 'kind'
  | 'employer'
  | 'creditCode'
  | 'unitClass'
  | 'ownership'
  | 'covered'
  | 'foundedOn'
  | 'approvedOn'
  | 'approvalNo'
  | 'headcount'
  | 'femaleHeadcount'
  | 'memberCount'
  | 'expectedEndOn'
  | 'chairName'
  | 'chairId'
  | 'chairPhone'
  | 'isNearRelative'
  | 'termNumber'
  | 'termStartsOn'
  | 'termEndsOn'
  | 'electionDueOn'
  | 'office'
  | 'phone'

/** What a register of unions may hold: a union in each row, with its chair and the term that runs. */
export const unionColumns = defineColumns<UnionColumn>([
  {
    key: 'name',
    zh: '工会名称',
    en: 'Union name',
    also: ['基层工会名称', '基层工会', '工会组织名称', '工会全称', 'union'],
    holds: 'text',
    isRequired: true,
    length: 120,
  },
  {
    key: 'kind',
    zh: '工会类型',
    en: 'Kind of union',
    also: ['组织类型', '工会类别', '建会形式', '建会方式', '工会组织类型', 'kind', 'type'],
    holds: 'choice',
    isRequired: true,
    choices: [
      {
        value: 'BASIC_SINGLE',
        words: ['单独基层工会', 'Single-employer union', '单独', '单独建会', '独立建会', '独立基层工会', '单建'],
      },
      {
        value: 'BASIC_JOINT',
        words: ['联合基层工会', 'Joint union', '联合', '联合建会', '联合工会', '联建'],
      },
      { value: 'BASIC_PROJECT', words: ['项目工会', 'Project union', '项目部工会', '工程项目工会'] },
      {
        value: 'UNION_ASSOC_BASIC',
        words: ['区域性工会联合会', 'Regional association of unions', '工会联合会', '区域工会联合会'],
      },
      {
        value: 'UNION_ASSOC_INDUSTRY',
        words: ['行业性工会联合会', 'Industry association of unions', '行业工会联合会'],
      },
      {
        value: 'FEDERATION_TOWNSHIP',
        words: ['乡镇（街道）总工会', 'Township federation', '乡镇总工会', '街道总工会', '乡镇街道总工会'],
      },
      { value: 'WORK_COMMITTEE', words: ['工会工作委员会', 'Union work committee', '工委', '工会工委'] },
      { value: 'ORGANISER_ONLY', words: ['组织员', 'Organiser'] },
    ],
  },
  {
    key: 'employer',
    zh: '用人单位',
    en: 'Employer',
    also: ['单位', '单位名称', '所在单位', '建会单位', '企业名称', '用人单位名称', '单位全称'],
    holds: 'text',
    length: 120,
  },
  {
    key: 'creditCode',
    zh: '统一社会信用代码',
    en: 'Credit code',
    also: ['社会信用代码', '信用代码', '单位信用代码'],
    holds: 'digits',
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
    key: 'ownership',
    zh: '所有制',
    en: 'Ownership',
    also: ['经济类型', '企业类型'],
    holds: 'choice',
    choices: ownershipWords,
  },
  {
    key: 'covered',
    zh: '覆盖单位',
    en: 'Covered employers',
    also: ['覆盖单位名称', '覆盖企业', '涵盖单位', '所辖单位'],
    holds: 'text',
    length: 4000,
  },
  {
    key: 'foundedOn',
    zh: '成立日期',
    en: 'Founded on',
    also: ['建会日期', '建会时间', '成立时间', '工会成立时间', '工会成立日期'],
    holds: 'day',
    isRequired: true,
  },
  {
    key: 'approvedOn',
    zh: '批复日期',
    en: 'Approved on',
    also: ['批准日期', '批复时间', '批准时间'],
    holds: 'day',
  },
  {
    key: 'approvalNo',
    zh: '批复文号',
    en: 'Approval number',
    also: ['批准文号', '建会批复文号', '批复号', '文号'],
    holds: 'text',
    isRequired: true,
    length: 60,
  },
  {
    key: 'headcount',
    zh: '职工人数',
    en: 'Employees',
    also: ['职工数', '职工总数', '从业人数', 'headcount'],
    holds: 'count',
  },
  {
    key: 'femaleHeadcount',
    zh: '女职工人数',
    en: 'Women',
    also: ['其中女职工', '女职工', '女职工数'],
    holds: 'count',
  },
  {
    key: 'memberCount',
    zh: '会员人数',
    en: 'Members',
    also: ['会员数', '会员总数', '工会会员人数', '工会会员数'],
    holds: 'count',
  },
  {
    key: 'expectedEndOn',
    zh: '项目预计结束日期',
    en: 'Project ends on',
    also: ['项目结束日期', '项目预计结束', '预计竣工日期'],
    holds: 'day',
  },
  {
    key: 'chairName',
    zh: '工会主席',
    en: 'Chair',
    also: ['主席', '主席姓名', '工会主席姓名', '负责人', '工会负责人'],
    holds: 'text',
    length: 60,
  },
  {
    key: 'chairId',
    zh: '主席身份证号',
    en: 'ID number of the chair',
    also: ['主席身份证号码', '身份证号', '身份证号码', '工会主席身份证号'],
    holds: 'digits',
  },
  {
    key: 'chairPhone',
    zh: '主席电话',
    en: 'Phone of the chair',
    also: ['主席手机', '主席手机号', '主席联系电话', '工会主席联系电话', '联系电话', '手机号', '手机号码'],
    holds: 'digits',
  },
  {
    key: 'isNearRelative',
    zh: '是否主要负责人近亲属',
    en: 'Near relative of the head',
    also: ['是否近亲属', '近亲属'],
    holds: 'choice',
    choices: yesAndNo,
  },
  { key: 'termNumber', zh: '届次', en: 'Term number', also: ['第几届', '本届届次'], holds: 'text', length: 12 },
  {
    key: 'termStartsOn',
    zh: '本届任期开始',
    en: 'Term starts on',
    also: ['任期开始', '任期起', '本届开始日期', '任期开始日期', '本届换届时间', '上次换届时间', '换届时间', '起'],
    holds: 'day',
  },
  {
    key: 'termEndsOn',
    zh: '本届任期届满',
    en: 'Term ends on',
    also: ['任期届满', '任期止', '届满日期', '任期届满日期', '本届届满日期', '任期结束', '任期结束日期', '止'],
    holds: 'day',
  },
  {
    key: 'electionDueOn',
    zh: '下次换届日期',
    en: 'Next election due',
    also: ['下次换届时间', '应换届时间', '应换届日期', '下届换届时间'],
    holds: 'day',
  },
  { key: 'office', zh: '办公地址', en: 'Office', also: ['工会地址', '办公地点'], holds: 'text', length: 200 },
  { key: 'phone', zh: '工会电话', en: 'Union phone', also: ['办公电话', '固定电话'], holds: 'text', length: 40 },
])

/** A line that shows how: an invented union. */
export const unionExample = {
  zh: {
    name: '某某机械有限公司工会委员会',
    kind: '单独基层工会',
    employer: '某某机械有限公司',
    foundedOn: '2021-05-20',
    approvalNo: '县工发〔2021〕18号',
    headcount: '120',
    femaleHeadcount: '45',
    memberCount: '110',
    chairName: '王小明',
    chairPhone: '13800138000',
    termNumber: '第二届',
    termStartsOn: '2024-05-20',
    termEndsOn: '2029-05-20',
  },
  en: {
    name: 'Union of Example Machinery Ltd',
    kind: 'Single-employer union',
    employer: 'Example Machinery Ltd',
    foundedOn: '2021-05-20',
    approvalNo: '2021-18',
    headcount: '120',
    femaleHeadcount: '45',
    memberCount: '110',
    chairName: 'Wang Xiaoming',
    chairPhone: '13800138000',
    termNumber: '2',
    termStartsOn: '2024-05-20',
    termEndsOn: '2029-05-20',
  },
} as const
