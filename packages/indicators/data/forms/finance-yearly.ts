import { askAlways, compare, plus, section, type FormEntry } from './form.ts'

const items = [
  ...section('经费收缴', 'Dues', [
    'dues_payable',
    'dues_received',
    { code: 'dues_received', zh: '税务代收', en: 'collected by the tax authority' },
    { code: 'dues_received', zh: '财政划拨', en: 'transferred by finance' },
    'dues_collection_rate',
    'dues_retained',
    'remittance_due_amount',
    'dues_remitted_up',
    'remittance_completion_rate',
    'member_fee_received',
  ]),
  ...section('经费收支', 'Income and expenditure', [
    'income_total',
    'expense_total',
    'expense_activity_amount',
    'expense_service_amount',
    'expense_rights_amount',
    'expense_worker_share',
    'budget_amount',
    'budget_execution_rate',
  ]),
]

/** 工会经费年报. */
export const financeYearly: FormEntry = {
  code: 'finance-yearly',
  nameZh: '工会经费年报',
  nameEn: 'Yearly report of union finance',
  frequency: 'year',
  fillerLevels: ['province', 'city', 'county', 'township'],
  due: { kind: 'fixed', month: 1, day: 31 },
  opensOn: '2025-01-01',
  items,
  rules: [
    {
      id: 'UNI-05',
      kind: 'present',
      level: 'error',
      items: ['dues_payable', 'dues_received', 'income_total', 'expense_total'],
    },
    compare('12.2-1a', 'error', plus('dues_received#税务代收', 'dues_received#财政划拨'), '<=', 'dues_received'),
    compare(
      '12.2-1b',
      'error',
      plus(plus('expense_activity_amount', 'expense_service_amount'), 'expense_rights_amount'),
      '<=',
      'expense_total',
    ),
    compare('12.2-8a', 'warning', 'dues_received', '<=', 'dues_payable'),
    // What is neither kept nor remitted is in transit; more than was received cannot be.
    compare('12.2-8b', 'warning', plus('dues_retained', 'dues_remitted_up'), '<=', 'dues_received'),
    compare('12.2-8c', 'warning', 'dues_remitted_up', '<=', 'remittance_due_amount'),
    compare('ACC-02', 'warning', 'expense_total', '<=', 'budget_amount'),
    {
      id: 'NOTE-deficit',
      kind: 'note',
      level: 'warning',
      item: 'expense_total',
      left: 'expense_total',
      op: '>',
      right: 'income_total',
    },
    ...askAlways(items, 10_000),
  ],
}
