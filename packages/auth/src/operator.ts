import { sql } from 'kysely'
import { DomainError, recordAudit, type Locale, type Role, type TenantContext } from '@gonglian/tenancy'
import { Username } from './accounts.ts'
import { isAdministrator } from './administrators.ts'
import { checkPassword, hashPassword, inventPassword, requireGoodPassword } from './passwords.ts'

export type NewAccount = {
  tenantId: number
  username: string
  displayName: string
  roles: readonly Role[]
  locale?: Locale
}

/**
 * The operator makes an account that is effective at once: the first administrators of a body. The password is told once and
 * must be changed at the first sign-in.
 *
 * @throws DomainError conflict errors.usernameTaken; forbidden unless the actor is the system
 */
export async function addAccount(
  ctx: TenantContext,
  account: NewAccount,
): Promise<{ username: string; password: string }> {
  const password = inventPassword()
  const [added] = await insertAccounts(ctx, [account], password, true)
  if (added === undefined)
    throw new DomainError('conflict', 'errors.usernameTaken', {
      fields: [{ path: 'username', key: 'errors.usernameTaken' }],
    })
  await recordAudit(ctx, {
    action: 'account.create',
    objectKind: 'account',
    objectId: added,
    after: { status: 'active', roles: [...account.roles] },
    tenantId: account.tenantId,
  })
  return { username: added, password }
}

/**
 * Makes many accounts with one password, for a demonstration; one statement for all. Names that are taken stay as they are.
 * Returns the names that were added.
 *
 * @throws DomainError invalid when the password breaks a rule; forbidden unless the actor is the system
 */
export async function addDemonstrationAccounts(
  ctx: TenantContext,
  accounts: readonly NewAccount[],
  password: string,
): Promise<string[]> {
  // Whether it is guessed soon is asked once: it is the same for all of them, and the question is slow.
  requireGoodPassword(password, accounts[0]?.username ?? '-')
  const fields = accounts.flatMap((account) => checkPassword(password, account.username)).slice(0, 1)
  if (fields.length > 0) throw new DomainError('invalid', 'errors.invalid', { fields })
  return insertAccounts(ctx, accounts, password, false)
}

async function insertAccounts(
  ctx: TenantContext,
  accounts: readonly NewAccount[],
  password: string,
  mustChange: boolean,
): Promise<string[]> {
  if (ctx.actor.kind !== 'system')
    throw new DomainError('forbidden', 'errors.forbidden', { params: { permission: 'account:create' } })
  for (const account of accounts) {
    if (!Username.safeParse(account.username).success)
      throw new DomainError('invalid', 'errors.invalid', { fields: [{ path: 'username', key: 'errors.inputFormat' }] })
    // The database refuses it too; here it gets its words.
    if (account.roles.length > 1 && account.roles.some(isAdministrator))
      throw new DomainError('conflict', 'errors.administratorsApart')
  }
  const { rows } = await sql<{ username: string }>`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(accounts)}::jsonb) as g(
        "tenantId" int, username text, "displayName" text, locale text, roles text[])
    ), added as (
      insert into auth.account (tenant_id, username, display_name, password_hash, status, must_change_password, locale, is_demonstration, created_at)
      select "tenantId", username, "displayName", ${await hashPassword(password)}, 'active', ${mustChange}, coalesce(locale, 'zh-CN'), ${!mustChange}, ${ctx.now} from given
      on conflict (username) do nothing
      returning id, tenant_id, username
    ), granted as (
      insert into auth.account_role (account_id, tenant_id, role)
      select a.id, a.tenant_id, unnest(g.roles) from added a join given g using (username)
    )
    select username from added`.execute(ctx.db)
  return rows.map((row) => row.username)
}
