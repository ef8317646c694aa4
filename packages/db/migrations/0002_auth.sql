-- Accounts, roles, sessions. Rows belong to a body; the moment before sign-in has a reach of its own.
create schema auth;
grant usage on schema auth to gonglian_plain;

create table auth.account (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  username text not null unique check (username = lower(username) and username ~ '^[0-9a-z][0-9a-z._-]{1,63}$'),
  display_name text not null check (length(display_name) between 1 and 60),
  password_hash text not null,
  -- waiting: created, re-enabled or given a new password by the system administrator; effective once the security administrator agreed.
  status text not null default 'waiting' check (status in ('waiting', 'active', 'disabled')),
  must_change_password boolean not null default false,
  locale text not null default 'zh-CN' check (locale in ('zh-CN', 'en')),
  desk_seen_at timestamptz,
  created_at timestamptz not null default now()
);
create index account_tenant on auth.account (tenant_id);

create table auth.account_role (
  account_id bigint not null references auth.account on delete cascade,
  tenant_id int not null references tenancy.federation,
  role text not null check (role in ('leader', 'officer', 'reviewer', 'finance', 'auditor', 'sysadmin', 'secadmin', 'auditadmin')),
  primary key (account_id, role)
);
create index account_role_tenant on auth.account_role (tenant_id);

-- 三员分立: an administrator of one kind is no administrator of another kind and has no business role (GB/T 22239 level 3).
create function auth.keep_administrators_apart() returns trigger language plpgsql as $$
begin
  -- Two grants at once must not slip past each other.
  -- A loader works alone, on accounts nobody else knows yet.
  if not tenancy.is_system() then perform 1 from auth.account where id = new.account_id for update; end if;
  if exists (select 1 from auth.account_role r where r.account_id = new.account_id and r.role <> new.role
             and (r.role in ('sysadmin', 'secadmin', 'auditadmin') or new.role in ('sysadmin', 'secadmin', 'auditadmin'))) then
    raise exception 'administrators are kept apart' using errcode = 'check_violation', constraint = 'administrators_apart';
  end if;
  return new;
end $$;
create trigger administrators_apart before insert or update on auth.account_role
  for each row execute function auth.keep_administrators_apart();

create table auth.session (
  -- Only the hash of the session id is kept: reading this table signs nobody in.
  id text primary key,
  account_id bigint not null references auth.account on delete cascade,
  tenant_id int not null references tenancy.federation,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  address text not null default '',
  agent text not null default ''
);
create index session_account on auth.session (account_id);
create index session_expiry on auth.session (expires_at);
create index session_tenant on auth.session (tenant_id);

-- Attempts to sign in, counted by name (whether or not somebody has it) and by source address. Here and not in a process, so that
-- several web processes count together.
create table auth.attempt (
  -- "account:<username>" or "address:<address>"
  subject text primary key,
  failures int not null,
  until timestamptz not null
);
create index attempt_until on auth.attempt (until);

-- System actors reach the accounts of the bodies below theirs, one body after the other: a lookup per row instead of a long array.
create function auth.in_reach(tenant int) returns boolean language sql stable as $$
  select tenant = current_setting('app.tenant')::int and current_setting('app.reach') in ('business', 'administration', 'system')
    or current_setting('app.reach') = 'system' and exists (
      select 1 from tenancy.closure where ancestor_id = current_setting('app.tenant')::int and descendant_id = tenant) $$;

-- At the door accounts and roles are read, never written.
alter table auth.account enable row level security;
alter table auth.account force row level security;
create policy account_read on auth.account for select using (auth.in_reach(tenant_id) or tenancy.reach() = 'sign_in');
create policy account_add on auth.account for insert with check (auth.in_reach(tenant_id));
create policy account_change on auth.account for update using (auth.in_reach(tenant_id)) with check (auth.in_reach(tenant_id));
alter table auth.account_role enable row level security;
alter table auth.account_role force row level security;
create policy account_role_read on auth.account_role for select using (auth.in_reach(tenant_id) or tenancy.reach() = 'sign_in');
create policy account_role_grant on auth.account_role for insert with check (auth.in_reach(tenant_id));
create policy account_role_revoke on auth.account_role for delete using (auth.in_reach(tenant_id));
alter table auth.session enable row level security;
alter table auth.session force row level security;
create policy session_read on auth.session for select using (auth.in_reach(tenant_id) or tenancy.reach() = 'sign_in');
create policy session_begin on auth.session for insert with check (tenancy.reach() = 'sign_in');
create policy session_renew on auth.session for update using (tenancy.reach() = 'sign_in') with check (tenancy.reach() = 'sign_in');
create policy session_end on auth.session for delete using (auth.in_reach(tenant_id) or tenancy.reach() = 'sign_in');
alter table auth.attempt enable row level security;
alter table auth.attempt force row level security;
-- Counted at the door; seen and forgiven by the administrators of the account's body (the subquery sees only theirs). The case keeps
-- the subquery from running at the door, where it would walk all accounts.
create policy attempt_count on auth.attempt for insert with check (tenancy.reach() = 'sign_in');
create policy attempt_recount on auth.attempt for update using (tenancy.reach() = 'sign_in');
create policy attempt_read on auth.attempt for select using (
  case when tenancy.reach() = 'sign_in' then true else subject in (select 'account:' || username from auth.account) end);
create policy attempt_forgive on auth.attempt for delete using (
  case when tenancy.reach() = 'sign_in' then true else subject in (select 'account:' || username from auth.account) end);

grant select, insert, update on auth.account to gonglian_plain;
grant select, insert, delete on auth.account_role to gonglian_plain;
grant select, insert, update, delete on auth.session, auth.attempt to gonglian_plain;
