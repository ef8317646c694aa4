import type pg from 'pg'

/** The queue may be lost, and which migrations ran stands in the head of a backup. */
const ours = `n.nspname not in ('bullmq', 'information_schema') and n.nspname !~ '^pg_' and (n.nspname, c.relname) <> ('public', 'migration')`

/** Every table whose rows a backup holds, with the columns that are not computed. Names are quoted where they must be. */
export async function listTables(client: pg.Client): Promise<{ table: string; columns: string[] }[]> {
  const { rows } = await client.query<{ table: string; columns: string[] }>(`
    select format('%I.%I', n.nspname, c.relname) as table,
      (select array_agg(quote_ident(a.attname) order by a.attnum) from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = '') as columns
    from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'r' and ${ours} order by 1`)
  return rows
}

export async function listSequences(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`
    select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'S' and ${ours} order by 1`)
  return rows.map((row) => row.name)
}
