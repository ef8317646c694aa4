-- Totals that must be computed anew as a whole, and when each form's period was last verified.

-- Written where single marks would be too many: another form version, thousands of loaded reports, a difference found by `verify`.
create table rollup.recount (
  id bigint generated always as identity primary key,
  form_id int not null references indicators.form,
  -- Null: every period of the form that has totals or reports.
  period text
);
create index recount_place on rollup.recount (form_id, period);

-- What a total sums follows from the form's levels and from which items add up. Both change under the lock of the tree, like the links: a
-- computation that has read the form as it was is committed before, so its periods are known when the note is taken.
create function rollup.note_refilling() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7002);
  insert into rollup.recount (form_id) values (new.id);
  return null;
end $$;
create trigger levels_changed after update of filler_levels on indicators.form
  for each row when (old.filler_levels is distinct from new.filler_levels) execute function rollup.note_refilling();
create function rollup.note_additivity() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7002);
  insert into rollup.recount (form_id) select distinct form_id from indicators.form_item where indicator_id = new.id;
  return null;
end $$;
create trigger additivity_changed after update of additivity on indicators.indicator
  for each row when (old.additivity is distinct from new.additivity) execute function rollup.note_additivity();

create table rollup.verification (
  form_id int not null references indicators.form,
  period text not null,
  verified_at timestamptz not null default tenancy.now(),
  -- As found, before any repair.
  differences int not null,
  primary key (form_id, period)
);

do $$
declare t text;
begin
  foreach t in array array['recount', 'verification'] loop
    execute format('alter table rollup.%I enable row level security', t);
    execute format('alter table rollup.%I force row level security', t);
    execute format('create policy system_only on rollup.%I for all using (tenancy.is_system()) with check (tenancy.is_system())', t);
  end loop;
end $$;
grant select, insert, delete on rollup.recount to gonglian_plain;
grant select, insert, update on rollup.verification to gonglian_plain;
