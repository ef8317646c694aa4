-- What a superior accepted counts above until the superior accepts anew (P2, P5; decision 0013).

-- The act: one row for each time a superior takes a report in, with everything the reporting body had accepted below it. Never changed but for
-- its end. The own figures are those of report_version (report_id, version).
create table reporting.acceptance (
  id bigint generated always as identity primary key,
  report_id bigint not null references reporting.report,
  tenant_id int not null,
  form_id int not null,
  period text not null,
  -- The version at which the accepted figures were given.
  version int not null,
  -- The superior in the tree of the period's end; null at the top.
  by_tenant_id int,
  actor text not null,
  at timestamptz not null default tenancy.now(),
  -- Replaced by a later acceptance, or lost its ground because the tree changed within the period. Null: in force.
  ended_at timestamptz
);
create unique index acceptance_in_force on reporting.acceptance (form_id, period, tenant_id) where ended_at is null;
create index acceptance_report on reporting.acceptance (report_id, id);
create index acceptance_tenant on reporting.acceptance (tenant_id);

-- The accepted total of that body at that moment, by hierarchy; only where it had accepted anything below. No row: its own figures alone.
create table reporting.accepted_total (
  acceptance_id bigint not null references reporting.acceptance,
  hierarchy text not null check (hierarchy in ('regional', 'line')),
  tenant_id int not null,
  form_id int not null,
  period text not null,
  -- As rollup.total.accepted: null where an item is missing or not summed over bodies.
  figures bigint[] not null,
  inexact int[],
  accepted_count int not null,
  -- The acceptances it contains directly.
  parts bigint[] not null check (cardinality(parts) > 0),
  primary key (acceptance_id, hierarchy)
);
create index accepted_total_place on reporting.accepted_total (form_id, period, hierarchy, tenant_id);

create function reporting.guard_acceptance() returns trigger language plpgsql as $$
begin
  if to_jsonb(new) - 'ended_at' <> to_jsonb(old) - 'ended_at' or old.ended_at is not null or new.ended_at is null then
    raise exception 'an acceptance only ends' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger acceptance_guard before update on reporting.acceptance for each row execute function reporting.guard_acceptance();
create trigger acceptance_append_only before delete or truncate on reporting.acceptance
  for each statement execute function tenancy.refuse_change();
create trigger accepted_total_append_only before update or delete or truncate on reporting.accepted_total
  for each statement execute function tenancy.refuse_change();

alter table reporting.acceptance enable row level security;
alter table reporting.acceptance force row level security;
alter table reporting.accepted_total enable row level security;
alter table reporting.accepted_total force row level security;
create policy read_below on reporting.acceptance for select using (tenant_id = any ((select tenancy.readable())::int[]));
create policy read_below on reporting.accepted_total for select using (tenant_id = any ((select tenancy.readable())::int[]));
-- Nobody is granted more than reading: the functions below write, as the owner.
grant select on reporting.acceptance, reporting.accepted_total to gonglian_plain;
create policy by_function on reporting.acceptance to current_user using (true) with check (true);
create policy by_function on reporting.accepted_total to current_user using (true) with check (true);
create policy by_function on reporting.report to current_user using (true) with check (true);
create policy by_function on reporting.report_version to current_user using (true) with check (true);
create policy by_function on rollup.dirty for insert to current_user with check (true);
create policy by_function on tenancy.link for select to current_user using (true);
create policy by_function on indicators.form for select to current_user using (true);
create policy by_function on indicators.form_item for select to current_user using (true);
create policy by_function on indicators.indicator for select to current_user using (true);

-- Whoever reports, or a superior who accepts, leaves a step in the history of every accepted report above: what changed below, where.
alter table reporting.report_version add column below_tenant_id int, add column below_event text;
alter table reporting.report_version drop constraint report_version_event_check;
alter table reporting.report_version add constraint report_version_event_check check (event in ('submitted', 'withdrawn', 'returned',
  'accepted', 'accepted_again', 'correction_requested', 'correction_refused', 'reopened', 'imported', 'changed_below', 'regrouped'));
alter table reporting.report_version add constraint report_version_below check (
  (event = 'changed_below') = (below_tenant_id is not null) and (below_tenant_id is null) = (below_event is null));

