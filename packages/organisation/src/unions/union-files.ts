import { defineFileKind } from '@gonglian/files'
import { papers, pictures } from '@gonglian/files/media'
import { found, type TenantContext } from '@gonglian/tenancy'
import { holdUnion } from './union-states.ts'

/** Papers of a union beside those of its applications: seal, charter, resolutions, photographs. Superiors read them as they read the union. */
export const unionFiles = defineFileKind({
  key: 'union',
  write: 'organisation:write',
  read: 'organisation:read',
  media: [...pictures, ...papers],
  visibility: 'superiors',
  // Resolutions name people.
  isSensitive: true,
  record: {
    find: async (ctx: TenantContext, unionId) =>
      found(
        await ctx.db.selectFrom('organisation.trade_union').select('id').where('id', '=', unionId).executeTakeFirst(),
        'organisation.union.notFound',
      ),
    hold: (ctx, unionId) => holdUnion(ctx, unionId),
  },
})
