import type { webLimits as source } from '../zh-CN/web-limits.ts'

export const webLimits = {
  'limits.rate': 'Too many requests; please try again in {seconds} {seconds|second|seconds}',
  'limits.busy': 'Several of your requests are still being worked on; please try again in a moment',
  'limits.slow': 'The question took too long and was stopped; please ask for a smaller part',
} as const satisfies Record<keyof typeof source, string>
