import { defineFileKind } from '@gonglian/files'
import { papers, pictures } from '@gonglian/files/media'
import { DomainError, found, type TenantContext } from '@gonglian/tenancy'

const select = (ctx: TenantContext, memberId: number) =>
  ctx.db
    .selectFrom('organisation.member')
    .select(['id', 'left_on'])
    .where('id', '=', memberId)
    .where('tenant_id', '=', ctx.tenantId)

/** Papers of one person: the signed application, consent, certificates. Nobody but the own body sees them, and it is noted who opens one. */
export const memberFiles = defineFileKind({
  key: 'member',
  write: 'member:write',
  read: 'member:read',
  media: [...pictures, ...papers],
  visibility: 'own',
  isSensitive: true,
  isNotedAtHome: true,
  record: {
    find: async (ctx, memberId) => found(await select(ctx, memberId).executeTakeFirst()),
    hold: async (ctx, memberId) => {
      const row = found(await select(ctx, memberId).forUpdate().executeTakeFirst())
      if (row.left_on !== null) throw new DomainError('conflict', 'organisation.member.closed')
    },
  },
})
