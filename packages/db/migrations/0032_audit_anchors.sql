-- Where each audit trail had come to on a day, signed with a key that is not in the database: whoever rewrites a trail, its head and these
-- rows can't sign them again, and the published file still says what they were.
create table tenancy.audit_anchor (
  tenant_id int not null references tenancy.federation,
  seq bigint not null,
  hash bytea not null check (octet_length(hash) = 32),
  at timestamptz not null default tenancy.now(),
  -- Which key signed: the first 16 hex digits of the SHA-256 of the public key.
  key_id text not null check (key_id ~ '^[0-9a-f]{16}$'),
  signature bytea not null check (octet_length(signature) = 64),
  primary key (tenant_id, seq)
);
create trigger audit_anchor_append_only before update or delete or truncate on tenancy.audit_anchor
  for each statement execute function tenancy.refuse_change();
alter table tenancy.audit_anchor enable row level security;
alter table tenancy.audit_anchor force row level security;
create policy read_anchor on tenancy.audit_anchor for select using (tenant_id = tenancy.current_tenant() or tenancy.is_system());
create policy add_anchor on tenancy.audit_anchor for insert with check (tenancy.is_system());
grant select, insert on tenancy.audit_anchor to gonglian_plain;
