import { sql } from 'kysely'
import { defineFeed } from '@gonglian/indicators'
import { coveredEmployers } from '../coverage/covered-employers.ts'
import { canBeLegalPerson, isBasicUnion } from '../unions/union-states.ts'

/**
 * Unions, the employers they cover, and the employees of these. A union counts from its approval (ORG-03) to its end, groups below a
 * union do not; an employer counts once, whatever number of unions cover it (handbook 2.3). Custody covers workers, not an employer.
 *
 * Reads the unions of one body by trade_union_list and its coverage by covered_unit_tenant.
 */
export const unionsFeed = defineFeed({
  key: 'organisation.unions',
  reads: ['organisation.trade_union', 'organisation.covered_unit', 'organisation.employer'],
  items: [
    'grassroots_union_count',
    'joint_union_count',
    'regional_industry_federation_count',
    'village_union_count',
    'new_union_count',
    'revoked_union_count',
    'legal_person_eligible_count',
    'legal_person_union_count',
    'covered_unit_count',
    'unionised_enterprise_count',
    'unionised_enterprises_with_women',
    'nonpublic_enterprise_count',
    'unionised_nonpublic_enterprise_count',
    'employee_count',
    'female_employee_count',
  ],
  kept: (tenantId) =>
    sql`select exists (select from organisation.trade_union where tenant_id = ${tenantId} and approved_on is not null) as kept`,
  query: ({ tenantId, span }) => sql`
    with living as materialized (
      select id, kind, is_village, approved_on, legal_person_on,
        ${isBasicUnion('kind')} as is_basic
      from organisation.trade_union
      where tenant_id = ${tenantId} and approved_on <= ${span.end}::date and (ended_on is null or ended_on > ${span.end}::date)
    ), ended as (
      select count(*) as revoked from organisation.trade_union
      where tenant_id = ${tenantId} and state = 'revoked' and ${isBasicUnion('kind')}
        and ended_on between ${span.start}::date and ${span.end}::date
    ), begun as (
      select count(*) as added from organisation.trade_union
      where tenant_id = ${tenantId} and ${isBasicUnion('kind')}
        and approved_on between ${span.start}::date and ${span.end}::date
    ), covered as materialized (${coveredEmployers(span.end, sql`c.tenant_id = ${tenantId}`)}
    ), units as (
      select count(*) as units,
        count(*) filter (where is_unionised and unit_class in ('enterprise', 'new_economic', 'retail')) as enterprises,
        count(*) filter (where is_unionised and unit_class in ('enterprise', 'new_economic', 'retail') and female_count > 0) as with_women,
        count(*) filter (where is_unionised and unit_class in ('enterprise', 'new_economic', 'retail')
          and ownership in ('private', 'foreign', 'mixed')) as nonpublic,
        coalesce(sum(headcount), 0)::bigint as employees, coalesce(sum(female_count), 0)::bigint as women
      from covered
    ), registered as (
      select count(*) as nonpublic from organisation.employer
      where tenant_id = ${tenantId} and unit_class in ('enterprise', 'new_economic', 'retail') and ownership in ('private', 'foreign', 'mixed')
        and (founded_on is null or founded_on <= ${span.end}::date) and (ended_on is null or ended_on > ${span.end}::date)
    )
    select count(*) filter (where is_basic) as grassroots_union_count,
      count(*) filter (where kind = 'BASIC_JOINT') as joint_union_count,
      count(*) filter (where kind in ('UNION_ASSOC_BASIC', 'UNION_ASSOC_INDUSTRY')) as regional_industry_federation_count,
      count(*) filter (where is_basic and is_village) as village_union_count,
      (select added from begun) as new_union_count,
      (select revoked from ended) as revoked_union_count,
      count(*) filter (where ${canBeLegalPerson('kind')}) as legal_person_eligible_count,
      count(*) filter (where ${canBeLegalPerson('kind')} and legal_person_on <= ${span.end}::date) as legal_person_union_count,
      (select units from units) as covered_unit_count,
      (select enterprises from units) as unionised_enterprise_count,
      (select with_women from units) as unionised_enterprises_with_women,
      (select nonpublic from registered) as nonpublic_enterprise_count,
      (select nonpublic from units) as unionised_nonpublic_enterprise_count,
      (select employees from units) as employee_count,
      (select women from units) as female_employee_count
    from living`,
})

/** What a township federation is itself, by the register of bodies: each township counts once, in its own figure. */
export const townshipFeed = defineFeed({
  key: 'organisation.township',
  // The register of bodies: counted when the report is opened.
  reads: [],
  items: ['township_count', 'unionised_township_count', 'township_federation_count'],
  kept: () => sql`select true as kept`,
  query: ({ tenantId, span }) => sql`
    select count(*) filter (where level = 'township' and kind = 'regional') as township_count,
      count(*) filter (where level = 'township' and kind = 'regional') as unionised_township_count,
      count(*) filter (where level = 'township' and kind = 'regional' and union_kind = 'FEDERATION_TOWNSHIP') as township_federation_count
    from tenancy.federation
    where id = ${tenantId} and valid_from <= ${span.end}::date and (valid_to is null or valid_to > ${span.end}::date)`,
})
