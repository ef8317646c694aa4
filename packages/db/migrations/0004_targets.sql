-- Plans, their items, the tree of allocations, amendments.
create schema targets;
grant usage on schema targets to gonglian_plain;

create table targets.plan (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  year int not null check (year between 1990 and 2100),
  name text not null check (length(name) between 2 and 120),
  state text not null default 'draft' check (state in ('draft', 'issued', 'closed')),
  -- Lights: percentage points of progress behind the schedule, in hundredths. green >= yellow_from > yellow >= red_from > red.
  yellow_from int not null default 0,
  red_from int not null default -1000 check (red_from <= yellow_from),
  -- 层层加码: how far the children's sum may pass the parent's share, hundredths of a percent of the share. 0: not at all.
  over_allocation int not null default 0 check (over_allocation between 0 and 10000),
  version int not null default 1,
  created_at timestamptz not null default now(),
  unique (tenant_id, year, name)
);
create table targets.item (
  id bigint generated always as identity primary key,
  plan_id bigint not null references targets.plan on delete cascade,
  tenant_id int not null references tenancy.federation,
  position int not null,
  aspect text not null default '',
  indicator_id int not null references indicators.indicator,
  method text not null check (method in ('sum', 'floor', 'each')),
  weight int not null default 0 check (weight between 0 and 10000),
  note text not null default '',
  accountable text not null default '',
  -- Expected cumulative share at the end of each month, hundredths of a percent; 12 values, the last is 10000.
  schedule int[] not null default '{833,1667,2500,3333,4167,5000,5833,6667,7500,8333,9167,10000}'
    check (array_length(schedule, 1) = 12 and schedule[12] = 10000),
  schedule_kind text not null default 'straight' check (schedule_kind in ('straight', 'manual', 'seasonal')),
  unique (plan_id, position)
);
-- One body's share of one item. The root is the issuer's own target; every level splits what it was given.
create table targets.allocation (
  id bigint generated always as identity primary key,
  item_id bigint not null references targets.item on delete cascade,
  parent_id bigint references targets.allocation on delete cascade,
  -- Who issued this share (the receiver's superior; for the root the issuer of the plan).
  tenant_id int not null references tenancy.federation,
  receiver_id int not null references tenancy.federation,
  value bigint check (value between 0 and 1000000000000),
  -- What the receiver keeps back when it splits its share (机动). Negative: over-allocated. Null: not split.
  reserve bigint,
  state text not null default 'draft' check (state in ('draft', 'issued', 'accepted', 'disputed', 'settled', 'signed')),
  -- Typed by hand in the editor: helpers leave it alone.
  locked boolean not null default false,
  counter_value bigint check (counter_value between 0 and 1000000000000),
  reason text not null default '',
  reply text not null default '',
  -- Floor items: lower than the superior's rate only with a reason given by the issuer.
  exemption text not null default '',
  signed_at timestamptz,
  signed_by text,
  signed_hash text,
  version int not null default 1,
  unique (item_id, receiver_id),
  check ((parent_id is null) = (tenant_id = receiver_id)),
  check (state <> 'signed' or (signed_hash is not null and signed_at is not null and value is not null))
);
create index allocation_children on targets.allocation (parent_id);
create index allocation_receiver on targets.allocation (receiver_id, item_id);
create index allocation_tenant on targets.allocation (tenant_id);

create table targets.amendment (
  id bigint generated always as identity primary key,
  allocation_id bigint not null references targets.allocation,
  tenant_id int not null references tenancy.federation,
  receiver_id int not null references tenancy.federation,
  from_value bigint not null,
  to_value bigint not null,
  reason text not null check (length(reason) > 1),
  signed_by text not null,
  signed_hash text not null,
  at timestamptz not null default now()
);
create trigger amendment_append_only before update or delete or truncate on targets.amendment
  for each statement execute function tenancy.refuse_change();

-- P1. sum items: children + reserve = share, at every commit, whatever code wrote it; a negative reserve stays within the plan's limit.
-- floor items: child >= parent unless exempted with a reason. each items: child = parent.
-- Whoever may write a share sees its family: the issuer sees parent and siblings, the receiver its own children.
create function targets.check_conservation() returns trigger language plpgsql as $$
declare
  head record;
  children numeric;
  bad int;
begin
  for head in
    select p.id, p.value, p.reserve, i.method, pl.over_allocation
    from targets.allocation p join targets.item i on i.id = p.item_id join targets.plan pl on pl.id = i.plan_id
    where p.id in (new.id, new.parent_id) and p.reserve is not null
  loop
    if head.method = 'sum' then
      select coalesce(sum(value), 0) into children from targets.allocation where parent_id = head.id;
      if head.value is null or children + head.reserve <> head.value then
        raise exception 'allocation % does not add up: % + % <> %', head.id, children, head.reserve, head.value
          using errcode = 'check_violation', constraint = 'allocation_conserved';
      end if;
      if head.reserve < 0 and -head.reserve * 10000 > head.value::numeric * head.over_allocation then
        raise exception 'allocation % passes the limit of over-allocation', head.id
          using errcode = 'check_violation', constraint = 'allocation_over_limit';
      end if;
    else
      select count(*) into bad from targets.allocation
      where parent_id = head.id and value is not null
        and (case head.method when 'each' then value <> head.value else value < head.value and exemption = '' end);
      if bad > 0 then
        raise exception 'allocation % has % children off its floor', head.id, bad
          using errcode = 'check_violation', constraint = 'allocation_floor';
      end if;
    end if;
  end loop;
  return null;
end $$;
create constraint trigger allocation_conserved after insert or update on targets.allocation
  deferrable initially deferred for each row execute function targets.check_conservation();

-- The issuer decides the share, the receiver answers: neither can do the other's part. A signed share changes only beside an amendment.
create function targets.guard_allocation() returns trigger language plpgsql as $$
declare me int := tenancy.current_tenant();
begin
  if tenancy.is_system() then return new; end if;
  if (new.item_id, new.parent_id, new.tenant_id, new.receiver_id) is distinct from (old.item_id, old.parent_id, old.tenant_id, old.receiver_id) then
    raise exception 'an allocation keeps its place' using errcode = 'check_violation', constraint = 'allocation_place';
  end if;
  if me <> old.tenant_id and (new.value, new.locked, new.reply, new.exemption) is distinct from (old.value, old.locked, old.reply, old.exemption) then
    raise exception 'only the issuer sets a share' using errcode = 'insufficient_privilege';
  end if;
  -- When the issuer changes a share that is already split, the difference falls into the receiver's reserve.
  if me <> old.receiver_id and ((new.counter_value, new.reason, new.signed_by) is distinct from (old.counter_value, old.reason, old.signed_by)
      or new.reserve - old.reserve <> new.value - old.value or (new.reserve is null) <> (old.reserve is null)) then
    raise exception 'only the receiver answers for a share' using errcode = 'insufficient_privilege';
  end if;
  if old.state = 'signed' and (new.state <> 'signed'
      or (new.value is distinct from old.value and not exists (
        select 1 from targets.amendment a where a.allocation_id = old.id and a.from_value = old.value and a.to_value = new.value and a.at = now()))) then
    raise exception 'a signed share changes only by amendment' using errcode = 'check_violation', constraint = 'allocation_signed';
  end if;
  return new;
end $$;
create trigger allocation_guard before update on targets.allocation for each row execute function targets.guard_allocation();

do $$
declare t text;
begin
  foreach t in array array['plan', 'item', 'allocation', 'amendment'] loop
    execute format('call tenancy.protect(''targets.%I'')', t);
  end loop;
end $$;
create policy read_from_superiors on targets.plan for select using (
  state <> 'draft' and tenancy.reach() = 'business' and tenant_id = any ((select tenancy.superiors())::int[]));
create policy read_from_superiors on targets.item for select using (
  tenancy.reach() = 'business' and tenant_id = any ((select tenancy.superiors())::int[])
  and exists (select 1 from targets.plan p where p.id = plan_id and p.state <> 'draft'));
-- A share is seen by those above the receiver, and by the receiver once it is issued.
create policy read_received on targets.allocation for select using (
  receiver_id = any ((select tenancy.readable())::int[]) and (state <> 'draft' or tenant_id = any ((select tenancy.readable())::int[])));
create policy answer_received on targets.allocation for update using (
  tenancy.reach() = 'business' and receiver_id = tenancy.current_tenant() and state <> 'draft')
  with check (receiver_id = tenancy.current_tenant());
create policy read_received on targets.amendment for select using (receiver_id = any ((select tenancy.readable())::int[]));

grant select, insert, update, delete on targets.plan, targets.item, targets.allocation to gonglian_plain;
grant select, insert on targets.amendment to gonglian_plain;
