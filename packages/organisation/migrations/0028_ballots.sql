-- The members' appraisal in separate hands (docs/decisions/0019): slips are ordered by one and printed by another, ballots are mixed in
-- batches, closing early takes two, and a round that came to nothing stays on record.

alter table organisation.appraisal
  -- The first, second .. of the union's appraisals of the year; those before came to nothing.
  add column round int not null default 1 check (round between 1 and 100),
  -- How many ballots were counted, also where the round came to nothing.
  add column ballots int check (ballots >= 0),
  -- Who asked for closing before the last day, and why; somebody else closes.
  add column early_by text not null default '',
  add column early_reason text not null default '' check (length(early_reason) <= 300),
  add check ((early_by = '') = (early_reason = ''));
grant update (early_by, early_reason) on organisation.appraisal to gonglian_plain;

-- Slips are ordered by number and printed once, by somebody else: who orders never sees a code.
create table organisation.slip_order (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  appraisal_id bigint not null references organisation.appraisal,
  slips int not null check (slips between 1 and 20000),
  ordered_by text not null check (ordered_by <> ''),
  ordered_at timestamptz not null default tenancy.now(),
  printed_by text check (printed_by <> ordered_by),
  printed_at timestamptz,
  -- Unused slips of a lost print that no longer count.
  voided int check (voided between 0 and slips),
  check ((printed_by is null) = (printed_at is null)),
  check (voided is null or printed_by is not null)
);
create index slip_order_appraisal on organisation.slip_order (appraisal_id);
create index slip_order_tenant on organisation.slip_order (tenant_id);
call tenancy.protect('organisation.slip_order');
create policy door on organisation.slip_order to current_user using (true) with check (true);
-- Printed and voided by the functions below alone.
grant select, insert (tenant_id, appraisal_id, slips, ordered_by) on organisation.slip_order to gonglian_plain;

alter table organisation.slip add column order_id bigint references organisation.slip_order;
create index slip_order_unused on organisation.slip (order_id);

-- Ballots that wait to be mixed with others. Nothing but chance names them.
create table organisation.waiting_ballot (
  id uuid primary key default gen_random_uuid(),
  appraisal_id bigint not null references organisation.appraisal,
  sealed bytea not null check (octet_length(sealed) = 30)
);
create index waiting_ballot_appraisal on organisation.waiting_ballot (appraisal_id);
alter table organisation.waiting_ballot enable row level security;
alter table organisation.waiting_ballot force row level security;
create policy door on organisation.waiting_ballot to current_user using (true) with check (true);

drop function organisation.add_slips(bigint, bytea[]);

-- Prints an order: as many slips as were ordered, once, by somebody else, never more than those entitled. They are added in the order of
-- their prints, so that where they lie says nothing about the order of printing.
create function organisation.print_slips(ordered bigint, prints bytea[], by_whom text) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare held record; total int;
begin
  select o.* into held from organisation.slip_order o
    where o.id = ordered and o.tenant_id = any (tenancy.writable()) and o.printed_by is null for update;
  if held is null or held.ordered_by = by_whom or coalesce(by_whom, '') = '' or cardinality(prints) is distinct from held.slips then
    raise exception 'no order to be printed by this person' using errcode = 'check_violation', constraint = 'slip_order_print';
  end if;
  update organisation.appraisal a set slips = a.slips + held.slips, version = a.version + 1
    where a.id = held.appraisal_id and a.tenant_id = held.tenant_id and a.state = 'open' and a.slips + held.slips <= a.eligible
    returning a.slips into total;
  if total is null then
    raise exception 'no slips beyond those entitled' using errcode = 'check_violation', constraint = 'appraisal_slips';
  end if;
  insert into organisation.slip (print, appraisal_id, closes_on, order_id)
    select p.print, a.id, a.closes_on, held.id from unnest(prints) p(print), organisation.appraisal a where a.id = held.appraisal_id order by p.print;
  update organisation.slip_order set printed_by = by_whom, printed_at = tenancy.now() where id = held.id;
  return total;
