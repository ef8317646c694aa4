-- Reorganisations of the tree: what was opened, closed, renamed, moved, merged or split, from which day, why and by whom, and what it did
-- to the totals of the periods that were running.

-- Where what a closed body did goes on.
alter table tenancy.federation add column successor_id int references tenancy.federation check (successor_id <> id);

create table tenancy.reorganisation (
  id int generated always as identity primary key,
  -- The superior body that decided.
  tenant_id int not null references tenancy.federation,
  kind text not null check (kind in ('open', 'close', 'rename', 'move', 'merge', 'split')),
  hierarchy text not null default 'regional' check (hierarchy in ('regional', 'line')),
  day date not null,
  reason text not null check (length(reason) between 2 and 200),
  -- 文号, if there is a document.
  document_number text not null default '' check (length(document_number) <= 60),
  -- Which bodies took part and as what, with their names of before.
  parts jsonb not null,
  bodies int[] not null,
  decided_by text not null,
  decided_at timestamptz not null default tenancy.now()
);
create index reorganisation_bodies on tenancy.reorganisation using gin (bodies);

-- Names a body had, up to the day before valid_to.
create table tenancy.former_name (
  federation_id int not null references tenancy.federation,
  name text not null,
  short_name text not null,
  pinyin text not null,
  initials text not null,
  valid_from date not null,
  valid_to date not null check (valid_to > valid_from),
  primary key (federation_id, valid_from)
);

alter table tenancy.reorganisation enable row level security;
alter table tenancy.reorganisation force row level security;
-- Who took part, and everybody above them; whoever decided is above.
create policy reorganisation_read on tenancy.reorganisation for select using (
  (select tenancy.sees_all()) or tenant_id = tenancy.current_tenant() or exists (
    select 1 from tenancy.closure c where c.ancestor_id = tenancy.current_tenant() and c.descendant_id = any (bodies)));
create policy reorganisation_add on tenancy.reorganisation for insert with check (tenancy.is_system());
alter table tenancy.former_name enable row level security;
alter table tenancy.former_name force row level security;
-- As far as the body itself is seen.
create policy former_name_read on tenancy.former_name for select using (
  exists (select 1 from tenancy.federation f where f.id = federation_id));
create policy former_name_add on tenancy.former_name for insert with check (tenancy.is_system());
grant select, insert on tenancy.reorganisation, tenancy.former_name to gonglian_plain;

-- The totals of running periods that a reorganisation changed, as they were when it took effect. Vectors as in rollup.total.
create table rollup.reorganised_total (
  reorganisation_id int not null references tenancy.reorganisation,
  tenant_id int not null references tenancy.federation,
  form_id int not null references indicators.form,
  period text not null,
  hierarchy text not null check (hierarchy in ('regional', 'line')),
  reported_before bigint[] not null,
  reported_after bigint[] not null,
  accepted_before bigint[] not null,
  accepted_after bigint[] not null,
  -- Reports expected, contained in reported, contained in accepted.
  counts_before int[] not null check (cardinality(counts_before) = 3),
  counts_after int[] not null check (cardinality(counts_after) = 3),
  primary key (reorganisation_id, tenant_id, form_id, period, hierarchy)
);
alter table rollup.reorganised_total enable row level security;
alter table rollup.reorganised_total force row level security;
create policy read_below on rollup.reorganised_total for select using (tenant_id = any ((select tenancy.readable())::int[]));
create policy write_change on rollup.reorganised_total for insert with check (tenancy.is_system());
grant select, insert on rollup.reorganised_total to gonglian_plain;

-- Nobody acts for a body that was closed: its sessions end with it, and no other begins.
create policy federation_sign_in on tenancy.federation for select using ((select tenancy.reach()) = 'sign_in');
create function auth.is_closed(tenant int) returns boolean language sql stable as $$
  select exists (select 1 from tenancy.federation where id = tenant and valid_to is not null) $$;
create function auth.end_sessions_of_closed() returns trigger language plpgsql as $$
begin
  delete from auth.session where tenant_id = new.id;
  return null;
end $$;
create trigger closed_body_ends_sessions after update of valid_to on tenancy.federation
  for each row when (old.valid_to is null and new.valid_to is not null) execute function auth.end_sessions_of_closed();
