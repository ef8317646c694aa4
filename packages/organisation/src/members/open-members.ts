import type { TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'

/**
 * Members of a union who are neither placed elsewhere nor retained (M008): applied or active. Rows are the owner's alone, so only the
 * owner gets a number.
 */
export async function countOpenMembers(ctx: TenantContext, unionId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from organisation.member where union_id = ${unionId} and state in ('applied', 'active')`.execute(
    ctx.db,
  )
  return rows[0]?.count ?? 0
}
