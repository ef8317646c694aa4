import { sql, type RawBuilder } from 'kysely'
import { defineFeed } from '@gonglian/indicators'
import { livedOn } from '../checklists/checklists.ts'
import { compareUnions } from '../unions/compared-unions.ts'
import { isBasicUnion } from '../unions/union-states.ts'

/** Basic unions that have, on a day, all of every list of a purpose that holds for them, and for which at least one does. */
const countComplete = (tenantId: number, day: string, purpose: 'standard' | 'display'): RawBuilder<number> => {
  const lists = sql<boolean>`(rules.purpose = ${purpose}
    and rules.tenant_id in (select ancestor_id from tenancy.closure where descendant_id = ${tenantId})
    and rules.valid_from <= ${day}::date and (rules.valid_to is null or rules.valid_to > ${day}::date))`
  return sql`(
    select count(*) from (
      select u.id from (${compareUnions(day, lists, [tenantId])}) compared
      join organisation.trade_union u on u.id = compared.union_id and ${isBasicUnion()}
      group by u.id having bool_and(compared.has_all)) complete)`
}

/**
 * Titles held on the last day of the period: a model home is a qualified one too, whose denominator is not that of the model ones
 * (5.4). Each union once, whatever number of schemes gave it a title. Check-lists met, and appraisals of the year by their counted votes.
 */
export const ratingsFeed = defineFeed({
  key: 'organisation.ratings',
  reads: [
    'organisation.home_title',
    'organisation.checklist_result',
    'organisation.companion_body',
    'organisation.appraisal',
    'organisation.trade_union',
  ],
  items: [
    'qualified_home_count',
    'model_home_count',
    'star_union_count',
    'standardised_union_count',
    'double_display_union_count',
    'member_appraisal_union_count',
    'appraisal_valid_votes',
    'appraisal_satisfied_votes',
    'appraisal_basic_votes',
  ],
  kept: (tenantId) => sql`
    select exists (select from organisation.home_title where tenant_id = ${tenantId})
      or exists (select from organisation.checklist_result where tenant_id = ${tenantId})
      or exists (select from organisation.appraisal where tenant_id = ${tenantId}) as kept`,
  query: ({ tenantId, span }) => sql`
    with held as (
      select t.union_id, bool_or(l.counts_as in ('qualified', 'model')) as is_qualified, bool_or(l.counts_as = 'model') as is_model,
        bool_or(s.track = 'star') as has_star
      from organisation.home_title t
      join organisation.rating_level l on l.scheme_id = t.scheme_id and l.rank = t.rank
      join organisation.rating_scheme s on s.id = t.scheme_id
      join organisation.trade_union u on u.id = t.union_id and ${isBasicUnion()} and ${livedOn(span.end)}
      where t.tenant_id = ${tenantId} and t.held_from <= ${span.end}::date and t.valid_to > ${span.end}::date
        and (t.ended_on is null or t.ended_on > ${span.end}::date)
      group by t.union_id
    ), voted as (
      select union_id, closed_on, satisfied, basic, unsatisfied from organisation.appraisal
      where tenant_id = ${tenantId} and state in ('closed', 'published', 'filed') and closed_on <= ${span.end}::date
    )
    select count(*) filter (where is_qualified) as qualified_home_count,
      count(*) filter (where is_model) as model_home_count,
      count(*) filter (where has_star) as star_union_count,
      ${countComplete(tenantId, span.end, 'standard')} as standardised_union_count,
      ${countComplete(tenantId, span.end, 'display')} as double_display_union_count,
      (select count(distinct union_id) from voted where extract(year from closed_on) = ${span.year}) as member_appraisal_union_count,
      (select coalesce(sum(satisfied + basic + unsatisfied), 0)::bigint from voted where closed_on >= ${span.start}::date) as appraisal_valid_votes,
      (select coalesce(sum(satisfied), 0)::bigint from voted where closed_on >= ${span.start}::date) as appraisal_satisfied_votes,
      (select coalesce(sum(basic), 0)::bigint from voted where closed_on >= ${span.start}::date) as appraisal_basic_votes
    from held`,
})
