-- Urging (催办): a superior reminds those who block.
create schema inspection;
grant usage on schema inspection to gonglian_plain;

create table inspection.urge (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  receiver_id int not null references tenancy.federation,
  form_id int not null references indicators.form,
  period text not null,
  -- What is waited for: the receiver has not reported, or has not reviewed those below it.
  cause text not null check (cause in ('report', 'review')),
  message text not null default '' check (length(message) <= 500),
  urged_by text not null,
  at timestamptz not null default now(),
  seen_at timestamptz
);
create index urge_receiver on inspection.urge (receiver_id, at desc);
create index urge_tenant on inspection.urge (tenant_id, form_id, period);
call tenancy.protect('inspection.urge');
create policy read_received on inspection.urge for select using (receiver_id = any ((select tenancy.readable())::int[]));
create policy see_received on inspection.urge for update
  using (tenancy.reach() = 'business' and receiver_id = tenancy.current_tenant())
  with check (receiver_id = tenancy.current_tenant());
grant select, insert, update on inspection.urge to gonglian_plain;
