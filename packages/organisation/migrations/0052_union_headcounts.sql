-- How many workers a union has, and how many women among them, is said in one place: the records of the employers that it covers. The columns of the union are
-- typed only while no employer says a number (unions being prepared, projects, groups); from then on the database keeps them equal to the sum, so that lists sort
-- and filter by them without reading the coverage.
alter table organisation.trade_union drop constraint trade_union_headcount_check, add constraint trade_union_headcount_check check (headcount >= 0);

-- What the employers of a union say: null where none says a number. Custody covers workers, not an employer. By covered_unit_once.
create function organisation.registered_headcount(of_union bigint, of_kind text, of_employer bigint, out workers bigint, out women bigint)
  language sql stable set search_path = pg_catalog, pg_temp as $$
  select sum(e.headcount), sum(e.female_count)
  from organisation.employer e
  where e.headcount is not null and e.id in (
    select c.employer_id from organisation.covered_unit c where c.union_id = of_union and c.valid_to is null and c.mode <> 'custody'
    union all select of_employer where of_kind = 'BASIC_SINGLE')
$$;

create function organisation.keep_union_headcount() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
declare
  registered record;
begin
  -- A union that ended keeps what it had.
  if new.ended_on is not null then return new; end if;
  select * into registered from organisation.registered_headcount(new.id, new.kind, new.employer_id);
  if registered.workers is null then return new; end if;
  new.headcount := registered.workers;
  -- An employer may say how many workers it has without saying how many women: then what was typed stays.
  new.female_headcount := coalesce(registered.women, least(new.female_headcount, registered.workers));
  return new;
end $$;
revoke execute on function organisation.keep_union_headcount from public;
create trigger trade_union_headcount before insert or update of headcount, female_headcount, employer_id, kind on organisation.trade_union
  for each row execute function organisation.keep_union_headcount();

-- Writing the column makes the trigger above count again.
create function organisation.count_union_again() returns trigger language plpgsql set search_path = pg_catalog, pg_temp as $$
begin
  if tg_table_name = 'employer' then
    update organisation.trade_union u set headcount = u.headcount
    where u.ended_on is null and u.id in (
      select c.union_id from organisation.covered_unit c
      join after a on a.id = c.employer_id join before b on b.id = a.id
      where c.valid_to is null and (a.headcount, a.female_count) is distinct from (b.headcount, b.female_count)
      union
      select o.id from organisation.trade_union o join after a on a.id = o.employer_id join before b on b.id = a.id
      where o.kind = 'BASIC_SINGLE' and (a.headcount, a.female_count) is distinct from (b.headcount, b.female_count));
  elsif tg_op = 'DELETE' then
    update organisation.trade_union u set headcount = u.headcount
    where u.ended_on is null and u.id in (select union_id from before);
  else
    update organisation.trade_union u set headcount = u.headcount
    where u.ended_on is null and u.id in (select union_id from after);
  end if;
  return null;
end $$;
revoke execute on function organisation.count_union_again from public;
create trigger employer_headcount after update on organisation.employer referencing old table as before new table as after
  for each statement execute function organisation.count_union_again();
create trigger covered_unit_begins after insert on organisation.covered_unit referencing new table as after
  for each statement execute function organisation.count_union_again();
create trigger covered_unit_changes after update on organisation.covered_unit referencing old table as before new table as after
  for each statement execute function organisation.count_union_again();
create trigger covered_unit_goes after delete on organisation.covered_unit referencing old table as before
  for each statement execute function organisation.count_union_again();

alter table organisation.trade_union no force row level security;
alter table organisation.employer no force row level security;
alter table organisation.covered_unit no force row level security;
update organisation.trade_union set headcount = headcount where ended_on is null;
alter table organisation.trade_union force row level security;
alter table organisation.employer force row level security;
alter table organisation.covered_unit force row level security;