-- The superior who reviews a body's reports of a period: by the tree of the period's end. Where that body has been closed since, the next one above it in
-- the same tree, which was the superior of both.
create function reporting.find_reviewer(body int, day date) returns int language sql stable as $$
  with recursive up as (
    select l.parent_id as id, 1 as distance from tenancy.link l
    where l.federation_id = body and l.hierarchy = 'regional' and l.valid_from <= day and (l.valid_to is null or l.valid_to > day)
    union all
    select l.parent_id, up.distance + 1 from up
    join tenancy.federation f on f.id = up.id and f.valid_to is not null
    join tenancy.link l on l.federation_id = up.id and l.hierarchy = 'regional' and l.valid_from <= day and (l.valid_to is null or l.valid_to > day)
  )
  select id from up order by distance desc limit 1 $$;

-- The acceptances that enter the accepted totals of the given bodies: of those directly below, and below those that neither fill in the form
-- nor have an acceptance of their own, of the next ones.
create function reporting.find_parts(form int, of_period text, day date, line text, bodies int[])
returns table (body int, acceptance_id bigint) language sql stable as $$
  with recursive below as (
    select l.parent_id as body, l.federation_id as id from tenancy.link l
    where l.parent_id = any (bodies) and l.hierarchy = line and l.valid_from <= day and (l.valid_to is null or l.valid_to > day)
    union all
    select below.body, l.federation_id
    from below
    join tenancy.federation f on f.id = below.id
    join indicators.form on form.id = find_parts.form and f.level <> all (form.filler_levels)
    join tenancy.link l on l.parent_id = below.id and l.hierarchy = line and l.valid_from <= day and (l.valid_to is null or l.valid_to > day)
    where not exists (select from reporting.report r where r.form_id = find_parts.form and r.period = of_period and r.tenant_id = below.id
        and r.state in ('submitted', 'accepted', 'correcting'))
      and not exists (select from reporting.acceptance a where a.form_id = find_parts.form and a.period = of_period and a.tenant_id = below.id and a.ended_at is null)
  )
  select below.body, a.id from below
  join reporting.acceptance a on a.form_id = find_parts.form and a.period = of_period and a.tenant_id = below.id and a.ended_at is null $$;

-- Computes what the given new acceptances of a form and period contain below them; the parts are complete already.
create function reporting.add_up(form int, of_period text, line text, wholes bigint[]) returns void
language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  day date;
  columns text;
  summed int[];
begin
  select r.period_end into day from reporting.report r join reporting.acceptance a on a.report_id = r.id where a.id = wholes[1];
  -- Most have nothing below: planning a sum of hundreds of columns for them would take longer than everything else.
  if not exists (select from reporting.find_parts(form, of_period, day, line, array(select tenant_id from reporting.acceptance where id = any (wholes)))) then
    return;
  end if;
  select string_agg(case when i.additivity = 'sum' then format('rollup.add(figures[%s])', n.position) else 'null' end, ', ' order by n.position),
    array_agg(n.position) filter (where i.additivity = 'sum')
  into columns, summed
  from (select generate_series(1, max(f.position)) as position from indicators.form_item f where f.form_id = form) n
  left join indicators.form_item f on f.form_id = form and f.position = n.position
  left join indicators.indicator i on i.id = f.indicator_id;
  execute format($statement$
    with contained as materialized (
      select a.id as whole, p.acceptance_id as part
      from reporting.find_parts($1, $2, $3, $4, array(select tenant_id from reporting.acceptance where id = any ($5))) p
      join reporting.acceptance a on a.tenant_id = p.body and a.id = any ($5)
    ), own as materialized (
      select a.id, case when r.state in ('accepted', 'correcting') then r.figures else v.figures end as figures,
        case when r.state in ('accepted', 'correcting') then r.marks else v.marks end as marks
      from (select part as id from contained union select whole from contained) c
      join reporting.acceptance a on a.id = c.id
      join reporting.report r on r.id = a.report_id
      left join lateral (select v.figures, v.marks from reporting.report_version v where v.report_id = r.id and v.version = a.version
        and v.figures is not null and r.state not in ('accepted', 'correcting') limit 1) v on true
    ), piece as (
      select c.whole, c.part, s.figures, s.inexact, s.accepted_count from contained c
      join reporting.accepted_total s on s.acceptance_id = c.part and s.hierarchy = $4
      union all
      select c.whole, c.part, own.figures, array(select position::int from unnest(own.marks) with ordinality as u(mark, position)
        where mark between 1 and 6 and position = any ($6)), 1
      from (select whole, part, part as id from contained union all select distinct whole, null::bigint, whole from contained) c
      join own on own.id = c.id
      where c.part is null or not exists (select from reporting.accepted_total s where s.acceptance_id = c.part and s.hierarchy = $4)
    ), added as (
      select whole, array[%s]::bigint[] as figures, rollup.gather(inexact) as inexact, sum(accepted_count)::int as accepted_count,
        array_agg(part order by part) filter (where part is not null) as parts
      from (select whole, part, array_append(figures, null) as figures, inexact, accepted_count from piece offset 0) spread
      group by whole
    )
    insert into reporting.accepted_total (acceptance_id, hierarchy, tenant_id, form_id, period, figures, inexact, accepted_count, parts)
    select a.id, $4, a.tenant_id, $1, $2, added.figures, nullif(array(select distinct unnest(added.inexact) order by 1), '{}'), added.accepted_count, added.parts
    from added join reporting.acceptance a on a.id = added.whole$statement$, columns)
  using form, of_period, day, line, wholes, coalesce(summed, '{}');
