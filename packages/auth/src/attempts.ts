import { sql } from 'kysely'
import { DomainError, visitor, withTenant, type Deps, type TenantContext } from '@gonglian/tenancy'

/** GB/T 22239 level 3 (handbook 15): at most 5 failures, then 15 minutes, by account and by source. */
export const accountLimit = 5
export const addressLimit = 40
const windowMinutes = 15

/** One subject that attempts are counted for. A name counts whether or not somebody has it: being locked out tells nothing. */
type Subject = { kind: 'account' | 'address'; key: string }

const limits = { account: accountLimit, address: addressLimit } as const

/** A subscriber has a whole /64 of IPv6 addresses to come from; those count as one. */
export function sourceOf(address: string): string {
  if (!address.includes(':')) return address
  const mapped = /^::ffff:([0-9.]+)$/i.exec(address)
  if (mapped?.[1] !== undefined) return mapped[1]
  const [head = '', tail = ''] = address.split('%')[0]?.split('::') ?? []
  const front = head.split(':').filter((part) => part !== '')
  const back = tail.split(':').filter((part) => part !== '')
  const whole = [...front, ...Array.from({ length: Math.max(0, 8 - front.length - back.length) }, () => '0'), ...back]
  return `${whole
    .slice(0, 4)
    .map((part) => part.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}

function subjectText(subject: Subject): string {
  return `${subject.kind}:${subject.key}`
}

/**
 * Counts one attempt before it is tried, so that a hundred at once get no more than the limit. `left`: how many may
 * still fail after this one.
 */
async function countAttempt(ctx: TenantContext, subject: Subject): Promise<{ blockedSeconds: number; left: number }> {
  const limit = limits[subject.kind]
  const closing = new Date(ctx.now.getTime() + windowMinutes * 60_000)
  // The window opens with the first failure; the failure that reaches the limit closes the door for a whole window.
  const { rows } = await sql<{ failures: number; until: Date }>`
    insert into auth.attempt as a (subject, failures, until) values (${subjectText(subject)}, 1, ${closing})
    on conflict (subject) do update set
      failures = case when a.until <= ${ctx.now} then 1 else a.failures + 1 end,
      until = case when a.until <= ${ctx.now} or a.failures + 1 = ${limit} then ${closing} else a.until end
    returning failures, until`.execute(ctx.db)
  const [row] = rows
  if (!row) throw new Error('an attempt was not counted')
  const blockedSeconds =
    row.failures > limit ? Math.max(1, Math.ceil((row.until.getTime() - ctx.now.getTime()) / 1000)) : 0
  return { blockedSeconds, left: Math.max(0, limit - row.failures) }
}

/**
 * Lets an attempt on an account through, or not. In its own transaction: the count stays even if what follows fails.
 *
 * @throws DomainError too_many errors.accountLocked or errors.tooManyAttempts, with {seconds, minutes} to wait
 */
export async function admitAttempt(
  deps: Deps,
  input: { username: string; address: string; requestId: string },
): Promise<{ left: number }> {
  const answer = await withTenant(deps, visitor(input.requestId, input.address), async (ctx) => {
    const source = sourceOf(input.address)
    const address = source === '' ? null : await countAttempt(ctx, { kind: 'address', key: source })
    if (address && address.blockedSeconds > 0)
      return { key: 'errors.tooManyAttempts', seconds: address.blockedSeconds, left: 0 }
    const account = await countAttempt(ctx, { kind: 'account', key: input.username })
    return { key: 'errors.accountLocked', seconds: account.blockedSeconds, left: account.left }
  })
  if (answer.seconds > 0) throw closedDoor(answer.key, answer.seconds)
  return { left: answer.left }
}

/** What is answered to the failure that closes the door, and to everybody who comes while it is closed. */
export function closedDoor(key = 'errors.accountLocked', seconds = windowMinutes * 60): DomainError {
  return new DomainError('too_many', key, { params: { seconds, minutes: Math.ceil(seconds / 60) } })
}

/** The right password was given: the account's failures are forgotten and the attempt is taken back from the address. */
export async function forgiveAttempts(ctx: TenantContext, input: { username: string; address: string }): Promise<void> {
  // In the order in which an attempt is counted: two who come at once wait for each other instead of both failing.
  await ctx.db
    .updateTable('auth.attempt')
    .set((eb) => ({ failures: eb('failures', '-', 1) }))
    .where('subject', '=', subjectText({ kind: 'address', key: sourceOf(input.address) }))
    .where('failures', '>', 0)
    .execute()
  await ctx.db
    .deleteFrom('auth.attempt')
    .where('subject', '=', subjectText({ kind: 'account', key: input.username }))
    .execute()
}

/** Forgets counts whose time is over; somebody who tries invented names would otherwise fill the table. */
export async function dropOldAttempts(ctx: TenantContext): Promise<void> {
  // What somebody is counting just now is forgotten another time.
  await sql`
    delete from auth.attempt where subject in (
      select subject from auth.attempt where until < ${ctx.now} for update skip locked)`.execute(ctx.db)
}

/** Opens an account's door again before its time. True when it was closed or counting. */
export async function forgetFailures(ctx: TenantContext, username: string): Promise<boolean> {
  const gone = await ctx.db
    .deleteFrom('auth.attempt')
    .where('subject', '=', subjectText({ kind: 'account', key: username }))
    .executeTakeFirst()
  return gone.numDeletedRows > 0n
}
