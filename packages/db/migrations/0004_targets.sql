-- Plans, their items, the tree of allocations, letters, amendments.
create schema targets;
grant usage on schema targets to gonglian_plain;

create table targets.plan (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  year int not null check (year between 1990 and 2100),
  name text not null check (length(name) between 2 and 120),
  -- Along which superiors it is handed down: regional (块), or line (条) for the plan of an industry union.
  hierarchy text not null default 'regional' check (hierarchy in ('regional', 'line')),
  state text not null default 'draft' check (state in ('draft', 'issued', 'closed')),
  -- Lights: percentage points of progress behind the schedule, in hundredths. green >= yellow_from > yellow >= red_from > red.
  yellow_from int not null default 0 check (yellow_from between -10000 and 10000),
  red_from int not null default -1000 check (red_from between -10000 and yellow_from),
  -- 层层加码: how far the children's sum may pass the parent's share, hundredths of a percent of the share. 0: not at all.
  over_allocation int not null default 0 check (over_allocation between 0 and 10000),
  version int not null default 1,
  created_at timestamptz not null default now(),
  issued_at timestamptz,
  issued_by text,
  unique (tenant_id, year, name),
  unique (id, tenant_id),
  check ((state = 'draft') = (issued_at is null))
);

-- Expected cumulative share at the end of each month: 12 values in hundredths of a percent, never falling, the last is all.
create function targets.is_schedule(shares int[]) returns boolean language sql immutable
  return array_length(shares, 1) = 12 and shares[12] = 10000 and array_position(shares, null) is null
    and (select bool_and(share between 0 and 10000 and share >= before)
         from (select share, lag(share, 1, 0) over (order by place) as before from unnest(shares) with ordinality as s(share, place)) steps);

create table targets.item (
  id bigint generated always as identity primary key,
  plan_id bigint not null,
  tenant_id int not null,
  position int not null check (position > 0),
  aspect text not null default '' check (length(aspect) <= 60),
  indicator_id int not null references indicators.indicator,
  method text not null check (method in ('sum', 'floor', 'each')),
  -- 1: more is better. -1: less is better, so the floor is a ceiling and the lights look the other way.
  direction smallint not null default 1 check (direction in (1, -1)),
  weight int not null default 0 check (weight between 0 and 10000),
  note text not null default '' check (length(note) <= 500),
  accountable text not null default '' check (length(accountable) <= 120),
  schedule int[] not null default '{833,1667,2500,3333,4167,5000,5833,6667,7500,8333,9167,10000}' check (targets.is_schedule(schedule)),
  schedule_kind text not null default 'straight' check (schedule_kind in ('straight', 'manual', 'seasonal')),
  foreign key (plan_id, tenant_id) references targets.plan (id, tenant_id) on delete cascade,
  unique (plan_id, position),
  unique (id, tenant_id)
);
create index item_indicator on targets.item (indicator_id);

-- What a body signed, exactly as it stood: the text of the responsibility letter (责任状). Belongs to the body that signed.
create table targets.letter (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  plan_id bigint not null references targets.plan,
  issuer_id int not null references tenancy.federation,
  text text not null,
  hash text not null check (hash = encode(sha256(convert_to(text, 'UTF8')), 'hex')),
  signed_by text not null,
  signed_at timestamptz not null default now()
);
create index letter_tenant on targets.letter (tenant_id, plan_id);
create trigger letter_append_only before update or delete or truncate on targets.letter
  for each statement execute function tenancy.refuse_change();

