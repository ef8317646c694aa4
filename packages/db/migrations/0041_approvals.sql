-- Approval by the next level (decision 0028). This schema knows no domain: an application has a kind that a domain declares and the number of
-- the record it is about.
create schema approvals;
grant usage on schema approvals to gonglian_plain;

create table approvals.application (
  id bigint generated always as identity primary key,
  kind text not null check (kind ~ '^[a-z][a-zA-Z]*(\.[a-z][a-zA-Z]*)*$'),
  object_id bigint not null,
  from_tenant_id int not null references tenancy.federation,
  -- The superior; the own body where a unit of its register applies and the body is the next level itself.
  to_tenant_id int not null references tenancy.federation,
  title text not null check (length(title) between 1 and 200),
  -- Everything that was typed, as the domain's schema checked it.
  typed jsonb not null,
  state text not null default 'applied' check (state in ('applied', 'proposed', 'approved', 'returned', 'lapsed', 'withdrawn')),
  applied_on date not null,
  applied_by text not null check (applied_by <> ''),
  -- The last day in time, and the day after which nobody decides it any more.
  due_on date not null check (due_on >= applied_on),
  lapses_on date not null check (lapses_on >= due_on),
  proposal text check (proposal in ('approve', 'return')),
  opinion text not null default '' check (length(opinion) <= 500),
  proposed_by text not null default '',
  decided_on date,
  decided_by text not null default '',
  reason text not null default '' check (length(reason) <= 500),
  paper_no text not null default '' check (length(paper_no) <= 80),
  paper_year int,
  paper_serial int check (paper_serial > 0),
  version int not null default 1,
  check ((state = 'approved') = (paper_no <> '') and (paper_no <> '') = (paper_serial is not null) and (paper_serial is null) = (paper_year is null)),
  check ((proposal is null) = (proposed_by = '')),
  check (state <> 'proposed' or proposal is not null),
  -- Four eyes: whoever decides neither proposed nor applied; whoever proposed did not apply, unless a unit of the own register did.
  check (decided_by = '' or decided_by <> applied_by and decided_by <> proposed_by and proposed_by <> ''),
  check (from_tenant_id = to_tenant_id or proposed_by <> applied_by),
  check ((state in ('approved', 'returned')) = (decided_by <> '') and (decided_by = '') = (decided_on is null)),
  check (state <> 'returned' or reason <> '')
);
-- Of a record one application of a kind is open.
create unique index application_open on approvals.application (kind, object_id) where state in ('applied', 'proposed', 'returned');
create unique index application_paper on approvals.application (to_tenant_id, paper_year, paper_serial) where paper_serial is not null;
create index application_sent on approvals.application (from_tenant_id, id desc);
create index application_received on approvals.application (to_tenant_id, state, id desc);
create index application_lapsing on approvals.application (lapses_on) where state in ('applied', 'proposed');
create index application_object on approvals.application (kind, object_id, id desc);

-- The two bodies, and nobody above or below them: what is typed names persons.
alter table approvals.application enable row level security;
alter table approvals.application force row level security;
create policy read_both on approvals.application for select using (
  from_tenant_id = any ((select tenancy.writable())::int[]) or to_tenant_id = any ((select tenancy.writable())::int[]));
create policy apply on approvals.application for insert with check (from_tenant_id = any ((select tenancy.writable())::int[]));
create policy move_both on approvals.application for update using (
  from_tenant_id = any ((select tenancy.writable())::int[]) or to_tenant_id = any ((select tenancy.writable())::int[]));
grant select, insert, update on approvals.application to gonglian_plain;

-- What happened to it, read at both ends.
create table approvals.step (
  id bigint generated always as identity primary key,
  application_id bigint not null references approvals.application,
  -- The acting body.
  tenant_id int not null references tenancy.federation,
  at timestamptz not null default tenancy.now(),
  actor text not null,
  from_state text not null,
  to_state text not null,
  note text not null default '' check (length(note) <= 600)
);
create index step_application on approvals.step (application_id, id);
alter table approvals.step enable row level security;
alter table approvals.step force row level security;
create policy read_both on approvals.step for select using (exists (select from approvals.application a where a.id = application_id));
create policy append_own on approvals.step for insert with check (tenant_id = any ((select tenancy.writable())::int[])
  and exists (select from approvals.application a where a.id = application_id));
grant select, insert on approvals.step to gonglian_plain;

-- Numbers of papers, by body and year. A number is taken in the transaction that approves, so none is lost.
create table approvals.paper_series (
  tenant_id int not null references tenancy.federation,
  year int not null check (year between 2000 and 2200),
  last_serial int not null check (last_serial > 0),
  primary key (tenant_id, year)
);
call tenancy.protect_own('approvals.paper_series');
grant select, insert, update on approvals.paper_series to gonglian_plain;

-- Who may do what with it, whatever the statement. The applicant writes what is typed and takes it back; the deciding body proposes and decides.
create function approvals.guard_application() returns trigger language plpgsql as $$
declare
  is_from boolean := tenancy.is_system() or tenancy.current_tenant() = new.from_tenant_id;
  is_to boolean := tenancy.is_system() or tenancy.current_tenant() = new.to_tenant_id;
  is_superior boolean := new.from_tenant_id = new.to_tenant_id or exists (select from tenancy.link l
    where l.federation_id = new.from_tenant_id and l.parent_id = new.to_tenant_id and l.hierarchy = 'regional' and l.valid_to is null);
