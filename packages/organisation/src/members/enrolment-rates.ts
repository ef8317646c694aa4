import { readOwnFigures } from '@gonglian/indicators'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { shareOf } from '../checklists/ledgers.ts'
import { coveredEmployers } from '../coverage/covered-employers.ts'
import { membersFeed } from '../feeds/members.ts'
import { unionsFeed } from '../feeds/unions.ts'

export type Enrolment = {
  /** Staff of the employers that the body's unions cover, each once, in approved posts or not. Null: the body keeps no unions here. */
  readonly employees: number | null
  /** Null: the body keeps no members here. */
  readonly members: number | null
  readonly nonQuotaEmployees: number | null
  readonly nonQuotaMembers: number | null
  /** Hundredths of a percent; null without staff or members on record. */
  readonly rate: number | null
  readonly nonQuotaRate: number | null
}

/**
 * How many of the staff are members (M112), as the reports of the body state it: those without an approved post (非在编) stand in the denominator like
 * all others. Own records as they are today.
 */
export async function readEnrolment(ctx: TenantContext): Promise<Enrolment> {
  requirePermission(ctx, 'organisation:read')
  const figures = await readOwnFigures(ctx, [unionsFeed, membersFeed], {
    codes: ['employee_count', 'member_count', 'membership_rate'],
  })
  const { rows } = await sql<{ employees: number; members: number }>`
    select (select coalesce(sum(non_quota_count), 0)::int from (${coveredEmployers(ctx.today, sql`c.tenant_id = ${ctx.tenantId}`)}) covered) as employees,
      (select count(*)::int from organisation.member where tenant_id = ${ctx.tenantId} and state = 'active' and employment = 'non_quota') as members`.execute(
    ctx.db,
  )
  const [employees, members] = [figures.get('employee_count') ?? null, figures.get('member_count') ?? null]
  const nonQuotaEmployees = employees === null ? null : (rows[0]?.employees ?? 0)
  const nonQuotaMembers = members === null ? null : (rows[0]?.members ?? 0)
  return {
    employees,
    members,
    nonQuotaEmployees,
    nonQuotaMembers,
    rate: figures.get('membership_rate') ?? null,
    nonQuotaRate:
      nonQuotaEmployees === null || nonQuotaMembers === null ? null : shareOf(nonQuotaMembers, nonQuotaEmployees),
  }
}
