-- Who reads and who reviews a period's report is the superior of that period's tree (P5; decision 0013).

-- Under whom a body stood once, and until when: for each superior of either line the days in which the body was below it and that are over.
-- Derived from tenancy.link by a trigger, like the closure, and nearly always empty.
create table tenancy.former (
  ancestor_id int not null,
  body_id int not null,
  during daterange not null
);
create index former_ancestor on tenancy.former (ancestor_id, body_id);
create index former_body on tenancy.former (body_id);

create function tenancy.gather_former(changed int[]) returns void language plpgsql as $$
begin
  with recursive down as (
    select unnest(changed) as id
    union
    select l.federation_id from down join tenancy.link l on l.parent_id = down.id
  )
  delete from tenancy.former where body_id in (select id from down);
  with recursive down as (
    select unnest(changed) as id
    union
    select l.federation_id from down join tenancy.link l on l.parent_id = down.id
  ), up as (
    select down.id as body_id, down.id as ancestor_id, h.hierarchy, daterange(null, null) as during
    from down cross join (values ('regional'), ('line')) as h(hierarchy)
    union
    select up.body_id, l.parent_id, up.hierarchy, up.during * daterange(l.valid_from, l.valid_to)
    from up join tenancy.link l on l.federation_id = up.ancestor_id and l.hierarchy = up.hierarchy and up.during && daterange(l.valid_from, l.valid_to)
  )
  insert into tenancy.former (ancestor_id, body_id, during)
  select distinct ancestor_id, body_id, during from up where ancestor_id <> body_id and not upper_inf(during);
end $$;
create function tenancy.note_former() returns trigger language plpgsql as $$
begin
  if exists (select from changed where valid_to is not null) then
    perform tenancy.gather_former(array(select distinct federation_id from changed where valid_to is not null));
  end if;
  return null;
end $$;
create trigger former_added after insert on tenancy.link referencing new table as changed for each statement execute function tenancy.note_former();
create trigger former_changed after update on tenancy.link referencing new table as changed for each statement execute function tenancy.note_former();

alter table tenancy.former enable row level security;
alter table tenancy.former force row level security;
create policy former_read on tenancy.former for select using (ancestor_id = tenancy.current_tenant() or tenancy.is_system());
create policy former_add on tenancy.former for insert with check (tenancy.is_system());
create policy former_drop on tenancy.former for delete using (tenancy.is_system());
grant select, insert, delete on tenancy.former to gonglian_plain;
select tenancy.gather_former(array(select distinct federation_id from tenancy.link where valid_to is not null));

-- Bodies that stood below the reader once and do not today.
create function tenancy.former_bodies() returns int[] language sql stable as $$
  select case when tenancy.reach() in ('business', 'system') then array(
    select distinct f.body_id from tenancy.former f where f.ancestor_id = tenancy.current_tenant()
      and not exists (select from tenancy.closure c where c.ancestor_id = f.ancestor_id and c.descendant_id = f.body_id))
  else '{}'::int[] end $$;
-- All whose past or present the reader sees. What of a former body depends on the day: tenancy.had.
create function tenancy.readable_ever() returns int[] language sql stable as $$
  select case when cardinality(former) = 0 then tenancy.readable() else tenancy.readable() || former end from (select tenancy.former_bodies() as former) f $$;
create function tenancy.had(body int, day date) returns boolean language sql stable as $$
  select exists (select from tenancy.former f where f.ancestor_id = tenancy.current_tenant() and f.body_id = body and f.during @> day) $$;
-- Whose reports of some period the reader may have to review: those directly below at any time, and those below one of them that was closed. Which
-- period it is decides reporting.find_reviewer.
create function tenancy.reviewable_ever() returns int[] language sql stable as $$
  select case when tenancy.reach() in ('business', 'system') then array(
    with recursive below as (
      select l.federation_id as id from tenancy.link l where l.parent_id = tenancy.current_tenant() and l.hierarchy = 'regional'
      union
      select l.federation_id from below join tenancy.federation f on f.id = below.id and f.valid_to is not null
      join tenancy.link l on l.parent_id = below.id and l.hierarchy = 'regional'
    )
    select id from below)
  else '{}'::int[] end $$;

-- A former body keeps its name for its old superiors, and the links by which its periods were counted.
alter policy federation_read on tenancy.federation using (
  (select tenancy.sees_all())
  or id in (select descendant_id from tenancy.closure where ancestor_id = (select tenancy.current_tenant()))
  or id in (select ancestor_id from tenancy.closure where descendant_id = (select tenancy.current_tenant()))
  or id = any ((select tenancy.former_bodies())::int[]));