-- One body's share of one item. Who issued it is the body's superior, whose own share of the item is the one above; the issuer of
-- the plan issues the root to itself. So the keys say the tree: above (item, receiver) stands (item, tenant).
create table targets.allocation (
  item_id bigint not null,
  receiver_id int not null references tenancy.federation,
  tenant_id int not null,
  value bigint not null check (value between 0 and 10000000000000),
  -- What the receiver keeps back when it splits its share (机动). Negative: over-allocated. Null: not split. 0 for floor and each.
  reserve bigint,
  -- Counts the changes to what the receiver made of its share: the version of its split.
  split_version int not null default 0,
  state text not null default 'draft' check (state in ('draft', 'issued', 'accepted', 'disputed', 'settled', 'signed')),
  -- Typed by hand in the editor: helpers leave it alone.
  locked boolean not null default false,
  counter_value bigint check (counter_value between 0 and 10000000000000),
  reason text not null default '' check (length(reason) <= 500),
  reply text not null default '' check (length(reply) <= 500),
  -- Floor items: below the superior's rate only with a reason given by the issuer.
  exemption text not null default '' check (length(exemption) <= 500),
  issued_at timestamptz,
  issued_by text,
  answered_at timestamptz,
  answered_by text,
  letter_id bigint references targets.letter,
  version int not null default 1,
  above_id int generated always as (case when tenant_id <> receiver_id then tenant_id end) stored,
  root_id int generated always as (case when tenant_id = receiver_id then tenant_id end) stored,
  -- Body first, here and in the index of the children: each look-up can use one index only, so that no plan made while the table was
  -- small walks a whole item once it is large.
  primary key (receiver_id, item_id),
  foreign key (item_id, above_id) references targets.allocation (item_id, receiver_id) on delete cascade,
  foreign key (item_id, root_id) references targets.item (id, tenant_id) on delete cascade,
  check ((state = 'signed') = (letter_id is not null)),
  check (state = 'draft' or issued_at is not null),
  check (state <> 'disputed' or (counter_value is not null and length(reason) > 1))
);
create index allocation_children on targets.allocation (above_id, item_id);
create index allocation_roots on targets.allocation (root_id, item_id) where root_id is not null;

-- Each change of a share after it was issued, with both lines (GOV-04): what a dispute settled on, a change before the signature, an
-- amendment after it.
create table targets.amendment (
  id bigint generated always as identity primary key,
  item_id bigint not null,
  receiver_id int not null,
  tenant_id int not null references tenancy.federation,
  kind text not null check (kind in ('settlement', 'change', 'amendment')),
  from_value bigint not null,
  to_value bigint not null check (to_value between 0 and 10000000000000),
  -- What the receiver had asked for, and why.
  counter_value bigint,
  request text not null default '',
  reason text not null check (length(reason) between 2 and 500),
  actor text not null,
  -- Of an amendment's canonical text, which names the letter it amends.
  hash text check (hash ~ '^[0-9a-f]{64}$'),
  at timestamptz not null default now(),
  foreign key (item_id, receiver_id) references targets.allocation (item_id, receiver_id),
  check ((kind = 'amendment') = (hash is not null))
);
create index amendment_allocation on targets.amendment (item_id, receiver_id, id);
create index amendment_receiver on targets.amendment (receiver_id, at);
create trigger amendment_append_only before update or delete or truncate on targets.amendment
  for each statement execute function tenancy.refuse_change();

-- Drafts can be taken back; what was issued stays, and its terms with it.
create function targets.guard_plan() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    if old.state <> 'draft' then
      raise exception 'an issued plan stays' using errcode = 'check_violation', constraint = 'plan_issued';
    end if;
    return old;
  end if;
  if new.tenant_id <> old.tenant_id or (old.state, new.state) in (('issued', 'draft'), ('closed', 'draft'), ('closed', 'issued'), ('draft', 'closed')) then
    raise exception 'a plan does not go back' using errcode = 'check_violation', constraint = 'plan_transition';
  end if;
  if old.state <> 'draft' and (new.year, new.name, new.hierarchy, new.over_allocation, new.yellow_from, new.red_from, new.issued_at, new.issued_by)
      is distinct from (old.year, old.name, old.hierarchy, old.over_allocation, old.yellow_from, old.red_from, old.issued_at, old.issued_by) then
    raise exception 'the terms of an issued plan stay' using errcode = 'check_violation', constraint = 'plan_issued';
  end if;
  if (new.over_allocation < old.over_allocation or new.hierarchy <> old.hierarchy) and exists (
      select 1 from targets.item i join targets.allocation a on a.item_id = i.id and a.receiver_id = i.tenant_id
      where i.plan_id = old.id and a.reserve is not null) then
    raise exception 'the plan is already split' using errcode = 'check_violation', constraint = 'plan_split';
  end if;
  return new;
