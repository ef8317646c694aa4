import { createDatabase } from '@gonglian/db'
import { addFederations, systemActor, withTenant, type Deps, type NewFederation } from '@gonglian/tenancy'
import { sql } from 'kysely'

/** More than the largest page of any list. */
export const copies = 320

const founded = { validFrom: '1990-01-01' }

/** One more city with 16 counties of 20 townships: no body has many directly below it, and there are many bodies. */
function listBodies(): NewFederation[] {
  const city: NewFederation = {
    code: '5199',
    name: '测试市总工会',
    shortName: '测试市',
    level: 'city',
    parentCode: '51',
    ...founded,
  }
  const counties = Array.from({ length: 16 }, (_, county): NewFederation[] => {
    const code = `5199${String(county + 10)}`
    const head: NewFederation = {
      code,
      name: `测试${code}县总工会`,
      shortName: `测试${code}县`,
      level: 'county',
      parentCode: '5199',
      ...founded,
    }
    return [
      head,
      ...Array.from({ length: copies / 16 }, (_, town): NewFederation => {
        const name = `测试${code}第${town + 1}镇`
        return {
          code: `${code}${String(town + 100)}`,
          name: `${name}总工会`,
          shortName: name,
          level: 'township',
          parentCode: code,
          ...founded,
        }
      }),
    ]
  }).flat()
  return [city, ...counties]
}

/**
 * Copies every record of the organisation's domain to each of 320 new townships, past all triggers and references: lists become long,
 * whatever they are of. Then new chairs, empty posts, approved posts and trainings of each of them.
 *
 * @returns the tables whose records were copied
 */
export async function multiplyRecords(house: { readonly deps: Deps; readonly ownerUrl: string }): Promise<string[]> {
  await withTenant(house.deps, systemActor('test', 0), (ctx) => addFederations(ctx, listBodies()))
  const { db, pool } = createDatabase(house.ownerUrl, 1)
  try {
    await sql`set session_replication_role = replica`.execute(db)
    const places = sql`(select array_agg(id order by id) from tenancy.federation where level = 'township' and code like '5199%')`
    const { rows } = await sql<{ name: string; nullable: string[] | null; columns: string[]; parents: string[] }>`
      select c.table_schema || '.' || c.table_name as name,
        array_agg(c.column_name::text) filter (where c.is_nullable = 'YES' and c.column_name = 'code') as nullable,
        array_agg(c.column_name::text) filter (where c.is_generated = 'NEVER') as columns,
        array(select a.attname::text from pg_constraint r join pg_attribute a on a.attrelid = r.conrelid and r.conkey = array[a.attnum]
          where r.contype = 'f' and r.conrelid = (c.table_schema || '.' || c.table_name)::regclass
            and r.confrelid::regclass::text like 'organisation.%') as parents
      from information_schema.columns c join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'organisation' and t.table_type = 'BASE TABLE'
      group by c.table_schema, c.table_name having bool_or(c.column_name = 'tenant_id') and bool_or(c.column_name = 'id') order by 1`.execute(
      db,
    )
    const copied: string[] = []
    for (const { name, nullable, columns, parents } of rows) {
      // Steps name what they are of without a reference.
      const named = columns.includes('object_id') ? [...parents, 'object_id'] : parents
      const table = sql.table(name)
      const numbered = (column: string) => sql`1000000 + ${sql.ref(`t.${column}`)} * ${copies}::int + n`
      // A copy belongs to the copy of what its original belongs to.
      const changed = [
        sql`'id', ${numbered('id')}, 'tenant_id', (${places})[n]`,
        ...(nullable === null ? [] : [sql`'code', t.code || '-' || n`]),
        ...named.map((column) => sql`${column}::text, ${numbered(column)}`),
      ]
      const { numAffectedRows } = await sql`
        insert into ${table} (${sql.join(columns.map((column) => sql.ref(column)))}) overriding system value
        select ${sql.join(columns.map((column) => sql.ref(`copy.${column}`)))} from ${table} t cross join generate_series(1, ${copies}::int) n
        cross join lateral jsonb_populate_record(null::${table}, to_jsonb(t) || jsonb_build_object(${sql.join(changed)})) copy
        on conflict do nothing`.execute(db)
      if (Number(numAffectedRows ?? 0) >= copies) copied.push(name)
    }
    const each = sql`unnest(${places}) as place (id)`
    await sql`insert into organisation.officer (tenant_id, name, post, engagement, valid_from, valid_to)
      select id, '前任', 'audit_chair', 'part_time', '2024-01-01'::date, '2026-06-01'::date from ${each}
      union all select id, '新任', 'chair', 'full_time', '2026-10-01', null from ${each}`.execute(db)
    await sql`insert into organisation.staff_quota (tenant_id, unit_name, category, posts, valid_from)
      select id, '机关', 'institution', 1, '2020-01-01' from ${each}`.execute(db)
    await sql`insert into organisation.training (tenant_id, name, kind, starts_on, ends_on)
      select id, '培训班', 'class', '2026-05-01', '2026-05-02' from ${each}`.execute(db)
    return copied
  } finally {
    await pool.end()
  }
}
