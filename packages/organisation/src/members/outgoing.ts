import { sql } from 'kysely'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'

/** Where the own outgoing members are, counted by destination (M013). */
export async function listOutgoing(ctx: TenantContext): Promise<{ destination: string; members: number }[]> {
  requirePermission(ctx, 'member:read')
  const { rows } = await sql<{ destination: string; members: number }>`
    select destination, count(*)::int as members from organisation.member
    where tenant_id = ${ctx.tenantId} and state in ('active', 'retained') and destination <> ''
    group by destination order by members desc, destination limit 500`.execute(ctx.db)
  return rows
}
