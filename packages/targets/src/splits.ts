/**
 * How a share is split. Pure: the editor in the browser shows what the server will check. Everything is exact integer
 * arithmetic, and what is split always sums to what there was (P1).
 */

/** One body in a split. `code` decides ties, so that the order of the rows changes nothing. */
export type SplitRow = {
  readonly code: string
  /** Present share; null: none yet. */
  readonly value: number | null
  /** Typed by hand or already issued: no method touches it. */
  readonly locked: boolean
  /** What it is split by: last year's actual, members, another item's share. Null: not known. */
  readonly basis: number | null
}

/** What the splitting body keeps back (机动): an amount, or hundredths of a percent of the share, rounded down. */
export type Reserve =
  { readonly kind: 'amount'; readonly amount: number } | { readonly kind: 'percent'; readonly percent: number }

export type Split =
  | {
      readonly ok: true
      /** By code; null only where a locked row has none. Values + reserve = share. */
      readonly values: ReadonlyMap<string, number | null>
      readonly reserve: number
      /** Rows that got nothing because their basis is not known. */
      readonly unknown: readonly string[]
    }
  | { readonly ok: false; readonly key: string; readonly params: Readonly<Record<string, number>> }

export type SplitInput = { readonly share: number; readonly reserve: Reserve; readonly rows: readonly SplitRow[] }

/** The amount kept back. */
export function findReserve(share: number, reserve: Reserve): number {
  return reserve.kind === 'amount' ? reserve.amount : Number((BigInt(share) * BigInt(reserve.percent)) / 10_000n)
}

/** What is left after children and reserve: 0 when all is given out, negative when more than that. */
export function findRemainder(share: number, reserve: number, values: readonly (number | null)[]): number {
  return values.reduce<number>((left, value) => left - (value ?? 0), share - reserve)
}

/** The largest amount by which the children may pass the share, from the plan's limit in hundredths of a percent. */
export function findLimit(share: number, overAllocation: number): number {
  return Number((BigInt(share) * BigInt(overAllocation)) / 10_000n)
}

/** The same for each; what does not divide goes one by one to the first by code. */
export function splitEqual(input: SplitInput): Split {
  return splitByBasis({ ...input, rows: input.rows.map((row) => ({ ...row, basis: 1 })) })
}

/**
 * In proportion to the rows' basis, by largest remainder: nobody is further than one from the exact proportion, and who has
 * the larger basis never gets less. A row whose basis is 0 or not known gets 0 (and is named when it is not known).
 */
export function splitByBasis(input: SplitInput): Split {
  const reserve = findReserve(input.share, input.reserve)
  const free = input.rows.filter((row) => !row.locked)
  const locked = input.rows.filter((row) => row.locked)
  const left = findRemainder(
    input.share,
    reserve,
    locked.map((row) => row.value),
  )
  if (left < 0) return { ok: false, key: 'errors.splitLockedTooMuch', params: { over: -left } }
  const values = new Map<string, number | null>(locked.map((row) => [row.code, row.value]))
  const unknown = free.filter((row) => row.basis === null).map((row) => row.code)
  const weights = free.map((row) => ({ code: row.code, weight: BigInt(Math.max(0, row.basis ?? 0)) }))
  const total = weights.reduce((sum, row) => sum + row.weight, 0n)
  // Nobody to give to: what is left stays in the reserve.
  if (free.length === 0) return { ok: true, values, reserve: reserve + left, unknown }
  if (total === 0n && left > 0) return { ok: false, key: 'errors.splitNoBasis', params: {} }
  const quotas = weights.map((row) => {
    const product = BigInt(left) * row.weight
    return total === 0n
      ? { code: row.code, whole: 0n, remainder: 0n }
      : { code: row.code, whole: product / total, remainder: product % total }
  })
  let rest = BigInt(left) - quotas.reduce((sum, quota) => sum + quota.whole, 0n)
  const byRemainder = [...quotas].sort((a, b) =>
    a.remainder === b.remainder ? (a.code < b.code ? -1 : 1) : a.remainder > b.remainder ? -1 : 1,
  )
  for (const quota of byRemainder) {
    const extra = rest > 0n ? 1n : 0n
    rest -= extra
    values.set(quota.code, Number(quota.whole + extra))
  }
  return { ok: true, values, reserve, unknown }
}

/** In the proportion in which another item was split: its shares are the basis. Bodies without a share there are named. */
export function splitBySameShare(input: SplitInput, other: ReadonlyMap<string, number>): Split {
  return splitByBasis({ ...input, rows: input.rows.map((row) => ({ ...row, basis: other.get(row.code) ?? null })) })
}

/** Rates and equal quotas: each gets the parent's own value; locked rows stay. Nothing is kept back. */
export function splitAlike(share: number, rows: readonly SplitRow[]): Split {
  return {
    ok: true,
    values: new Map(rows.map((row) => [row.code, row.locked ? row.value : share])),
    reserve: 0,
    unknown: [],
  }
}
