-- Personal data and the races of the organisation domain (docs/decisions/0020).

-- One employer is in one basic union, its own or a joint one. Rows that broke this before are marked and left for a person to end.
alter table organisation.covered_unit add column doubled boolean not null default false;
alter table organisation.covered_unit no force row level security;
alter table organisation.covered_unit disable trigger user;
update organisation.covered_unit c set doubled = true
where c.valid_to is null and c.mode in ('own', 'joint') and exists (
  select from organisation.covered_unit o
  where o.employer_id = c.employer_id and o.id < c.id and o.valid_to is null and o.mode in ('own', 'joint'));
alter table organisation.covered_unit enable trigger user;
alter table organisation.covered_unit force row level security;
create unique index covered_unit_basic on organisation.covered_unit (employer_id)
  where valid_to is null and mode in ('own', 'joint') and not doubled;

create function organisation.guard_doubled() returns trigger language plpgsql as $$
begin
  if new.doubled and (tg_op = 'INSERT' or not old.doubled) then
    raise exception 'a coverage is never marked as doubled later' using errcode = 'check_violation', constraint = 'covered_unit_doubled';
  end if;
  return new;
end $$;
create trigger covered_unit_guard before insert or update of doubled on organisation.covered_unit
  for each row execute function organisation.guard_doubled();

-- A level may name another scheme: by its issuer and its code. Null (rows from before): the issuer's own, else the nearest superior's.
alter table organisation.rating_level
  add column needs_issuer_id int references tenancy.federation,
  add column below_issuer_id int references tenancy.federation;

-- An import that ended keeps no rows, and only a running check adds any: whoever cancels meanwhile wins.
alter table organisation.import add column attempts int not null default 0;
create function organisation.clear_import() returns trigger language plpgsql as $$
begin
  delete from organisation.import_row where import_id = new.id;
  return null;
end $$;
create trigger import_ends after update of state on organisation.import
  for each row when (new.state in ('done', 'failed', 'cancelled')) execute function organisation.clear_import();
create function organisation.guard_import_rows() returns trigger language plpgsql as $$
begin
  -- Holds the import until the commit, so that it cannot be cancelled under the new rows.
  perform from organisation.import i where i.id in (select import_id from added) for share;
  if exists (select from (select distinct import_id from added) a
      where not exists (select from organisation.import i where i.id = a.import_id and i.state = 'checking')) then
    raise exception 'only a running check adds rows' using errcode = 'check_violation', constraint = 'import_row_checking';
  end if;
  return null;
end $$;
create trigger import_row_guard after insert on organisation.import_row referencing new table as added
  for each statement execute function organisation.guard_import_rows();
create index import_running on organisation.import (changed_at) where state in ('waiting', 'checking', 'committing');

-- How often an account asked whether a person is a member, or what stands behind a register number: counted for the limits.
create table organisation.lookup (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  kind text not null check (kind in ('search', 'enrolment', 'union')),
  actor text not null,
  at timestamptz not null default tenancy.now()
);
create index lookup_recent on organisation.lookup (tenant_id, actor, kind, at);
alter table organisation.lookup enable row level security;
alter table organisation.lookup force row level security;
create policy read_own on organisation.lookup for select using (tenant_id = any ((select tenancy.writable())::int[]));
create policy insert_own on organisation.lookup for insert with check (tenant_id = any ((select tenancy.writable())::int[]));
create trigger lookup_append_only before update or delete or truncate on organisation.lookup
  for each statement execute function tenancy.refuse_change();
grant select, insert on organisation.lookup to gonglian_plain;

-- Which of these people hold a membership anywhere. Says nothing of where; the body that keeps the membership reads that it was asked
-- about, by whom and about how many. A user asks about one person at a time; the worker asks about the rows of a batch.
drop function organisation.taken_prints(bytea[]);
create policy door on tenancy.opening for insert to current_user with check (true);
create function organisation.ask_taken(prints bytea[], by_whom text) returns setof bytea
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if tenancy.reach() not in ('business', 'system') then return; end if;
  if tenancy.reach() = 'business' and cardinality(prints) > 1 then
    raise exception 'one person at a time' using errcode = 'check_violation', constraint = 'ask_taken_one';
  end if;
  insert into tenancy.opening (tenant_id, by_tenant_id, object_kind, object_id, fields, reason, actor, at)
  select m.tenant_id, tenancy.current_tenant(), 'member.check', count(*)::text, array['idNumber'], 'member.check',
    organisation.sign_for(m.tenant_id, by_whom), tenancy.now()
  from organisation.member m where m.id_print = any (prints) and m.state in ('active', 'retained') group by m.tenant_id;
  return query select m.id_print from organisation.member m where m.id_print = any (prints) and m.state in ('active', 'retained');
end $$;
revoke execute on function organisation.ask_taken, organisation.guard_doubled, organisation.clear_import, organisation.guard_import_rows from public;
grant execute on function organisation.ask_taken to gonglian_plain;

-- Counts of members below are answered for ends of months that are over: two days apart they would differ by one person. What is small, or
-- was moved by few, is hidden by the caller, headcounts.ts, which knows the whole table.
create or replace function organisation.count_members_below(root int, on_day date, grouping_by text)
  returns table (body_id int, cell text, members int)
  language plpgsql stable security definer set search_path = pg_catalog, pg_temp as $$
begin
  if extract(day from on_day + 1) <> 1 or on_day > tenancy.today() then
    raise exception 'only ends of months are counted' using errcode = 'check_violation', constraint = 'count_month_end';
  end if;
  return query
    with place as (
      select k.descendant_id as child, d.descendant_id as tenant
      from tenancy.closure k join tenancy.closure d on d.ancestor_id = k.descendant_id and d.hierarchy = 'regional'
      where k.ancestor_id = root and k.hierarchy = 'regional' and k.depth = 1
      union all select root, root)
    select p.child, case grouping_by when 'sex' then m.sex when 'kind' then m.kind when 'employment' then m.employment else '' end, count(*)::int
    from organisation.member m join place p on p.tenant = m.tenant_id
    where tenancy.reach() in ('business', 'system')
      -- What stands below a body in the other line than the asker's is out of the asker's sight.
      and p.tenant in (select c.descendant_id from tenancy.closure c where c.ancestor_id = tenancy.current_tenant())
      and m.joined_on <= on_day and (m.left_on is null or m.left_on > on_day) and not m.retained @> on_day
    group by 1, 2;
end $$;
