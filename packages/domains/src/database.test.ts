import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDatabase, type Database } from '@gonglian/db'
import { openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { tableEntries } from './isolation.ts'

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

const { definers, definerPolicies } = tableEntries

const ourSchemas = sql`n.nspname not in ('public', 'bullmq', 'information_schema') and n.nspname !~ '^pg_'`
const app = () => new URL(house.appUrl).username
const web = () => new URL(house.webUrl).username

describe('the role of the application', () => {
  test('is nothing special, nor is anything it belongs to', async () => {
    const { rows } = await sql`
      with recursive belongs as (
        select oid from pg_roles where rolname in (${app()}, ${web()}, 'gonglian_definer')
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
      { rolname: 'gonglian_definer', ...plain },
      { rolname: 'gonglian_plain', ...plain },
      { rolname: 'gonglian_system', ...plain },
      ...[web(), app()].toSorted().map((rolname) => ({ rolname, ...plain })),
    ])
  })

  test('owns nothing, and can make nothing where it would count', async () => {
    const { rows } = await sql`
      select
        (select count(*) from pg_class c join pg_roles r on r.oid = c.relowner where r.rolname in (${app()}, 'gonglian_plain', 'gonglian_definer'))::int as tables,
        (select count(*) from pg_proc p join pg_roles r on r.oid = p.proowner where r.rolname in (${app()}, 'gonglian_plain'))::int as functions,
        (select count(*) from pg_namespace n where pg_has_role(${app()}, n.nspowner, 'usage') or has_schema_privilege(${app()}, n.oid, 'create'))::int as schemas,
        has_database_privilege(${app()}, current_database(), 'create') as database,
        has_database_privilege(${app()}, current_database(), 'temporary') or has_database_privilege('gonglian_definer', current_database(), 'temporary') as temporary`.execute(
      owner,
    )
    expect(rows).toEqual([{ tables: 0, functions: 0, schemas: 0, database: false, temporary: false }])
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

  test('is reached by no view that looks with the eyes of its owner', async () => {
    const { rows } = await sql`
      select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where ${ourSchemas} and (c.relkind = 'm' or c.relkind = 'v' and not coalesce(c.reloptions @> array['security_invoker=true'], false))`.execute(
      owner,
    )
    expect(rows).toEqual([])
  })

  test('is reached past its policies only by the listed functions, each for a reason, which run as a role that is no superuser', async () => {
    const { rows } = await sql<{
      name: string
      owner: string
      path: string | null
      public: boolean
      app: boolean
      fired: boolean
    }>`
      select p.oid::regprocedure::text as name, pg_get_userbyid(p.proowner) as owner, (select c from unnest(p.proconfig) c where c like 'search_path=%') as path,
        has_function_privilege('public', p.oid, 'execute') as public, has_function_privilege(${app()}, p.oid, 'execute') as app,
        p.prorettype = 'trigger'::regtype as fired
      from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${ourSchemas} and p.prosecdef`.execute(owner)
    expect(rows.map((row) => row.name).toSorted()).toEqual(Object.keys(definers).toSorted())
    // With any other path, an empty one too, the caller's temporary objects are looked up first: a type or table that he
    // makes there stands in for what the function means.
    const path = 'search_path=pg_catalog, pg_temp'
    expect(rows.filter((row) => row.public || row.app === row.fired || row.path !== path)).toEqual([])
    expect(rows.filter((row) => row.owner !== 'gonglian_definer')).toEqual([])
  })

  test('lets that role pass only where such a function needs it, and no other role by name', async () => {
    const { rows } = await sql<{ name: string }>`
      select c.oid::regclass::text || ' ' || p.polcmd::text as name
      from pg_policy p join pg_class c on c.oid = p.polrelid where p.polroles <> '{0}' order by 1`.execute(owner)
    expect(rows.map((row) => row.name)).toEqual(definerPolicies)
    const { rows: others } = await sql`
      select p.polrelid::regclass::text as name from pg_policy p join pg_class c on c.oid = p.polrelid
      where p.polroles <> '{0}' and p.polroles <> array['gonglian_definer'::regrole::oid]`.execute(owner)
    expect(others).toEqual([])
  })

  test('grants the application what it needs, column by column nothing else', async () => {
    const { rows } = await sql<{ name: string; granted: string }>`
      select n.nspname || '.' || c.relname as name, (
        select string_agg(lower(p), ' ' order by place) from unnest(array['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER']) with ordinality as privilege(p, place)
        where has_table_privilege(${app()}, c.oid, p) or p in ('SELECT', 'INSERT', 'UPDATE', 'REFERENCES') and has_any_column_privilege(${app()}, c.oid, p)) as granted
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'f', 'v', 'm') and ${ourSchemas} order by 1`.execute(owner)
    // What is kept for good is never updated or deleted; bodies, accounts, reports and urges are never deleted, nor are unions, members
    // and what is written about them. Ballots and slips are reached by no statement at all.
    expect(Object.fromEntries(rows.map((row) => [row.name, row.granted]))).toMatchInlineSnapshot(`
      {
        "approvals.application": "select insert update",
        "approvals.paper_series": "select insert update",
        "approvals.step": "select insert",
        "auth.account": "select insert update",
        "auth.account_role": "select insert delete",
        "auth.attempt": "select insert update delete",
        "auth.device": "select insert update delete",
        "auth.factor": "select insert update delete",
        "auth.notice": "select insert",
        "auth.old_password": "select insert delete",
        "auth.one_time_link": "select insert update delete",
        "auth.recovery_code": "select insert update delete",
        "auth.session": "select insert update delete",
        "auth.sign_in_rule": "select insert update",
        "documents.issued_paper": "select insert",
        "documents.withdrawal": "select insert",
        "files.chunk": "select insert",
        "files.dropped": "select insert delete",
        "files.file": "select insert update delete",
        "indicators.fed_figure": "select insert update delete",
        "indicators.feed_mark": "select update delete",
        "indicators.form": "select insert update",
        "indicators.form_item": "select insert",
        "indicators.indicator": "select insert update",
        "indicators.parameter": "select insert update",
        "inspection.urge": "select insert update",
        "organisation.appraisal": "select insert update",
        "organisation.association_member": "select insert update",
        "organisation.attendance": "select insert delete",
        "organisation.ballot": null,
        "organisation.baseline": "select insert",
        "organisation.baseline_line": "select insert",
        "organisation.campaign": "select insert update",
        "organisation.card": "select insert update",
        "organisation.card_series": "select insert update",
        "organisation.checklist": "select insert update",
        "organisation.checklist_item": "select insert",
        "organisation.checklist_result": "select insert update",
        "organisation.companion_body": "select insert update delete",
        "organisation.congress": "select insert update",
        "organisation.covered_unit": "select insert update delete",
        "organisation.delegate": "select insert delete",
        "organisation.delegate_quota": "select insert update delete",
        "organisation.demo_point": "select insert update",
        "organisation.demonstration_unit": "select insert update",
        "organisation.election": "select insert update",
        "organisation.election_body": "select insert update",
        "organisation.election_candidate": "select insert update",
        "organisation.employer": "select insert update delete",
        "organisation.employer_list": "select insert update",
        "organisation.export": "select insert update",
        "organisation.founder": "select insert update delete",
        "organisation.group_member": "select insert update",
        "organisation.home_title": "select insert update",
        "organisation.import": "select insert update",
        "organisation.import_faulty_row": "select insert delete",
        "organisation.import_item": "select insert delete",
        "organisation.import_problem": "select insert update delete",
        "organisation.import_row": "select insert update delete",
        "organisation.import_title": "select insert update",
        "organisation.joint_letter": "select insert update",
        "organisation.lead": "select insert update",
        "organisation.list_row": "select insert update",
        "organisation.lookup": "select insert",
        "organisation.member": "select insert update delete",
        "organisation.nursing_room": "select insert update",
        "organisation.officer": "select insert update delete",
        "organisation.officer_person": "select insert update delete",
        "organisation.rate_snapshot": "select insert",
        "organisation.rating": "select insert update delete",
        "organisation.rating_appeal": "select insert update",
        "organisation.rating_item": "select insert",
        "organisation.rating_level": "select insert",
        "organisation.rating_review": "select insert update",
        "organisation.rating_scheme": "select insert update",
        "organisation.register": "select insert update",
        "organisation.rights_training": "select insert",
        "organisation.screening": "select insert update",
        "organisation.screening_result": "select insert update",
        "organisation.sealed_ballot": null,
        "organisation.settlement": "select insert update",
        "organisation.slip": null,
        "organisation.slip_order": "select insert",
        "organisation.staff_quota": "select insert update",
        "organisation.step": "select insert",
        "organisation.term": "select insert update delete",
        "organisation.trade_union": "select insert update delete",
        "organisation.training": "select insert update",
        "organisation.transfer": "select",
        "organisation.union_day": "select insert",
        "organisation.visit": "select insert",
        "organisation.waiting_ballot": null,
        "organisation.women_activity": "select insert",
        "reporting.acceptance": "select",
        "reporting.accepted_total": "select",
        "reporting.draft": "select insert update delete",
        "reporting.report": "select insert update",
        "reporting.report_version": "select insert",
        "rollup.dirty": "select insert delete",
        "rollup.recount": "select insert delete",
        "rollup.regrouped": "select insert delete",
        "rollup.reorganised_total": "select insert",
        "rollup.total": "select insert update delete",
        "rollup.verification": "select insert update",
        "targets.allocation": "select insert update delete",
        "targets.amendment": "select insert",
        "targets.item": "select insert update delete",
        "targets.letter": "select insert",
        "targets.plan": "select insert update delete",
        "tasks.address": "select insert update delete",
        "tasks.channel": "select insert update delete",
        "tasks.delivery": "select insert update delete",
        "tasks.digest": "select insert update delete",
        "tasks.digest_day": "select insert delete",
        "tenancy.audit": "select insert",
        "tenancy.audit_anchor": "select insert",
        "tenancy.audit_head": "select insert update",
        "tenancy.closure": "select insert delete",
        "tenancy.data_key": "select insert",
        "tenancy.federation": "select insert update",
        "tenancy.former": "select insert delete",
        "tenancy.former_name": "select insert",
        "tenancy.link": "select insert update",
        "tenancy.opening": "select insert",
        "tenancy.reorganisation": "select insert",
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
