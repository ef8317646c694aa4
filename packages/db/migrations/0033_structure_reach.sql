-- Reorganising the tree from the web: its login may not act as the system, and needs to change only bodies, links and the totals that follow.
--   app.reach = 'structure'   reads what business reads of the subtree of app.tenant; writes the tree, its history and totals; no records
create function tenancy.may_restructure() returns boolean language sql stable parallel safe
  return current_setting('app.reach') = 'structure' or tenancy.is_system();

create or replace function tenancy.readable() returns int[] language sql stable as $$
  select case when tenancy.reach() in ('business', 'system', 'structure')
    then coalesce((select bodies from tenancy.subtree where tenant_id = current_setting('app.tenant')::int), '{}'::int[])
    else '{}'::int[] end $$;
create or replace function tenancy.sees_all() returns boolean language sql stable as $$
  select tenancy.may_restructure() or (
    exists (select 1 from tenancy.closure where ancestor_id = current_setting('app.tenant')::int and descendant_id = current_setting('app.tenant')::int)
    and not exists (select 1 from tenancy.closure where descendant_id = current_setting('app.tenant')::int and depth > 0)) $$;

-- The policies of these tables say "the system"; here whoever may restructure is meant as well.
do $$
declare one record;
begin
  for one in
    select p.schemaname || '.' || p.tablename as target, p.policyname as name, p.qual, p.with_check from pg_policies p
    where p.schemaname || '.' || p.tablename in ('tenancy.federation', 'tenancy.link', 'tenancy.closure', 'tenancy.subtree', 'tenancy.former',
        'tenancy.former_name', 'tenancy.reorganisation', 'tenancy.audit', 'tenancy.audit_head',
        'rollup.total', 'rollup.dirty', 'rollup.regrouped', 'rollup.recount', 'rollup.reorganised_total')
      and (p.qual like '%is_system()%' or p.with_check like '%is_system()%')
  loop
    execute format('alter policy %I on %s', one.name, one.target)
      || coalesce(' using (' || replace(one.qual, 'is_system()', 'may_restructure()') || ')', '')
      || coalesce(' with check (' || replace(one.with_check, 'is_system()', 'may_restructure()') || ')', '');
  end loop;
end $$;

-- Acceptances that a move displaces send their reports back (reporting.end_displaced).
drop trigger report_guard on reporting.report;
create trigger report_guard before insert or update on reporting.report
  for each row when (not tenancy.may_restructure()) execute function reporting.guard_report();
-- A body that is closed ends its sessions.
create policy session_end_closed on auth.session for delete using ((select tenancy.reach()) = 'structure' and auth.is_closed(tenant_id));
create policy session_see_closed on auth.session for select using ((select tenancy.reach()) = 'structure' and auth.is_closed(tenant_id));
-- Totals are computed by the forms they belong to.
do $$
declare one record;
begin
  for one in
    select p.schemaname || '.' || p.tablename as target, p.policyname as name, p.qual from pg_policies p
    where p.schemaname = 'indicators' and p.policyname = 'read_issued'
  loop
    execute format('alter policy %I on %s using (%s)', one.name, one.target, replace(one.qual, '''system''::text', '''system''::text, ''structure''::text'));
  end loop;
end $$;

-- Whoever may change a form has its totals counted again; the note is taken by a trigger (rollup.note_refilling).
create policy note_form on rollup.recount for insert with check (period is null and tenancy.reach() = 'business');
