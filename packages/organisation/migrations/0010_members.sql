-- Members: one row for a person in a union from a day to a day. A transfer closes one row and opens another, so that any day can be counted.

-- One figure that says all a list filters by; the list asks one index for a handful of such figures instead of five. The pages'
-- code computes the same (organisation/src/facets.ts). The last bit: something that a complete record needs is missing (M010).
create function organisation.member_facet(state text, kind text, sex text, has_card boolean, incomplete boolean) returns smallint
  language sql immutable parallel safe as $$
  select ((((array_position(array['applied', 'active', 'retained', 'transferred_out', 'left', 'expelled', 'deceased'], state) - 1) * 5
    + array_position(array['normal', 'migrant', 'dispatch', 'new_form', 'self_employed'], kind) - 1) * 3
    + case sex when 'male' then 1 when 'female' then 2 else 0 end) * 2
    + has_card::int) * 2 + incomplete::int $$;

create table organisation.member (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  union_id bigint not null references organisation.trade_union,
  state text not null check (state in ('applied', 'active', 'retained', 'transferred_out', 'left', 'expelled', 'deceased')),
  name text collate "C" not null check (length(name) between 1 and 60),
  -- Sealed for reading back, fingerprinted (16 bytes, keyed) for finding: handbook 14.1.
  id_sealed bytea,
  id_print bytea check (octet_length(id_print) = 16),
  mobile_sealed bytea,
  mobile_print bytea check (octet_length(mobile_print) = 16),
  -- From the id number.
  sex text check (sex in ('male', 'female')),
  birth date,
  kind text not null default 'normal' check (kind in ('normal', 'migrant', 'dispatch', 'new_form', 'self_employed')),
  -- M112: who holds an approved post and who does not.
  employment text not null default 'contract' check (employment in ('quota', 'non_quota', 'contract', 'dispatch')),
  hukou text check (hukou in ('urban', 'rural')),
  hukou_area text not null default '',
  education text not null default '',
  job text not null default '',
  group_name text not null default '',
  employer_id bigint references organisation.employer,
  -- M011: the contractor whose workers the client's union keeps in custody; counted here and nowhere else.
  custody_employer_id bigint references organisation.employer,
  -- M013: where a worker went who is registered at home.
  destination text not null default '',
  destination_on date,
  channel text not null default 'written' check (channel in ('oral', 'written', 'online', 'batch')),
  origin text not null default 'enrolled' check (origin in ('enrolled', 'transferred')),
  applied_on date not null,
  joined_on date,
  -- The first day not counted.
  left_on date check (left_on >= joined_on),
  -- Days on which the membership was kept without vote and fee (MEM-04 to MEM-07): members of a day are those not kept on it.
  retained datemultirange not null default '{}',
  retained_for text not null default '' check (retained_for in ('', 'retired', 'unemployed', 'military')),
  end_reason text not null default '',
  card_no text,
  card_on date,
  -- Which notice the person agreed to, when, on which way (PIPL 13, 14, 17).
  consent_version text not null default '',
  consent_on date,
  consent_channel text not null default '' check (consent_channel in ('', 'paper', 'online', 'oral')),
  version int not null default 1,
  created_at timestamptz not null default now(),
  since date not null generated always as (coalesce(joined_on, applied_on)) stored,
  facet smallint not null generated always as (organisation.member_facet(state, kind, sex, card_no is not null,
    id_sealed is null or mobile_sealed is null or hukou is null or consent_on is null)) stored,
  check ((id_sealed is null) = (id_print is null) and (mobile_sealed is null) = (mobile_print is null)),
  check ((state = 'applied') = (joined_on is null) or state = 'left'),
  check ((state in ('applied', 'active', 'retained')) = (left_on is null)),
  check (state not in ('active', 'retained') or id_print is not null),
  check ((state = 'retained') = (retained_for <> '')),
  check ((card_no is null) = (card_on is null))
);
-- One person, one membership in the whole system. An index knows no tenants, so it holds across them; the refusal names nobody.
create unique index member_once on organisation.member (id_print) where state in ('active', 'retained');
create unique index member_applied_once on organisation.member (tenant_id, id_print) where state = 'applied';
create index member_past on organisation.member (id_print) where state not in ('active', 'retained');
create index member_mobile on organisation.member (mobile_print) where mobile_print is not null;
create unique index member_card on organisation.member (card_no) where card_no is not null and state in ('active', 'retained');
create index member_list on organisation.member (tenant_id, facet, since desc, id desc);
create index member_since on organisation.member (tenant_id, since desc, id desc) include (facet);
create index member_union on organisation.member (union_id, since desc, id desc) include (facet);
create index member_name on organisation.member (tenant_id, name, id) include (facet, since);
call tenancy.protect_own('organisation.member');

