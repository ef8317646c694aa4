/** 记录页上“下一步”的说法。 */
export const nextSteps = {
  'nextSteps.title': '下一步',
  'nextSteps.none': '目前没有待办事项',
  'nextSteps.about': '{about}：{step}',
  'nextSteps.waits': '待{body}（{roles}）办理',
  'nextSteps.waitsOwn': '待本级（{roles}）办理',
  'nextSteps.others': '您是经手人，须由其他人员办理',
  'nextSteps.or': '、',
  'nextSteps.since': '{date} 起',
  'nextSteps.due': '{date} 截止',
  'nextSteps.late': '已逾期',
  'approvals.next.propose': '已上报，待提出审核意见',
  'approvals.next.propose.act': '提出意见',
  'approvals.next.decide': '待批复',
  'approvals.next.decide.act': '去批复',
  'approvals.next.mend': '已退回（{reason}），请修改后重新上报或撤回',
  'approvals.next.mend.act': '查看申请',
} as const
