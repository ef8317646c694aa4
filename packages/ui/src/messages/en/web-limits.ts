import type { webLimits as source } from '../zh-CN/web-limits.ts'

export const webLimits = {
  'limits.rate': 'Too many requests; please try again in {seconds} {seconds|second|seconds}',
  'limits.busy': 'Several of your requests are still being worked on; please try again in a moment',
  'limits.slow': 'The question took too long and was stopped; please ask for a smaller part',
  'organisation.import.tooSlow':
    'Reading the file took too long and was stopped. Save it as a new .xlsx file in Excel, or split it into several files',
  'organisation.import.badSign':
    'Line {line} has a character that cannot be read. Open the file in Excel, check it, and save it as .xlsx',
} as const satisfies Record<keyof typeof source, string>
