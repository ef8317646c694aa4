/** 节假日安排. */
export const calendar = {
  'calendar.provisional': '{year}年放假安排尚未公布，按周末推算',
  'calendar.missing':
    '{years} 年的放假安排还没有录入，这些年份的上报时限暂按周末和固定日期的节日推算。国务院办公厅通知公布后，请在“节假日安排”中录入。',
} as const
