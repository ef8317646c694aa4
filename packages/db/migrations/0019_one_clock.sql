-- One clock: every default, trigger and function takes the time of the transaction, tenancy.now(). A server of the database whose
-- clock is wrong changes nothing. A session of the owner that writes sets app.now itself.

-- Which migration ran when is written by migrateDatabase, which also runs before there is a tenancy.now().
alter table public.migration alter at drop default;
alter table auth.account alter created_at set default tenancy.now();
alter table auth.session alter created_at set default tenancy.now(), alter seen_at set default tenancy.now();
alter table indicators.fed_figure alter counted_at set default tenancy.now();
alter table indicators.feed_mark alter marked_at set default tenancy.now();
alter table inspection.urge alter at set default tenancy.now();
alter table organisation.employer alter created_at set default tenancy.now();
alter table organisation.employer_list alter created_at set default tenancy.now();
alter table organisation.evidence alter stored_at set default tenancy.now();
alter table organisation.export alter created_at set default tenancy.now();
alter table organisation.import alter created_at set default tenancy.now(), alter changed_at set default tenancy.now();
alter table organisation.member alter created_at set default tenancy.now();
alter table organisation.step alter at set default tenancy.now();
alter table organisation.trade_union alter created_at set default tenancy.now();
alter table organisation.transfer alter created_at set default tenancy.now();
alter table reporting.draft alter saved_at set default tenancy.now();
alter table reporting.report_version alter at set default tenancy.now();
alter table rollup.dirty alter marked_at set default tenancy.now();
alter table rollup.total alter changed_at set default tenancy.now();
alter table targets.amendment alter at set default tenancy.now();
alter table targets.letter alter signed_at set default tenancy.now();
alter table targets.plan alter created_at set default tenancy.now();
alter table tenancy.opening alter at set default tenancy.now();

create or replace function tenancy.chain_audit() returns trigger language plpgsql as $$
declare last record;
begin
  -- Two writers of one body queue here, so that seq has no gap and each row knows its predecessor.
  perform pg_advisory_xact_lock(7001, new.tenant_id);
  -- From the head, not from the last line: after a cut the next line leaves a gap that stays.
  select seq, hash into last from tenancy.audit_head where tenant_id = new.tenant_id;
  new.seq := coalesce(last.seq, 0) + 1;
  new.prev_hash := coalesce(last.hash, ''::bytea);
  -- The time of the transaction, as everywhere. Of two lines, seq says which was written first.
  new.at := tenancy.now();
  new.hash := tenancy.audit_digest(new);
  if last.seq is null then
    insert into tenancy.audit_head (tenant_id, seq, hash) values (new.tenant_id, new.seq, new.hash);
  else
    update tenancy.audit_head set seq = new.seq, hash = new.hash where tenant_id = new.tenant_id;
  end if;
  return new;
end $$;

create or replace function targets.guard_allocation() returns trigger language plpgsql as $$
declare
  is_issuer boolean := tenancy.is_system() or tenancy.current_tenant() = old.tenant_id;
  is_receiver boolean := tenancy.is_system() or tenancy.current_tenant() = old.receiver_id;
  kept bigint := old.reserve;
  plan_state text;
