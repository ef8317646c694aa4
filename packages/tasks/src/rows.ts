import type { TenantContext } from '@gonglian/tenancy'
import { sql, type RawBuilder } from 'kysely'
import type { TaskList, TaskQuestion, TaskRow } from './task.ts'

/** What a kind's query gives for each line; further columns are for `toRow`. */
type Found = { readonly id: string; readonly since: string | null; readonly due: string | null }

/**
 * Reads the lines of a kind from a query with `id`, `since` and `due` (days), the soonest due and longest waiting first, and how many
 * there are in all.
 */
export async function readTaskRows<Row extends Found>(
  ctx: TenantContext,
  query: RawBuilder<Row>,
  { limit }: Pick<TaskQuestion, 'limit'>,
  toRow: (row: Row) => TaskRow,
): Promise<TaskList> {
  const { rows } = await sql<Row & { total: number }>`
    select r.*, r.id::text as id, count(*) over () as total from (${query}) r
    order by r.due nulls last, r.since nulls last, r.id limit ${limit}`.execute(ctx.db)
  return { rows: rows.map(toRow), total: rows[0]?.total ?? 0 }
}