end $$;
create trigger plan_guard before update or delete on targets.plan for each row execute function targets.guard_plan();

create function targets.guard_item() returns trigger language plpgsql as $$
declare
  plan_state text;
begin
  if tg_op = 'UPDATE' and (new.plan_id, new.tenant_id) is distinct from (old.plan_id, old.tenant_id) then
    raise exception 'an item keeps its plan' using errcode = 'check_violation', constraint = 'item_place';
  end if;
  -- Null: the plan itself is being deleted, which its own guard has allowed.
  select state into plan_state from targets.plan where id = case tg_op when 'DELETE' then old.plan_id else new.plan_id end;
  if plan_state <> 'draft' and (tg_op <> 'UPDATE'
      or (new.position, new.aspect, new.indicator_id, new.method, new.direction, new.weight, new.schedule, new.schedule_kind)
        is distinct from (old.position, old.aspect, old.indicator_id, old.method, old.direction, old.weight, old.schedule, old.schedule_kind)) then
    raise exception 'items of an issued plan stay' using errcode = 'check_violation', constraint = 'plan_issued';
  end if;
  if tg_op = 'UPDATE' and (new.indicator_id, new.method, new.direction) is distinct from (old.indicator_id, old.method, old.direction)
      and exists (select 1 from targets.allocation where item_id = old.id and receiver_id = old.tenant_id and reserve is not null) then
    raise exception 'the item is already split' using errcode = 'check_violation', constraint = 'plan_split';
  end if;
  return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger item_guard before insert or update or delete on targets.item for each row execute function targets.guard_item();

-- Shares are added below an accepted share, to direct subordinates, as drafts. One query for all rows of the statement.
create function targets.place_allocations() returns trigger language plpgsql as $$
declare
  wrong record;
begin
  select a.item_id, a.receiver_id into wrong
  from added a
  join targets.item i on i.id = a.item_id
  join targets.plan pl on pl.id = i.plan_id
  left join targets.allocation p on p.item_id = a.item_id and p.receiver_id = a.above_id
  where a.above_id is not null and (
    coalesce(p.state in ('draft', 'issued', 'disputed') and p.above_id is not null, true)
    or not exists (select 1 from tenancy.closure c
      where c.ancestor_id = a.tenant_id and c.descendant_id = a.receiver_id and c.hierarchy = pl.hierarchy and c.depth = 1))
  limit 1;
  if found then
    raise exception 'share of item % for % has no place', wrong.item_id, wrong.receiver_id
      using errcode = 'check_violation', constraint = 'allocation_place';
  end if;
  if (select count(*) from added a join targets.item i on i.id = a.item_id join targets.plan pl on pl.id = i.plan_id) <> (select count(*) from added) then
    raise exception 'a share of a plan out of sight' using errcode = 'insufficient_privilege';
  end if;
  -- Only loaders may add what already went its way.
  if not tenancy.is_system() and exists (select 1 from added where state <> 'draft' or reserve is not null or letter_id is not null
      or counter_value is not null or reason <> '' or reply <> '' or answered_by is not null or issued_by is not null) then
    raise exception 'a new share is a draft' using errcode = 'check_violation', constraint = 'allocation_transition';
  end if;
  return null;
end $$;
create trigger allocation_place after insert on targets.allocation
  referencing new table as added for each statement execute function targets.place_allocations();

-- The issuer decides the share, the receiver answers: neither can do the other's part, and no state is skipped. After it was
-- issued a share changes only beside a line in targets.amendment.
create function targets.guard_allocation() returns trigger language plpgsql as $$
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
          and a.from_value = old.value and a.to_value = new.value and a.at = now()
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
create trigger allocation_guard before update on targets.allocation for each row execute function targets.guard_allocation();

