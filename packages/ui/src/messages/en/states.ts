import type { states as source } from '../zh-CN/states.ts'

export const states = {
  'states.light.green': 'On schedule',
  'states.light.yellow': 'Behind',
  'states.light.red': 'Far behind',
  'states.light.none': 'Not rated',
  'states.report.not_started': 'Not started',
  'states.report.draft': 'Draft',
  'states.report.submitted': 'Submitted',
  'states.report.returned': 'Returned',
  'states.report.accepted': 'Accepted',
  'states.report.correcting': 'Being corrected',
  'states.allocation.draft': 'Draft',
  'states.allocation.issued': 'Issued',
  'states.allocation.accepted': 'Accepted',
  'states.allocation.disputed': 'Disputed',
  'states.allocation.settled': 'Settled',
  'states.allocation.signed': 'Signed',
} as const satisfies Record<keyof typeof source, string>
