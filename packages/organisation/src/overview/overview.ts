import type { Overview } from '@gonglian/records'
import { sql } from 'kysely'
import { organisationDue } from './due.ts'
import { organisationGroupings } from './groupings.ts'
import { organisationWork } from './work.ts'

/** What the start page of the domain shows. */
export const organisationOverview: Overview = {
  permission: 'organisation:read',
  figures: [
    'grassroots_union_count',
    'new_union_count',
    'member_count',
    'new_member_count',
    'membership_rate',
    'unionised_enterprise_count',
  ],
  below: ['membership_rate', 'grassroots_union_count', 'member_count', 'new_member_count'],
  due: organisationDue,
  groupings: organisationGroupings,
  work: organisationWork,
  isKept: async (ctx) => {
    const { rows } = await sql<{ kept: boolean }>`
      select exists (select from organisation.trade_union) or exists (select from organisation.employer) as kept`.execute(
      ctx.db,
    )
    return rows[0]?.kept ?? false
  },
}
