export const papers = {
  'papers.unions.approval': 'Approval',
  'papers.terms.reminder': 'Reminder of the term',
  'papers.union.notApproved': 'This union is not approved, so there is no approval to print',
  'papers.term.ended': 'This term has ended, so there is nothing to remind of',
  'papers.unions.legalPerson': 'Legal person registration',
  'papers.members.card': 'Membership card',
  'papers.ratings.home': 'Certificate of honour',
  'papers.union.notAccredited': 'This union is not registered as a legal person',
  'papers.member.noCard': 'This member has no card',
  'papers.rating.noTitle': 'No title in force that your body awarded',
} as const
