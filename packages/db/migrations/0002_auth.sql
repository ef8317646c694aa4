-- Accounts, roles, sessions. Rows belong to a body; the moment before sign-in has a reach of its own.
create schema auth;
grant usage on schema auth to gonglian_plain;

create table auth.account (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  username text not null unique check (username = lower(username) and username ~ '^[0-9a-z][0-9a-z._-]{1,63}$'),
  display_name text not null check (length(display_name) between 1 and 60),
  password_hash text not null,
  status text not null default 'active' check (status in ('active', 'disabled')),
  failed_count int not null default 0,
  locked_until timestamptz,
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
  perform 1 from auth.account where id = new.account_id for update;
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

alter table auth.account enable row level security;
alter table auth.account force row level security;
create policy account_own_body on auth.account for all
  using (tenant_id = tenancy.current_tenant() or tenancy.is_system() or tenancy.reach() = 'sign_in')
  with check (tenant_id = tenancy.current_tenant() or tenancy.is_system() or tenancy.reach() = 'sign_in');
alter table auth.account_role enable row level security;
alter table auth.account_role force row level security;
create policy account_role_own_body on auth.account_role for all
  using (tenant_id = tenancy.current_tenant() or tenancy.is_system() or tenancy.reach() = 'sign_in')
  with check (tenant_id = tenancy.current_tenant() or tenancy.is_system());
alter table auth.session enable row level security;
alter table auth.session force row level security;
create policy session_own_body on auth.session for all
  using (tenant_id = tenancy.current_tenant() or tenancy.is_system() or tenancy.reach() = 'sign_in')
  with check (tenant_id = tenancy.current_tenant() or tenancy.is_system() or tenancy.reach() = 'sign_in');

grant select, insert, update on auth.account to gonglian_plain;
grant select, insert, delete on auth.account_role to gonglian_plain;
grant select, insert, update, delete on auth.session to gonglian_plain;
