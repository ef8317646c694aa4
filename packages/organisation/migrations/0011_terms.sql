-- Terms of committees, elections, congresses and the delegates sent to them.

-- One row per body of a union (or of the federation itself) and term.
create table organisation.term (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  -- Null: of the federation itself.
  union_id bigint references organisation.trade_union,
  body text not null check (body in ('congress', 'union_committee', 'audit_committee', 'women_committee')),
  number int not null check (number between 1 and 99),
  starts_on date not null,
  ends_on date not null check (ends_on > starts_on),
  -- ORG-06 says how long; an extension needs approval and keeps the planned end.
  extended_to date check (extended_to > ends_on),
  extended_on date,
  extension_no text not null default '',
  extension_reason text not null default '',
  extension_asked_by text not null default '',
  extension_state text not null default 'none' check (extension_state in ('none', 'asked', 'approved', 'refused')),
  state text not null default 'running' check (state in ('running', 'in_election', 'ended')),
  -- First day of the next term, or the day the union ended.
  ended_on date check (ended_on >= starts_on),
  version int not null default 1,
  check ((state = 'ended') = (ended_on is not null)),
  check (extension_state <> 'approved' or extended_to is not null and extended_on is not null)
);
create unique index term_number on organisation.term (tenant_id, coalesce(union_id, 0), body, number);
create unique index term_open on organisation.term (tenant_id, coalesce(union_id, 0), body) where ended_on is null;
create index term_due on organisation.term (tenant_id, ends_on) where ended_on is null;
create index term_union on organisation.term (union_id, ended_on);
call tenancy.protect('organisation.term');

create table organisation.congress (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  union_id bigint references organisation.trade_union,
  kind text not null check (kind in ('union', 'women')),
  number int not null check (number between 1 and 99),
  is_extraordinary boolean not null default false,
  state text not null default 'preparing' check (state in ('preparing', 'held', 'cancelled')),
  planned_on date not null,
  held_from date,
  held_to date check (held_to >= held_from),
  delegates_planned int not null default 0 check (delegates_planned between 0 and 100000),
  delegates_present int check (delegates_present between 0 and 100000),
  -- Years looked back on, and what the next term aims at.
  reviewed_years int check (reviewed_years between 0 and 20),
  reports text[] not null default '{}',
  resolutions text[] not null default '{}',
  goals text not null default '',
  version int not null default 1,
  check ((state = 'held') = (held_from is not null and delegates_present is not null))
);
create unique index congress_number on organisation.congress (tenant_id, coalesce(union_id, 0), kind, number)
  where state <> 'cancelled' and not is_extraordinary;
create index congress_union on organisation.congress (union_id);
call tenancy.protect('organisation.congress');

-- One election of several bodies at once (三会同时换届).
create table organisation.election (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  union_id bigint references organisation.trade_union,
  congress_id bigint references organisation.congress,
  planned_on date not null,
  electorate text not null check (electorate in ('members', 'representatives')),
  member_count int not null check (member_count between 1 and 2000000),
  -- All members or all representatives.
  eligible int not null check (eligible between 1 and member_count),
  present int check (present between 0 and eligible),
  term_years int not null check (term_years between 1 and 10),
  state text not null default 'asked' check (state in ('asked', 'approved', 'returned', 'held', 'confirmed', 'failed', 'withdrawn')),
  asked_by text not null,
  held_on date,
  confirmed_on date,
  approval_no text not null default '',
  version int not null default 1,
  check (state not in ('held', 'confirmed') or held_on is not null and present is not null),
  check ((state = 'confirmed') = (confirmed_on is not null))
);
create unique index election_open on organisation.election (tenant_id, coalesce(union_id, 0)) where state in ('asked', 'approved', 'held');
create index election_tenant on organisation.election (tenant_id, state);
call tenancy.protect('organisation.election');

create table organisation.election_body (
  id bigint generated always as identity primary key,
  election_id bigint not null references organisation.election,
  tenant_id int not null references tenancy.federation,
  body text not null check (body in ('union_committee', 'audit_committee', 'women_committee')),
  seats int not null check (seats between 1 and 200),
  valid_votes int check (valid_votes >= 0),
  unique (election_id, body)
);
call tenancy.protect('organisation.election_body');

create table organisation.election_candidate (
  id bigint generated always as identity primary key,
  election_body_id bigint not null references organisation.election_body,
  tenant_id int not null references tenancy.federation,
  -- Superiors see who stands for a committee and who leads it (handbook 14.2); nothing else personal stands here.
  name text not null check (length(name) between 1 and 60),
  gender text check (gender in ('female', 'male')),
  post text not null default 'member' check (post in ('member', 'chair', 'vice_chair')),
  is_near_relative boolean not null,
  votes int check (votes >= 0),
  is_elected boolean,
  unique (election_body_id, name)
);
call tenancy.protect('organisation.election_candidate');

