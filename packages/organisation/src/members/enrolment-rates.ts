import { sql } from 'kysely'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'

export type Enrolment = {
  /** Staff of the employers that the body's unions cover, each once, in approved posts or not. */
  readonly employees: number
  readonly members: number
  readonly nonQuotaEmployees: number
  readonly nonQuotaMembers: number
  /** Hundredths of a percent; null without staff on record. */
  readonly rate: number | null
  readonly nonQuotaRate: number | null
}

const rateOf = (part: number, whole: number) => (whole === 0 ? null : Math.round((part * 10_000) / whole))

/**
 * How many of the staff are members (M112): those without an approved post (非在编) stand in the denominator like all others. Own records
 * as they are today.
 */
export async function readEnrolment(ctx: TenantContext): Promise<Enrolment> {
  requirePermission(ctx, 'organisation:read')
  const { rows } = await sql<{ employees: number; non_quota: number }>`
    select coalesce(sum(headcount), 0)::int as employees, coalesce(sum(non_quota_count), 0)::int as non_quota from organisation.employer e
    where e.tenant_id = ${ctx.tenantId} and e.status = 'operating' and exists (
      select from organisation.covered_unit c where c.employer_id = e.id and c.valid_to is null)`.execute(ctx.db)
  const { rows: counted } = await sql<{ members: number; non_quota: number }>`
    select count(*)::int as members, count(*) filter (where employment = 'non_quota')::int as non_quota from organisation.member
    where tenant_id = ${ctx.tenantId} and state = 'active'`.execute(ctx.db)
  const { employees = 0, non_quota: nonQuotaEmployees = 0 } = rows[0] ?? {}
  const { members = 0, non_quota: nonQuotaMembers = 0 } = counted[0] ?? {}
  return {
    employees,
    members,
    nonQuotaEmployees,
    nonQuotaMembers,
    rate: rateOf(members, employees),
    nonQuotaRate: rateOf(nonQuotaMembers, nonQuotaEmployees),
  }
}
