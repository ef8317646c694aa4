import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { DomainError, recordAudit, visitor, withTenant, type Deps, type TenantContext } from '@gonglian/tenancy'
import { findAccount, type FoundAccount } from './account-search.ts'
import { admitAttempt, dropOldAttempts, forgiveAttempts, takeBackAttempt, tooMany, type Attempt } from './attempts.ts'
import { readerOf } from './body-reader.ts'
import { findDevice, keepDeviceToken, rememberDevice } from './devices.ts'
import { useFactor, type UsedFactor } from './factor.ts'
import { verifyPassword } from './passwords.ts'
import { beginSession, type SignedIn } from './sessions.ts'
import { needsFactor, readSignInRule } from './sign-in-rule.ts'
import { openTicket, writeTicket } from './ticket.ts'

export const SignIn = z.object({
  // No account has a control character in its name, and PostgreSQL takes no zero byte: they become a character nobody has.
  username: z
    .string()
    .max(1000)
    .transform((name) =>
      name
        .trim()
        .toLowerCase()
        .replaceAll(/\p{Cc}/gu, '\ufffd')
        .slice(0, 200),
    ),
  password: z.string().max(1000),
  requestId: z.string(),
  address: z.string().max(100),
  agent: z.string(),
  /** The cookie by which a device is known again. */
  device: z.string().max(200).optional(),
})

export const SignInWithCode = SignIn.omit({ username: true, password: true }).extend({
  ticket: z.string().max(2000),
  code: z.string().max(100),
})

/** Refusals leave at multiples of this time, so that the audit line written for a real account does not show in it. */
const refusalStepMs = 250

export type Opened = {
  sessionId: string
  actor: SignedIn
  /** The cookie by which this device is known from now on. */
  device: string
}

async function refuseEvenly<T>(work: () => Promise<T>): Promise<T> {
  const started = performance.now()
  try {
    return await work()
  } catch (error) {
    const spent = performance.now() - started
    await wait(refusalStepMs * Math.ceil(spent / refusalStepMs) - spent)
    throw error
  }
}

/**
 * Opens a session for the right user name and password. Unknown user, wrong password and disabled account get the same
 * answer after the same work; attempts are counted before they are tried (attempts.ts).
 *
 * @throws DomainError unauthenticated errors.wrongCredentials {attemptsLeft}; errors.accountNotEffective when the password is
 * right but the security administrator has not agreed yet; errors.bodyClosedSignIn when the body was closed; errors.codeNeeded {ticket} when it is right and the account has a second
 * factor: signInWithCode goes on; too_many errors.accountLocked or errors.tooManyAttempts {seconds, minutes}
 */
export function signIn(deps: Deps, input: z.input<typeof SignIn>): Promise<Opened> {
  return refuseEvenly(() => trySignIn(deps, SignIn.parse(input)))
}

/**
 * The second step: a code of the authenticator or a recovery code, with the ticket that the right password got. Wrong codes count like
 * wrong passwords.
 *
 * @throws DomainError unauthenticated errors.ticketExpired, errors.wrongCode {attemptsLeft}; too_many errors.accountLocked
 */
export function signInWithCode(deps: Deps, input: z.input<typeof SignInWithCode>): Promise<Opened> {
  return refuseEvenly(() => tryCode(deps, SignInWithCode.parse(input)))
}

type Request = { requestId: string; address: string; agent: string; device?: string | undefined }

async function trySignIn(deps: Deps, input: z.output<typeof SignIn>): Promise<Opened> {
  const { username } = input
  const outside = visitor(input.requestId, input.address)
  const { account, trusted } = await withTenant(deps, outside, async (ctx) => ({
    account: await findAccount(ctx, { username }),
    trusted: await findDevice(ctx, username, input.device),
  }))
  const attempt = { username, address: input.address, requestId: input.requestId, trusted }
  const { left, seconds } = await admitAttempt(deps, attempt)
  // The slow part stands between two transactions: a rush of visitors must not hold all connections.
  const fits = await verifyPassword(account?.passwordHash ?? null, input.password)
  if (!account || !fits || account.status === 'disabled') {
    await withTenant(deps, outside, async (ctx) => {
      await dropOldAttempts(ctx)
      if (account) await recordRefusal(ctx, account, account.status === 'disabled' ? 'disabled' : 'password', left)
    })
    if (left === 0) throw tooMany('errors.accountLocked', seconds)
    throw new DomainError('unauthenticated', 'errors.wrongCredentials', { params: { attemptsLeft: left } })
  }
  if (account.hasFactor) {
    await withTenant(deps, outside, (ctx) => takeBackAttempt(ctx, attempt))
    const ticket = writeTicket(deps.vault, account, deps.clock())
    throw new DomainError('unauthenticated', 'errors.codeNeeded', { params: { ticket } })
  }
  return open(deps, account, attempt, input, null)
}

