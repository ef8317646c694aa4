import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, type Database } from '@gonglian/db'
import { openTestDeps, type TestDeps } from './testing.ts'

let house: TestDeps
let owner: Database
let closeOwner: () => Promise<void>

beforeAll(async () => {
  house = await openTestDeps()
  const { db, pool } = createDatabase(house.ownerUrl, 1)
  owner = db
  closeOwner = () => pool.end()
})
afterAll(async () => {
  await closeOwner()
  await house.close()
})

const ourSchemas = sql`n.nspname not in ('public', 'bullmq', 'information_schema') and n.nspname !~ '^pg_'`
const app = () => new URL(house.appUrl).username

describe('the role of the application', () => {
  test('is nothing special, nor is anything it belongs to', async () => {
    const { rows } = await sql`
      with recursive belongs as (
        select oid from pg_roles where rolname = ${app()}
        union select m.roleid from pg_auth_members m join belongs b on m.member = b.oid)
      select rolname, rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication from pg_roles where oid in (select oid from belongs) order by rolname`.execute(
      owner,
    )
    const plain = {
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      rolcreatedb: false,
      rolreplication: false,
    }
    expect(rows).toEqual([
      { rolname: app(), ...plain },
      { rolname: 'gonglian_plain', ...plain },
    ])
  })

  test('owns nothing, and can make nothing where it would count', async () => {
    const { rows } = await sql`
      select
        (select count(*) from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in (${app()}, 'gonglian_plain'))::int as tables,
        (select count(*) from pg_proc p join pg_roles r on r.oid = p.proowner where r.rolname in (${app()}, 'gonglian_plain'))::int as functions,
        (select count(*) from pg_namespace n where pg_has_role(${app()}, n.nspowner, 'usage') or has_schema_privilege(${app()}, n.oid, 'create'))::int as schemas,
        has_database_privilege(${app()}, current_database(), 'create') as database`.execute(owner)
    expect(rows).toEqual([{ tables: 0, functions: 0, schemas: 0, database: false }])
  })
})

describe('every table of a schema of ours', () => {
  test('has row-level security, forced on its owner too, and a policy for what it shows', async () => {
    const { rows } = await sql<{ name: string; enabled: boolean; forced: boolean; shown: boolean }>`
      select n.nspname || '.' || c.relname as name, c.relrowsecurity as enabled, c.relforcerowsecurity as forced,
        exists (select 1 from pg_policy p where p.polrelid = c.oid and p.polcmd in ('r', '*')) as shown
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'f') and ${ourSchemas}`.execute(owner)
    expect(rows.length).toBeGreaterThan(20)
    expect(rows.filter((row) => !row.enabled || !row.forced || !row.shown)).toEqual([])
  })

  test('is reached by no view and no function that looks with the eyes of its owner', async () => {
    const { rows } = await sql`
      select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${ourSchemas} and (c.relkind = 'm' or c.relkind = 'v' and not coalesce(c.reloptions @> array['security_invoker=true'], false))
      union all
      select n.nspname || '.' || p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${ourSchemas} and p.prosecdef`.execute(
      owner,
    )
    expect(rows).toEqual([])
  })

  test('grants the application what it needs, column by column nothing else', async () => {
    const { rows } = await sql<{ name: string; granted: string }>`
      select n.nspname || '.' || c.relname as name, (
        select string_agg(lower(p), ' ' order by place) from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) with ordinality as privilege(p, place)
        where has_table_privilege(${app()}, c.oid, p) or p in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') and has_any_column_privilege(${app()}, c.oid, p)) as granted
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'f', 'v', 'm') and ${ourSchemas} order by 1`.execute(owner)
    // What is kept for good is never updated or deleted; bodies, accounts, reports and urges are never deleted.
    expect(Object.fromEntries(rows.map((row) => [row.name, row.granted]))).toMatchInlineSnapshot(`
      {
        "auth.account": "select insert update",
        "auth.account_role": "select insert delete",
        "auth.attempt": "select insert update delete",
        "auth.session": "select insert update delete",
        "indicators.form": "select insert update",
        "indicators.form_item": "select insert",
        "indicators.indicator": "select insert update",
        "indicators.parameter": "select insert update",
        "inspection.urge": "select insert update",
        "reporting.draft": "select insert update delete",
        "reporting.report": "select insert update",
        "reporting.report_version": "select insert",
        "rollup.dirty": "select insert delete",
        "rollup.regrouped": "select insert delete",
        "rollup.total": "select insert update delete",
        "targets.allocation": "select insert update delete",
        "targets.amendment": "select insert",
        "targets.item": "select insert update delete",
        "targets.letter": "select insert",
        "targets.plan": "select insert update delete",
        "tenancy.audit": "select insert",
        "tenancy.audit_head": "select insert update",
        "tenancy.closure": "select insert delete",
        "tenancy.federation": "select insert update",
        "tenancy.link": "select insert update",
        "tenancy.subtree": "select insert update delete",
      }
    `)
  })

  test('grants nothing to whoever happens to be connected', async () => {
    const { rows } = await sql`
      select n.nspname || '.' || c.relname as name, a.privilege_type from pg_class c join pg_namespace n on n.oid = c.relnamespace
      cross join lateral aclexplode(c.relacl) a where a.grantee = 0 and ${ourSchemas}
      union all
      select n.nspname, a.privilege_type from pg_namespace n cross join lateral aclexplode(n.nspacl) a where a.grantee = 0 and ${ourSchemas}`.execute(
      owner,
    )
    expect(rows).toEqual([])
  })
})
