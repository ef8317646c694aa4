export const papers = {
  'papers.unions.approval': '批复',
  'papers.terms.reminder': '换届提醒函',
  'papers.union.notApproved': '该工会尚未批准，没有批复',
  'papers.term.ended': '该届任期已经结束，无须提醒',
} as const
