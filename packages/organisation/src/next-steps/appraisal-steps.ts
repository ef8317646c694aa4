import type { FoundStep } from '@gonglian/tasks'
import type { TenantContext } from '@gonglian/tenancy'
import { workingSteps } from './union-step-kinds.ts'

/** What the appraisals of a union by its members wait for: the end of the voting, the count, publication, filing. */
export async function findAppraisalSteps(
  ctx: TenantContext,
  union: { readonly id: number; readonly tenant_id: number; readonly name: string },
): Promise<FoundStep[]> {
  const rows = await ctx.db
    .selectFrom('organisation.appraisal')
    .select(['id', 'year', 'state', 'opened_on', 'closes_on', 'closed_on', 'published_on'])
    .where('tenant_id', '=', union.tenant_id)
    .where('union_id', '=', union.id)
    .where('state', 'in', ['open', 'closed', 'published'])
    .orderBy('year')
    .limit(10)
    .execute()
  return rows.map((row) => {
    const known = {
      bodyId: union.tenant_id,
      params: { year: row.year },
      to: `/organisation/appraisals?year=${row.year}&appraisals.search=${encodeURIComponent(union.name)}`,
    }
    if (row.state === 'published') return { ...known, kind: workingSteps.file, since: row.published_on }
    if (row.state === 'closed') return { ...known, kind: workingSteps.publish, since: row.closed_on }
    // Whoever voted on the last day is counted: the codes are asked for once it is over.
    return row.closes_on < ctx.today
      ? {
          ...known,
          kind: workingSteps.count,
          since: row.closes_on,
          to: `/organisation/appraisals/${row.id}/count`,
        }
      : { ...known, kind: workingSteps.vote, since: row.opened_on, due: row.closes_on }
  })
}
