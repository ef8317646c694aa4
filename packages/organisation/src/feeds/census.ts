import { sql } from 'kysely'
import { defineFeed } from '@gonglian/indicators'
import { isUnionised } from '../census/census.ts'

/**
 * The way from a unit without a union to an application. Where a lead stood on a past day, its history of steps says.
 */
export const censusFeed = defineFeed({
  key: 'organisation.census',
  reads: ['organisation.lead', 'organisation.visit'],
  items: [
    'unionisation_gap_count',
    'unionisation_visited_units',
    'unionisation_preparing_units',
    'unionisation_applied_units',
    'unionisation_refused_units',
  ],
  kept: (tenantId) => sql`select exists (select from organisation.lead where tenant_id = ${tenantId}) as kept`,
  query: ({ tenantId, span }) => sql`
    with stood as (
      select l.id, l.employer_id, coalesce(s.to_state, 'found') as state
      from organisation.lead l
      left join lateral (
        select to_state from organisation.step
        where object_kind = 'lead' and object_id = l.id and (at at time zone 'Asia/Shanghai')::date <= ${span.end}::date
        order by id desc limit 1) s on true
      where l.tenant_id = ${tenantId} and l.found_on <= ${span.end}::date
    ), applied as (
      select count(*) as units from organisation.lead
      where tenant_id = ${tenantId} and applied_on between ${span.start}::date and ${span.end}::date
    ), first_visit as (
      select v.employer_id, min(v.visited_on) as visited_on
      from organisation.visit v
      where v.tenant_id = ${tenantId} and v.employer_id in (select employer_id from organisation.lead where tenant_id = ${tenantId})
      group by v.employer_id
    )
    select count(*) filter (where state not in ('founded', 'exempt', 'closed')) as unionisation_gap_count,
      (select count(*) from first_visit where visited_on between ${span.start}::date and ${span.end}::date) as unionisation_visited_units,
      count(*) filter (where state = 'preparing') as unionisation_preparing_units,
      (select units from applied) as unionisation_applied_units,
      count(*) filter (where state = 'refused') as unionisation_refused_units
    from stood`,
})

/**
 * Enterprises of the newest edition of the enterprise database known on the last day of the period, and those of them with a union:
 * numerator and denominator of one edition (M202).
 */
export const listsFeed = defineFeed({
  key: 'organisation.lists',
  reads: [
    'organisation.employer_list',
    'organisation.list_row',
    'organisation.covered_unit',
    'organisation.trade_union',
  ],
  items: ['listed_enterprise_count', 'unionised_listed_enterprise_count'],
  kept: (tenantId) => sql`
    select exists (select from organisation.employer_list where tenant_id = ${tenantId} and source = 'enterprise_database' and state = 'matched') as kept`,
  query: ({ tenantId, span }) => sql`
    with edition as (
      select id from organisation.employer_list
      where tenant_id = ${tenantId} and source = 'enterprise_database' and state = 'matched' and as_of <= ${span.end}::date
      order by as_of desc, id desc limit 1
    ), listed as (
      -- Each employer once, whatever rows name it; a row that is still ambiguous is one of its own, as in the comparison of bodies (rates.ts).
      select coalesce(r.employer_id, -r.id) as unit, bool_or(${isUnionised(span.end, 'r.employer_id')}) as is_unionised
      from organisation.list_row r join edition on edition.id = r.list_id
      where r.outcome <> 'dropped'
      group by unit
    )
    select count(*) as listed_enterprise_count, count(*) filter (where is_unionised) as unionised_listed_enterprise_count from listed`,
})
