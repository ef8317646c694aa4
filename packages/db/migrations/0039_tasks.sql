-- Tasks: the daily message of each person, where else it goes, and what became of sending it. What waits is read from the domains' own tables.
create schema tasks;
grant usage on schema tasks to gonglian_plain;

-- Who is asking, as a person; null for workers, visitors and while the tree is reorganised. Set by withTenant (app.account); fails outside it, like
-- app.tenant.
create function tenancy.current_account() returns bigint language sql stable parallel safe
  return case when current_setting('app.reach') in ('business', 'administration') then nullif(current_setting('app.account'), '')::bigint end;

-- One message a person and day, made once: the key is what keeps a restarted or second worker from making another.
create table tasks.digest (
  account_id bigint not null references auth.account,
  tenant_id int not null references tenancy.federation,
  day date not null,
  total int not null check (total >= 0),
  overdue int not null check (overdue between 0 and total),
  -- Of each kind how many: [{"key", "total", "overdue"}]. Names of objects stay where the records are.
  kinds jsonb not null default '[]',
  made_at timestamptz not null default tenancy.now(),
  read_at timestamptz,
  primary key (account_id, day)
);
create index digest_body on tasks.digest (tenant_id, day);

-- The days on which everybody below a root has the message, so that nobody is looked through again that day.
create table tasks.digest_day (
  tenant_id int not null references tenancy.federation,
  day date not null,
  made_at timestamptz not null default tenancy.now(),
  primary key (tenant_id, day)
);

-- Where a person wants the message by e-mail.
create table tasks.address (
  id bigint generated always as identity primary key,
  account_id bigint not null unique references auth.account,
  tenant_id int not null references tenancy.federation,
  email_sealed bytea not null,
  changed_at timestamptz not null default tenancy.now()
);

-- Robots of group chats to which a body's message goes. The address of a robot is a secret: whoever knows it writes into the chat.
create table tasks.channel (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  kind text not null check (kind in ('wecom', 'dingtalk')),
  -- Shown instead of the address.
  host text not null check (length(host) between 1 and 255),
  url_sealed bytea not null,
  -- The key that DingTalk's robots sign with.
  secret_sealed bytea,
  is_on boolean not null default true,
  set_by text not null,
  set_at timestamptz not null default tenancy.now(),
  version int not null default 1,
  unique (tenant_id, kind)
);

-- What is sent outside, and how it went. A message under way is not sent again when the worker dies: nobody knows whether it arrived.
create table tasks.delivery (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  day date not null,
  channel text not null check (channel in ('email', 'wecom', 'dingtalk')),
  -- Whose e-mail; null for a body's robot.
  account_id bigint references auth.account check ((account_id is not null) = (channel = 'email')),
  locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en')),
  state text not null default 'waiting' check (state in ('waiting', 'sending', 'sent', 'failed')),
  attempts int not null default 0 check (attempts between 0 and 20),
  next_at timestamptz not null default tenancy.now(),
  -- Why it failed last: a key of the catalogue and what the other side answered, never an address.
  problem text not null default '' check (length(problem) <= 200),
  changed_at timestamptz not null default tenancy.now(),
  unique nulls not distinct (tenant_id, day, channel, account_id)
);
create index delivery_waiting on tasks.delivery (next_at) where state in ('waiting', 'sending');
create index delivery_body on tasks.delivery (tenant_id, id desc);

do $$
declare target text;
begin
  foreach target in array array['digest', 'digest_day', 'address', 'channel', 'delivery'] loop
    execute format('alter table tasks.%I enable row level security', target);
    execute format('alter table tasks.%I force row level security', target);
    -- The worker makes and sends for all below.
    execute format('create policy by_system on tasks.%I using ((select tenancy.is_system()) and tenant_id = any ((select tenancy.readable())::int[]))', target);
  end loop;
  -- A person's own: colleagues, superiors and administrators read neither.
  foreach target in array array['digest', 'address'] loop
    execute format('create policy read_mine on tasks.%I for select using (account_id = (select tenancy.current_account()) and tenant_id = (select tenancy.current_tenant()))', target);
    execute format('create policy change_mine on tasks.%I for update using (account_id = (select tenancy.current_account()) and tenant_id = (select tenancy.current_tenant()))', target);
  end loop;
  -- A body's robots and deliveries: its administrators alone.
  foreach target in array array['channel', 'delivery'] loop
    execute format('create policy read_administered on tasks.%I for select using (tenant_id = (select tenancy.current_tenant()) and (select tenancy.reach()) = ''administration'')', target);
  end loop;
end $$;
create policy add_mine on tasks.address for insert with check (
  account_id = (select tenancy.current_account()) and tenant_id = (select tenancy.current_tenant()));
create policy drop_mine on tasks.address for delete using (
  account_id = (select tenancy.current_account()) and tenant_id = (select tenancy.current_tenant()));
create policy add_administered on tasks.channel for insert with check (
  tenant_id = (select tenancy.current_tenant()) and (select tenancy.reach()) = 'administration');
create policy change_administered on tasks.channel for update using (
  tenant_id = (select tenancy.current_tenant()) and (select tenancy.reach()) = 'administration');
create policy drop_administered on tasks.channel for delete using (
  tenant_id = (select tenancy.current_tenant()) and (select tenancy.reach()) = 'administration');

grant select, insert, delete, update (read_at) on tasks.digest to gonglian_plain;
grant select, insert, delete on tasks.digest_day to gonglian_plain;
grant select, insert, delete, update (email_sealed, changed_at) on tasks.address to gonglian_plain;
grant select, insert, delete, update (host, url_sealed, secret_sealed, is_on, set_by, set_at, version) on tasks.channel to gonglian_plain;
grant select, insert, delete, update (state, attempts, next_at, problem, changed_at) on tasks.delivery to gonglian_plain;
