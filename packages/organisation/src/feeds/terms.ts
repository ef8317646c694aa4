import { sql } from 'kysely'
import { defineFeed } from '@gonglian/indicators'
import { isBasicUnion } from '../unions/union-states.ts'

/** Basic unions whose committee's term was over on the last day of the period, without an extension approved by then (ORG-06). */
export const termsFeed = defineFeed({
  key: 'organisation.terms',
  reads: ['organisation.term', 'organisation.trade_union'],
  items: ['term_overdue_union_count'],
  kept: (tenantId) =>
    sql`select exists (select from organisation.term where tenant_id = ${tenantId} and union_id is not null) as kept`,
  query: ({ tenantId, span }) => sql`
    select count(distinct t.union_id) as term_overdue_union_count
    from organisation.term t join organisation.trade_union u on u.id = t.union_id
    where t.tenant_id = ${tenantId} and t.body = 'union_committee' and ${isBasicUnion()}
      and u.approved_on <= ${span.end}::date and (u.ended_on is null or u.ended_on > ${span.end}::date)
      and t.starts_on <= ${span.end}::date and (t.ended_on is null or t.ended_on > ${span.end}::date)
      and case when t.extended_on <= ${span.end}::date then t.extended_to else t.ends_on end < ${span.end}::date`,
})
