-- The choice of a ballot is sealed to a key of the appraisal's working group (docs/decisions/0023): three of its members open it at the
-- count. The database holds the public key, and the private one in shares that only the codes of the members open.

-- Ballots of before are sealed with the installation's key. Whoever has the secret reads them, so these appraisals are held again.
delete from organisation.slip;
update organisation.appraisal a set state = 'void', version = a.version + 1,
  ballots = (select count(*) from organisation.sealed_ballot b where b.appraisal_id = a.id)
    + (select count(*) from organisation.waiting_ballot b where b.appraisal_id = a.id),
  early_by = case when a.early_by = '' then 'system:upgrade' else a.early_by end,
  early_reason = case when a.early_by = '' then '升级后选票须由工作小组的密钥密封，请重新开展' else a.early_reason end
  where a.state = 'open';
delete from organisation.sealed_ballot;
delete from organisation.waiting_ballot;

-- Inside, 49 bytes for the working group; around them the installation's key, so that mixed ballots cannot be told from those that waited.
alter table organisation.sealed_ballot drop constraint sealed_ballot_sealed_check, add check (octet_length(sealed) = 97);
alter table organisation.waiting_ballot drop constraint waiting_ballot_sealed_check, add check (octet_length(sealed) = 97);

alter table organisation.appraisal
  -- X25519. Ballots are sealed to it.
  add column group_key bytea check (octet_length(group_key) = 32),
  -- SHA-256 of a value that derives from the same secret as the private key: who shows the value has opened it.
  add column group_proof bytea check (octet_length(group_proof) = 32),
  add check ((group_key is null) = (group_proof is null));
grant update (group_key, group_proof) on organisation.appraisal to gonglian_plain;

-- Who is in the working group, the public key of the code that the member keeps on paper, and the share sealed to it.
create table organisation.group_member (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  appraisal_id bigint not null references organisation.appraisal,
  username text not null check (username <> ''),
  public_key bytea check (octet_length(public_key) = 32),
  sealed_share bytea check (octet_length(sealed_share) = 81),
  unique (appraisal_id, username),
  unique (appraisal_id, public_key),
  check (sealed_share is null or public_key is not null)
);
create index group_member_tenant on organisation.group_member (tenant_id);
call tenancy.protect_own('organisation.group_member');
grant select, insert (tenant_id, appraisal_id, username), update (public_key, sealed_share) on organisation.group_member to gonglian_plain;

-- Members and their codes stand once the key is made. Afterwards a share is thrown away, and nothing else.
create function organisation.guard_group_member() returns trigger language plpgsql as $$
declare held record;
begin
  select a.state, a.group_key is not null as is_made into held from organisation.appraisal a
    where a.id = new.appraisal_id and a.tenant_id = new.tenant_id;
  if held is null or (held.is_made or held.state <> 'open') and (tg_op = 'INSERT' or held.state = 'open'
      or new.sealed_share is not null or new.public_key is distinct from old.public_key) then
    raise exception 'the working group stands' using errcode = 'check_violation', constraint = 'group_member_stands';
  end if;
  return new;
end $$;
create trigger group_member_guard before insert or update on organisation.group_member
  for each row execute function organisation.guard_group_member();

create or replace function organisation.guard_appraisal() returns trigger language plpgsql as $$
begin
  if not organisation.runs_as_owner(tg_relid)
      and old.state || '>' || new.state not in ('open>open', 'closed>published', 'published>filed', 'published>published') then
    raise exception 'no step %', old.state || '>' || new.state using errcode = 'check_violation', constraint = 'appraisal_step';
  end if;
  if (new.early_by, new.early_reason) is distinct from (old.early_by, old.early_reason) and (old.state <> 'open' or old.early_by <> '') then
    raise exception 'closing early is asked for once' using errcode = 'check_violation', constraint = 'appraisal_early';
  end if;
  if (new.group_key, new.group_proof) is distinct from (old.group_key, old.group_proof) and (old.state <> 'open' or old.group_key is not null
      or (select count(*) from organisation.group_member m where m.appraisal_id = new.id and m.sealed_share is not null) < 3) then
    raise exception 'the key is made once, with three shares at least' using errcode = 'check_violation', constraint = 'appraisal_key';
  end if;
  return new;
end $$;

-- What a ballot with this slip is sealed to; so no slip is printed before there is a key.
alter table organisation.slip add column group_key bytea not null check (octet_length(group_key) = 32);

-- As before; each slip takes the key of its appraisal along.
create or replace function organisation.print_slips(ordered bigint, prints bytea[], by_whom text) returns int
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
  insert into organisation.slip (print, appraisal_id, closes_on, order_id, group_key)
    select p.print, a.id, a.closes_on, held.id, a.group_key from unnest(prints) p(print), organisation.appraisal a
    where a.id = held.appraisal_id order by p.print;
  update organisation.slip_order set printed_by = by_whom, printed_at = tenancy.now() where id = held.id;
  return total;
end $$;

-- What a ballot with this slip is sealed to. Nothing: no such slip (any more).
create function organisation.find_group_key(slip_print bytea) returns table (appraisal bigint, group_key bytea)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select s.appraisal_id, s.group_key from organisation.slip s where s.print = slip_print $$;

drop function organisation.close_appraisal(bigint, text[], date, int);
-- Closes for who has opened the key of the working group.
create function organisation.close_appraisal(appraisal bigint, choices text[], closed date, smallest int, proof bytea) returns void
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
  if held.group_proof is null or sha256(proof) is distinct from held.group_proof then
    raise exception 'the key of the working group was not opened' using errcode = 'check_violation', constraint = 'appraisal_key';
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

-- Gives up an appraisal whose ballots nobody can open, or which never began: they are thrown away unread. Answers how many there were.
create function organisation.abandon_appraisal(appraisal bigint) returns int
language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare gone int; more int;
begin
  perform pg_advisory_xact_lock(7020, appraisal::int);
  if not exists (select from organisation.appraisal a
      where a.id = appraisal and a.tenant_id = any (tenancy.writable()) and a.state = 'open' and a.early_by <> '' for update) then
    raise exception 'no open appraisal that somebody asked to end' using errcode = 'check_violation', constraint = 'appraisal_open';
  end if;
  delete from organisation.slip s where s.appraisal_id = appraisal;
  delete from organisation.sealed_ballot b where b.appraisal_id = appraisal;
  get diagnostics gone = row_count;
  delete from organisation.waiting_ballot b where b.appraisal_id = appraisal;
  get diagnostics more = row_count;
  update organisation.appraisal a set state = 'void', closed_on = tenancy.today(), ballots = gone + more, version = a.version + 1
    where a.id = appraisal;
  return gone + more;
end $$;

revoke execute on function organisation.find_group_key, organisation.close_appraisal, organisation.abandon_appraisal from public;
grant execute on function organisation.find_group_key, organisation.close_appraisal, organisation.abandon_appraisal to gonglian_plain;
