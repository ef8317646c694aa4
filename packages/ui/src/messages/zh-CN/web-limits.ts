/** What the server says when a request or a file goes over its limits. */
export const webLimits = {
  'limits.rate': '操作过于频繁，请在 {seconds} 秒后再试',
  'limits.busy': '您有多项操作正在处理，请稍候再试',
  'limits.slow': '查询时间过长，已停止。请缩小范围后再试',
} as const
