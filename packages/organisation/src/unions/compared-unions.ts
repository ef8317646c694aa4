import { sql, type RawBuilder } from 'kysely'
import { fitsUnion, livedOn } from '../checklists/checklists.ts'

/**
 * In SQL, a row for each union and each list (`rules`) that holds for it on a day: union_id, tenant_id, and whether it has_all of the list's items.
 * An item that names a companion body is met by the body itself, any other by what was checked.
 *
 * One pass over the unions, hashed against the results of these lists' few items (checklist_result_item).
 *
 * @param lists a condition on `rules`
 * @param bodies whose unions; null: all in sight
 */
export function compareUnions(day: string, lists: RawBuilder<boolean>, bodies: number[] | null): RawBuilder<unknown> {
  const of = (row: string) => sql`(${bodies}::int[] is null or ${sql.ref(`${row}.tenant_id`)} = any (${bodies}::int[]))`
  return sql`
    with item as materialized (
      select i.id, i.checklist_id, i.companion_kind from organisation.checklist_item i
      join organisation.checklist rules on rules.id = i.checklist_id where ${lists}
    ), met as (
      select r.union_id, item.checklist_id, item.id from organisation.checklist_result r
      join item on item.id = r.item_id and item.companion_kind is null
      where ${of('r')} and r.met and r.valid_from <= ${day}::date and (r.valid_to is null or r.valid_to > ${day}::date)
      union
      select b.union_id, item.checklist_id, item.id from organisation.companion_body b
      join item on b.kind = item.companion_kind or item.companion_kind = 'women_committee' and b.kind = 'women_member'
      where ${of('b')} and b.formed_on <= ${day}::date and (b.ended_on is null or b.ended_on > ${day}::date)
    ), score as (select union_id, checklist_id, count(*) as items from met group by union_id, checklist_id)
    select u.id as union_id, u.tenant_id, s.items is not distinct from (
      select count(*) from item where item.checklist_id = rules.id) as has_all
    from organisation.checklist rules
    join organisation.trade_union u on ${of('u')} and ${fitsUnion} and ${livedOn(day)}
      and (rules.approved_from is null or u.approved_on >= rules.approved_from)
    left join score s on s.union_id = u.id and s.checklist_id = rules.id
    where ${lists}`
}
