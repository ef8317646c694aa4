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
  expected_count int not null,
  reported_count int not null,
  accepted_count int not null,
  changed_at timestamptz not null default clock_timestamp(),
  primary key (form_id, period, hierarchy, tenant_id)
);
create index total_tenant on rollup.total (tenant_id, form_id, period);

-- Written in the transaction that changes what a total would sum. The queue only carries the wake-up.
create table rollup.dirty (
  form_id int not null references indicators.form,
  period text not null,
  hierarchy text not null check (hierarchy in ('regional', 'line')),
  tenant_id int not null references tenancy.federation,
  marks int not null default 1,
  marked_at timestamptz not null default clock_timestamp(),
  primary key (tenant_id, form_id, period, hierarchy)
);

call tenancy.protect('rollup.total');
alter table rollup.dirty enable row level security;
alter table rollup.dirty force row level security;
-- Marks travel upward: a body may mark itself and its superiors.
create policy dirty_read on rollup.dirty for select using (
  tenant_id = any ((select tenancy.superiors())::int[]) or tenant_id = any ((select tenancy.readable())::int[]));
create policy dirty_mark on rollup.dirty for insert with check (
  tenancy.reach() in ('business', 'system')
  and (tenant_id = any ((select tenancy.superiors())::int[]) or tenant_id = any ((select tenancy.writable())::int[])));
create policy dirty_remark on rollup.dirty for update using (
  tenancy.reach() in ('business', 'system')
  and (tenant_id = any ((select tenancy.superiors())::int[]) or tenant_id = any ((select tenancy.writable())::int[])));
create policy dirty_take on rollup.dirty for delete using (tenancy.is_system() and tenant_id = any ((select tenancy.readable())::int[]));

grant select, insert, update, delete on rollup.total, rollup.dirty to gonglian_plain;
