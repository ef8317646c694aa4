import { readSuperior } from '@gonglian/approvals'
import { DomainError, type TenantContext } from '@gonglian/tenancy'
import { readLimit } from '../limits.ts'
import { unionLimits } from '../unions/union-limits.ts'

/**
 * Who decides, the body itself as the next level of the unions in its register, or its superior:
 * - what a federation asks for itself (its election, its term): its superior (appendix A);
 * - a founding in the register of a township: the county, unless it has entrusted the township (ORG-03);
 * - the status of a legal person: a federation of county level or above (ORG-20).
 */
export async function findLevel(
  ctx: TenantContext,
  what:
    { readonly kind: 'federation'; readonly unionId: number | null } | { readonly kind: 'founding' | 'legalPerson' },
): Promise<'own' | 'superior'> {
  if (what.kind === 'federation')
    return what.unionId === null && (await readSuperior(ctx)) !== null ? 'superior' : 'own'
  const { level } = await ctx.db
    .selectFrom('tenancy.federation')
    .select('level')
    .where('id', '=', ctx.tenantId)
    .executeTakeFirstOrThrow()
  if (level !== 'township') return 'own'
  return what.kind === 'founding' && (await readLimit(ctx, unionLimits.townshipFounds)) ? 'own' : 'superior'
}

/**
 * Refuses to enter here, without an application, what the superior decides.
 *
 * @throws DomainError conflict organisation.decidedAbove
 */
export async function requireOwnLevel(ctx: TenantContext, what: Parameters<typeof findLevel>[1]): Promise<void> {
  if ((await findLevel(ctx, what)) === 'superior') throw new DomainError('conflict', 'organisation.decidedAbove')
}
