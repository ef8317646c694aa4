import { sql, type RawBuilder } from 'kysely'
import { isBasicUnion } from '../unions/union-states.ts'

/**
 * In SQL, the employers under a union on a day, one row for each in each register: tenant_id, id, what the register says of it, and how it is covered. Whoever
 * counts covered units, employees or women among them counts these rows. Custody covers workers, not an employer; an employer under several unions of a
 * register is there once (handbook 2.3).
 *
 * @param of whose: a condition on the coverage `c`, by covered_unit_tenant
 */
export function coveredEmployers(day: string, of: RawBuilder<boolean>): RawBuilder<unknown> {
  return sql`
    select c.tenant_id, e.id, e.headcount, e.female_count, e.non_quota_count, e.unit_class, e.ownership,
      bool_or(${isBasicUnion('u.kind')}) as is_unionised,
      bool_or(c.mode = 'own') as is_own, bool_or(c.mode = 'joint') as is_joint, bool_or(c.mode = 'association') as is_second
    from organisation.covered_unit c
    join organisation.trade_union u on u.id = c.union_id and u.approved_on <= ${day}::date and (u.ended_on is null or u.ended_on > ${day}::date)
    join organisation.employer e on e.id = c.employer_id
    where ${of} and c.mode <> 'custody' and c.valid_from <= ${day}::date and (c.valid_to is null or c.valid_to > ${day}::date)
    group by c.tenant_id, e.id`
}
