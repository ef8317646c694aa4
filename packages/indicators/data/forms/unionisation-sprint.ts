import { askAlways, compare, section, type FormEntry } from './form.ts'

const items = section('建会入会攻坚', 'Unionisation sprint', [
  'unionisation_gap_count',
  'unionisation_visited_units',
  'unionisation_preparing_units',
  'unionisation_applied_units',
  'unionisation_refused_units',
  'enrolment_application_count',
  { code: 'enrolment_application_count', zh: '新就业形态', en: 'new forms of employment' },
])

/** 建会入会半月报: the way from a unit without a union to an application; what was founded stands in the monthly report. */
export const unionisationSprint: FormEntry = {
  code: 'unionisation-sprint',
  nameZh: '建会入会半月报',
  nameEn: 'Half-monthly report of the unionisation sprint',
  frequency: 'half_month',
  fillerLevels: ['county', 'township'],
  due: { kind: 'working', days: 2 },
  opensOn: '2026-01-01',
  items,
  rules: [
    { id: 'UNI-05', kind: 'present', level: 'error', items: ['unionisation_gap_count'] },
    compare('12.2-1a', 'error', 'unionisation_preparing_units', '<=', 'unionisation_gap_count'),
    compare('12.2-1b', 'error', 'unionisation_refused_units', '<=', 'unionisation_gap_count'),
    compare('12.2-1c', 'error', 'enrolment_application_count#新就业形态', '<=', 'enrolment_application_count'),
    {
      id: 'NOTE-refused',
      kind: 'note',
      level: 'warning',
      item: 'unionisation_refused_units',
      left: 'unionisation_refused_units',
      op: '>',
      right: 0,
    },
    ...askAlways(items, 20),
  ],
}