-- A transfer belongs to two bodies, so its policy names both; it moves only by the functions below. What it says of the person is
-- wiped when it comes to nothing.
create table organisation.transfer (
  id bigint generated always as identity primary key,
  from_tenant_id int not null references tenancy.federation,
  to_tenant_id int not null references tenancy.federation,
  from_union_id bigint not null references organisation.trade_union,
  to_union_id bigint not null references organisation.trade_union,
  member_id bigint not null references organisation.member,
  new_member_id bigint references organisation.member,
  -- As they were called that day: neither body sees the other's records.
  from_body text not null,
  from_union text not null,
  to_body text not null,
  to_union text not null,
  name text not null,
  id_sealed bytea,
  mobile_sealed bytea,
  sex text check (sex in ('male', 'female')),
  birth date,
  kind text not null check (kind in ('normal', 'migrant', 'dispatch', 'new_form', 'self_employed')),
  employment text not null,
  joined_on date not null,
  -- MEM-05: an unemployed member of a closed employer goes to the union of residence and stays retained.
  stays_retained boolean not null default false,
  state text not null default 'requested' check (state in ('requested', 'accepted', 'rejected', 'expired', 'withdrawn')),
  reason text not null check (length(reason) between 2 and 200),
  answer text not null default '',
  requested_on date not null,
  requested_by text not null,
  expires_on date not null check (expires_on >= requested_on),
  decided_on date,
  decided_by text not null default '',
  version int not null default 1,
  created_at timestamptz not null default now(),
  check ((state = 'requested') = (decided_on is null)),
  check ((state = 'accepted') = (new_member_id is not null))
);
create unique index transfer_open on organisation.transfer (member_id) where state = 'requested';
create index transfer_sent on organisation.transfer (from_tenant_id, state, id desc);
create index transfer_received on organisation.transfer (to_tenant_id, state, id desc);
create index transfer_expiring on organisation.transfer (expires_on) where state = 'requested';
alter table organisation.transfer enable row level security;
alter table organisation.transfer force row level security;
create policy read_both on organisation.transfer for select using (
  from_tenant_id = any ((select tenancy.writable())::int[]) or to_tenant_id = any ((select tenancy.writable())::int[]));

-- Each card given out, also those replaced.
create table organisation.card (
  card_no text primary key,
  tenant_id int not null references tenancy.federation,
  member_id bigint not null references organisation.member,
  issued_on date not null,
  replaced_on date,
  replaced_for text not null default '' check (replaced_for in ('', 'lost', 'damaged', 'changed')),
  actor text not null
);
create index card_member on organisation.card (member_id);
call tenancy.protect_own('organisation.card');
create table organisation.card_series (
  tenant_id int primary key references tenancy.federation,
  last_no int not null
);
call tenancy.protect_own('organisation.card_series');

-- M013: training of outgoing workers in their rights; counts, no persons, so superiors read it.
create table organisation.rights_training (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  held_on date not null,
  topic text not null check (length(topic) between 2 and 120),
  attendance int not null check (attendance between 1 and 1000000),
  outgoing_attendance int not null default 0 check (outgoing_attendance between 0 and attendance),
  actor text not null
);
create index rights_training_held on organisation.rights_training (tenant_id, held_on);
call tenancy.protect('organisation.rights_training');

-- Enrolment from a file. The file stands here sealed until it was checked; then what it says stands row by row, sealed as in the register.
create table organisation.import (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  file_name text not null,
  format text not null check (format in ('xlsx', 'csv')),
  file_sealed bytea,
  default_union_id bigint references organisation.trade_union,
  consent_version text not null default '',
  state text not null default 'waiting' check (state in ('waiting', 'checking', 'checked', 'committing', 'done', 'failed', 'cancelled')),
  problem text not null default '',
  rows int not null default 0,
  good int not null default 0,
  bad int not null default 0,
  warned int not null default 0,
  done int not null default 0,
  skipped int not null default 0,
  actor text not null,
  created_at timestamptz not null default now(),
  changed_at timestamptz not null default now(),
  version int not null default 1
);
create index import_recent on organisation.import (tenant_id, id desc);
call tenancy.protect_own('organisation.import');

