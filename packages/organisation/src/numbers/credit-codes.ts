import type { Finding } from './findings.ts'

export type CreditCodeVerdict =
  | { readonly ok: true; readonly value: string; readonly area: string; readonly warnings: readonly Finding[] }
  | { readonly ok: false; readonly errors: readonly Finding[] }

/** GB 32100: no I, O, S, V, Z. */
const signs = '0123456789ABCDEFGHJKLMNPQRTUWXY'
/** 3 to the power of 0 to 16, modulo 31. */
const weights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]
const organisationSigns = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2]

/** Half-width, capital, without spaces and hyphens. */
export function foldCreditCode(text: string): string {
  return text
    .normalize('NFKC')
    .replaceAll(/[\s\p{Cf}\p{Cc}\p{Pd}]/gu, '')
    .toUpperCase()
}

/** The eighteenth sign that belongs to seventeen. */
export function findCreditCheck(code: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * signs.indexOf(code[index] ?? ''), 0)
  return signs[(31 - (sum % 31)) % 31] ?? ''
}

/** The ninth sign that belongs to the eight before it in the code of an organisation (GB 11714). */
export function findOrganisationCheck(code: string): string {
  const sum = organisationWeights.reduce(
    (total, weight, index) => total + weight * organisationSigns.indexOf(code[index] ?? ''),
    0,
  )
  const check = 11 - (sum % 11)
  return check === 10 ? 'X' : check === 11 ? '0' : String(check)
}

/**
 * A unified social credit code (GB 32100, handbook 13). It has two check signs, of the whole and of the organisation code inside it. The
 * one inside is only warned about: codes were given to units whose older code never had a right one.
 *
 * @param options.acceptsEarly a code whose whole sign is wrong and whose inner one is right is warned about, too: some were issued before
 *   the sign was computed right. For codes that come from a registry, not for those that somebody types
 */
export function checkCreditCode(text: string, options: { readonly acceptsEarly?: boolean } = {}): CreditCodeVerdict {
  const value = foldCreditCode(text)
  const finding = (rule: string, params?: Finding['params']): Finding => ({
    rule: `creditCode.${rule}`,
    key: `organisation.creditCode.${rule}`,
    ...(params ? { params } : {}),
  })
  if (value.length !== 18) return { ok: false, errors: [finding('length', { length: value.length })] }
  const wrong = [...value].find((sign) => !signs.includes(sign))
  if (wrong !== undefined) return { ok: false, errors: [finding('signs', { sign: wrong })] }
  if (!/^\d{6}$/.test(value.slice(2, 8))) return { ok: false, errors: [finding('area')] }
  const organisation = value.slice(8, 17)
  const isOrganisation = findOrganisationCheck(organisation) === organisation[8]
  const isChecked = findCreditCheck(value) === value[17]
  if (!isChecked && !(isOrganisation && options.acceptsEarly === true)) return { ok: false, errors: [finding('check')] }
  const warnings = [...(isChecked ? [] : [finding('early')]), ...(isOrganisation ? [] : [finding('organisation')])]
  return { ok: true, value, area: value.slice(2, 8), warnings }
}
