/** What the server says when a request or a file goes over its limits. */
export const webLimits = {
  'limits.rate': '操作过于频繁，请在 {seconds} 秒后再试',
  'limits.busy': '您有多项操作正在处理，请稍候再试',
  'limits.slow': '查询时间过长，已停止。请缩小范围后再试',
  'organisation.import.tooSlow': '文件读取时间过长，已停止。请用 Excel 另存为新的 .xlsx 文件，或分成几个文件再导入',
  'organisation.import.badSign': '第 {line} 行有无法识别的字符，请用 Excel 打开检查后，另存为 .xlsx 文件再导入',
} as const