-- No foreign key: 100,000 looks at one and the same row would be a tenth of an import.
create table organisation.import_row (
  import_id bigint not null,
  line int not null,
  tenant_id int not null,
  union_id bigint not null,
  name text not null,
  id_sealed bytea not null,
  id_print bytea not null,
  mobile_sealed bytea,
  mobile_print bytea,
  sex text not null,
  birth date not null,
  kind text not null,
  employment text not null,
  hukou text,
  hukou_area text not null,
  education text not null,
  job text not null,
  group_name text not null,
  joined_on date not null,
  consent_on date,
  primary key (import_id, line)
);
call tenancy.protect_own('organisation.import_row');

-- What is wrong in which line; never what stood there.
create table organisation.import_problem (
  import_id bigint not null references organisation.import on delete cascade,
  line int not null,
  place int not null,
  tenant_id int not null,
  column_key text not null,
  level text not null check (level in ('error', 'warning')),
  rule text not null,
  key text not null,
  params jsonb not null default '{}',
  primary key (import_id, line, place)
);
call tenancy.protect_own('organisation.import_problem');

-- Each file of members that was taken out: by whom, when, which rows, masked or open, and why (14.1). Its number stands in the file.
create table organisation.export (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  number text not null unique,
  filters jsonb not null,
  is_open boolean not null,
  reason text not null default '',
  rows int,
  actor text not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  check (not is_open or length(reason) >= 4)
);
create index export_recent on organisation.export (tenant_id, id desc);
call tenancy.protect_own('organisation.export');

grant select, insert, update on organisation.member, organisation.card, organisation.card_series, organisation.export to gonglian_plain;
grant select, insert, update on organisation.import to gonglian_plain;
grant select, insert, update, delete on organisation.import_row, organisation.import_problem to gonglian_plain;
grant select, insert on organisation.rights_training to gonglian_plain;
grant select on organisation.transfer to gonglian_plain;

-- What crosses from one body to another goes through the functions below and nowhere else. They run as the owner of the tables, whom
-- these policies let pass; each checks by itself for whom it acts.
create policy door on organisation.member to current_user using (true) with check (true);
create policy door on organisation.transfer to current_user using (true) with check (true);
create policy door on organisation.trade_union for select to current_user using (true);
create policy door on organisation.step for insert to current_user with check (true);
create policy door on tenancy.federation for select to current_user using (true);
create policy door on tenancy.closure for select to current_user using (true);
create policy door on tenancy.audit for insert to current_user with check (true);
create policy door on tenancy.audit_head to current_user using (true) with check (true);

create function organisation.acts_for(body int) returns boolean language sql stable as $$
  select tenancy.reach() in ('business', 'system') and body = any (tenancy.writable()) $$;

-- A name as it stands in the books of a body: of somebody else with the code of where that is.
create function organisation.sign_for(body int, by_whom text) returns text language sql stable as $$
  select case when organisation.acts_for(body) then left(by_whom, 120)
    else (select f.code from tenancy.federation f where f.id = tenancy.current_tenant()) || '/' || left(by_whom, 120) end $$;

-- Which of these people hold a membership anywhere. Says nothing of where: the caller has the id numbers already.
create function organisation.taken_prints(prints bytea[]) returns setof bytea
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select m.id_print from organisation.member m
  where tenancy.reach() in ('business', 'system') and m.id_print = any (prints) and m.state in ('active', 'retained') $$;

-- The union behind an exact number of the register, of any body in the country. No part of a number finds anything.
create function organisation.find_union(register_code text)
  returns table (union_id bigint, union_name text, body_id int, body_code text, body_name text)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select u.id, u.name, f.id, f.code, f.name from organisation.trade_union u join tenancy.federation f on f.id = u.tenant_id
  where tenancy.reach() in ('business', 'system') and u.code = register_code and u.state in ('approved', 'active', 'restructuring') $$;

-- Notes a move in the records and the trail of both bodies, of which the caller may write one. Who it was is the caller's word: in the
-- other's books the caller's body stands before it, so that nobody there is made to have done it.
create function organisation.note_transfer(body int, transfer_id bigint, from_state text, to_state text, by_whom text) returns void
  language sql as $$
  insert into organisation.step (tenant_id, object_kind, object_id, from_state, to_state, actor)
  values (body, 'transfer', transfer_id, from_state, to_state, organisation.sign_for(body, by_whom));
  insert into tenancy.audit (tenant_id, seq, at, prev_hash, hash, actor, action, object_kind, object_id, before, after)
  values (body, 0, now(), '', '', organisation.sign_for(body, by_whom), 'transfer.' || to_state, 'transfer', transfer_id::text,
    jsonb_build_object('state', from_state), jsonb_build_object('state', to_state)) $$;

