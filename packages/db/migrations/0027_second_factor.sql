-- Sign-in: failures by account and source, known devices, second factors, one-time links, announcements (docs/decisions/0018).

-- Failures were counted by name and by address alone: whoever knew a name locked its owner out, and one office shared one count.
drop table auth.attempt;
create table auth.attempt (
  -- Counted whether or not somebody has the name.
  username text not null,
  -- source: the name from one address. device: the name from one known device or open session. account: the name from anywhere unknown.
  kind text not null check (kind in ('source', 'device', 'account')),
  -- The address, the key of the device, or nothing.
  source text not null,
  failures int not null,
  failed_at timestamptz not null,
  blocked_until timestamptz,
  primary key (username, kind, source)
);
create index attempt_source on auth.attempt (source, failed_at) where kind = 'source';
create index attempt_age on auth.attempt (failed_at);
alter table auth.attempt enable row level security;
alter table auth.attempt force row level security;
create policy attempt_count on auth.attempt for insert with check (tenancy.reach() = 'sign_in');
create policy attempt_recount on auth.attempt for update using (tenancy.reach() = 'sign_in');
create policy attempt_read on auth.attempt for select using (
  case when tenancy.reach() = 'sign_in' then true else username in (select a.username from auth.account a) end);
create policy attempt_forgive on auth.attempt for delete using (
  case when tenancy.reach() = 'sign_in' then true else username in (select a.username from auth.account a) end);
grant select, insert, update, delete on auth.attempt to gonglian_plain;

alter table auth.account
  -- Null: as old as the account.
  add column password_changed_at timestamptz,
  -- An account of the demonstration, refused in production.
  add column is_demonstration boolean not null default false,
  -- The system administrator has proposed the account for the role of a leader; the security administrator may grant it.
  add column leader_proposed_by text,
  add column notices_seen_at timestamptz;

alter table auth.session
  -- When the person last gave password or code in this session.
  add column proved_at timestamptz,
  -- What the body's rule asked of this account when the session began.
  add column factor_required boolean not null default false,
  add column password_expired boolean not null default false;

-- Devices somebody has signed in with. Only the hash of the cookie is kept.
create table auth.device (
  account_id bigint not null references auth.account on delete cascade,
  token_hash text not null,
  tenant_id int not null references tenancy.federation,
  created_at timestamptz not null default tenancy.now(),
  seen_at timestamptz not null default tenancy.now(),
  primary key (account_id, token_hash)
);
create index device_tenant on auth.device (tenant_id);

-- One second factor for an account (RFC 6238). The keys are sealed; a pending one replaces the other when it is confirmed.
create table auth.factor (
  account_id bigint primary key references auth.account on delete cascade,
  tenant_id int not null references tenancy.federation,
  secret bytea,
  pending bytea,
  confirmed_at timestamptz,
  -- The time step of the last code that was taken: none is taken twice.
  last_step bigint not null default 0,
  check ((secret is null) = (confirmed_at is null))
);
create index factor_tenant on auth.factor (tenant_id);
create table auth.recovery_code (
  account_id bigint not null references auth.account on delete cascade,
  code_hash bytea not null,
  tenant_id int not null references tenancy.federation,
  used_at timestamptz,
  primary key (account_id, code_hash)
);
create index recovery_code_tenant on auth.recovery_code (tenant_id);

-- The passwords an account had before.
create table auth.old_password (
  id bigint generated always as identity primary key,
  account_id bigint not null references auth.account on delete cascade,
  tenant_id int not null references tenancy.federation,
  password_hash text not null,
  replaced_at timestamptz not null default tenancy.now()
);
create index old_password_account on auth.old_password (account_id);
create index old_password_tenant on auth.old_password (tenant_id);

-- First passwords and resets. The system administrator asks and hands over a code, the security administrator agrees and hands over a link:
-- only the person has both.
create table auth.one_time_link (
  id bigint generated always as identity primary key,
  account_id bigint not null references auth.account on delete cascade,
  tenant_id int not null references tenancy.federation,
  purpose text not null check (purpose in ('first', 'reset', 'factor')),
  -- Null when the operator made the link: there is nobody to share it with.
  code_hash bytea,
  -- Null until it is agreed to.
  token_hash text unique,
  requested_by text not null,
  requested_at timestamptz not null default tenancy.now(),
  confirmed_by text,
  expires_at timestamptz not null,
  used_at timestamptz
);
create unique index one_time_link_open on auth.one_time_link (account_id) where used_at is null;
create index one_time_link_tenant on auth.one_time_link (tenant_id);