end $$;

-- Takes a report in, with everything below it that has been accepted: what counted of it above until now is replaced. For the superior of that
-- period only, and in the transaction that accepts.
create function reporting.accept(report bigint, actor text) returns bigint
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  held record;
  reviewer int;
  made bigint;
begin
  select r.* into held from reporting.report r where r.id = report for update;
  reviewer := reporting.find_reviewer(held.tenant_id, held.period_end);
  if not (tenancy.is_system() or tenancy.reach() = 'business' and tenancy.current_tenant() = reviewer) is true then
    raise exception 'only the superior of the period accepts a report' using errcode = 'insufficient_privilege';
  end if;
  if held.state <> 'accepted' then
    raise exception 'the report is not accepted' using errcode = 'check_violation', constraint = 'acceptance_of_accepted';
  end if;
  update reporting.acceptance a set ended_at = tenancy.now()
  where a.form_id = held.form_id and a.period = held.period and a.tenant_id = held.tenant_id and a.ended_at is null;
  insert into reporting.acceptance (report_id, tenant_id, form_id, period, version, by_tenant_id, actor)
  values (held.id, held.tenant_id, held.form_id, held.period,
    coalesce((select max(v.version) from reporting.report_version v where v.report_id = held.id and v.figures is not null), held.version), reviewer, accept.actor)
  returning id into made;
  perform reporting.add_up(held.form_id, held.period, line, array[made]) from (values ('regional'), ('line')) h(line);
  return made;
end $$;

-- The same for everything of a form and period that a loader stored as accepted (or that was accepted before there were acceptances), from the
-- bottom upwards: a loader speaks for all levels. What a person accepted stays as it is.
create function reporting.accept_loaded(form int, of_period text) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  day date;
  given bigint[];
  renewed bigint[];
  line text;
  wholes bigint[];
