import { sql } from 'kysely'
import { defineFeed } from '@gonglian/indicators'

/**
 * Members on a day are those who had joined, had not left, and whose membership was not merely kept (MEM-07). Every way into and out of that
 * set is counted on its day, so that members of the period before + new + moved in - lost are always the members of this one
 * (12.2 rule 2): keeping a membership is a loss, taking it up again a move in.
 *
 * Reads the members of one body once, by member_list.
 */
export const membersFeed = defineFeed({
  key: 'organisation.members',
  reads: ['organisation.member'],
  items: [
    'member_count',
    'female_member_count',
    'migrant_member_count',
    'newform_member_count',
    'new_member_count',
    'new_member_count/女性',
    'new_member_count/农民工',
    'transferred_in_member_count',
    'lost_member_count',
  ],
  kept: (tenantId) =>
    sql`select exists (select from organisation.member where tenant_id = ${tenantId} and joined_on is not null) as kept`,
  query: ({ tenantId, span }) => sql`
    with person as (
      select kind, sex, origin, retained,
        joined_on <= ${span.end}::date and (left_on is null or left_on > ${span.end}::date) and not retained @> ${span.end}::date as is_member,
        joined_on between ${span.start}::date and ${span.end}::date
          and (left_on is null or left_on > joined_on) and not retained @> joined_on as has_come,
        left_on between ${span.start}::date and ${span.end}::date
          and left_on > joined_on and not retained @> (left_on - 1) as has_gone,
        joined_on, left_on
      from organisation.member
      where tenant_id = ${tenantId} and joined_on <= ${span.end}::date and (left_on is null or left_on >= ${span.start}::date)
    ), pause as (
      select count(*) filter (where lower(kept) between ${span.start}::date and ${span.end}::date
          and lower(kept) > joined_on and (left_on is null or lower(kept) < left_on)) as begun,
        count(*) filter (where upper(kept) between ${span.start}::date and ${span.end}::date
          and (left_on is null or upper(kept) < left_on)) as ended
      from person cross join lateral unnest(retained) as kept
      where retained <> '{}'
    )
    select count(*) filter (where is_member) as member_count,
      count(*) filter (where is_member and sex = 'female') as female_member_count,
      count(*) filter (where is_member and kind = 'migrant') as migrant_member_count,
      count(*) filter (where is_member and kind = 'new_form') as newform_member_count,
      count(*) filter (where has_come and origin = 'enrolled') as new_member_count,
      count(*) filter (where has_come and origin = 'enrolled' and sex = 'female') as "new_member_count/女性",
      count(*) filter (where has_come and origin = 'enrolled' and kind = 'migrant') as "new_member_count/农民工",
      count(*) filter (where has_come and origin = 'transferred') + (select ended from pause) as transferred_in_member_count,
      count(*) filter (where has_gone) + (select begun from pause) as lost_member_count
    from person`,
})

/** Applications, whatever became of them. */
export const applicationsFeed = defineFeed({
  key: 'organisation.applications',
  reads: ['organisation.member'],
  items: ['enrolment_application_count', 'enrolment_application_count/新就业形态'],
  kept: membersFeed.kept,
  query: ({ tenantId, span }) => sql`
    select count(*) as enrolment_application_count,
      count(*) filter (where kind = 'new_form') as "enrolment_application_count/新就业形态"
    from organisation.member
    where tenant_id = ${tenantId} and origin = 'enrolled' and applied_on between ${span.start}::date and ${span.end}::date`,
})