-- Asks that own members be taken over by a union named by its exact number. One answer for each member.
create function organisation.request_transfers(
  member_ids bigint[], register_code text, why text, stays boolean, on_day date, until_day date, by_whom text)
  returns table (member_id bigint, transfer_id bigint, outcome text)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare target record; one record; new_id bigint;
begin
  select * into target from organisation.find_union(register_code);
  for one in
    select m.*, u.name as union_name, f.name as body_name from organisation.member m
    -- A row may name any union there is: what that is called is told only of the own.
    join organisation.trade_union u on u.id = m.union_id and u.tenant_id = m.tenant_id
    join tenancy.federation f on f.id = m.tenant_id
    where m.id = any (member_ids) and organisation.acts_for(m.tenant_id) order by m.id for update of m
  loop
    if target.union_id is null then
      return query select one.id, null::bigint, 'noUnion';
    elsif one.state not in ('active', 'retained') then
      return query select one.id, null::bigint, 'notActive';
    elsif target.union_id = one.union_id then
      return query select one.id, null::bigint, 'sameUnion';
    elsif exists (select from organisation.transfer t where t.member_id = one.id and t.state = 'requested') then
      return query select one.id, null::bigint, 'alreadyAsked';
    else
      insert into organisation.transfer (from_tenant_id, to_tenant_id, from_union_id, to_union_id, member_id, from_body, from_union, to_body,
        to_union, name, id_sealed, mobile_sealed, sex, birth, kind, employment, joined_on, stays_retained, reason, requested_on, requested_by,
        expires_on)
      values (one.tenant_id, target.body_id, one.union_id, target.union_id, one.id, one.body_name, one.union_name, target.body_name,
        target.union_name, one.name, one.id_sealed, one.mobile_sealed, one.sex, one.birth, one.kind, one.employment, one.joined_on,
        stays and one.state = 'retained', why, on_day, by_whom, until_day)
      returning id into new_id;
      perform organisation.note_transfer(one.tenant_id, new_id, '', 'requested', by_whom);
      if target.body_id <> one.tenant_id then
        perform organisation.note_transfer(target.body_id, new_id, '', 'requested', by_whom);
      end if;
      return query select one.id, new_id, 'requested';
    end if;
  end loop;
end $$;

