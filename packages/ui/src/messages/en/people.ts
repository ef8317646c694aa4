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
  'organisation.slipOrderNotFound': 'There is no such order of slips',
  'organisation.slipsPrinted': 'These slips were printed already and cannot be printed again',
  'organisation.slipsNotPrinted': 'These slips were not printed yet, or are void already',
  'organisation.earlyAsked': 'Somebody already asked to close early',
  'organisation.earlyNotAsked': 'The last day is not over. First, somebody else has to ask to close early and say why',
  'appraisals.printOrder': 'Print slips',
  'appraisals.printOrder.text':
    'The codes are shown this once, and not to the person who ordered them. Fold and seal each slip, then give them to that person to hand out by lot.',
  'appraisals.voidSlips': 'Void unused slips',
  'appraisals.voidSlips.text':
    'For slips that were lost or seen: those not used become void and can be ordered again. Votes already cast remain.',
  'appraisals.reason': 'Reason',
  'appraisals.early': 'Ask to close early',
  'appraisals.early.text':
    'The last day is not over and some have not voted. Somebody else has to confirm; the reason is kept on record.',
  'appraisals.early.asked': 'Closing early was asked for: {reason}',
  'appraisals.round': 'Round {round}',
  'audit.action.appraisal.slips.order': 'Slips ordered',
  'audit.action.appraisal.slips.print': 'Slips printed',
  'audit.action.appraisal.slips.void': 'Slips voided',
  'audit.action.appraisal.early_asked': 'Early closing of an appraisal asked for',
  'audit.action.rating.score': 'Rating scored',
  'audit.action.officer.union_day': 'Day of union work recorded',
} as const satisfies Record<keyof typeof source, string>
