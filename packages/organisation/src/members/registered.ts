import type { FieldError, TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'

/** Members that the register holds of a union today. A membership that is retained has no vote (MEM-07), and the figures leave it out too. */
async function countRegistered(ctx: TenantContext, unionId: number): Promise<number> {
  const { rows } = await sql<{ members: number }>`
    select count(*)::int as members from organisation.member
    where union_id = ${unionId} and state = 'active'`.execute(ctx.db)
  return rows[0]?.members ?? 0
}

/**
 * How many members a union has: as the register says, and as it was typed only where the register has none. No rate is made better by
 * another number.
 *
 * @param unionId null: the body itself, of which no single register speaks
 * @param typed what stands in the field `path`
 */
export async function takeMembers(
  ctx: TenantContext,
  unionId: number | null,
  { path, typed }: { readonly path: string; readonly typed: number | null },
): Promise<{ members: number | null; faults: FieldError[] }> {
  const registered = unionId === null ? 0 : await countRegistered(ctx, unionId)
  if (registered === 0) return { members: typed, faults: [] }
  if (typed === null || typed === registered) return { members: registered, faults: [] }
  return {
    members: registered,
    faults: [{ path, key: 'organisation.membersRegistered', params: { members: registered } }],
  }
}
