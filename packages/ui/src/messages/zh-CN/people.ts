/** Look-ups by whole numbers, imports that end early, the members' appraisal in separate hands. */
export const people = {
  'errors.batchedVisitor': '未登录时每次请求只能办理一项',
  'errors.guessed': '编码错误次数过多，请 {seconds} 秒后再试',
  'organisation.lookup.tooMany': '一小时内按完整号码查询已达 {limit} 次，请稍后再试',
  'organisation.import.unexpected': '处理时发生意外错误，可以重试',
  'organisation.import.retry': '重试',
  'organisation.monthEnd': '仅提供月末人数，最近一个月末为 {last}',
  'audit.action.lead.open': '批量建立建会对象',
  'audit.action.import.failed': '导入失败',
  'audit.action.import.waiting': '重新检查导入文件',
  'audit.action.import.cleared': '清除导入遗留数据',
  'openings.file': '佐证材料',
  'openings.reason.member.search': '按完整号码查询',
  'openings.reason.member.check': '核对是否已有会籍（{count} 人）',
  'openings.reason.evidence.read': '上级查看佐证材料',
} as const
