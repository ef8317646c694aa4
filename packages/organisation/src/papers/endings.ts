import { endPapers } from '@gonglian/documents'
import { actorName, withBodyReach, type TenantContext } from '@gonglian/tenancy'
import { approvalPaper } from './approval.ts'
import { homePaper } from './home.ts'
import { legalPersonPaper } from './legal-person.ts'

/** A union of the own register has ended: the papers that say it is there, and the certificates of its titles, no longer count. */
export async function endUnionPapers(ctx: TenantContext, unionId: number, reason: string): Promise<void> {
  await endPapers(ctx, [approvalPaper, legalPersonPaper], unionId, reason)
  const titles = await ctx.db
    .selectFrom('organisation.home_title')
    .select(['grantor_id', 'rating_id'])
    .where('union_id', '=', unionId)
    .where('ended_on', 'is', null)
    .orderBy('id')
    .execute()
  for (const title of titles) await endTitlePaper(ctx, title, reason)
}

/** A title no longer holds as its certificate says. Who granted it signed the certificate, and takes it back, whoever ends the title. */
export async function endTitlePaper(
  ctx: TenantContext,
  title: { readonly grantor_id: number; readonly rating_id: number },
  reason: string,
): Promise<void> {
  const { grantor_id: grantorId, rating_id: ratingId } = title
  if (grantorId === ctx.tenantId) return endPapers(ctx, [homePaper], ratingId, reason)
  const { code } = await ctx.db
    .selectFrom('tenancy.federation')
    .select('code')
    .where('id', '=', ctx.tenantId)
    .executeTakeFirstOrThrow()
  await withBodyReach(ctx, { tenantId: grantorId, name: `${code}/${actorName(ctx.actor)}` }, (there) =>
    endPapers(there, [homePaper], ratingId, reason),
  )
}