-- What people of the body are told about its accounts: leaders of each, everybody of their own.
create table auth.notice (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  at timestamptz not null default tenancy.now(),
  kind text not null check (kind in ('leader_granted', 'leader_reset', 'password_reset', 'factor_reset')),
  username text not null,
  -- Who asked and who agreed.
  actors text[] not null
);
create index notice_tenant on auth.notice (tenant_id, at);

-- The rule for signing in that a body sets for itself and all below, by date; the nearest holds.
create table auth.sign_in_rule (
  tenant_id int not null references tenancy.federation,
  valid_from date not null,
  -- Roles that need a second factor besides the three administrators.
  factor_roles text[] not null check (factor_roles <@ array['leader', 'officer', 'reviewer', 'finance', 'auditor', 'sysadmin', 'secadmin', 'auditadmin']),
  -- Null: a password has no end.
  password_days int check (password_days between 1 and 3650),
  sessions int not null check (sessions between 1 and 50),
  source text not null,
  primary key (tenant_id, valid_from)
);

-- Own body in every reach but the visitor's, who reads and writes what signing in needs.
create function auth.at_sign_in() returns boolean language sql stable as $$ select tenancy.reach() = 'sign_in' $$;

do $$
declare target text;
begin
  foreach target in array array['device', 'factor', 'recovery_code', 'old_password', 'one_time_link'] loop
    execute format('alter table auth.%I enable row level security', target);
    execute format('alter table auth.%I force row level security', target);
    execute format('create policy own_read on auth.%I for select using (auth.in_reach(tenant_id) or auth.at_sign_in())', target);
    execute format('create policy own_add on auth.%I for insert with check (auth.in_reach(tenant_id) or auth.at_sign_in())', target);
    execute format('create policy own_change on auth.%I for update using (auth.in_reach(tenant_id) or auth.at_sign_in()) with check (auth.in_reach(tenant_id) or auth.at_sign_in())', target);
    execute format('create policy own_drop on auth.%I for delete using (auth.in_reach(tenant_id) or auth.at_sign_in())', target);
  end loop;
end $$;
grant select, insert, update, delete on auth.device, auth.factor, auth.recovery_code, auth.one_time_link to gonglian_plain;
grant select, insert, delete on auth.old_password to gonglian_plain;
-- A link is redeemed before anybody is signed in: it changes the password of its account and no other.
create policy account_redeem on auth.account for update using (auth.at_sign_in() and exists (
  select 1 from auth.one_time_link l where l.account_id = account.id and l.used_at is null and l.token_hash is not null))
  with check (auth.at_sign_in());

alter table auth.notice enable row level security;
alter table auth.notice force row level security;
create policy notice_read on auth.notice for select using (auth.in_reach(tenant_id));
create policy notice_add on auth.notice for insert with check (auth.in_reach(tenant_id) or auth.at_sign_in());
grant select, insert on auth.notice to gonglian_plain;

alter table auth.sign_in_rule enable row level security;
alter table auth.sign_in_rule force row level security;
create policy rule_read on auth.sign_in_rule for select using (
  tenant_id = any ((select tenancy.superiors())::int[]) or (select tenancy.is_system()));
create policy rule_set on auth.sign_in_rule for insert with check (auth.in_reach(tenant_id));
create policy rule_change on auth.sign_in_rule for update using (auth.in_reach(tenant_id)) with check (auth.in_reach(tenant_id));
grant select, insert, update on auth.sign_in_rule to gonglian_plain;

-- Who becomes a leader of a body is announced in the trail of the body above: those lines and no others.
create function tenancy.is_next_superior(tenant int) returns boolean language sql stable as $$
  select exists (select 1 from tenancy.closure
    where descendant_id = current_setting('app.tenant')::int and ancestor_id = tenant and depth = 1 and hierarchy = 'regional') $$;
create policy head_read_above on tenancy.audit_head for select using (tenancy.reach() = 'administration' and tenancy.is_next_superior(tenant_id));
create policy head_begin_above on tenancy.audit_head for insert with check (tenancy.reach() = 'administration' and tenancy.is_next_superior(tenant_id));
create policy head_advance_above on tenancy.audit_head for update using (tenancy.reach() = 'administration' and tenancy.is_next_superior(tenant_id));
create policy audit_announce on tenancy.audit for insert with check (
  tenancy.reach() = 'administration' and action in ('below.leaderGranted', 'below.leaderReset') and tenancy.is_next_superior(tenant_id));
