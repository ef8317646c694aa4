-- An import is declared by a noun (members, employers, unions): what its rows hold is the noun's, so they are kept as a document.
alter table organisation.import no force row level security;
alter table organisation.import_row no force row level security;

alter table organisation.import
  add column kind text not null default 'members' check (length(kind) between 2 and 40),
  -- Chosen by somebody; null: what the reader finds.
  add column sheet text,
  add column head_line int,
  -- What was found: sheets, head, columns with what they may be, and some cells. Sealed, since cells are personal; gone when the import ends.
  add column layout_sealed bytea,
  -- Sheet, lines of the head and the place of each column, as somebody confirmed them.
  add column mapping jsonb,
  add column done_at timestamptz;
alter table organisation.import alter kind drop default;
alter table organisation.import drop constraint import_state_check;
update organisation.import set state = 'reading' where state in ('waiting', 'checking');
alter table organisation.import alter state set default 'reading';
alter table organisation.import add constraint import_state_check check (state in
  ('reading', 'mapping', 'waiting', 'checking', 'checked', 'committing', 'done', 'undoing', 'undone', 'failed', 'cancelled'));
drop index organisation.import_running;
create index import_running on organisation.import (changed_at)
  where state in ('reading', 'mapping', 'waiting', 'checking', 'committing', 'undoing');

-- The person of a row, if it is about one, stays sealed in columns.
alter table organisation.import_row add column data jsonb not null default '{}';
update organisation.import_row set data = jsonb_build_object('unionId', union_id, 'name', name, 'sex', sex, 'birth', birth, 'kind', kind,
  'employment', employment, 'hukou', hukou, 'hukouArea', hukou_area, 'education', education, 'job', job, 'group', group_name,
  'joinedOn', joined_on, 'consentOn', consent_on);
alter table organisation.import_row alter data drop default, alter id_sealed drop not null, alter id_print drop not null,
  drop column union_id, drop column name, drop column sex, drop column birth, drop column kind, drop column employment, drop column hukou,
  drop column hukou_area, drop column education, drop column job, drop column group_name, drop column joined_on, drop column consent_on;
alter table organisation.import force row level security;
alter table organisation.import_row force row level security;

-- As a spreadsheet names the cell, "C7"; empty where the file has no such column.
alter table organisation.import_problem add column cell text not null default '';

-- The refused rows as they stood in the file, so that they can be mended: whoever sent the file reads them back.
create table organisation.import_faulty_row (
  import_id bigint not null,
  line int not null,
  tenant_id int not null,
  cells_sealed bytea not null,
  primary key (import_id, line)
);
call tenancy.protect_own('organisation.import_faulty_row');

-- What a row wrote, so that it can be undone while nothing depends on it.
create table organisation.import_item (
  import_id bigint not null,
  line int not null,
  place int not null,
  tenant_id int not null,
  object_kind text not null,
  object_id bigint not null,
  -- Of the record when it was written; another one: somebody changed it since.
  version int,
  primary key (import_id, line, place)
);
create index import_item_object on organisation.import_item (object_kind, object_id);
call tenancy.protect_own('organisation.import_item');

-- How a body heads its columns, as somebody there said; empty: a column that is left out.
create table organisation.import_title (
  tenant_id int not null references tenancy.federation,
  kind text not null,
  title_key text not null check (length(title_key) between 1 and 120),
  column_key text not null,
  primary key (tenant_id, kind, title_key)
);
call tenancy.protect_own('organisation.import_title');

grant select, insert, delete on organisation.import_faulty_row, organisation.import_item to gonglian_plain;
grant select, insert, update on organisation.import_title to gonglian_plain;

-- An import that ended keeps no rows. The refused ones of one that was written stay until they were mended or the sweeper removes them.
create or replace function organisation.clear_import() returns trigger language plpgsql as $$
begin
  delete from organisation.import_row where import_id = new.id;
  if new.state <> 'done' then
    delete from organisation.import_faulty_row where import_id = new.id;
  end if;
  if new.state = 'undone' then
    delete from organisation.import_item where import_id = new.id;
  end if;
  return null;
end $$;
drop trigger import_ends on organisation.import;
create trigger import_ends after update of state on organisation.import
  for each row when (new.state in ('done', 'undone', 'failed', 'cancelled')) execute function organisation.clear_import();

create trigger import_faulty_row_guard after insert on organisation.import_faulty_row referencing new table as added
  for each statement execute function organisation.guard_import_rows();

-- Only a running commit says what it wrote: by these rows records may be deleted.
create function organisation.guard_import_items() returns trigger language plpgsql as $$
begin
  perform from organisation.import i where i.id in (select import_id from added) for share;
  if exists (select from (select distinct import_id, tenant_id from added) a
      where not exists (select from organisation.import i
        where i.id = a.import_id and i.tenant_id = a.tenant_id and i.state = 'committing')) then
    raise exception 'only a running commit says what it wrote' using errcode = 'check_violation', constraint = 'import_item_committing';
  end if;
  return null;
end $$;
revoke execute on function organisation.guard_import_items from public;
create trigger import_item_guard after insert on organisation.import_item referencing new table as added
  for each statement execute function organisation.guard_import_items();
