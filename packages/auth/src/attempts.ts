import { sql } from 'kysely'
import { DomainError, visitor, withTenant, type Deps, type TenantContext } from '@gonglian/tenancy'

/** GB/T 22239 level 3 (handbook 15): at most 5 failures, then 15 minutes; each further failure doubles the wait. */
export const pairLimit = 5
const pairMinutes = { first: 15, most: 12 * 60 } as const
/** Failures of one name from everywhere that is not known, before each further guess has to wait. */
export const accountLimit = 20
const accountMinutes = { first: 1, most: 15 } as const
/** Names that may have failed behind one address at the same time. A name that gets in counts no longer. */
export const addressLimit = 40
const addressMinutes = 15
/** A day without a failure and the count begins anew. */
const memoryHours = 24

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

export type Attempt = {
  username: string
  address: string
  requestId: string
  /** A known device or an open session. It has a count of its own, so that no stranger's failures concern it. */
  trusted?: string | null
}

type Kind = 'source' | 'device' | 'account'
type Pair = [kind: Kind, source: string]
type Count = { failures: number; blocked_until: Date | null }

/** How long the next try has to wait after so many failures. */
function waitMs(kind: Kind, failures: number): number {
  const [limit, minutes] = kind === 'account' ? [accountLimit, accountMinutes] : [pairLimit, pairMinutes]
  return failures < limit ? 0 : Math.min(minutes.first * 2 ** (failures - limit), minutes.most) * 60_000
}

function secondsUntil(ctx: TenantContext, at: Date | null): number {
  return at === null || at <= ctx.now ? 0 : Math.ceil((at.getTime() - ctx.now.getTime()) / 1000)
}

async function readCount(ctx: TenantContext, username: string, kind: Kind, source: string): Promise<Count> {
  const row = await ctx.db
    .selectFrom('auth.attempt')
    .select(['failures', 'blocked_until'])
    .where('username', '=', username)
    .where('kind', '=', kind)
    .where('source', '=', source)
    .where('failed_at', '>', new Date(ctx.now.getTime() - memoryHours * 3_600_000))
    .executeTakeFirst()
  return row ?? { failures: 0, blocked_until: null }
}

async function writeCount(
  ctx: TenantContext,
  username: string,
  kind: Kind,
  source: string,
  failures: number,
): Promise<Date | null> {
  const wait = waitMs(kind, failures)
  const blocked_until = wait === 0 ? null : new Date(ctx.now.getTime() + wait)
  const values = { failures, failed_at: ctx.now, blocked_until }
  await ctx.db
    .insertInto('auth.attempt')
    .values({ username, kind, source, ...values })
    .onConflict((conflict) => conflict.columns(['username', 'kind', 'source']).doUpdateSet(values))
    .execute()
  return blocked_until
}

