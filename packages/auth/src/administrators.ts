import { sql } from 'kysely'
import { DomainError, administrators, type Role, type TenantContext } from '@gonglian/tenancy'

/** 三员: system, security and audit administrator, who are kept apart. */
export function isAdministrator(role: Role): boolean {
  return administrators.some((kind) => kind === role)
}

/**
 * Before an account stops being effective: if it is the only effective administrator of its kind in the body, it stays.
 * Those who ask take turns, or two security administrators could remove each other at the same moment.
 *
 * @throws DomainError conflict errors.lastAdministrator
 */
export async function requireAdministratorLeft(
  ctx: TenantContext,
  accountId: number,
  kinds: readonly Role[] = administrators,
): Promise<void> {
  await sql`select pg_advisory_xact_lock(7003, ${ctx.tenantId})`.execute(ctx.db)
  const { rows } = await sql<{ role: Role }>`
    select r.role from auth.account_role r
    where r.account_id = ${accountId} and r.role = any (${kinds})
      and not exists (
        select 1 from auth.account_role o join auth.account a on a.id = o.account_id
        where o.tenant_id = r.tenant_id and o.role = r.role and o.account_id <> r.account_id and a.status = 'active')`.execute(
    ctx.db,
  )
  const [last] = rows
  if (last && ctx.actor.kind !== 'system')
    throw new DomainError('conflict', 'errors.lastAdministrator', { params: { role: last.role } })
}
