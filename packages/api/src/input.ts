import { DomainError } from '@gonglian/tenancy'

const greatestDepth = 12

/** Zero bytes and halves of a sign (lone surrogates). */
const unstorableSigns = /[\u0000\p{Surrogate}]/u

/** PostgreSQL knows no year 0. */
const yearZero = /^0000-\d\d-\d\d/

/** What PostgreSQL stores: no zero byte, no half of a sign (a lone surrogate), no day in the year 0. */
function isStorable(text: string): boolean {
  return !unstorableSigns.test(text) && !yearZero.test(text)
}

/**
 * The one check of every text, key and day that comes in, before a schema reads it: what the database could not store is refused
 * beside its field instead of failing there.
 *
 * @throws DomainError invalid
 */
export function refuseUnstorable(input: unknown, path: readonly string[] = []): void {
  if (typeof input === 'string' || input instanceof Date) {
    if (isStorable(typeof input === 'string' ? input : input.toISOString())) return
    throw new DomainError('invalid', 'errors.invalid', {
      fields: [{ path: path.join('.'), key: 'errors.inputFormat' }],
    })
  }
  if (typeof input !== 'object' || input === null) return
  if (path.length > greatestDepth) throw new DomainError('invalid', 'errors.invalid')
  for (const [key, value] of Object.entries(input)) {
    if (!isStorable(key)) throw new DomainError('invalid', 'errors.invalid')
    refuseUnstorable(value, [...path, key])
  }
}
