-- As in 0021, but for who reviews and how the tree is walked: loading a month of the country took a third of its time there.
create or replace function reporting.accept_loaded(form int, of_period text) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp
-- The planner expects one acceptance of a period where there are 44,000, and would compare each with the whole tree.
set enable_nestloop = off as $$
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
    where r.form_id = form and r.period = of_period and a.form_id = form and a.period = of_period and a.ended_at is null and a.actor like 'system:%' and a.tenant_id = up.id
      and r.id = a.report_id and r.state in ('accepted', 'correcting')
    returning a.report_id
  )
  select array_agg(report_id) into renewed from ended;
  insert into reporting.acceptance (report_id, tenant_id, form_id, period, version, by_tenant_id, actor, at)
  select r.id, r.tenant_id, form, of_period,
    coalesce((select max(v.version) from reporting.report_version v where v.report_id = r.id and v.figures is not null), r.version),
    -- What find_reviewer says, without a recursive query for each of 41,000 reports: the body above, unless it has been closed since.
    case when above.valid_to is null then l.parent_id else reporting.find_reviewer(r.tenant_id, day) end,
    coalesce(r.decided_by, 'system:loader'), coalesce(r.decided_at, tenancy.now())
  from reporting.report r
  left join tenancy.link l on l.federation_id = r.tenant_id and l.hierarchy = 'regional' and l.valid_from <= day and (l.valid_to is null or l.valid_to > day)
  left join tenancy.federation above on above.id = l.parent_id
  where r.form_id = form and r.period = of_period and r.id in (select unnest(given) union select unnest(renewed));
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
        select distinct parent as id, 0 as depth from edge where parent not in (select child from edge)
        -- A tree: no body is reached twice. "union" would prepare a table for the 30 million rows the planner expects, which took two seconds.
        union all
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
  return (select count(*) from reporting.report r where r.form_id = form and r.period = of_period and r.id in (select unnest(given) union select unnest(renewed)));
end $$;
