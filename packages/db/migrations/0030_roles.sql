-- What the three logins may claim, and functions that run as a role which is no superuser. The roles stand before the migrations;
-- settlePrivileges (src/privileges.ts) gives such functions and their policies to gonglian_definer after them.

-- app.reach is a claim of whoever holds a connection: 'system' counts only from a login that may act as the system. The web may not.
create or replace function tenancy.reach() returns text language sql stable parallel safe
  return case when current_setting('app.reach') = 'system' and not pg_has_role(session_user, 'gonglian_system', 'member')
    then 'refused' else current_setting('app.reach') end;
create or replace function tenancy.is_system() returns boolean language sql stable parallel safe
  return current_setting('app.reach') = 'system' and pg_has_role(session_user, 'gonglian_system', 'member');

create or replace function tenancy.readable() returns int[] language sql stable as $$
  select case when tenancy.reach() in ('business', 'system')
    then coalesce((select bodies from tenancy.subtree where tenant_id = current_setting('app.tenant')::int), '{}'::int[])
    else '{}'::int[] end $$;
create or replace function tenancy.writable() returns int[] language sql stable as $$
  select case tenancy.reach()
    when 'business' then array[current_setting('app.tenant')::int]
    when 'system' then coalesce((select bodies from tenancy.subtree where tenant_id = current_setting('app.tenant')::int), '{}'::int[])
    else '{}'::int[] end $$;
create or replace function tenancy.reviewable() returns int[] language sql stable as $$
  select case when tenancy.reach() in ('business', 'system') then array(
    select descendant_id from tenancy.closure
    where ancestor_id = current_setting('app.tenant')::int and depth = 1 and hierarchy = 'regional')
  else '{}'::int[] end $$;
create or replace function tenancy.sees_all() returns boolean language sql stable as $$
  select tenancy.is_system() or (
    exists (select 1 from tenancy.closure where ancestor_id = current_setting('app.tenant')::int and descendant_id = current_setting('app.tenant')::int)
    and not exists (select 1 from tenancy.closure where descendant_id = current_setting('app.tenant')::int and depth > 0)) $$;

create or replace function auth.in_reach(tenant int) returns boolean language sql stable as $$
  select tenant = current_setting('app.tenant')::int and tenancy.reach() in ('business', 'administration', 'system')
    or tenancy.is_system() and exists (
      select 1 from tenancy.closure where ancestor_id = current_setting('app.tenant')::int and descendant_id = tenant) $$;

-- P1 is checked over all shares, whoever writes. These two took the reach of the system for it, which the web's login may not; as
-- definer functions they see every share by the policies below.
alter function targets.check_conservation() security definer;
alter function targets.check_amendment() security definer;
revoke execute on function targets.check_conservation, targets.check_amendment from public;
create policy by_function on targets.plan for select to current_user using (true);
create policy by_function on targets.item for select to current_user using (true);
create policy by_function on targets.allocation for select to current_user using (true);
create policy by_function on targets.amendment for select to current_user using (true);

-- Every SECURITY DEFINER function looks names up in pg_catalog first and in the caller's temporary objects last. With an empty path
-- pg_temp comes first: a type named "record" laid there stood in for PostgreSQL's own.
do $$
declare one record;
begin
  for one in
    select p.oid::regprocedure as name from pg_proc p join pg_namespace n on n.oid = p.pronamespace
    where p.prosecdef and n.nspname !~ '^pg_' and n.nspname not in ('public', 'bullmq', 'information_schema')
      and not 'search_path=pg_catalog, pg_temp' = any (coalesce(p.proconfig, '{}'))
  loop
    execute format('alter function %s set search_path = pg_catalog, pg_temp', one.name);
  end loop;
end $$;

-- What these functions need beyond the plain role's privileges and the policies that name the definer role.
grant update on organisation.appraisal, organisation.slip_order to gonglian_definer;

-- Rows of appraisals change step by step under whatever name somebody signed in; only the functions above set counts.
create or replace function organisation.runs_as_owner(target regclass) returns boolean language sql stable
  return current_user = 'gonglian_definer' or (select pg_get_userbyid(c.relowner) = current_user from pg_class c where c.oid = target);

-- What waits for the worker, as numbers: the web shows them to the operator and to readiness checks without acting as the system.
create policy count_backlog on rollup.dirty for select to current_user using (true);
create policy count_backlog on rollup.regrouped for select to current_user using (true);
create policy count_backlog on rollup.recount for select to current_user using (true);
create policy count_backlog on indicators.feed_mark for select to current_user using (true);
create function rollup.count_backlog() returns table (marks int, moves int, oldest timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select (select count(*)::int from rollup.dirty) + (select count(*)::int from rollup.recount), (select count(*)::int from rollup.regrouped),
    least((select min(marked_at) from rollup.dirty), (select min(marked_at) from rollup.regrouped)) $$;
create function indicators.count_backlog() returns table (marks int, oldest timestamptz)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select count(*)::int, min(marked_at) from indicators.feed_mark $$;
revoke execute on function rollup.count_backlog, indicators.count_backlog from public;
grant execute on function rollup.count_backlog, indicators.count_backlog to gonglian_plain;
