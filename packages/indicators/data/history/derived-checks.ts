import type { Formula } from '../../src/figures/formulas.ts'

/**
 * A figure that follows from others: by the formula of a catalogue ratio whose parts are facts, or by a formula over facts.
 * `stated`: the fact that claims the result.
 */
export type DerivedCheck = {
  readonly id: string
  readonly nameZh: string
  readonly nameEn: string
  readonly unit: string
  readonly scale: number
  readonly stated?: string
} & ({ readonly ratio: string; readonly parts: Readonly<Record<string, string>> } | { readonly formula: Formula })

const percent = { unit: '%', scale: 2 } as const

export const derivedChecks: readonly DerivedCheck[] = [
  {
    id: 'D01',
    nameZh: '阿坝州农民工会员占比',
    nameEn: 'Aba: migrant share of members',
    ...percent,
    ratio: 'migrant_member_share',
    parts: { migrant_member_count: 'F009', member_count: 'F008' },
  },
  {
    id: 'D02',
    nameZh: '大冶市入会率',
    nameEn: 'Daye: membership rate',
    ...percent,
    ratio: 'membership_rate',
    parts: { member_count: 'F059', employee_count: 'F057' },
  },
  {
    id: 'D03',
    nameZh: '大冶市维权服务站结案率',
    nameEn: 'Daye: close rate of the rights stations',
    ...percent,
    ratio: 'rights_case_close_rate',
    parts: { rights_cases_closed: 'F096', rights_cases_received: 'F095' },
    stated: 'F097',
  },
  {
    id: 'D04',
    nameZh: '黄骅市建家率',
    nameEn: 'Huanghua: share of unions building a home',
    ...percent,
    formula: { op: '/', left: 'F152', right: 'F151' },
    stated: 'F150',
  },
  {
    id: 'D05',
    nameZh: '黄骅市合格职工之家占比',
    nameEn: 'Huanghua: share of qualified homes',
    ...percent,
    ratio: 'qualified_home_rate',
    parts: { qualified_home_count: 'F153', grassroots_union_count: 'F151' },
  },
  {
    id: 'D06',
    nameZh: '黄骅市合理化建议采纳率',
    nameEn: 'Huanghua: adoption rate of proposals',
    ...percent,
    ratio: 'suggestion_adoption_rate',
    parts: { suggestion_adopted: 'F137', suggestion_submitted: 'F136' },
  },
  {
    id: 'D07',
    nameZh: '黄骅市合理化建议实施率（占采纳）',
    nameEn: 'Huanghua: implementation rate of adopted proposals',
    ...percent,
    ratio: 'suggestion_implementation_rate',
    parts: { suggestion_implemented: 'F138', suggestion_adopted: 'F137' },
  },
  {
    id: 'D08',
    nameZh: '黄骅市春节慰问金',
    nameEn: 'Huanghua: Spring Festival cash',
    unit: '元',
    scale: 2,
    formula: { op: '*', left: 'F160', right: 'F161' },
    stated: 'F163',
  },
  {
    id: 'D09',
    nameZh: '黄骅市慰问品价值',
    nameEn: 'Huanghua: value of goods',
    unit: '元',
    scale: 2,
    formula: { op: '*', left: 'F160', right: 'F162' },
    stated: 'F164',
  },
  {
    // Those placed are not told to be those trained: the trained and placed are taken for them.
    id: 'D10',
    nameZh: '黄骅市培训就业率',
    nameEn: 'Huanghua: placement rate',
    ...percent,
    ratio: 'placement_rate',
    parts: { trained_placed_count: 'F180', unemployed_trained: 'F179' },
  },
  {
    id: 'D11',
    nameZh: '黑河市女职工组织数',
    nameEn: 'Heihe: unions with a women organisation',
    unit: '个',
    scale: 0,
    formula: { op: '+', left: 'F248', right: 'F249' },
    stated: 'F247',
  },
  {
    id: 'D12',
    nameZh: '黑河市非公企业总数（反推）',
    nameEn: 'Heihe: non-public enterprises, computed back',
    unit: '家',
    scale: 1,
    formula: { op: '/', left: 'F262', right: { op: '/', left: 'F263', right: 100 } },
  },
  {
    id: 'D13',
    nameZh: '逊克县培训就业率',
    nameEn: 'Xunke: placement rate',
    ...percent,
    ratio: 'placement_rate',
    parts: { trained_placed_count: 'F231', unemployed_trained: 'F230' },
  },
  {
    // Raised by visited: the source gives neither what was paid nor distinct households.
    id: 'D14',
    nameZh: '黑河市户均慰问',
    nameEn: 'Heihe: warmth funds per household',
    unit: '元/户',
    scale: 2,
    formula: { op: '/', left: 'F214', right: 'F216' },
  },
  {
    id: 'D15',
    nameZh: '某乡户均慰问',
    nameEn: 'A township: warmth funds per household',
    unit: '元/户',
    scale: 2,
    formula: { op: '/', left: 'F026', right: 'F027' },
  },
]