begin
  if tg_op = 'INSERT' then
    if not is_superior then
      raise exception 'an application goes to the next level' using errcode = 'insufficient_privilege';
    end if;
    if new.state <> 'applied' and not (new.state = 'proposed' and new.from_tenant_id = new.to_tenant_id) then
      raise exception 'an application begins with being applied for' using errcode = 'check_violation', constraint = 'application_transition';
    end if;
    return new;
  end if;
  if (new.kind, new.object_id, new.from_tenant_id) is distinct from (old.kind, old.object_id, old.from_tenant_id) then
    raise exception 'an application keeps its record' using errcode = 'insufficient_privilege';
  end if;
  -- It follows the applicant to another superior, and begins there anew.
  if new.to_tenant_id <> old.to_tenant_id then
    if not is_superior or old.from_tenant_id in (old.to_tenant_id, new.to_tenant_id) or old.state not in ('applied', 'proposed', 'returned')
        or new.state <> (case old.state when 'proposed' then 'applied' else old.state end)
        or (new.title, new.typed, new.applied_on, new.applied_by, new.due_on, new.lapses_on, new.decided_by, new.reason, new.paper_no)
          is distinct from (old.title, old.typed, old.applied_on, old.applied_by, old.due_on, old.lapses_on, old.decided_by, old.reason, old.paper_no)
        or new.proposal is not null and old.state <> 'returned' then
      raise exception 'an application follows its superior only' using errcode = 'insufficient_privilege';
    end if;
    return new;
  end if;
  if not (
      is_to and (old.state, new.state) in (('applied', 'proposed'), ('proposed', 'approved'), ('proposed', 'returned'))
      or is_from and (old.state, new.state) in (('applied', 'withdrawn'), ('proposed', 'withdrawn'), ('returned', 'withdrawn'))
      or is_from and old.state = 'returned' and new.state = (case when new.from_tenant_id = new.to_tenant_id then 'proposed' else 'applied' end)
      or tenancy.is_system() and old.lapses_on < tenancy.today() and (old.state, new.state) in (('applied', 'lapsed'), ('proposed', 'lapsed'))) then
    raise exception 'an application does not go from % to %', old.state, new.state
      using errcode = 'check_violation', constraint = 'application_transition';
  end if;
  if (new.title, new.typed, new.applied_on, new.applied_by, new.due_on, new.lapses_on)
      is distinct from (old.title, old.typed, old.applied_on, old.applied_by, old.due_on, old.lapses_on)
      and not (is_from and old.state = 'returned' and new.state in ('applied', 'proposed')) then
    raise exception 'what was typed stays as it was handed in' using errcode = 'insufficient_privilege';
  end if;
  if (new.proposal, new.opinion, new.proposed_by) is distinct from (old.proposal, old.opinion, old.proposed_by)
      and new.state not in ('applied', 'proposed') then
    raise exception 'a proposal stays as it was made' using errcode = 'insufficient_privilege';
  end if;
  if (new.decided_on, new.decided_by, new.reason, new.paper_no) is distinct from (old.decided_on, old.decided_by, old.reason, old.paper_no)
      and not (is_to and old.state = 'proposed' and new.state in ('approved', 'returned'))
      and not (is_from and old.state = 'returned' and (new.decided_by, new.reason, new.paper_no) = ('', '', '')) then
    raise exception 'only the next level decides' using errcode = 'insufficient_privilege';
  end if;
  if new.state in ('approved', 'returned') and new.decided_on <> tenancy.today() then
    raise exception 'it is decided today' using errcode = 'check_violation', constraint = 'application_day';
  end if;
  return new;
end $$;
create trigger application_guard before insert or update on approvals.application
  for each row execute function approvals.guard_application();

-- A body that moves takes what it applied for along: the superior of the day decides. For whoever moves bodies, who sees no applications.
create function approvals.follow_superior() returns trigger
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare one record; body int;
begin
  for one in
    select a.id, a.from_tenant_id, a.to_tenant_id as before, l.parent_id as after, a.state, f.code
    from added l
    join approvals.application a on a.from_tenant_id = l.federation_id
    join tenancy.federation f on f.id = l.parent_id
    where l.hierarchy = 'regional' and l.valid_to is null and a.state in ('applied', 'proposed', 'returned')
      and a.from_tenant_id <> a.to_tenant_id and a.to_tenant_id <> l.parent_id
    order by a.id for update of a
  loop
    update approvals.application a set to_tenant_id = one.after, state = case when one.state = 'proposed' then 'applied' else one.state end,
      proposal = case when one.state = 'returned' then a.proposal end, opinion = case when one.state = 'returned' then a.opinion else '' end,
      proposed_by = case when one.state = 'returned' then a.proposed_by else '' end, version = a.version + 1
    where a.id = one.id;
    insert into approvals.step (application_id, tenant_id, actor, from_state, to_state, note)
    values (one.id, one.after, 'system:reorganisation', one.state, 'followed', one.code);
    update files.file f set shared_with = one.after
    where f.kind = 'application' and f.object_id = one.id and f.tenant_id = one.from_tenant_id and f.shared_with = one.before;
    foreach body in array array[one.from_tenant_id, one.before, one.after] loop
      insert into tenancy.audit (tenant_id, seq, at, prev_hash, hash, actor, action, object_kind, object_id, after)
      values (body, 0, tenancy.now(), '', '', 'system:reorganisation', 'application.followed', 'application', one.id::text,
        jsonb_build_object('to', one.code));
    end loop;
  end loop;
  return null;
end $$;
revoke execute on function approvals.follow_superior from public;
create trigger link_moves_applications after insert on tenancy.link
  referencing new table as added for each statement execute function approvals.follow_superior();
create policy by_function on approvals.application to current_user using (true) with check (true);
create policy by_function on approvals.step for insert to current_user with check (true);
create policy by_function on files.file for update to current_user using (true) with check (true);
