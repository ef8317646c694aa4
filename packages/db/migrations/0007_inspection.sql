-- Urging (催办): a superior reminds those who block.
create schema inspection;
grant usage on schema inspection to gonglian_plain;

create table inspection.urge (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  receiver_id int not null references tenancy.federation check (receiver_id <> tenant_id),
  form_id int not null references indicators.form,
  period text not null,
  -- What is waited for: the receiver has not reported, or has not reviewed those below it.
  cause text not null check (cause in ('report', 'review')),
  message text not null default '' check (length(message) <= 500),
  urged_by text not null,
  -- The calendar day in Asia/Shanghai: whoever is urged hears it once a day, not once a click.
  urged_on date not null,
  at timestamptz not null default now(),
  seen_at timestamptz,
  seen_by text,
  unique (tenant_id, receiver_id, form_id, period, urged_on)
);
create index urge_receiver on inspection.urge (receiver_id, at desc);
create index urge_form on inspection.urge (form_id, period, tenant_id);

alter table inspection.urge enable row level security;
alter table inspection.urge force row level security;
-- Seen by who urged, who is urged, and those above either.
create policy urge_read on inspection.urge for select using (
  tenancy.reach() in ('business', 'system') and (
    tenant_id = tenancy.current_tenant() or receiver_id = tenancy.current_tenant()
    or exists (select 1 from tenancy.closure c where c.ancestor_id = tenancy.current_tenant() and c.descendant_id = tenant_id)
    or exists (select 1 from tenancy.closure c where c.ancestor_id = tenancy.current_tenant() and c.descendant_id = receiver_id)));
create policy urge_send on inspection.urge for insert with check (
  tenancy.reach() in ('business', 'system') and tenant_id = tenancy.current_tenant()
  and exists (select 1 from tenancy.closure c where c.ancestor_id = tenant_id and c.descendant_id = receiver_id and c.depth > 0));
create policy urge_see on inspection.urge for update using (
  tenancy.reach() = 'business' and receiver_id = tenancy.current_tenant());

-- The receiver notes that it has seen the urge; nothing else about it changes.
create function inspection.guard_urge() returns trigger language plpgsql as $$
begin
  if old.seen_at is not null or (new.tenant_id, new.receiver_id, new.form_id, new.period, new.cause, new.message, new.urged_by, new.urged_on, new.at)
      is distinct from (old.tenant_id, old.receiver_id, old.form_id, old.period, old.cause, old.message, old.urged_by, old.urged_on, old.at) then
    raise exception 'an urge stays as it was sent' using errcode = 'check_violation', constraint = 'urge_sent';
  end if;
  return new;
end $$;
create trigger urge_guard before update on inspection.urge for each row execute function inspection.guard_urge();
grant select, insert, update on inspection.urge to gonglian_plain;
