import type { Compared, Evidence } from './torture.ts'

const most = 20

/** What a run came to, for people. */
export function describeRun(seed: number, evidence: Evidence, compared: Compared, faults: readonly string[]): string {
  const { ledger, disturbed } = evidence
  const list = (counts: ReadonlyMap<string, number>) =>
    [...counts]
      .toSorted(([, a], [, b]) => b - a)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ') || 'none'
  return [
    `seed ${seed}: ${ledger.countChanges()} changes acknowledged in ${Math.round(evidence.seconds)} s by ${evidence.signIns} sign-ins`,
    `  done: ${list(ledger.done)}`,
    `  refused: ${list(ledger.refused)}`,
    `  without an answer: ${list(ledger.unknown)}; of the changes among them ${compared.resolved} were done`,
    `  disturbances: ${list(disturbed.counts)}`,
    `  ${compared.totals} totals and ${compared.auditLines} lines of audit trails compared`,
    faults.length === 0 ? '  no difference' : `  ${faults.length} FAULTS`,
    ...faults.slice(0, most).map((fault) => `  - ${fault}`),
    ...(faults.length > most ? [`  and ${faults.length - most} more`] : []),
  ].join('\n')
}

/** What several runs came to; `found` are the seeds of those that found something. */
export const describeRuns = (first: number, schedules: number, found: readonly number[]): string =>
  `seeds ${first} to ${first + schedules - 1}: ${schedules - found.length} of ${schedules} schedules without a difference` +
  (found.length === 0 ? '' : `; look at ${found.join(', ')}`)