create function targets.keep_issued() returns trigger language plpgsql as $$
begin
  if old.state <> 'draft' then
    raise exception 'an issued share stays' using errcode = 'check_violation', constraint = 'allocation_issued';
  end if;
  return old;
end $$;
create trigger allocation_issued before delete on targets.allocation for each row execute function targets.keep_issued();

-- P1 is a matter of families: a share and its children. A statement that changes children counts up the split above them, which
-- locks it (two writers of one family take turns) and puts it on the list of families checked at the commit: once, not per child.
create function targets.touch_split() returns trigger language plpgsql as $$
declare
  items bigint[];
  bodies int[];
begin
  if tg_op = 'INSERT' then
    select array_agg(item_id), array_agg(above_id) into items, bodies
    from (select item_id, above_id from added where above_id is not null
          union select item_id, receiver_id from added where reserve is not null) family;
  elsif tg_op = 'UPDATE' then
    -- A difference of sets, not a join: it costs the same whatever the planner believes about the size of the two.
    select array_agg(item_id), array_agg(above_id) into items, bodies
    from (select distinct item_id, above_id from (
            select item_id, receiver_id, above_id, value, exemption from changed
            except select item_id, receiver_id, above_id, value, exemption from before) moved
          where above_id is not null) family;
  else
    select array_agg(item_id), array_agg(above_id) into items, bodies
    from (select distinct item_id, above_id from removed where above_id is not null) family;
  end if;
  -- One by one for the same reason: each is found by its key. Most statements touch one family, the update here none.
  for n in 1 .. coalesce(cardinality(items), 0) loop
    update targets.allocation set split_version = split_version + 1 where receiver_id = bodies[n] and item_id = items[n];
    -- A share that goes with its whole item leaves nobody above to count up.
    if not found and tg_op <> 'DELETE' then
      raise exception 'the share above is not open to this writer' using errcode = 'insufficient_privilege';
    end if;
  end loop;
  return null;
end $$;
create trigger allocation_touch_added after insert on targets.allocation
  referencing new table as added for each statement execute function targets.touch_split();
create trigger allocation_touch_changed after update on targets.allocation
  referencing old table as before new table as changed for each statement execute function targets.touch_split();
create trigger allocation_touch_removed after delete on targets.allocation
  referencing old table as removed for each statement execute function targets.touch_split();

-- P1, at every commit, whatever code wrote it. sum: children + reserve = share, and a negative reserve stays within the plan's limit.
-- floor: child >= parent unless exempted with a reason. each: child = parent.
-- The sum must not depend on what the writer happens to see, so it is taken in the name of the body that splits.
create function targets.check_conservation() returns trigger language plpgsql as $$
declare
  tenant text := current_setting('app.tenant');
  reach text := current_setting('app.reach');
  head record;
  children record;
