import type { people as source } from '../zh-CN/people.ts'

export const people = {
  'errors.batchedVisitor': 'Without signing in, a request may hold one call only',
  'errors.guessed': 'Too many wrong codes. Try again in {seconds} seconds',
  'organisation.lookup.tooMany':
    'The limit of {limit} look-ups by a whole number in an hour is reached. Try again later',
  'organisation.import.unexpected': 'An unexpected error occurred. You can try again',
  'organisation.import.retry': 'Try again',
  'organisation.monthEnd': 'Counts are given for ends of months; the last one is {last}',
  'audit.action.lead.open': 'Employers taken up for founding',
  'audit.action.import.failed': 'Import failed',
  'audit.action.import.waiting': 'Import checked again',
  'audit.action.import.cleared': 'Leftovers of an import removed',
  'openings.file': 'Evidence file',
  'openings.reason.member.search': 'Search by a whole number',
  'openings.reason.member.check': 'Checked whether somebody is a member ({count} people)',
  'openings.reason.evidence.read': 'Evidence read by a superior',
} as const satisfies Record<keyof typeof source, string>