begin
  if not tenancy.is_system() then
    raise exception 'only for loaders' using errcode = 'insufficient_privilege';
  end if;
  select r.period_end into day from reporting.report r where r.form_id = form and r.period = of_period limit 1;
  given := array(select r.id from reporting.report r
    left join reporting.acceptance a on a.form_id = form and a.period = of_period and a.tenant_id = r.tenant_id and a.ended_at is null
    where r.form_id = form and r.period = of_period and r.state in ('accepted', 'correcting')
      and (a.id is null and (r.state = 'accepted' or not exists (select from reporting.acceptance before where before.report_id = r.id))
        or a.actor like 'system:%' and a.version < (select max(v.version) from reporting.report_version v where v.report_id = r.id and v.figures is not null)));
  if cardinality(given) = 0 then return 0; end if;
  -- Acceptances by loaders above them would contain what has just been replaced.
  with recursive up as (
    select r.tenant_id as id from reporting.report r where r.id = any (given)
    union
    select l.parent_id from up join tenancy.link l on l.federation_id = up.id and l.valid_from <= day and (l.valid_to is null or l.valid_to > day)
  ), ended as (
    update reporting.acceptance a set ended_at = tenancy.now() from up, reporting.report r
    where a.form_id = form and a.period = of_period and a.ended_at is null and a.actor like 'system:%' and a.tenant_id = up.id
      and r.id = a.report_id and r.state in ('accepted', 'correcting')
    returning a.report_id
  )
  select array_agg(report_id) into renewed from ended;
  insert into reporting.acceptance (report_id, tenant_id, form_id, period, version, by_tenant_id, actor, at)
  select r.id, r.tenant_id, form, of_period,
    coalesce((select max(v.version) from reporting.report_version v where v.report_id = r.id and v.figures is not null), r.version),
    reporting.find_reviewer(r.tenant_id, day), coalesce(r.decided_by, 'system:loader'), coalesce(r.decided_at, tenancy.now())
  from reporting.report r where r.id in (select unnest(given) union select unnest(renewed));
  -- One alone contains nothing: reading the whole tree for each of many small forms would take longer than everything else.
  if (select count(*) from reporting.acceptance a where a.form_id = form and a.period = of_period and a.ended_at is null) < 2 then
    return cardinality(given);
  end if;
  foreach line in array array['regional', 'line'] loop
    for wholes in
      with recursive edge as materialized (
        select l.federation_id as child, l.parent_id as parent from tenancy.link l
        where l.hierarchy = line and l.valid_from <= day and (l.valid_to is null or l.valid_to > day)
      ), down as (
        select parent as id, 0 as depth from edge where parent not in (select child from edge)
        union
        select edge.child, down.depth + 1 from down join edge on edge.parent = down.id
      )
      select array_agg(a.id) from down
      join reporting.acceptance a on a.form_id = form and a.period = of_period and a.tenant_id = down.id and a.ended_at is null
      where down.id in (select parent from edge) and not exists (select from reporting.accepted_total s where s.acceptance_id = a.id and s.hierarchy = line)
        and a.report_id in (select unnest(given) union select unnest(renewed))
      group by down.depth order by down.depth desc
    loop
      perform reporting.add_up(form, of_period, line, wholes);
    end loop;
  end loop;
  return (select count(*) from reporting.report r where r.id in (select unnest(given) union select unnest(renewed)));
end $$;

-- Every change of a report leaves a step in the histories of the accepted reports above it, in both lines, in the same transaction.
create function reporting.tell_above() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare held record;
begin
  select r.form_id, r.period, r.period_end into held from reporting.report r where r.id = new.report_id;
  -- Whoever is taking in the next report above, or its total, is done first, or sees this.
  perform 1 from reporting.report r
  where r.form_id = held.form_id and r.period = held.period and new.event in ('accepted', 'accepted_again') and r.tenant_id in (
    select distinct on (s.line) s.id from reporting.list_superiors(new.tenant_id, held.period_end) s
    join reporting.report above on above.form_id = held.form_id and above.period = held.period and above.tenant_id = s.id
    order by s.line, s.distance)
  order by r.id for share;
  insert into reporting.report_version (report_id, tenant_id, version, event, below_tenant_id, below_event, reason, actor, at)
  select r.id, r.tenant_id, r.version, 'changed_below', new.tenant_id, new.event, new.reason, new.actor, new.at
  from (select distinct id from reporting.list_superiors(new.tenant_id, held.period_end)) s
  join reporting.report r on r.form_id = held.form_id and r.period = held.period and r.tenant_id = s.id
  join reporting.acceptance a on a.form_id = held.form_id and a.period = held.period and a.tenant_id = s.id and a.ended_at is null
  order by r.id;
  return null;
end $$;
create function reporting.list_superiors(body int, day date) returns table (id int, line text, distance int) language sql stable as $$
  with recursive up as (
    select body as id, line, 0 as distance from (values ('regional'), ('line')) h(line)
    union all
    select l.parent_id, up.line, up.distance + 1 from up
    join tenancy.link l on l.federation_id = up.id and l.hierarchy = up.line and l.valid_from <= day and (l.valid_to is null or l.valid_to > day)
  )
  select up.id, up.line, up.distance from up where up.distance > 0 $$;