/** Whoever counts for a name or an address takes turns: a hundred at once get no more than the limit. */
async function takeTurn(ctx: TenantContext, lock: 7004 | 7005, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(${lock}, hashtext(${key}))`.execute(ctx.db)
}

/** Other names that failed lately from the address and did not get in since. */
async function countNames(ctx: TenantContext, username: string, source: string): Promise<number> {
  const { rows } = await sql<{ names: number }>`
    select count(*)::int as names from (
      select 1 from auth.attempt
      where kind = 'source' and source = ${source} and username <> ${username}
        and failed_at > ${new Date(ctx.now.getTime() - addressMinutes * 60_000)}
      limit ${addressLimit}) found`.execute(ctx.db)
  return rows[0]?.names ?? 0
}

/**
 * Lets an attempt on an account through, or not, and counts it before it is tried. In its own transaction: the count stays even if
 * what follows fails. Known devices and open sessions have a count of their own; all others share the one of their address and the
 * account's. `left`: how many may still fail after this one.
 *
 * @throws DomainError too_many errors.accountLocked or errors.tooManyAttempts, with {seconds, minutes} to wait
 */
export async function admitAttempt(deps: Deps, input: Attempt): Promise<{ left: number; seconds: number }> {
  const { username, trusted = null } = input
  const answer = await withTenant(deps, visitor(input.requestId, input.address), async (ctx) => {
    const source = sourceOf(input.address)
    if (trusted === null && source !== '') await takeTurn(ctx, 7004, source)
    await takeTurn(ctx, 7005, username)
    if (trusted === null && source !== '' && (await countNames(ctx, username, source)) >= addressLimit)
      return { refused: tooMany('errors.tooManyAttempts', addressMinutes * 60) }
    const pair: Pair = trusted === null ? ['source', source] : ['device', trusted]
    const near = await readCount(ctx, username, ...pair)
    const all = trusted === null ? await readCount(ctx, username, 'account', '') : null
    const seconds = Math.max(secondsUntil(ctx, near.blocked_until), secondsUntil(ctx, all?.blocked_until ?? null))
    if (seconds > 0) return { refused: tooMany('errors.accountLocked', seconds) }
    const until = await writeCount(ctx, username, ...pair, near.failures + 1)
    if (all) await writeCount(ctx, username, 'account', '', all.failures + 1)
    return { left: Math.max(0, pairLimit - near.failures - 1), seconds: secondsUntil(ctx, until) }
  })
  if ('refused' in answer) throw answer.refused
  return answer
}

/** What is answered to the failure that ends in a wait, and to everybody who comes before it is over. */
export function tooMany(key: 'errors.accountLocked' | 'errors.tooManyAttempts', seconds: number): DomainError {
  return new DomainError('too_many', key, { params: { seconds, minutes: Math.ceil(seconds / 60) } })
}

/**
 * The person got in: what failed here is forgotten. Failures from elsewhere stay counted, so that an attacker gains nothing by waiting
 * for the owner to sign in.
 */
export async function forgiveAttempts(ctx: TenantContext, input: Attempt): Promise<void> {
  const { username, trusted = null } = input
  await takeTurn(ctx, 7005, username)
  const gone = await ctx.db
    .deleteFrom('auth.attempt')
    .where('username', '=', username)
    .where('kind', '=', trusted === null ? 'source' : 'device')
    .where('source', '=', trusted ?? sourceOf(input.address))
    .returning('failures')
    .executeTakeFirst()
  if (trusted === null && gone) await reduceAccount(ctx, username, gone.failures)
}

/** The password was right and the second factor is still asked for: this try was no failure. */
export async function takeBackAttempt(ctx: TenantContext, input: Attempt): Promise<void> {
  const { username, trusted = null } = input
  await takeTurn(ctx, 7005, username)
  await sql`
    update auth.attempt set failures = greatest(failures - 1, 0),
      blocked_until = case when failures - 1 < ${pairLimit} then null else blocked_until end
    where username = ${username} and kind = ${trusted === null ? 'source' : 'device'}
      and source = ${trusted ?? sourceOf(input.address)}`.execute(ctx.db)
  if (trusted === null) await reduceAccount(ctx, username, 1)
}

async function reduceAccount(ctx: TenantContext, username: string, failures: number): Promise<void> {
  await sql`
    update auth.attempt set failures = greatest(failures - ${failures}, 0),
      blocked_until = case when failures - ${failures} < ${accountLimit} then null else blocked_until end
    where username = ${username} and kind = 'account'`.execute(ctx.db)
}

/** Forgets counts whose time is over; somebody who tries invented names would otherwise fill the table. */
export async function dropOldAttempts(ctx: TenantContext): Promise<void> {
  // What somebody is counting just now is forgotten another time.
  await sql`
    delete from auth.attempt where (username, kind, source) in (
      select username, kind, source from auth.attempt
      where failed_at < ${new Date(ctx.now.getTime() - memoryHours * 3_600_000)}
        and coalesce(blocked_until, failed_at) < ${ctx.now} limit 1000 for update skip locked)`.execute(ctx.db)
}

/** An administrator ends all waits of an account. True when there was something to forget. */
export async function forgetFailures(ctx: TenantContext, username: string): Promise<boolean> {
  const gone = await ctx.db.deleteFrom('auth.attempt').where('username', '=', username).executeTakeFirst()
  return gone.numDeletedRows > 0n
}
