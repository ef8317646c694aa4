import { askAlways, compare, section, type FormEntry } from './form.ts'

const items = [
  ...section('集体协商', 'Collective negotiation', [
    'collective_contract_count',
    'collective_contract_enterprises',
    'collective_contract_covered_workers',
    'wage_contract_count',
    'contract_checked_count',
    'contract_performed_count',
    'contract_performance_rate',
  ]),
  ...section('争议调解和信访', 'Mediation and petitions', [
    'mediation_case_count',
    'mediation_closed_count',
    'mediation_agreed_count',
    'mediation_success_rate',
    'petition_count',
  ]),
  ...section('法律援助和监督', 'Legal aid and supervision', [
    'legal_aid_case_count',
    'legal_aid_recovered_amount',
    'labour_reminder_count',
    'labour_opinion_count',
  ]),
]

/** 维权工作季报. */
export const rightsQuarterly: FormEntry = {
  code: 'rights-quarterly',
  nameZh: '维权工作季报',
  nameEn: 'Quarterly report of rights protection',
  frequency: 'quarter',
  fillerLevels: ['city', 'county', 'township'],
  due: { kind: 'working', days: 10 },
  opensOn: '2025-01-01',
  items,
  rules: [
    {
      id: 'UNI-05',
      kind: 'present',
      level: 'error',
      items: ['collective_contract_count', 'collective_contract_enterprises'],
    },
    // One regional or industry contract covers several enterprises; the other way round needs a word.
    compare('12.2-4', 'warning', 'collective_contract_enterprises', '>=', 'collective_contract_count'),
    compare('12.2-1a', 'error', 'contract_performed_count', '<=', 'contract_checked_count'),
    compare('12.2-1b', 'error', 'mediation_agreed_count', '<=', 'mediation_closed_count'),
    compare('12.2-6', 'warning', 'mediation_closed_count', '<=', 'mediation_case_count'),
    {
      id: 'NOTE-opinion',
      kind: 'note',
      level: 'warning',
      item: 'labour_opinion_count',
      left: 'labour_opinion_count',
      op: '>',
      right: 0,
    },
    ...askAlways(items),
  ],
}