alter policy link_read on tenancy.link using (
  (select tenancy.sees_all())
  or federation_id in (select descendant_id from tenancy.closure where ancestor_id = (select tenancy.current_tenant()))
  or federation_id in (select ancestor_id from tenancy.closure where descendant_id = (select tenancy.current_tenant()))
  or federation_id = any ((select tenancy.former_bodies())::int[]) and (valid_to is not null or parent_id = any ((select tenancy.former_bodies())::int[])));

-- The last day of a period, from its sortable text.
create function indicators.period_end(period text) returns date language sql immutable parallel safe as $$
  select case
    when period ~ '-A$' then make_date(left(period, 4)::int, substr(period, 6, 2)::int, 15)
    else (make_date(left(period, 4)::int, case
      when length(period) = 4 then 12
      when substr(period, 6, 1) = 'H' then substr(period, 7, 1)::int * 6
      when substr(period, 6, 1) = 'Q' then substr(period, 7, 1)::int * 3
      else substr(period, 6, 2)::int end, 1) + interval '1 month - 1 day')::date end $$;
-- Who reviews a report follows from this day: nobody chooses it.
alter table reporting.report add constraint report_period_end check (period_end = indicators.period_end(period));

alter policy read_below on reporting.report using (tenant_id = any ((select tenancy.readable_ever())::int[])
  and (not tenant_id = any ((select tenancy.former_bodies())::int[]) or tenancy.had(tenant_id, period_end)));
alter policy read_below on reporting.report_version using (tenant_id = any ((select tenancy.readable_ever())::int[])
  and (not tenant_id = any ((select tenancy.former_bodies())::int[]) or exists (select from reporting.report r where r.id = report_id)));
alter policy read_below on reporting.acceptance using (tenant_id = any ((select tenancy.readable_ever())::int[])
  and (not tenant_id = any ((select tenancy.former_bodies())::int[]) or tenancy.had(tenant_id, indicators.period_end(period))));
alter policy read_below on reporting.accepted_total using (tenant_id = any ((select tenancy.readable_ever())::int[])
  and (not tenant_id = any ((select tenancy.former_bodies())::int[]) or tenancy.had(tenant_id, indicators.period_end(period))));
alter policy read_below on rollup.total using (tenant_id = any ((select tenancy.readable_ever())::int[])
  and (not tenant_id = any ((select tenancy.former_bodies())::int[]) or tenancy.had(tenant_id, indicators.period_end(period))));

-- The superior of that period decides, nobody else; and each step stands in the history of the report it is about.
drop policy decide_children on reporting.report;
create policy decide_children on reporting.report for update using (tenant_id = any ((select tenancy.reviewable_ever())::int[])
  and reporting.find_reviewer(tenant_id, period_end) = (select tenancy.current_tenant()));
alter policy insert_own on reporting.report_version with check (
  tenancy.is_system() or tenancy.reach() = 'business' and tenant_id = tenancy.current_tenant()
    and event in ('submitted', 'withdrawn', 'correction_requested')
    and exists (select from reporting.report r where r.id = report_id and r.tenant_id = report_version.tenant_id));
alter policy record_decision on reporting.report_version with check (tenant_id = any ((select tenancy.reviewable_ever())::int[])
  and event in ('returned', 'accepted', 'accepted_again', 'correction_refused', 'reopened')
  and exists (select from reporting.report r where r.id = report_id and r.tenant_id = report_version.tenant_id
    and reporting.find_reviewer(r.tenant_id, r.period_end) = tenancy.current_tenant()));
alter policy mark on rollup.dirty with check (
  tenancy.is_system() or tenancy.reach() = 'business' and hierarchy is null
    and (tenant_id = tenancy.current_tenant() or tenant_id = any ((select tenancy.reviewable_ever())::int[])));

-- The name of the superior who reviews a report, for whoever reads it: after a move it may be out of sight otherwise.
create function reporting.name_reviewer(report bigint) returns table (id int, code text, name text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select f.id, f.code, f.name from reporting.report r join tenancy.federation f on f.id = reporting.find_reviewer(r.tenant_id, r.period_end)
  where r.id = report and r.tenant_id = any (tenancy.readable_ever())
    and (not r.tenant_id = any (tenancy.former_bodies()) or tenancy.had(r.tenant_id, r.period_end)) $$;
revoke execute on function reporting.name_reviewer from public;
grant execute on function reporting.name_reviewer to gonglian_plain;

-- Settling a dispute on the old value may come with a new exemption: the terms are part of the answer. The rest of the guard stays as it is.
do $$
declare
  source text := pg_get_functiondef('targets.guard_allocation()'::regprocedure);
  before text := 'elsif new.exemption <> old.exemption then';
begin
  if position(before in source) = 0 then raise exception 'targets.guard_allocation is not what it was'; end if;
  execute replace(source, before, 'elsif new.exemption <> old.exemption and (old.state, new.state) <> (''disputed'', ''settled'') then');
end $$;
