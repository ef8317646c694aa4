import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { readRoot } from './tree.ts'

/** Whether any report was ever handed in: whatever was reported reached the total of the body at the top. */
export async function hasBegun(deps: Deps): Promise<boolean> {
  const root = await withTenant(deps, systemActor('rollup', 0), readRoot)
  if (root === null) return false
  return withTenant(deps, systemActor('rollup', root), async (ctx) => {
    const total = await ctx.db.selectFrom('rollup.total').select('tenant_id').limit(1).executeTakeFirst()
    const mark = await ctx.db.selectFrom('rollup.dirty').select('id').limit(1).executeTakeFirst()
    return total !== undefined || mark !== undefined
  })
}
