import { randomInt, randomBytes } from 'node:crypto'
import { hash, verify, type Options } from '@node-rs/argon2'
import { DomainError, type FieldError } from '@gonglian/tenancy'
import { isGuessedSoon } from './password-strength.ts'

/** argon2id (the package's default variant) with the least cost OWASP recommends: 19 MiB, 2 passes, 1 thread. */
export const hashCost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const satisfies Options

/** Characters of a password at least (OWASP ASVS 2.1.1). */
export const leastLength = 12
const leastClasses = 3
const greatestLength = 200

/** Words a guesser tries first, here without the digits and signs that people put round them. */
const guessable = new Set([
  'password', 'passwd', 'passphrase', 'admin', 'administrator', 'root', 'welcome', 'letmein', 'iloveyou', 'woaini', 'woaizhongguo',
  'qwerty', 'qwertyuiop', 'asdfghjkl', 'zxcvbnm', 'qaz', 'qazwsx', 'qazwsxedc', 'abc', 'abcd', 'abcde', 'abcdef', 'abcdefg', 'test', 'user', 'guest',
  'gonghui', 'zonggonghui', 'zgh', 'gonglian', 'china', 'beijing', 'zhongguo', 'changeme', 'secret', 'dragon', 'monkey', 'sunshine', 'p', 'a', 'aa', 'aaa',
]) // prettier-ignore

/** Full-width letters and digits, as an input method types them, count as the ordinary ones. */
function normalise(password: string): string {
  return password.normalize('NFKC')
}

function countClasses(password: string): number {
  return [/\p{Ll}/u, /\p{Lu}/u, /\p{Nd}/u, /[^\p{Ll}\p{Lu}\p{Nd}]/u].filter((kind) => kind.test(password)).length
}

function isGuessable(password: string): boolean {
  const lower = password.toLowerCase()
  const plain = lower.replaceAll(/[^\p{L}]/gu, '')
  const disguised = lower
    .replaceAll(/^[^\p{L}@$]+|[^\p{L}@$]+$/gu, '')
    .replaceAll(/[@$0-9]/g, (sign) => disguises.get(sign) ?? '')
  return guessable.has(plain) || guessable.has(disguised.replaceAll(/[^\p{L}]/gu, '')) || new Set(lower).size < 5
}

const disguises = new Map([['@', 'a'], ['$', 's'], ['0', 'o'], ['1', 'i'], ['3', 'e'], ['5', 's']]) // prettier-ignore

/**
 * What is wrong with a password somebody chose (handbook 15): at least `leastLength` characters of 3 classes, not the user name, not
 * one that is guessed first. Empty: it may be used.
 */
export function checkPassword(password: string, username: string, path = 'password'): FieldError[] {
  const text = normalise(password)
  const faults: FieldError[] = []
  const length = [...text].length
  if (length < leastLength) faults.push({ path, key: 'errors.passwordShort', params: { count: leastLength } })
  if (length > greatestLength) faults.push({ path, key: 'errors.passwordLong', params: { count: greatestLength } })
  if (countClasses(text) < leastClasses)
    faults.push({ path, key: 'errors.passwordClasses', params: { count: leastClasses } })
  if (text.toLowerCase().includes(username.toLowerCase())) faults.push({ path, key: 'errors.passwordHasName' })
  if (isGuessable(text)) faults.push({ path, key: 'errors.passwordKnown' })
  return faults
}

/**
 * @param options.words what a guesser knows of the person (listKnownWords)
 * @throws DomainError invalid with every rule the password breaks
 */
export function requireGoodPassword(
  password: string,
  username: string,
  options: { path?: string; words?: readonly string[] } = {},
): void {
  const { path = 'password', words = [] } = options
  const fields = checkPassword(password, username, path)
  if (fields.length === 0 && isGuessedSoon(password, [username, ...words]))
    fields.push({ path, key: 'errors.passwordKnown' })
  if (fields.length > 0) throw new DomainError('invalid', 'errors.invalid', { fields })
}

export function hashPassword(password: string): Promise<string> {
  return hash(normalise(password), hashCost)
}

/** Stands in for the hash of an account that does not exist, so that refusing costs the same work. Nobody knows its password. */
const decoy = hashPassword(randomBytes(32).toString('base64'))

/** Whether the password fits. Without a hash it takes as long and says no. */
export async function verifyPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const against = await decoy
  const fits = await verify(passwordHash ?? against, normalise(password))
  return passwordHash !== null && fits
}

// Without letters and digits that are read for one another.
const alphabet = { upper: 'ABCDEFGHJKLMNPQRSTUVWXYZ', lower: 'abcdefghijkmnpqrstuvwxyz', digit: '23456789' }

/** A password to be handed over once, easy to read aloud: three groups of four, "Kpmw-2748-htzq". */
export function inventPassword(): string {
  const pick = (from: string, count: number) =>
    Array.from({ length: count }, () => from.charAt(randomInt(from.length))).join('')
  return `${pick(alphabet.upper, 1)}${pick(alphabet.lower, 3)}-${pick(alphabet.digit, 4)}-${pick(alphabet.lower, 4)}`
}
