export const papers = {
  'papers.unions.approval': '批复',
  'papers.terms.reminder': '换届提醒函',
  'papers.union.notApproved': '该工会尚未批准，没有批复',
  'papers.term.ended': '该届任期已经结束，无须提醒',
  'papers.unions.legalPerson': '工会法人资格登记证明',
  'papers.members.card': '会员证',
  'papers.ratings.home': '荣誉证书',
  'papers.union.notAccredited': '该工会尚未登记法人资格',
  'papers.member.noCard': '该会员没有会员证',
  'papers.rating.noTitle': '没有由本单位授予并且有效的称号',
} as const
