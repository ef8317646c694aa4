import { sql } from 'kysely'
import type { TenantContext } from './context.ts'

/**
 * Locks the tree of bodies until the end of the transaction. Take it before any other lock and before reading a link: `shared` for whatever
 * stores something computed from the tree (totals, decisions about reports), `exclusive` to change it. Changing tenancy.link takes
 * it exclusively in any case.
 */
export async function lockTree(ctx: TenantContext, mode: 'shared' | 'exclusive'): Promise<void> {
  if (mode === 'shared') await sql`select pg_advisory_xact_lock_shared(7002)`.execute(ctx.db)
  else await sql`select pg_advisory_xact_lock(7002)`.execute(ctx.db)
}