-- How many delegates each body directly below sends to a congress. The issuer writes; the receiver reads and hands its election in.
create table organisation.delegate_quota (
  id bigint generated always as identity primary key,
  congress_id bigint not null references organisation.congress,
  tenant_id int not null references tenancy.federation,
  receiver_id int not null references tenancy.federation,
  quota int not null check (quota between 0 and 10000),
  women_least int not null default 0 check (women_least between 0 and quota),
  front_line_least int not null default 0 check (front_line_least between 0 and quota),
  due_on date,
  state text not null default 'draft' check (state in ('draft', 'issued', 'reported', 'confirmed')),
  version int not null default 1,
  unique (congress_id, receiver_id)
);
create index delegate_quota_receiver on organisation.delegate_quota (receiver_id, state);
create index delegate_quota_tenant on organisation.delegate_quota (tenant_id);
alter table organisation.delegate_quota enable row level security;
alter table organisation.delegate_quota force row level security;
create policy read_quota on organisation.delegate_quota for select using (
  tenant_id = any ((select tenancy.readable())::int[])
  or tenancy.reach() in ('business', 'system') and state <> 'draft' and receiver_id = tenancy.current_tenant());
create policy add_quota on organisation.delegate_quota for insert with check (
  tenant_id = any ((select tenancy.writable())::int[])
  and exists (select 1 from tenancy.closure c where c.ancestor_id = tenant_id and c.descendant_id = receiver_id and c.depth = 1));
create policy change_quota on organisation.delegate_quota for update using (
  tenant_id = any ((select tenancy.writable())::int[])
  or tenancy.reach() in ('business', 'system') and state = 'issued' and receiver_id = tenancy.current_tenant())
  with check (tenant_id = any ((select tenancy.writable())::int[]) or receiver_id = tenancy.current_tenant());
create policy drop_quota on organisation.delegate_quota for delete using (
  tenant_id = any ((select tenancy.writable())::int[]) and state = 'draft');

-- The receiver hands its election in and changes nothing else.
create function organisation.guard_quota() returns trigger language plpgsql as $$
begin
  if new.tenant_id <> old.tenant_id or new.receiver_id <> old.receiver_id or new.congress_id <> old.congress_id then
    raise exception 'a quota stays whose it is' using errcode = 'insufficient_privilege';
  end if;
  if not old.tenant_id = any (tenancy.writable()) and (new.state <> 'reported' or new.quota <> old.quota
    or new.women_least <> old.women_least or new.front_line_least <> old.front_line_least or new.due_on is distinct from old.due_on) then
    raise exception 'the receiver only hands in' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger quota_guarded before update on organisation.delegate_quota for each row execute function organisation.guard_quota();

-- A congress is also seen by those who send delegates to it.
create policy read_invited on organisation.congress for select using (
  exists (select 1 from organisation.delegate_quota q where q.congress_id = congress.id and q.receiver_id = tenancy.current_tenant()));

create table organisation.delegate (
  id bigint generated always as identity primary key,
  quota_id bigint not null references organisation.delegate_quota,
  -- The body that elected.
  tenant_id int not null references tenancy.federation,
  name text not null check (length(name) between 1 and 60),
  gender text not null check (gender in ('female', 'male')),
  is_front_line boolean not null default false,
  union_id bigint references organisation.trade_union,
  elected_on date not null,
  eligible int not null check (eligible > 0),
  votes int not null check (votes between 0 and eligible),
  -- ORG-17: more than half of all.
  check (votes * 2 > eligible),
  unique (quota_id, name)
);
create index delegate_tenant on organisation.delegate (tenant_id);
call tenancy.protect('organisation.delegate');
-- Nobody elects for a quota that went to another body.
create policy of_own_quota on organisation.delegate as restrictive for insert with check (
  exists (select from organisation.delegate_quota q where q.id = quota_id and q.receiver_id = delegate.tenant_id));

grant select, insert, update on organisation.term, organisation.congress, organisation.election, organisation.election_body,
  organisation.election_candidate to gonglian_plain;
grant select, insert, update, delete on organisation.delegate_quota to gonglian_plain;
-- Handed in anew, never changed: so none of them moves to another quota.
grant select, insert, delete on organisation.delegate to gonglian_plain;
