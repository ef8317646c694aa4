import type { TortureResult } from './torture.ts'

const most = 20

/** What a run came to, for people. */
export function describeResult(seed: number, result: TortureResult): string {
  const list = (counts: ReadonlyMap<string, number>) =>
    [...counts]
      .toSorted(([, a], [, b]) => b - a)
      .map(([name, count]) => `${name} ${count}`)
      .join(', ') || 'none'
  const { faults } = result
  return [
    `seed ${seed}: ${result.changes} changes acknowledged in ${Math.round(result.seconds)} s by ${result.signIns} sign-ins`,
    `  done: ${list(result.done)}`,
    `  refused: ${list(result.refused)}`,
    `  without an answer: ${list(result.unknown)}; of the changes among them ${result.resolved} were done`,
    `  disturbances: ${list(result.disturbances)}`,
    `  ${result.totals} totals and ${result.auditLines} lines of audit trails compared`,
    faults.length === 0 ? '  no difference' : `  ${faults.length} FAULTS`,
    ...faults.slice(0, most).map((fault) => `  - ${fault}`),
    ...(faults.length > most ? [`  and ${faults.length - most} more`] : []),
  ].join('\n')
}
