/** Lights and the states of reports and allocations (handbook 11; design 5, 6). */
export const states = {
  'states.light.green': '正常',
  'states.light.yellow': '滞后',
  'states.light.red': '严重滞后',
  'states.light.none': '未评',
  'states.report.not_started': '未开始',
  'states.report.draft': '草稿',
  'states.report.submitted': '已上报',
  'states.report.returned': '已退回',
  'states.report.accepted': '已审核',
  'states.report.correcting': '更正中',
  'states.allocation.draft': '草稿',
  'states.allocation.issued': '已下达',
  'states.allocation.accepted': '已签收',
  'states.allocation.disputed': '申请调整',
  'states.allocation.settled': '已商定',
  'states.allocation.signed': '已签订',
} as const
