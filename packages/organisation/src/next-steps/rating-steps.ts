import type { FoundStep } from '@gonglian/tasks'
import type { TenantContext } from '@gonglian/tenancy'
import { workingSteps } from './union-step-kinds.ts'

/** What the open ratings of a union wait for, at the union's body or at the one that grants the level. */
export async function findRatingSteps(
  ctx: TenantContext,
  union: { readonly id: number; readonly tenant_id: number },
): Promise<FoundStep[]> {
  const rows = await ctx.db
    .selectFrom('organisation.rating as r')
    .select(['r.id', 'r.year', 'r.state', 'r.grantor_id', 'r.recommended_on', 'r.notice_ends_on'])
    .select((eb) =>
      eb
        .exists(
          eb
            .selectFrom('organisation.rating_appeal as a')
            .select('a.id')
            .whereRef('a.rating_id', '=', 'r.id')
            .where('a.outcome', 'is', null),
        )
        .as('isContested'),
    )
    .where('r.tenant_id', '=', union.tenant_id)
    .where('r.union_id', '=', union.id)
    .where('r.state', 'in', ['planned', 'self_assessed', 'recommended', 'under_review', 'published'])
    .orderBy('r.id')
    .limit(10)
    .execute()
  return rows.map((row) => {
    const known = { params: { year: row.year }, to: `/organisation/ratings/${row.id}` }
    const owner = { ...known, bodyId: union.tenant_id }
    const grantor = { ...known, bodyId: row.grantor_id }
    if (row.state === 'planned') return { ...owner, kind: workingSteps.assess }
    if (row.state === 'self_assessed') return { ...owner, kind: workingSteps.recommend }
    if (row.state === 'recommended') return { ...grantor, kind: workingSteps.committee, since: row.recommended_on }
    if (row.state === 'under_review') return { ...grantor, kind: workingSteps.score, since: row.recommended_on }
    if (row.isContested) return { ...grantor, kind: workingSteps.answer }
    return row.notice_ends_on !== null && row.notice_ends_on >= ctx.today
      ? { bodyId: row.grantor_id, kind: workingSteps.notice, params: { ...known.params, until: row.notice_ends_on } }
      : { ...grantor, kind: workingSteps.award, since: row.notice_ends_on }
  })
}
