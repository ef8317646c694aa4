-- Data keys of the vault from version 2 on (version 1 derives from the installation's secret). Each lies here sealed under the secret,
-- which the database does not have; every process reads them, and only the system adds one.
create table tenancy.data_key (
  version smallint primary key check (version between 2 and 255),
  sealed bytea not null check (octet_length(sealed) = 61),
  -- Processes read the keys every half minute: by this time each of them can open what the new key seals.
  active_from timestamptz not null,
  created_at timestamptz not null default tenancy.now()
);
alter table tenancy.data_key enable row level security;
alter table tenancy.data_key force row level security;
-- In every reach, but inside withTenant only.
create policy read_keys on tenancy.data_key for select using (tenancy.current_tenant() is not null);
create policy add_key on tenancy.data_key for insert with check (tenancy.is_system());
grant select, insert on tenancy.data_key to gonglian_plain;
create trigger data_key_append_only before update or delete or truncate on tenancy.data_key
  for each statement execute function tenancy.refuse_change();
