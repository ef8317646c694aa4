import { sql } from 'kysely'
import { defineFeed } from '@gonglian/indicators'
import { isBasicUnion } from '../unions/union-states.ts'

/**
 * Unions with women workers, and which of them have a committee or, with few women, one member in charge: counted by unions, not by
 * persons (M203: 1,662 committees and 1,599 members are 3,261 unions).
 */
export const womenFeed = defineFeed({
  key: 'organisation.women',
  reads: [
    'organisation.companion_body',
    'organisation.trade_union',
    'organisation.nursing_room',
    'organisation.screening',
  ],
  items: [
    'unions_with_women_workers',
    'women_committee_count',
    'women_committee_member_count',
    'nursing_room_count',
    'women_screening_count',
  ],
  kept: (tenantId) => sql`
    select exists (
      select from organisation.companion_body where tenant_id = ${tenantId} and kind in ('women_committee', 'women_member')) as kept`,
  query: ({ tenantId, span }) => sql`
    with living as (
      select id, female_headcount from organisation.trade_union
      where tenant_id = ${tenantId} and ${isBasicUnion('kind')}
        and approved_on <= ${span.end}::date and (ended_on is null or ended_on > ${span.end}::date)
    ), organised as (
      select b.union_id, bool_or(b.kind = 'women_committee') as has_committee
      from organisation.companion_body b join living on living.id = b.union_id
      where b.tenant_id = ${tenantId} and b.kind in ('women_committee', 'women_member')
        and b.formed_on <= ${span.end}::date and (b.ended_on is null or b.ended_on > ${span.end}::date)
      group by b.union_id
    )
    select (select count(*) from living where female_headcount > 0) as unions_with_women_workers,
      (select count(*) from organised where has_committee) as women_committee_count,
      (select count(*) from organised where not has_committee) as women_committee_member_count,
      (select count(*) from organisation.nursing_room where tenant_id = ${tenantId}
        and opened_on <= ${span.end}::date and (closed_on is null or closed_on > ${span.end}::date)) as nursing_room_count,
      (select coalesce(sum(persons), 0)::bigint from organisation.screening where tenant_id = ${tenantId}
        and held_on between ${span.start}::date and ${span.end}::date) as women_screening_count`,
})
