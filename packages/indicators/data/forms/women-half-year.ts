import { askAlways, compare, plus, section, type FormEntry } from './form.ts'

const items = [
  ...section('女职工组织', 'Women organisation', [
    'unions_with_women_workers',
    'women_committee_count',
    'women_committee_member_count',
    'women_org_coverage_rate',
  ]),
  ...section('女职工权益', 'Rights of women', [
    'unionised_enterprises_with_women',
    'women_special_contract_count',
    'women_special_contract_enterprises',
    'women_special_contract_rate',
  ]),
  ...section('关爱服务', 'Care', ['nursing_room_count', 'women_screening_count']),
]

/** 女职工工作半年报. */
export const womenHalfYear: FormEntry = {
  code: 'women-half-year',
  nameZh: '女职工工作半年报',
  nameEn: 'Half-yearly report of work for women',
  frequency: 'half_year',
  fillerLevels: ['city', 'county', 'township'],
  due: { kind: 'working', days: 10 },
  opensOn: '2025-01-01',
  items,
  rules: [
    { id: 'UNI-05', kind: 'present', level: 'error', items: ['unions_with_women_workers'] },
    compare(
      '12.2-3',
      'error',
      plus('women_committee_count', 'women_committee_member_count'),
      '<=',
      'unions_with_women_workers',
    ),
    compare('12.2-4a', 'error', 'women_special_contract_enterprises', '<=', 'unionised_enterprises_with_women'),
    compare('12.2-4b', 'warning', 'women_special_contract_enterprises', '>=', 'women_special_contract_count'),
    ...askAlways(items),
  ],
}
