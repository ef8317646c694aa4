import type { Finding } from './finding.ts'
import type { Project } from './project.ts'

const parts = [
  ['its number and what was decided', /^# \d{4}: \S/],
  ['its day and whether it holds', /^Date: \d{4}-\d{2}-\d{2} · Status: (?:accepted|superseded by \d{4})/m],
  ['the question', /^\*\*Question\./m],
  ['the decision', /^\*\*Decision[.:]/m],
  ['the reason', /^\*\*Why\b/m],
  ['the price', /^\*\*Price\b/m],
] as const

/** A decision is written by the template, so that a reader finds question, reason and price of each at the same place. */
export function checkDecisions({ files }: Project): Finding[] {
  return files
    .filter(({ path }) => /^docs\/decisions\/(?!0000)\d{4}-/.test(path))
    .flatMap(({ path, text }) =>
      parts
        .filter(([, pattern]) => !pattern.test(text))
        .map(([part]) => ({
          file: path,
          line: 1,
          rule: 'decisions',
          message: `it does not say ${part}; see docs/decisions/0000-template.md`,
        })),
    )
}
