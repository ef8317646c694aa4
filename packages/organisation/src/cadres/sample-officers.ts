import type { TenantContext } from '@gonglian/tenancy'

/** Lets a body know the phone of an officer of its own, as an import does. */
export async function knowOfficer(ctx: TenantContext, officerId: number, mobile: string): Promise<void> {
  await ctx.db
    .insertInto('organisation.officer_person')
    .values({
      tenant_id: ctx.tenantId,
      officer_id: officerId,
      mobile_sealed: ctx.vault.seal('member.mobile', mobile),
    })
    .execute()
}
