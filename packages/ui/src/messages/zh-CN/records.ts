export const records = {
  'records.yes': '是',
  'records.no': '否',
  'records.print': '打印',
  'records.printedBy': '{person} 打印于 {at}',
  'records.acts': '操作',
  'records.and': '、',
  'records.from': '自',
  'records.to': '至',
  'records.fileTooLong': '清单超过 {limit} 行，请先筛选再导出',
  'records.noList': '没有这个清单',
} as const