begin
  if (new.item_id, new.tenant_id, new.receiver_id) is distinct from (old.item_id, old.tenant_id, old.receiver_id) then
    raise exception 'an allocation keeps its place' using errcode = 'check_violation', constraint = 'allocation_place';
  end if;
  if not is_issuer and (new.value, new.locked, new.reply, new.exemption, new.issued_at, new.issued_by)
      is distinct from (old.value, old.locked, old.reply, old.exemption, old.issued_at, old.issued_by) then
    raise exception 'only the issuer sets a share' using errcode = 'insufficient_privilege';
  end if;
  if not is_receiver then
    if (new.counter_value, new.reason, new.answered_at, new.answered_by, new.letter_id)
        is distinct from (old.counter_value, old.reason, old.answered_at, old.answered_by, old.letter_id) then
      raise exception 'only the receiver answers for a share' using errcode = 'insufficient_privilege';
    end if;
    -- When the issuer changes a share that is already split, the difference falls into the receiver's reserve.
    if (new.value, new.reserve) is distinct from (old.value, old.reserve) then
      if old.reserve is not null and (select method from targets.item where id = old.item_id) = 'sum' then
        kept := old.reserve + new.value - old.value;
      end if;
      if new.reserve is distinct from kept then
        raise exception 'only the receiver splits its share' using errcode = 'insufficient_privilege';
      end if;
    end if;
  end if;

  if (new.state, new.value) is distinct from (old.state, old.value) then
    select p.state into plan_state from targets.item i join targets.plan p on p.id = i.plan_id where i.id = old.item_id;
    if plan_state = 'closed' or (plan_state = 'draft' and new.state <> 'draft') then
      raise exception 'the plan is not open' using errcode = 'check_violation', constraint = 'plan_open';
    end if;
  end if;
  if new.state <> old.state and not (
      (is_issuer and (old.state, new.state) in (('draft', 'issued'), ('disputed', 'settled')))
      or (is_issuer and new.value <> old.value and (old.state, new.state) in (('accepted', 'issued'), ('settled', 'issued')))
      or (is_receiver and old.above_id is not null and (old.state, new.state) in
        (('issued', 'accepted'), ('issued', 'disputed'), ('accepted', 'signed'), ('settled', 'signed')))) then
    raise exception 'a share does not go from % to %', old.state, new.state using errcode = 'check_violation', constraint = 'allocation_transition';
  end if;
  if old.state <> 'draft' then
    if new.value <> old.value then
      if not exists (select 1 from targets.amendment a where a.item_id = old.item_id and a.receiver_id = old.receiver_id
          and a.from_value = old.value and a.to_value = new.value and a.at = tenancy.now()
          and a.kind = case old.state when 'signed' then 'amendment' when 'disputed' then 'settlement' else 'change' end) then
        raise exception 'an issued share changes only by amendment' using errcode = 'check_violation', constraint = 'allocation_amended';
      end if;
      -- Whoever had accepted another value is asked again.
      if (old.state, new.state) in (('accepted', 'accepted'), ('settled', 'settled'), ('disputed', 'disputed')) then
        raise exception 'a changed share is answered again' using errcode = 'check_violation', constraint = 'allocation_transition';
      end if;
    elsif new.exemption <> old.exemption then
      raise exception 'an issued share keeps its terms' using errcode = 'check_violation', constraint = 'allocation_amended';
    end if;
  end if;
  if old.letter_id is not null and new.letter_id is distinct from old.letter_id then
    raise exception 'what was signed stays signed' using errcode = 'check_violation', constraint = 'allocation_signed';
  end if;
  if old.letter_id is null and new.letter_id is not null and not exists (
      select 1 from targets.letter l join targets.item i on i.plan_id = l.plan_id
      where l.id = new.letter_id and l.tenant_id = new.receiver_id and l.issuer_id = new.tenant_id and i.id = new.item_id) then
    raise exception 'signed with another letter' using errcode = 'check_violation', constraint = 'allocation_signed';
  end if;
  if (old.reserve, case when old.reserve is not null then old.value end) is distinct from (new.reserve, case when new.reserve is not null then new.value end)
      and new.split_version <= old.split_version then
    new.split_version := old.split_version + 1;
  end if;
  return new;
end $$;

create or replace function organisation.note_transfer(body int, transfer_id bigint, from_state text, to_state text, by_whom text) returns void
  language sql as $$
  insert into organisation.step (tenant_id, object_kind, object_id, from_state, to_state, actor)
  values (body, 'transfer', transfer_id, from_state, to_state, organisation.sign_for(body, by_whom));
  insert into tenancy.audit (tenant_id, seq, at, prev_hash, hash, actor, action, object_kind, object_id, before, after)
  values (body, 0, tenancy.now(), '', '', organisation.sign_for(body, by_whom), 'transfer.' || to_state, 'transfer', transfer_id::text,
    jsonb_build_object('state', from_state), jsonb_build_object('state', to_state)) $$;
