/** The value below which the given part of the samples lies. */
export function findPercentile(samples: readonly number[], part: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * part) - 1)] ?? Number.NaN
}

export async function time<T>(work: () => Promise<T>): Promise<{ ms: number; value: T }> {
  const started = performance.now()
  const value = await work()
  return { ms: performance.now() - started, value }
}

export type Result = { readonly what: string; readonly value: string; readonly bar: string; readonly met: boolean }

/** One line of the table in docs/performance.md. */
export function judge(what: string, value: number, limit: number, unit: string): Result {
  const digits = unit === '' ? 2 : value < 10 ? 1 : 0
  return { what, value: `${value.toFixed(digits)} ${unit}`.trim(), bar: `${limit} ${unit}`.trim(), met: value <= limit }
}
