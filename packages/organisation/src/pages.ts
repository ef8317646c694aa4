import type { TenantContext } from '@gonglian/tenancy'
import { sql, type RawBuilder } from 'kysely'

/**
 * One page of a list and what is counted over all of it, in one statement: the counts stand also where the page has no row.
 *
 * `list`: the common table expressions (`with ...`), of which `from` names the rows wanted. `sums`: what is selected beside the page. Days come as text.
 */
export async function readPage<Row, Sums>(
  ctx: TenantContext,
  question: {
    list: RawBuilder<unknown>
    from: string
    order: RawBuilder<unknown>
    sums: RawBuilder<unknown>
    page: number
    pageSize: number
  },
): Promise<Sums & { rows: Row[] }> {
  const { list, from, order, sums, page, pageSize } = question
  const { rows } = await sql<Sums & { rows: Row[] }>`${list}
    select ${sums}, (select coalesce(json_agg(page), '[]'::json) from (
      select * from ${sql.table(from)} order by ${order} limit ${pageSize} offset ${(page - 1) * pageSize}) page) as rows`.execute(
    ctx.db,
  )
  const [answer] = rows
  if (answer === undefined) throw new Error('a statement of counts gave no row')
  return answer
}
