import { sql } from 'kysely'
import { defineFeed } from '@gonglian/indicators'

/** Who holds a post on the last day of the period, each person's post once; and who sat in the trainings that ended within it. */
export const cadresFeed = defineFeed({
  key: 'organisation.cadres',
  reads: ['organisation.officer', 'organisation.training', 'organisation.attendance'],
  items: ['fulltime_cadre_count', 'parttime_cadre_count', 'social_worker_count', 'cadre_training_person_times'],
  kept: (tenantId) => sql`select exists (select from organisation.officer where tenant_id = ${tenantId}) as kept`,
  query: ({ tenantId, span }) => sql`
    with held as (
      select engagement from organisation.officer
      where tenant_id = ${tenantId} and post <> 'team_leader' and valid_from <= ${span.end}::date
        and (valid_to is null or valid_to >= ${span.end}::date)
    ), trained as (
      select count(*) as times from organisation.attendance a
      join organisation.training t on t.id = a.training_id
      where t.tenant_id = ${tenantId} and t.state = 'held' and t.ends_on between ${span.start}::date and ${span.end}::date
        and a.result in ('attended', 'passed')
    )
    select count(*) filter (where engagement = 'full_time') as fulltime_cadre_count,
      count(*) filter (where engagement = 'part_time') as parttime_cadre_count,
      count(*) filter (where engagement = 'contracted') as social_worker_count,
      (select times from trained) as cadre_training_person_times
    from held`,
})
