-- What the nation asks. Policies compare the body of a row with the array of all that the reader sees, 44,716 for the nation.

-- The array as one value in memory. As it is stored beside its table it was fetched again, 22 pages, for every row that was compared with it.
create or replace function tenancy.readable() returns int[] language sql stable as $$
  select case when tenancy.reach() in ('business', 'system', 'structure')
    then coalesce((select bodies || '{}'::int[] from tenancy.subtree where tenant_id = current_setting('app.tenant')::int), '{}'::int[])
    else '{}'::int[] end $$;
create or replace function tenancy.writable() returns int[] language sql stable as $$
  select case tenancy.reach()
    when 'business' then array[current_setting('app.tenant')::int]
    when 'system' then coalesce((select bodies || '{}'::int[] from tenancy.subtree where tenant_id = current_setting('app.tenant')::int), '{}'::int[])
    else '{}'::int[] end $$;

-- Closed bodies, few of many: whose reports the body above them has taken over (reporting's `reviewed`, tenancy.reviewable_ever).
create index federation_closed on tenancy.federation (id) where valid_to is not null;

-- What the count reads of a member, so that it reads this and not the rows, which are twenty times as wide.
create index member_counted on organisation.member (tenant_id, joined_on, left_on) include (retained, sex, kind, employment) where joined_on is not null;

-- Members below, at the end of two months at once: the caller hides what few persons moved between them. Members are counted by the body that keeps
-- them first, and only these sums are led to the bodies below the root.
drop function organisation.count_members_below(int, date, text);
create function organisation.count_members_below(root int, on_day date, earlier_day date, grouping_by text)
  returns table (body_id int, cell text, members int, earlier int)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp
  -- Members by the index on the body: compared one by one with the bodies below the nation they would take minutes.
  set enable_seqscan = off as $$
begin
  if extract(day from on_day + 1) <> 1 or extract(day from earlier_day + 1) <> 1 or greatest(on_day, earlier_day) > tenancy.today() then
    raise exception 'only ends of months are counted' using errcode = 'check_violation', constraint = 'count_month_end';
  end if;
  return query
    with place as materialized (
      select d.ancestor_id as child, d.descendant_id as tenant from tenancy.closure d
      where d.hierarchy = 'regional' and d.ancestor_id = any (array(
        select k.descendant_id from tenancy.closure k where k.ancestor_id = root and k.hierarchy = 'regional' and k.depth = 1))
      union all select root, root
    ), kept as materialized (
      select m.tenant_id, case grouping_by when 'sex' then m.sex when 'kind' then m.kind when 'employment' then m.employment else '' end as cell,
        count(*) filter (where m.joined_on <= on_day and (m.left_on is null or m.left_on > on_day) and not m.retained @> on_day) as members,
        count(*) filter (where m.joined_on <= earlier_day and (m.left_on is null or m.left_on > earlier_day) and not m.retained @> earlier_day) as earlier
      from organisation.member m
      where tenancy.reach() in ('business', 'system')
        and m.tenant_id = any (array(select tenant from place)) and m.joined_on <= greatest(on_day, earlier_day)
      group by 1, 2
    )
    select p.child, k.cell, sum(k.members)::int, sum(k.earlier)::int from kept k join place p on p.tenant = k.tenant_id
    where (k.members > 0 or k.earlier > 0)
      -- What stands below a body in the other line than the asker's is out of the asker's sight.
      and exists (select from tenancy.closure c where c.ancestor_id = tenancy.current_tenant() and c.descendant_id = k.tenant_id)
    group by 1, 2;
end $$;
revoke execute on function organisation.count_members_below from public;
grant execute on function organisation.count_members_below to gonglian_plain;