end $$;

-- Takes the unused slips of a print that was lost out of use. Answers how many; used ones have voted.
create function organisation.void_slips(ordered bigint) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare held record; gone int;
begin
  select o.* into held from organisation.slip_order o join organisation.appraisal a on a.id = o.appraisal_id and a.state = 'open'
    where o.id = ordered and o.tenant_id = any (tenancy.writable()) and o.printed_by is not null and o.voided is null for update of o;
  if held is null then
    raise exception 'no printed order' using errcode = 'check_violation', constraint = 'slip_order_void';
  end if;
  perform pg_advisory_xact_lock(7020, held.appraisal_id::int);
  delete from organisation.slip where order_id = held.id;
  get diagnostics gone = row_count;
  update organisation.appraisal set slips = slips - gone, version = version + 1 where id = held.appraisal_id;
  update organisation.slip_order set voided = gone where id = held.id;
  return gone;
end $$;

-- Takes the slip and lays the sealed ballot to those that wait: both or none. Each in a subtransaction of its own, so that no row carries
-- the number of the other's. False: no such slip (any more).
create or replace function organisation.cast_ballot(slip_print bytea, sealed_choice bytea, today date) returns boolean
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare appraisal bigint;
begin
  select s.appraisal_id into appraisal from organisation.slip s where s.print = slip_print;
  if appraisal is null then return false; end if;
  -- Closing and mixing wait for those who are voting.
  perform pg_advisory_xact_lock_shared(7020, appraisal::int);
  begin
    delete from organisation.slip s where s.print = slip_print and s.closes_on >= today returning s.appraisal_id into appraisal;
  exception when raise_exception then raise;
  end;
  if appraisal is null then return false; end if;
  begin
    insert into organisation.waiting_ballot (appraisal_id, sealed) values (appraisal, sealed_choice);
  exception when raise_exception then raise;
  end;
  return true;
end $$;

create or replace function organisation.count_cast(appraisal bigint) returns int
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case when a.state = 'open' then (select count(*)::int from organisation.sealed_ballot b where b.appraisal_id = a.id)
      + (select count(*)::int from organisation.waiting_ballot b where b.appraisal_id = a.id)
    else coalesce(a.ballots, a.satisfied + a.basic + a.unsatisfied + a.invalid) end
  from organisation.appraisal a where a.id = appraisal and a.tenant_id = any (tenancy.readable()) $$;

-- Open appraisals of the acting body, and of those below for the worker, of which at least so many ballots wait.
create function organisation.list_waiting(fewest int) returns setof bigint
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select a.id from organisation.appraisal a where a.state = 'open' and a.tenant_id = any (tenancy.writable()) and tenancy.is_system()
    and (select count(*) from organisation.waiting_ballot b where b.appraisal_id = a.id) >= fewest order by a.id $$;

-- The sealed ballots, for mixing and closing: in random order, and until the commit nobody votes.
create or replace function organisation.take_ballots(appraisal bigint) returns setof bytea
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
  if not exists (select from organisation.appraisal a where a.id = appraisal and a.tenant_id = any (tenancy.writable()) and a.state = 'open') then
    raise exception 'no open appraisal' using errcode = 'check_violation', constraint = 'appraisal_open';
  end if;
  perform pg_advisory_xact_lock(7020, appraisal::int);
  return query select b.sealed from (select s.sealed from organisation.sealed_ballot s where s.appraisal_id = appraisal
    union all select w.sealed from organisation.waiting_ballot w where w.appraisal_id = appraisal) b order by random();
end $$;