begin
  perform set_config('app.tenant', new.receiver_id::text, true), set_config('app.reach', 'system', true);
  select value, reserve into head from targets.allocation where item_id = new.item_id and receiver_id = new.receiver_id;
  if found then
    select count(*) as n, coalesce(sum(a.value), 0) as total,
      count(*) filter (where a.value <> head.value) as unequal,
      count(*) filter (where (a.value - head.value) * i.direction < 0 and length(a.exemption) < 2) as below,
      min(i.method) as method, min(pl.over_allocation) as over_allocation
    into children
    from targets.item i join targets.plan pl on pl.id = i.plan_id
    left join targets.allocation a on a.item_id = i.id and a.above_id = new.receiver_id
    where i.id = new.item_id;
    -- The outer join gives one empty row to a share without children.
    if children.method is null then
      raise exception 'the item % of a share is out of sight', new.item_id using errcode = 'insufficient_privilege';
    elsif head.reserve is null then
      if exists (select 1 from targets.allocation where item_id = new.item_id and above_id = new.receiver_id) then
        raise exception 'share % of item % has children and no reserve', new.receiver_id, new.item_id
          using errcode = 'check_violation', constraint = 'allocation_conserved';
      end if;
    elsif children.method = 'sum' then
      if children.total + head.reserve <> head.value then
        raise exception 'share % of item % does not add up: % + % <> %', new.receiver_id, new.item_id, children.total, head.reserve, head.value
          using errcode = 'check_violation', constraint = 'allocation_conserved';
      end if;
      if head.reserve < 0 and -head.reserve::numeric * 10000 > head.value::numeric * children.over_allocation then
        raise exception 'share % of item % passes the limit of over-allocation', new.receiver_id, new.item_id
          using errcode = 'check_violation', constraint = 'allocation_over_limit';
      end if;
    else
      if head.reserve <> 0 then
        raise exception 'share % of item % cannot be kept back', new.receiver_id, new.item_id
          using errcode = 'check_violation', constraint = 'allocation_conserved';
      end if;
      if (children.method = 'each' and children.unequal > 0) or (children.method = 'floor' and children.below > 0) then
        raise exception 'share % of item % has children off its floor', new.receiver_id, new.item_id
          using errcode = 'check_violation', constraint = 'allocation_floor';
      end if;
    end if;
  end if;
  perform set_config('app.tenant', tenant, true), set_config('app.reach', reach, true);
  return null;
end $$;
create constraint trigger allocation_conserved after update on targets.allocation
  deferrable initially deferred for each row
  when (old.split_version <> new.split_version)
  execute function targets.check_conservation();

-- An amendment that is not carried out would be a lie in the file.
create function targets.check_amendment() returns trigger language plpgsql as $$
declare
  tenant text := current_setting('app.tenant');
  reach text := current_setting('app.reach');
begin
  perform set_config('app.tenant', new.receiver_id::text, true), set_config('app.reach', 'system', true);
  if not exists (select 1 from targets.allocation where item_id = new.item_id and receiver_id = new.receiver_id and tenant_id = new.tenant_id and value = new.to_value)
    and not exists (select 1 from targets.amendment where item_id = new.item_id and receiver_id = new.receiver_id and id > new.id and from_value = new.to_value) then
    raise exception 'amendment % was not carried out', new.id using errcode = 'check_violation', constraint = 'amendment_done';
  end if;
  perform set_config('app.tenant', tenant, true), set_config('app.reach', reach, true);
  return null;
end $$;
create constraint trigger amendment_done after insert on targets.amendment
  deferrable initially deferred for each row execute function targets.check_amendment();

-- Who sees what. These tables are entered by item or plan and the rows met are few, so a look into the closure per row costs less than
-- the array of a whole country (decision 0002).
alter table targets.plan enable row level security;
alter table targets.plan force row level security;
-- A plan is drafted by its issuer alone; issued, it is read by those above and below.
create policy plan_read on targets.plan for select using (
  tenancy.reach() in ('business', 'system') and (
    tenant_id = tenancy.current_tenant()
    or (state <> 'draft' or tenancy.is_system()) and exists (
      select 1 from tenancy.closure c where c.ancestor_id = tenancy.current_tenant() and c.descendant_id = tenant_id)
    or state <> 'draft' and exists (
      select 1 from tenancy.closure c where c.ancestor_id = tenant_id and c.descendant_id = tenancy.current_tenant())));
create policy plan_add on targets.plan for insert with check (
  tenancy.reach() = 'business' and tenant_id = tenancy.current_tenant()
  or tenancy.is_system() and exists (select 1 from tenancy.closure c where c.ancestor_id = tenancy.current_tenant() and c.descendant_id = tenant_id));
create policy plan_change on targets.plan for update using (
  tenancy.reach() = 'business' and tenant_id = tenancy.current_tenant()
  or tenancy.is_system() and exists (select 1 from tenancy.closure c where c.ancestor_id = tenancy.current_tenant() and c.descendant_id = tenant_id));
create policy plan_drop on targets.plan for delete using (
  tenancy.reach() in ('business', 'system') and tenant_id = tenancy.current_tenant());

