-- What all domains stand on: personal fields opened with a reason, and figures counted from records.

-- Who saw which masked field of whose record, and why. The owner of the record reads it; nobody changes it.
create table tenancy.opening (
  id bigint generated always as identity primary key,
  -- The body that owns the record.
  tenant_id int not null references tenancy.federation,
  -- The body whose officer opened it.
  by_tenant_id int not null references tenancy.federation,
  object_kind text not null,
  object_id text not null,
  fields text[] not null,
  reason text not null check (length(reason) between 4 and 200),
  actor text not null,
  at timestamptz not null default clock_timestamp()
);
create index opening_recent on tenancy.opening (tenant_id, at desc);
create trigger opening_append_only before update or delete or truncate on tenancy.opening
  for each statement execute function tenancy.refuse_change();
alter table tenancy.opening enable row level security;
alter table tenancy.opening force row level security;
create policy read_owner on tenancy.opening for select using (tenant_id = any ((select tenancy.writable())::int[]));
-- Nobody opens in another's name, nor a record that is out of sight.
create policy record on tenancy.opening for insert with check (
  by_tenant_id = tenancy.current_tenant() and tenant_id = any ((select tenancy.readable())::int[]));
grant select, insert on tenancy.opening to gonglian_plain;

-- Personal records: the owner alone sees rows. Superiors get counts, never rows (handbook 14.2).
create procedure tenancy.protect_own(target regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy read_own on %s for select using (tenant_id = any ((select tenancy.writable())::int[]))', target);
  execute format('create policy insert_own on %s for insert with check (tenant_id = any ((select tenancy.writable())::int[]))', target);
  execute format('create policy update_own on %s for update using (tenant_id = any ((select tenancy.writable())::int[])) with check (tenant_id = any ((select tenancy.writable())::int[]))', target);
  execute format('create policy delete_own on %s for delete using (tenant_id = any ((select tenancy.writable())::int[]))', target);
end $$;

-- Feeds: a body's own figure of a period as its records give it. Counted again whenever they change; a report is filled in from here.
create table indicators.fed_figure (
  tenant_id int not null references tenancy.federation,
  period text not null,
  indicator_id int not null references indicators.indicator,
  breakdown text not null default '',
  -- Null: the records cannot tell (a ratio without a denominator is never stored).
  figure bigint,
  feed text not null,
  counted_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, period, indicator_id, breakdown)
);
call tenancy.protect('indicators.fed_figure');
grant select, insert, update, delete on indicators.fed_figure to gonglian_plain;

-- Which body's records changed since they were last counted. The database itself notes it, in the transaction that changes them, whatever
-- function does: nobody can forget to. The queue carries only the wake-up (as rollup.dirty). One row per change, never updated, so that
-- writers do not wait for each other.
create table indicators.feed_mark (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  -- The table that changed, "organisation.member"; each feed says which it reads.
  records text not null,
  marked_at timestamptz not null default clock_timestamp()
);
create index feed_mark_place on indicators.feed_mark (tenant_id, records);
alter table indicators.feed_mark enable row level security;
alter table indicators.feed_mark force row level security;
create policy take on indicators.feed_mark for select using (tenancy.is_system());
-- Locking a row for taking it counts as changing it.
create policy lock_taken on indicators.feed_mark for update using (tenancy.is_system());
create policy drop_taken on indicators.feed_mark for delete using (tenancy.is_system());
-- Only the trigger below marks; it runs as the owner, since who changes a record need not keep it: a superior grants a title.
create policy door on indicators.feed_mark for insert to current_user with check (true);
grant select, update, delete on indicators.feed_mark to gonglian_plain;

create function indicators.mark_records() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  insert into indicators.feed_mark (tenant_id, records) select distinct tenant_id, tg_table_schema || '.' || tg_table_name from changed;
  return null;
end $$;
revoke execute on function indicators.mark_records from public;

-- Lets feeds read a table: from now on its changes are noted, a statement at a time. A record never changes its body.
create procedure indicators.feed_from(target regclass) language plpgsql as $$
begin
  execute format('create trigger fed_insert after insert on %s referencing new table as changed for each statement execute function indicators.mark_records()', target);
  execute format('create trigger fed_update after update on %s referencing new table as changed for each statement execute function indicators.mark_records()', target);
  execute format('create trigger fed_delete after delete on %s referencing old table as changed for each statement execute function indicators.mark_records()', target);
end $$;

-- What the records said when the report was handed in, beside what the body declared.
alter table reporting.report add column fed_figures bigint[];
alter table reporting.report_version add column fed_figures bigint[];
