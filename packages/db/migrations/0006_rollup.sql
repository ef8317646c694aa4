-- Totals of every body that has bodies below it, and the marks that say which are out of date.
create schema rollup;
grant usage on schema rollup to gonglian_plain;

create table rollup.total (
  form_id int not null references indicators.form,
  period text not null,
  hierarchy text not null check (hierarchy in ('regional', 'line')),
  tenant_id int not null references tenancy.federation,
  -- Own submitted figures + children's reported / + accepted of those children whose report was accepted.
  reported bigint[] not null,
  accepted bigint[] not null,
  -- Positions of which some part is about/over/under (UNI-03); null: all exact.
  reported_inexact int[],
  accepted_inexact int[],
  -- Reports at or below: owed, contained in `reported`, accepted by their own superior, contained in `accepted`.
  expected_count int not null,
  reported_count int not null,
  reviewed_count int not null,
  accepted_count int not null,
  changed_at timestamptz not null default clock_timestamp(),
  primary key (form_id, period, hierarchy, tenant_id)
);
create index total_tenant on rollup.total (tenant_id, form_id, period);

-- Written in the transaction that changes what a total would sum; the queue only carries the wake-up. One row per change, never
-- updated: who reports does not wait for the worker, and the worker takes all marks of a total at once.
create table rollup.dirty (
  id bigint generated always as identity primary key,
  form_id int not null references indicators.form,
  period text not null,
  tenant_id int not null references tenancy.federation,
  -- Null: the body's report changed. Which totals that touches is for the worker to find, who alone sees the whole tree of that time.
  hierarchy text check (hierarchy in ('regional', 'line')),
  marked_at timestamptz not null default clock_timestamp()
);
create index dirty_total on rollup.dirty (form_id, period, tenant_id);

-- The tree changed below a body from a day on: the worker turns it into marks of all totals whose period ends on that day or later.
create table rollup.regrouped (
  id bigint generated always as identity primary key,
  hierarchy text not null check (hierarchy in ('regional', 'line')),
  tenant_id int not null references tenancy.federation,
  since date not null
);

create function rollup.note_regrouping() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    -- A link that only ends, as when a body moves, changes nothing before its end (P5).
    insert into rollup.regrouped (hierarchy, tenant_id, since)
    select distinct o.hierarchy, parent.id, change.since
    from old_link o join new_link n using (id)
    cross join lateral (values (case when (o.parent_id, o.valid_from) = (n.parent_id, n.valid_from)
      then least(coalesce(o.valid_to, 'infinity'), coalesce(n.valid_to, 'infinity')) else least(o.valid_from, n.valid_from) end)) change(since)
    cross join lateral (values (o.parent_id), (n.parent_id)) parent(id)
    where o.valid_to is distinct from n.valid_to or (o.parent_id, o.valid_from) <> (n.parent_id, n.valid_from);
  elsif tg_op = 'INSERT' then
    insert into rollup.regrouped (hierarchy, tenant_id, since) select distinct hierarchy, parent_id, valid_from from new_link;
  else
    insert into rollup.regrouped (hierarchy, tenant_id, since) select distinct hierarchy, parent_id, valid_from from old_link;
  end if;
  return null;
end $$;
create trigger regrouping_added after insert on tenancy.link referencing new table as new_link
  for each statement execute function rollup.note_regrouping();
create trigger regrouping_changed after update on tenancy.link referencing old table as old_link new table as new_link
  for each statement execute function rollup.note_regrouping();
create trigger regrouping_removed after delete on tenancy.link referencing old table as old_link
  for each statement execute function rollup.note_regrouping();

-- Exact addition that refuses to overflow. Unlike sum(bigint) its state is one word: summing vectors position by position keeps
-- hundreds of states per group.
create aggregate rollup.add(bigint) (sfunc = int8pl, stype = bigint, combinefunc = int8pl, parallel = safe);
-- Lists of positions, one after the other.
create aggregate rollup.gather(int[]) (sfunc = array_cat, stype = int[], parallel = safe);

alter table rollup.total enable row level security;
alter table rollup.total force row level security;
create policy read_below on rollup.total for select using (tenant_id = any ((select tenancy.readable())::int[]));
-- Only the worker writes totals: nobody's own hand reaches a sum.
create policy write_total on rollup.total for insert with check (tenancy.is_system());
create policy rewrite_total on rollup.total for update using (tenancy.is_system());
create policy drop_total on rollup.total for delete using (tenancy.is_system());

alter table rollup.dirty enable row level security;
alter table rollup.dirty force row level security;
create policy take on rollup.dirty for select using (tenancy.is_system());
create policy drop_taken on rollup.dirty for delete using (tenancy.is_system());
-- A body says that its own report changed, or by its decision a direct subordinate's.
create policy mark on rollup.dirty for insert with check (
  tenancy.is_system() or tenancy.reach() = 'business' and hierarchy is null
    and (tenant_id = tenancy.current_tenant() or tenant_id = any ((select tenancy.reviewable())::int[])));

alter table rollup.regrouped enable row level security;
alter table rollup.regrouped force row level security;
create policy system_only on rollup.regrouped for all using (tenancy.is_system()) with check (tenancy.is_system());

grant select, insert, update, delete on rollup.total to gonglian_plain;
grant select, insert, delete on rollup.dirty, rollup.regrouped to gonglian_plain;
