import type { TenantContext } from '@gonglian/tenancy'

/** What an applicant is called: a union of the own register, or the federation itself. */
export async function nameApplicant(ctx: TenantContext, unionId: number | null): Promise<string> {
  const row =
    unionId === null
      ? await ctx.db
          .selectFrom('tenancy.federation')
          .select('name')
          .where('id', '=', ctx.tenantId)
          .executeTakeFirstOrThrow()
      : await ctx.db
          .selectFrom('organisation.trade_union')
          .select('name')
          .where('id', '=', unionId)
          .executeTakeFirstOrThrow()
  return row.name
}
