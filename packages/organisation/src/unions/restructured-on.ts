import { sql } from 'kysely'

/** The day on which the employer of the union `u` was restructured, closed or moved away the last time; null: never. */
export const restructuredOn = sql<string | null>`(
  select max(coalesce((p.details ->> 'on')::date, (p.at at time zone 'Asia/Shanghai')::date))
  from organisation.step p where p.object_kind = 'union' and p.object_id = u.id and p.to_state = 'restructuring')`
