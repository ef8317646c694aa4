import { sql } from 'kysely'
import { systemActor, withTenant, type Deps, type Role, type UserActor } from '@gonglian/tenancy'

type PersonRow = {
  id: number
  tenantId: number
  username: string
  displayName: string
  locale: 'zh-CN' | 'en'
  roles: Role[]
}

/**
 * Active accounts below a body whose person has signed in at least once, as who they are when they read: in the order of their numbers, after
 * one of them. For the worker. An account that nobody ever used is nobody to write to.
 */
export async function listPeople(
  deps: Deps,
  root: number,
  page: { after: number; limit: number },
): Promise<UserActor[]> {
  const rows = await withTenant(deps, systemActor('people', root), async (ctx) => {
    const found = await sql<PersonRow>`
      select a.id, a.tenant_id as "tenantId", a.username, a.display_name as "displayName", a.locale,
        array(select r.role from auth.account_role r where r.account_id = a.id order by r.role) as roles
      from (select distinct account_id from auth.device where account_id > ${page.after} order by account_id limit ${page.limit}) d
      join auth.account a on a.id = d.account_id order by a.id`.execute(ctx.db)
    return found.rows
  })
  return rows.map(({ id, ...person }) => ({
    kind: 'user',
    accountId: id,
    ...person,
    isProved: false,
    requestId: '',
    address: '',
  }))
}
