/** What changed below a report after it was accepted, and who reviews it (decision 0013). */
export const reportChanges = {
  'errors.nothingChangedBelow': '下级数据没有变动，不需要重新认可',
  'errors.changedBelowAgain': '下级数据又有变动，请核对最新数据后再认可',
  'audit.action.report.accept_again': '重新认可报表',
  'reports.event.accepted_again': '重新认可',
  'reports.event.changed_below': '下级有变动',
  'reports.event.regrouped': '隶属关系调整，须重新审核',
  'progress.cell.event.accepted_again': '重新认可',
  'progress.cell.event.changed_below': '下级有变动',
  'progress.cell.event.regrouped': '隶属关系调整，须重新审核',
  'reports.changed': '下级有变动',
  'reports.changed.title': '下级有变动，尚未重新认可',
  'reports.changed.review':
    '{who}于 {when} 认可的合计（含下级）仍是有效数，计入本级和上级汇总。此后下级又有变动，核对无误后请重新认可。',
  'reports.changed.read':
    '{who}于 {when} 认可的合计（含下级）仍是有效数。此后下级又有变动，现数要等上级重新认可才计入上级汇总。',
  'reports.changed.line': '按产业系统汇总',
  'reports.changed.figures': '已认可数与现数',
  'reports.changed.count': '包含报表：已认可 {accepted} 份，现有 {present} 份',
  'reports.changed.again': '重新认可',
  'reports.changed.done': '已重新认可{body}的数据',
  'reports.changed.below': '{body}{event}',
  'reports.changed.hidden': '下级单位',
  'reports.reviewer.other': '本期报表按当期隶属关系由{body}审核，本级只能查看。',
  'desk.reviews.changed': '{count} 份下级有变动',
} as const