-- Ends transfers: the receiving body accepts or rejects, the sending body withdraws, time expires. Accepting closes the sender's row and
-- opens the receiver's in this one statement, so that nobody is ever counted twice or not at all.
create function organisation.settle_transfers(transfer_ids bigint[], versions int[], verdict text, why text, on_day date, by_whom text)
  returns table (transfer_id bigint, new_member_id bigint, outcome text)
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
#variable_conflict use_column
declare one record; own organisation.member; new_id bigint;
begin
  if verdict is null or verdict not in ('accepted', 'rejected', 'withdrawn', 'expired') then raise exception 'no such verdict'; end if;
  for one in
    select t.*, organisation.acts_for(t.from_tenant_id) as sends, organisation.acts_for(t.to_tenant_id) as receives,
      g.wanted as wanted_version
    from organisation.transfer t join unnest(transfer_ids, versions) as g (id, wanted) on g.id = t.id
    where organisation.acts_for(t.from_tenant_id) or organisation.acts_for(t.to_tenant_id) order by t.id for update of t
  loop
    -- The sender may not accept for the receiver, nor the receiver withdraw for the sender; who tries learns nothing.
    if verdict in ('accepted', 'rejected') and not one.receives or verdict = 'withdrawn' and not one.sends then
      return query select one.id, null::bigint, 'notYours';
      continue;
    elsif verdict = 'expired' and not tenancy.is_system() then
      return query select one.id, null::bigint, 'notYours';
      continue;
    elsif one.state <> 'requested' then
      return query select one.id, null::bigint, 'notOpen';
      continue;
    elsif one.version <> one.wanted_version then
      return query select one.id, null::bigint, 'changed';
      continue;
    -- The other's past stands: nobody is taken over on a day before it was asked.
    elsif verdict = 'accepted' and (on_day is null or on_day < one.requested_on) then
      raise exception 'no such day' using errcode = 'check_violation', constraint = 'transfer_day';
    elsif verdict in ('accepted', 'rejected') and one.expires_on < on_day then
      return query select one.id, null::bigint, 'expired';
      continue;
    elsif verdict = 'expired' and one.expires_on >= on_day then
      return query select one.id, null::bigint, 'notYet';
      continue;
    end if;
    new_id := null;
    if verdict = 'accepted' then
      select * into own from organisation.member m where m.id = one.member_id for update;
      if own.state not in ('active', 'retained') then
        return query select one.id, null::bigint, 'notActive';
        continue;
      elsif not exists (select from organisation.trade_union u where u.id = one.to_union_id and u.tenant_id = one.to_tenant_id
          and u.state in ('approved', 'active', 'restructuring')) then
        return query select one.id, null::bigint, 'noUnion';
        continue;
      end if;
      update organisation.member set state = 'transferred_out', left_on = greatest(on_day, own.joined_on), retained_for = '',
        retained = case when own.state = 'retained' then own.retained * datemultirange(daterange(null, greatest(on_day, own.joined_on)))
          else own.retained end,
        end_reason = 'transferred', version = version + 1 where id = own.id;
      insert into organisation.member (tenant_id, union_id, state, name, id_sealed, id_print, mobile_sealed, mobile_print, sex, birth, kind,
        employment, hukou, hukou_area, education, job, channel, origin, applied_on, joined_on, retained, retained_for, card_no, card_on,
        consent_version, consent_on, consent_channel)
      values (one.to_tenant_id, one.to_union_id, case when one.stays_retained then 'retained' else 'active' end, own.name, own.id_sealed,
        own.id_print, own.mobile_sealed, own.mobile_print, own.sex, own.birth, own.kind, own.employment, own.hukou, own.hukou_area,
        own.education, own.job, own.channel, 'transferred', one.requested_on, greatest(on_day, own.joined_on),
        case when one.stays_retained then datemultirange(daterange(greatest(on_day, own.joined_on), null)) else '{}' end,
        case when one.stays_retained then own.retained_for else '' end, own.card_no, own.card_on,
        own.consent_version, own.consent_on, own.consent_channel)
      returning id into new_id;
    end if;
    update organisation.transfer set state = verdict, answer = why, decided_on = on_day, decided_by = by_whom, new_member_id = new_id,
      version = version + 1,
      name = case when verdict = 'accepted' then name else '' end,
      id_sealed = null, mobile_sealed = null, birth = null
    where id = one.id;
    perform organisation.note_transfer(one.from_tenant_id, one.id, 'requested', verdict, by_whom);
    if one.to_tenant_id <> one.from_tenant_id then
      perform organisation.note_transfer(one.to_tenant_id, one.id, 'requested', verdict, by_whom);
    end if;
    return query select one.id, new_id, verdict;
  end loop;
end $$;

-- Members of the bodies below, counted: the rows stay with their owner. One line for each child of the body (its whole subtree) and for
-- the body's own records. Small cells are hidden by the caller, headcounts.ts, which knows the whole table.
create function organisation.count_members_below(root int, on_day date, grouping_by text)
  returns table (body_id int, cell text, members int)
  language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  with place as (
    select k.descendant_id as child, d.descendant_id as tenant
    from tenancy.closure k join tenancy.closure d on d.ancestor_id = k.descendant_id and d.hierarchy = 'regional'
    where k.ancestor_id = root and k.hierarchy = 'regional' and k.depth = 1
    union all select root, root)
  select p.child, case grouping_by when 'sex' then m.sex when 'kind' then m.kind when 'employment' then m.employment else '' end, count(*)::int
  from organisation.member m join place p on p.tenant = m.tenant_id
  where tenancy.reach() in ('business', 'system')
    -- What stands below a body in the other line than the asker's is out of the asker's sight.
    and p.tenant in (select c.descendant_id from tenancy.closure c where c.ancestor_id = tenancy.current_tenant())
    and m.joined_on <= on_day and (m.left_on is null or m.left_on > on_day) and not m.retained @> on_day
  group by 1, 2 $$;

revoke execute on function organisation.member_facet, organisation.taken_prints, organisation.find_union, organisation.note_transfer,
  organisation.sign_for, organisation.acts_for, organisation.request_transfers, organisation.settle_transfers,
  organisation.count_members_below from public;
grant execute on function organisation.member_facet, organisation.taken_prints, organisation.find_union, organisation.request_transfers,
  organisation.settle_transfers, organisation.count_members_below to gonglian_plain;