async function tryCode(deps: Deps, input: z.output<typeof SignInWithCode>): Promise<Opened> {
  const outside = visitor(input.requestId, input.address)
  const ticket = openTicket(deps.vault, input.ticket, deps.clock())
  const account = ticket && (await withTenant(deps, outside, (ctx) => findAccount(ctx, { id: ticket.accountId })))
  if (!account || account.status === 'disabled' || !account.hasFactor || !ticket.fits(account))
    throw new DomainError('unauthenticated', 'errors.ticketExpired')
  const trusted = await withTenant(deps, outside, (ctx) => findDevice(ctx, account.username, input.device))
  const attempt = { username: account.username, address: input.address, requestId: input.requestId, trusted }
  const { left, seconds } = await admitAttempt(deps, attempt)
  const used = await withTenant(deps, outside, async (ctx) => {
    const found = await useFactor(ctx, account.id, input.code)
    if (!found) await recordRefusal(ctx, account, 'code', left)
    return found
  })
  if (!used) {
    if (left === 0) throw tooMany('errors.accountLocked', seconds)
    throw new DomainError('unauthenticated', 'errors.wrongCode', { params: { attemptsLeft: left } })
  }
  return open(deps, account, attempt, input, used)
}

/** Password, and code where there is a factor, were right. */
async function open(
  deps: Deps,
  account: FoundAccount,
  attempt: Attempt,
  request: Request,
  used: UsedFactor | null,
): Promise<Opened> {
  const isEffective = account.status === 'active' && account.roles.length > 0 && !account.isBodyClosed
  const rule = await withTenant(deps, readerOf(account.tenantId), readSignInRule)
  const opened = await withTenant(deps, visitor(request.requestId, request.address), async (ctx) => {
    await forgiveAttempts(ctx, attempt)
    const entry = { objectKind: 'account', objectId: account.username, tenantId: account.tenantId }
    if (!isEffective) {
      await recordAudit(ctx, {
        ...entry,
        action: 'session.refused',
        after: { cause: account.isBodyClosed ? 'body closed' : 'not effective' },
      })
      return null
    }
    const device = keepDeviceToken(request.device)
    await rememberDevice(ctx, account, device)
    const session = await beginSession(ctx, account, request, {
      sessions: rule.sessions,
      factorRequired: needsFactor(rule, account),
      passwordExpired: isExpired(ctx, account, rule.passwordDays),
    })
    const asPerson = { ...ctx, actor: session.actor }
    await recordAudit(asPerson, {
      ...entry,
      action: 'session.signIn',
      after: { agent: request.agent.slice(0, 300), factor: used?.by ?? null },
    })
    if (used?.by === 'recovery')
      await recordAudit(asPerson, { ...entry, action: 'factor.recoveryUsed', after: { left: used.left } })
    return { ...session, device }
  })
  if (!opened)
    throw new DomainError(
      'unauthenticated',
      account.isBodyClosed ? 'errors.bodyClosedSignIn' : 'errors.accountNotEffective',
    )
  return opened
}

function isExpired(ctx: TenantContext, account: FoundAccount, days: number | null): boolean {
  const changedAt = account.passwordChangedAt ?? account.createdAt
  return days !== null && !account.isDemonstration && ctx.now.getTime() - changedAt.getTime() > days * 86_400_000
}

async function recordRefusal(
  ctx: TenantContext,
  account: FoundAccount,
  cause: 'disabled' | 'password' | 'code',
  left: number,
): Promise<void> {
  const entry = { objectKind: 'account', objectId: account.username, tenantId: account.tenantId }
  await recordAudit(ctx, { ...entry, action: 'session.refused', after: { cause } })
  if (left === 0) await recordAudit(ctx, { ...entry, action: 'session.lockout' })
}
