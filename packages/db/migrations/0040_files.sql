-- Attachments of the records of any domain (decision 0029). This schema knows no domain: a file has a kind that a domain declares and the
-- number of the record it is attached to.
create schema files;
grant usage on schema files to gonglian_plain;

create table files.file (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  kind text not null check (kind ~ '^[a-z][a-zA-Z.]{1,39}$'),
  -- Null: attached to nothing yet, or of a kind that stands alone.
  object_id bigint,
  -- Which of the papers that a record asks for.
  slot text not null default '' check (length(slot) <= 40),
  file_name text not null check (length(file_name) between 1 and 200),
  -- By content; the name and what the sender says of it prove nothing.
  media_type text not null check (media_type ~ '^[a-z]+/[a-z0-9.+-]+$'),
  byte_count int not null check (byte_count between 1 and 20971520),
  sha256 bytea not null check (octet_length(sha256) = 32),
  -- Empty: the bytes stand in files.chunk. Otherwise the key in the object store.
  place text not null default '' check (length(place) <= 200),
  -- unchecked: no scanner was configured. waiting: it did not answer, so nobody opens the file. infected: found later; nobody opens it.
  check_state text not null check (check_state in ('unchecked', 'waiting', 'clean', 'infected')),
  visibility text not null default 'own' check (visibility in ('own', 'superiors', 'shared')),
  -- The one other body that reads it.
  shared_with int references tenancy.federation check (shared_with <> tenant_id),
  -- open: may be removed. held: its record waits for a decision. kept: its record is decided.
  hold text not null default 'open' check (hold in ('open', 'held', 'kept')),
  stored_by text not null,
  stored_at timestamptz not null default tenancy.now(),
  check ((visibility = 'shared') = (shared_with is not null))
);
create index file_object on files.file (kind, object_id) where object_id is not null;
create index file_own on files.file (tenant_id, kind, id desc);
create index file_shared on files.file (shared_with) where shared_with is not null;
create index file_waiting on files.file (id) where check_state = 'waiting';
create index file_loose on files.file (stored_at) where object_id is null and hold = 'open';
-- Of a kind that stands alone the same file is kept once.
create unique index file_once on files.file (tenant_id, kind, sha256) where object_id is null and hold = 'kept';

create table files.chunk (
  file_id bigint not null references files.file on delete cascade,
  position int not null check (position >= 0),
  tenant_id int not null references tenancy.federation,
  bytes bytea not null check (octet_length(bytes) between 1 and 262144),
  primary key (file_id, position)
);
-- Already compressed: a second try would only cost time.
alter table files.chunk alter column bytes set storage external;

-- Objects in the store whose file was removed; the worker deletes them.
create table files.dropped (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  place text not null check (length(place) between 1 and 200)
);

-- The evidence of check-lists and ratings moves here and keeps its numbers.
alter table organisation.evidence no force row level security;
alter table organisation.checklist_result no force row level security;
insert into files.file (id, tenant_id, kind, file_name, media_type, byte_count, sha256, check_state, visibility, hold, stored_by, stored_at)
overriding system value
select id, tenant_id, 'evidence', file_name, media_type, octet_length(bytes), sha256, 'unchecked', 'superiors', 'kept', stored_by, stored_at
from organisation.evidence;
insert into files.chunk (file_id, position, tenant_id, bytes)
select e.id, n.position, e.tenant_id, substring(e.bytes from n.position * 262144 + 1 for 262144)
from organisation.evidence e cross join lateral generate_series(0, (octet_length(e.bytes) - 1) / 262144) n (position);
select setval(pg_get_serial_sequence('files.file', 'id'), (select max(id) from files.file)) where exists (select from files.file);
alter table organisation.checklist_result drop constraint checklist_result_evidence_id_fkey;
alter table organisation.checklist_result add foreign key (evidence_id) references files.file;
drop table organisation.evidence;
alter table organisation.checklist_result force row level security;

alter table files.file enable row level security;
alter table files.file force row level security;
create policy read_own on files.file for select using (tenant_id = any ((select tenancy.writable())::int[]));
create policy read_below on files.file for select using (visibility = 'superiors' and tenant_id = any ((select tenancy.readable())::int[]));
create policy read_shared on files.file for select using (shared_with = any ((select tenancy.writable())::int[]));
create policy insert_own on files.file for insert with check (tenant_id = any ((select tenancy.writable())::int[]));
create policy update_own on files.file for update using (tenant_id = any ((select tenancy.writable())::int[]))
  with check (tenant_id = any ((select tenancy.writable())::int[]));
create policy delete_open on files.file for delete using (tenant_id = any ((select tenancy.writable())::int[]) and hold = 'open');
grant select, insert, update, delete on files.file to gonglian_plain;

-- Whoever sees a file sees its bytes. They go with it, and are never changed.
alter table files.chunk enable row level security;
alter table files.chunk force row level security;
create policy read_file on files.chunk for select using (exists (select from files.file f where f.id = file_id));
create policy insert_own on files.chunk for insert with check (tenant_id = any ((select tenancy.writable())::int[])
  and exists (select from files.file f where f.id = file_id and f.tenant_id = chunk.tenant_id));
grant select, insert on files.chunk to gonglian_plain;

alter table files.dropped enable row level security;
alter table files.dropped force row level security;
create policy own on files.dropped using (tenant_id = any ((select tenancy.writable())::int[]))
  with check (tenant_id = any ((select tenancy.writable())::int[]));
grant select, insert, delete on files.dropped to gonglian_plain;

-- What a file is never changes, nor what it is attached to. What is kept stays kept, and only the worker says what the scanner found.
create function files.guard_file() returns trigger language plpgsql as $$
begin
  if (new.tenant_id, new.kind, new.file_name, new.media_type, new.byte_count, new.sha256, new.place, new.stored_by, new.stored_at)
      is distinct from (old.tenant_id, old.kind, old.file_name, old.media_type, old.byte_count, old.sha256, old.place, old.stored_by, old.stored_at)
      or old.object_id is not null and (new.object_id, new.slot) is distinct from (old.object_id, old.slot) then
    raise exception 'a file stays what it is' using errcode = 'insufficient_privilege';
  end if;
  if old.hold = 'kept' and new.hold <> 'kept' then
    raise exception 'a file of a decided record is kept' using errcode = 'insufficient_privilege';
  end if;
  if new.check_state <> old.check_state and not tenancy.is_system() then
    raise exception 'only the worker says what a scanner found' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger file_guard before update on files.file for each row execute function files.guard_file();