alter table targets.item enable row level security;
alter table targets.item force row level security;
create policy item_read on targets.item for select using (exists (select 1 from targets.plan p where p.id = plan_id));
create policy item_add on targets.item for insert with check (
  tenancy.reach() = 'business' and tenant_id = tenancy.current_tenant()
  or tenancy.is_system() and exists (select 1 from targets.plan p where p.id = plan_id));
create policy item_change on targets.item for update using (
  tenancy.reach() = 'business' and tenant_id = tenancy.current_tenant()
  or tenancy.is_system() and exists (select 1 from targets.plan p where p.id = plan_id));
create policy item_drop on targets.item for delete using (
  tenancy.reach() in ('business', 'system') and tenant_id = tenancy.current_tenant());

alter table targets.allocation enable row level security;
alter table targets.allocation force row level security;
-- A share is seen by who issued it, and once issued by its receiver and those above. Neither superiors nor siblings see a draft;
-- siblings never see each other's shares.
create policy allocation_read on targets.allocation for select using (
  tenancy.reach() = 'business' and (tenant_id = tenancy.current_tenant() or state <> 'draft' and (
    receiver_id = tenancy.current_tenant()
    or exists (select 1 from tenancy.closure c where c.ancestor_id = tenancy.current_tenant() and c.descendant_id = receiver_id)
    or exists (select 1 from tenancy.closure c where c.ancestor_id = tenancy.current_tenant() and c.descendant_id = tenant_id)))
  or tenancy.is_system() and (receiver_id = tenancy.current_tenant()
    or exists (select 1 from tenancy.closure c where c.ancestor_id = tenancy.current_tenant() and c.descendant_id = tenant_id)));
create policy allocation_add on targets.allocation for insert with check (
  tenancy.reach() = 'business' and tenant_id = tenancy.current_tenant()
  or tenancy.is_system() and exists (select 1 from tenancy.closure c where c.ancestor_id = tenancy.current_tenant() and c.descendant_id = tenant_id));
create policy allocation_change on targets.allocation for update using (
  tenancy.reach() = 'business' and (tenant_id = tenancy.current_tenant() or receiver_id = tenancy.current_tenant() and state <> 'draft')
  or tenancy.is_system() and (receiver_id = tenancy.current_tenant()
    or exists (select 1 from tenancy.closure c where c.ancestor_id = tenancy.current_tenant() and c.descendant_id = tenant_id)));
create policy allocation_drop on targets.allocation for delete using (
  tenancy.reach() in ('business', 'system') and tenant_id = tenancy.current_tenant());

-- Letters and amendments are seen with the share they belong to.
alter table targets.letter enable row level security;
alter table targets.letter force row level security;
create policy letter_read on targets.letter for select using (
  tenancy.reach() in ('business', 'system') and exists (
    select 1 from tenancy.closure c where c.ancestor_id = tenancy.current_tenant() and c.descendant_id = tenant_id));
create policy letter_sign on targets.letter for insert with check (
  tenancy.reach() = 'business' and tenant_id = tenancy.current_tenant()
  or tenancy.is_system() and exists (select 1 from tenancy.closure c where c.ancestor_id = tenancy.current_tenant() and c.descendant_id = tenant_id));

alter table targets.amendment enable row level security;
alter table targets.amendment force row level security;
create policy amendment_read on targets.amendment for select using (
  exists (select 1 from targets.allocation a where a.item_id = amendment.item_id and a.receiver_id = amendment.receiver_id));
create policy amendment_add on targets.amendment for insert with check (
  (tenancy.is_system() or tenancy.reach() = 'business' and tenant_id = tenancy.current_tenant())
  and exists (select 1 from targets.allocation a
    where a.item_id = amendment.item_id and a.receiver_id = amendment.receiver_id and a.tenant_id = amendment.tenant_id));

grant select, insert, update, delete on targets.plan, targets.item, targets.allocation to gonglian_plain;
grant select, insert on targets.amendment, targets.letter to gonglian_plain;
