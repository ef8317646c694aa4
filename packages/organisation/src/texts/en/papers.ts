export const papers = {
  'papers.unions.approval': 'Approval',
  'papers.terms.reminder': 'Reminder of the term',
  'papers.union.notApproved': 'This union is not approved, so there is no approval to print',
  'papers.term.ended': 'This term has ended, so there is nothing to remind of',
} as const
