import type { Opened } from '@gonglian/auth'
import { DomainError } from '@gonglian/tenancy'
import { nameCookie, readCookie, sessionCookie } from './cookies.ts'
import type { PasswordAnswer, SignInAnswer } from './door.ts'

const deviceCookie = 'device'
const deviceSeconds = 180 * 86_400

/** The cookie by which a device is known again. */
export function deviceOf(cookie: string | undefined, isSecure: boolean): { device?: string } {
  const device = readCookie(cookie, nameCookie(deviceCookie, isSecure))
  return device === null ? {} : { device }
}

/** What a try to sign in comes to, for its page. */
export async function answerSignIn(
  trying: Promise<Opened>,
  ticket: string | null,
  write: (name: string, value: string, maxAge: number) => string,
): Promise<SignInAnswer> {
  try {
    const { sessionId, device } = await trying
    return {
      ok: true,
      cookie: write(sessionCookie, sessionId, 12 * 3600),
      deviceCookie: write(deviceCookie, device, deviceSeconds),
    }
  } catch (error) {
    if (!(error instanceof DomainError)) throw error
    const { key, params } = error
    if (error.code === 'too_many') {
      return {
        ok: false,
        reason: key === 'errors.accountLocked' ? 'locked' : 'tooMany',
        seconds: Number(params['seconds'] ?? 0),
      }
    }
    if (key === 'errors.codeNeeded') return { ok: false, reason: 'code', ticket: String(params['ticket']) }
    if (key === 'errors.accountNotEffective') return { ok: false, reason: 'notEffective' }
    if (key === 'errors.ticketExpired') return { ok: false, reason: 'ticketExpired' }
    const attemptsLeft = Number(params['attemptsLeft'])
    if (ticket !== null) return { ok: false, reason: 'code', ticket, attemptsLeft }
    return params['attemptsLeft'] === undefined
      ? { ok: false, reason: 'wrong' }
      : { ok: false, reason: 'wrong', attemptsLeft }
  }
}

/** What stands beside the field of a form that sets a password. */
export function toPasswordAnswer(error: unknown): PasswordAnswer {
  const cause = error instanceof Error && error.cause instanceof DomainError ? error.cause : error
  if (!(cause instanceof DomainError)) throw error
  const [field] = cause.fields
  const named = field?.path
  return {
    ok: false,
    field: named === 'current' || named === 'code' ? named : 'next',
    key: field?.key ?? cause.key,
    params: field?.params ?? cause.params,
  }
}