create trigger report_version_told after insert on reporting.report_version for each row
  when (new.event in ('submitted', 'withdrawn', 'returned', 'accepted', 'accepted_again', 'reopened'))
  execute function reporting.tell_above();

-- A body moves within a running period: what was accepted along the old line and contains it would count it there and under its new superior
-- (P3), and its own report was accepted by a body that is not its superior in that period. These acceptances end, in the transaction of the
-- move; the reports wait for a decision again. Deferred, so that the whole move is there to be looked at.
create function reporting.end_displaced() returns trigger
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
  displaced bigint[];
  why text;
begin
  with recursive up as (
    select old.parent_id as id
    union
    select l.parent_id from up join tenancy.link l on l.federation_id = up.id and l.hierarchy = new.hierarchy
  ), held as materialized (
    select a.id, a.tenant_id, r.period_end from up
    join reporting.report r on r.tenant_id = up.id and r.period_end >= new.valid_to
    join reporting.acceptance a on a.report_id = r.id and a.ended_at is null
  ), inside as (
    select held.id as whole, p.part from held join reporting.accepted_total s on s.acceptance_id = held.id and s.hierarchy = new.hierarchy
    cross join lateral unnest(s.parts) p(part)
    union
    select inside.whole, p.part from inside join reporting.accepted_total s on s.acceptance_id = inside.part and s.hierarchy = new.hierarchy
    cross join lateral unnest(s.parts) p(part)
  ), moved as materialized (
    select c.descendant_id as id from tenancy.closure c where c.ancestor_id = new.federation_id and c.hierarchy = new.hierarchy
    union select new.federation_id
  )
  select array_agg(distinct id) into displaced from (
    select held.id from held join inside on inside.whole = held.id join reporting.acceptance p on p.id = inside.part
    where p.tenant_id in (select id from moved)
      and held.tenant_id not in (select s.id from reporting.list_superiors(p.tenant_id, held.period_end) s where s.line = new.hierarchy)
    union all
    select a.id from reporting.report r join reporting.acceptance a on a.report_id = r.id and a.ended_at is null
    where r.tenant_id = new.federation_id and r.period_end >= new.valid_to and new.hierarchy = 'regional'
      and a.by_tenant_id is distinct from reporting.find_reviewer(r.tenant_id, r.period_end)
  ) found;
  if displaced is null then return null; end if;
  select l.reason into why from tenancy.link l
  where l.federation_id = new.federation_id and l.hierarchy = new.hierarchy and l.valid_from >= new.valid_to order by l.valid_from limit 1;
  update reporting.acceptance set ended_at = tenancy.now() where id = any (displaced);
  update reporting.report r set version = r.version + 1, state = case r.state when 'accepted' then 'submitted' else r.state end,
    correction_reason = case r.state when 'accepted' then null else r.correction_reason end
  from reporting.acceptance a where a.id = any (displaced) and r.id = a.report_id;
  insert into reporting.report_version (report_id, tenant_id, version, event, reason, actor, at)
  select r.id, r.tenant_id, r.version, 'regrouped', coalesce(why, ''), 'system:reorganisation', tenancy.now()
  from reporting.acceptance a join reporting.report r on r.id = a.report_id where a.id = any (displaced) order by r.id;
  insert into rollup.dirty (form_id, period, tenant_id)
  select a.form_id, a.period, a.tenant_id from reporting.acceptance a where a.id = any (displaced) order by a.id;
  return null;
end $$;
create constraint trigger link_ends_acceptances after update on tenancy.link deferrable initially deferred for each row
  when (new.valid_to is not null and old.valid_to is distinct from new.valid_to) execute function reporting.end_displaced();

revoke execute on function reporting.accept, reporting.accept_loaded, reporting.tell_above, reporting.end_displaced from public;
grant execute on function reporting.accept, reporting.accept_loaded to gonglian_plain;

-- What was accepted before: nothing changes above.
do $$
declare place record;
begin
  for place in select distinct form_id, period from reporting.report where state in ('accepted', 'correcting') loop
    perform reporting.accept_loaded(place.form_id, place.period);
  end loop;
end $$;