-- Writes all ballots of an open appraisal anew, sealed anew by the caller, in random order and in one transaction: neither place nor
-- transaction nor content says which of them waited.
create function organisation.mix_ballots(appraisal bigint, mixed bytea[]) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare gone int; more int;
begin
  if not tenancy.is_system() or not exists (
      select from organisation.appraisal a where a.id = appraisal and a.tenant_id = any (tenancy.writable()) and a.state = 'open') then
    raise exception 'no open appraisal' using errcode = 'check_violation', constraint = 'appraisal_open';
  end if;
  perform pg_advisory_xact_lock(7020, appraisal::int);
  delete from organisation.sealed_ballot where appraisal_id = appraisal;
  get diagnostics gone = row_count;
  delete from organisation.waiting_ballot where appraisal_id = appraisal;
  get diagnostics more = row_count;
  if cardinality(mixed) is distinct from gone + more then
    raise exception 'no ballot is added or lost' using errcode = 'check_violation', constraint = 'appraisal_mixed';
  end if;
  insert into organisation.sealed_ballot (appraisal_id, sealed) select appraisal, m.sealed from unnest(mixed) m(sealed) order by random();
end $$;

create or replace function organisation.close_appraisal(appraisal bigint, choices text[], closed date, smallest int) returns void
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare held record;
begin
  perform pg_advisory_xact_lock(7020, appraisal::int);
  select a.* into held from organisation.appraisal a where a.id = appraisal and a.tenant_id = any (tenancy.writable()) and a.state = 'open' for update;
  if held is null or cardinality(choices) is distinct from (
      select (select count(*) from organisation.sealed_ballot b where b.appraisal_id = appraisal)
        + (select count(*) from organisation.waiting_ballot b where b.appraisal_id = appraisal)) then
    raise exception 'no open appraisal with that many ballots' using errcode = 'check_violation', constraint = 'appraisal_open';
  end if;
  if tenancy.today() <= held.closes_on and cardinality(choices) < held.eligible and held.early_by = '' then
    raise exception 'nobody asked to close before the last day' using errcode = 'check_violation', constraint = 'appraisal_early';
  end if;
  delete from organisation.slip s where s.appraisal_id = appraisal;
  delete from organisation.sealed_ballot b where b.appraisal_id = appraisal;
  delete from organisation.waiting_ballot b where b.appraisal_id = appraisal;
  if cardinality(choices) < smallest or cardinality(choices)::bigint * 10000 < held.eligible::bigint * held.participation then
    update organisation.appraisal a set state = 'void', closed_on = closed, ballots = cardinality(choices), version = a.version + 1
      where a.id = appraisal;
    return;
  end if;
  insert into organisation.ballot (appraisal_id, choice) select appraisal, c.choice from unnest(choices) c(choice) order by random();
  update organisation.appraisal a set state = 'closed', closed_on = closed, version = a.version + 1, ballots = cardinality(choices),
    satisfied = n.satisfied, basic = n.basic, unsatisfied = n.unsatisfied, invalid = n.invalid
  from (select count(*) filter (where b.choice = 'satisfied') as satisfied, count(*) filter (where b.choice = 'basic') as basic,
      count(*) filter (where b.choice = 'unsatisfied') as unsatisfied, count(*) filter (where b.choice = 'invalid') as invalid
    from organisation.ballot b where b.appraisal_id = appraisal) n
  where a.id = appraisal;
end $$;

-- Beside the steps: while it is open, closing early may be asked for.
create or replace function organisation.guard_appraisal() returns trigger language plpgsql as $$
begin
  if not organisation.runs_as_owner(tg_relid)
      and old.state || '>' || new.state not in ('open>open', 'closed>published', 'published>filed', 'published>published') then
    raise exception 'no step %', old.state || '>' || new.state using errcode = 'check_violation', constraint = 'appraisal_step';
  end if;
  if (new.early_by, new.early_reason) is distinct from (old.early_by, old.early_reason) and (old.state <> 'open' or old.early_by <> '') then
    raise exception 'closing early is asked for once' using errcode = 'check_violation', constraint = 'appraisal_early';
  end if;
  return new;
end $$;

revoke execute on function organisation.print_slips, organisation.void_slips, organisation.list_waiting, organisation.mix_ballots from public;
grant execute on function organisation.print_slips, organisation.void_slips, organisation.list_waiting, organisation.mix_ballots to gonglian_plain;
