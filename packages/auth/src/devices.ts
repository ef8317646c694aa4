import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import type { TenantContext } from '@gonglian/tenancy'

const devicesPerAccount = 10
const deviceDays = 180

/** What the table keeps of a device's cookie. */
export function deviceKey(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}

/** The cookie a device already has, or a new one when it has none that could be ours. */
export function keepDeviceToken(token: string | undefined): string {
  return token !== undefined && /^[\w-]{43}$/.test(token) ? token : randomBytes(32).toString('base64url')
}

/** The key of the device if somebody has signed in to the account with it; null for every other. */
export async function findDevice(
  ctx: TenantContext,
  username: string,
  token: string | undefined,
): Promise<string | null> {
  if (token === undefined) return null
  const { rows } = await sql<{ token_hash: string }>`
    select d.token_hash from auth.account a join auth.device d on d.account_id = a.id
    where a.username = ${username} and d.token_hash = ${deviceKey(token)}
      and d.seen_at > ${new Date(ctx.now.getTime() - deviceDays * 86_400_000)}`.execute(ctx.db)
  return rows[0]?.token_hash ?? null
}

/** Notes that the account was signed in to with the device; the device unused longest is forgotten. */
export async function rememberDevice(
  ctx: TenantContext,
  account: { id: number; tenantId: number },
  token: string,
): Promise<void> {
  await ctx.db
    .insertInto('auth.device')
    .values({ account_id: account.id, tenant_id: account.tenantId, token_hash: deviceKey(token), seen_at: ctx.now })
    .onConflict((conflict) => conflict.columns(['account_id', 'token_hash']).doUpdateSet({ seen_at: ctx.now }))
    .execute()
  await sql`
    delete from auth.device where account_id = ${account.id} and token_hash not in (
      select token_hash from auth.device where account_id = ${account.id} order by seen_at desc limit ${devicesPerAccount})`.execute(
    ctx.db,
  )
}

/** Forgets every device of an account. */
export async function forgetDevices(ctx: TenantContext, accountId: number): Promise<void> {
  await ctx.db.deleteFrom('auth.device').where('account_id', '=', accountId).execute()
}
