-- Federations, their dated tree, the closure that row-level security reads, and the audit trail.
create extension if not exists btree_gist;

create schema tenancy;
grant usage on schema tenancy to gonglian_plain;

-- Who is asking, set by withTenant inside each transaction. No "missing ok": a query outside withTenant fails.
--   app.tenant  the federation acted for
--   app.reach   business        own rows written, own and below read
--               administration  the three administrators: accounts, rules and audit of their own body, no business rows
--               system          workers and operators: whole subtree of app.tenant
--               sign_in         before an account is known: only auth tables
create function tenancy.current_tenant() returns int language sql stable parallel safe
  return current_setting('app.tenant')::int;
create function tenancy.reach() returns text language sql stable parallel safe
  return current_setting('app.reach');
create function tenancy.is_system() returns boolean language sql stable parallel safe
  return current_setting('app.reach') = 'system';

create table tenancy.federation (
  id int generated always as identity primary key,
  code text not null unique check (code ~ '^[0-9A-Z][0-9A-Z-]{0,23}$'),
  name text not null check (length(name) between 2 and 120),
  short_name text not null,
  level text not null check (level in ('national', 'province', 'city', 'county', 'township')),
  kind text not null default 'regional' check (kind in ('regional', 'industry')),
  union_kind text not null default 'FEDERATION_LOCAL',
  pinyin text not null default '',
  initials text not null default '',
  valid_from date not null,
  valid_to date check (valid_to > valid_from)
);

-- The dated tree. regional (块) gives the totals of an area; line (条) those of an industry.
create table tenancy.link (
  id int generated always as identity primary key,
  federation_id int not null references tenancy.federation,
  hierarchy text not null default 'regional' check (hierarchy in ('regional', 'line')),
  parent_id int not null references tenancy.federation check (parent_id <> federation_id),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  reason text not null default '',
  -- P3: at any day a body has at most one superior in each hierarchy, so it can be counted only once.
  exclude using gist (federation_id with =, hierarchy with =, daterange(valid_from, valid_to) with &&)
);
create index link_children on tenancy.link (parent_id, hierarchy, valid_from);
create index link_parent on tenancy.link (federation_id, hierarchy);

-- The tree as it is today, every ancestor with every descendant (itself included at depth 0). Derived from tenancy.link, whose
-- foreign keys vouch for both ends: checking 440,000 of them again would take half the time of loading the country.
create table tenancy.closure (
  hierarchy text not null check (hierarchy in ('regional', 'line')),
  ancestor_id int not null,
  descendant_id int not null,
  depth smallint not null,
  primary key (ancestor_id, descendant_id, hierarchy)
);
create index closure_up on tenancy.closure (descendant_id, hierarchy, depth);

-- All below each body in either hierarchy, itself included: tenancy.closure as one value, kept by its triggers. Policies ask for it in nearly
-- every query; gathered anew from 44,716 pairs it takes the nation 10 ms each time, read as it lies here a few tenths.
create table tenancy.subtree (
  tenant_id int primary key,
  bodies int[] not null
);
alter table tenancy.subtree alter column bodies set storage external;

create function tenancy.gather_subtrees() returns trigger language plpgsql as $$
begin
  -- Writers take turns, and each gathers (in a statement of its own, so with a fresh view) what those before it have committed.
  perform pg_advisory_xact_lock(7003);
  insert into tenancy.subtree (tenant_id, bodies)
  select c.ancestor_id, array_agg(distinct c.descendant_id) from tenancy.closure c
  where c.ancestor_id in (select ancestor_id from changed) group by c.ancestor_id
  on conflict (tenant_id) do update set bodies = excluded.bodies;
  if tg_op = 'DELETE' then
    delete from tenancy.subtree s where s.tenant_id in (select ancestor_id from changed)
      and not exists (select 1 from tenancy.closure c where c.ancestor_id = s.tenant_id);
  end if;
  return null;
end $$;
create trigger closure_added after insert on tenancy.closure
  referencing new table as changed for each statement execute function tenancy.gather_subtrees();
create trigger closure_removed after delete on tenancy.closure
  referencing old table as changed for each statement execute function tenancy.gather_subtrees();

-- Row-level security asks these four. They return arrays so that a policy is one index condition: the array is read
-- once per query (an InitPlan).
create function tenancy.readable() returns int[] language sql stable as $$
  select case when current_setting('app.reach') in ('business', 'system')
    then coalesce((select bodies from tenancy.subtree where tenant_id = current_setting('app.tenant')::int), '{}'::int[])
    else '{}'::int[] end $$;
create function tenancy.writable() returns int[] language sql stable as $$
  select case current_setting('app.reach')
    when 'business' then array[current_setting('app.tenant')::int]
    when 'system' then coalesce((select bodies from tenancy.subtree where tenant_id = current_setting('app.tenant')::int), '{}'::int[])
    else '{}'::int[] end $$;
create function tenancy.reviewable() returns int[] language sql stable as $$
  select case when current_setting('app.reach') in ('business', 'system') then array(
    select descendant_id from tenancy.closure
    where ancestor_id = current_setting('app.tenant')::int and depth = 1 and hierarchy = 'regional')
  else '{}'::int[] end $$;
-- Superiors in any hierarchy, own body included: what they issue (catalogues, forms, plans) is meant for those below.
create function tenancy.superiors() returns int[] language sql stable as $$
  select array(select distinct ancestor_id from tenancy.closure where descendant_id = current_setting('app.tenant')::int) $$;

-- Names of bodies are seen by those above and below, administrators included. Searches walk the whole table, where comparing each
-- row with a long array would be quadratic: here the subtree is hashed once per query, and who sees all skips even that.
create function tenancy.sees_all() returns boolean language sql stable as $$
  select current_setting('app.reach') = 'system' or (
    exists (select 1 from tenancy.closure where ancestor_id = current_setting('app.tenant')::int and descendant_id = current_setting('app.tenant')::int)
    and not exists (select 1 from tenancy.closure where descendant_id = current_setting('app.tenant')::int and depth > 0)) $$;

alter table tenancy.federation enable row level security;
alter table tenancy.federation force row level security;
create policy federation_read on tenancy.federation for select using (
  (select tenancy.sees_all())
  or id in (select descendant_id from tenancy.closure where ancestor_id = (select tenancy.current_tenant()))
  or id in (select ancestor_id from tenancy.closure where descendant_id = (select tenancy.current_tenant())));
create policy federation_add on tenancy.federation for insert with check (tenancy.is_system());
create policy federation_change on tenancy.federation for update using (tenancy.is_system()) with check (tenancy.is_system());

alter table tenancy.link enable row level security;
alter table tenancy.link force row level security;
create policy link_read on tenancy.link for select using (
  (select tenancy.sees_all())
  or federation_id in (select descendant_id from tenancy.closure where ancestor_id = (select tenancy.current_tenant()))
  or federation_id in (select ancestor_id from tenancy.closure where descendant_id = (select tenancy.current_tenant())));
create policy link_add on tenancy.link for insert with check (tenancy.is_system());
create policy link_change on tenancy.link for update using (tenancy.is_system()) with check (tenancy.is_system());

-- A body sees the pairs it is itself part of; that is all the functions above need.
alter table tenancy.closure enable row level security;
alter table tenancy.closure force row level security;
-- Asked once per query, not per pair: the array of a body at the top takes 6 ms instead of 14.
create policy closure_read on tenancy.closure for select using (
  ancestor_id = (select tenancy.current_tenant()) or descendant_id = (select tenancy.current_tenant()) or (select tenancy.is_system()));
create policy closure_add on tenancy.closure for insert with check (tenancy.is_system());
create policy closure_drop on tenancy.closure for delete using (tenancy.is_system());
alter table tenancy.subtree enable row level security;
alter table tenancy.subtree force row level security;
create policy subtree_read on tenancy.subtree for select using (tenant_id = tenancy.current_tenant() or tenancy.is_system());
create policy subtree_add on tenancy.subtree for insert with check (tenancy.is_system());
create policy subtree_change on tenancy.subtree for update using (tenancy.is_system());
create policy subtree_drop on tenancy.subtree for delete using (tenancy.is_system());

grant select, insert, update on tenancy.federation, tenancy.link to gonglian_plain;
grant select, insert, delete on tenancy.closure to gonglian_plain;
grant select, insert, update, delete on tenancy.subtree to gonglian_plain;

-- Audit trail: append-only, one hash chain per body. Rows are hashed by the database, not by whoever writes them.
create table tenancy.audit (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  seq bigint not null,
  at timestamptz not null,
  actor text not null,
  action text not null,
  object_kind text not null,
  object_id text not null,
  before jsonb,
  after jsonb,
  request_id text not null default '',
  address text not null default '',
  prev_hash bytea not null,
  hash bytea not null,
  unique (tenant_id, seq)
);
create index audit_recent on tenancy.audit (tenant_id, at desc);

create function tenancy.audit_digest(a tenancy.audit) returns bytea language sql stable
  return sha256(a.prev_hash || convert_to(jsonb_build_array(
    a.tenant_id, a.seq, extract(epoch from a.at), a.actor, a.action, a.object_kind, a.object_id, a.before, a.after, a.request_id, a.address
  )::text, 'UTF8'));

-- Where each chain has come to. A chain whose last lines were cut off is still whole in itself; it no longer reaches its head.
create table tenancy.audit_head (
  tenant_id int primary key references tenancy.federation,
  seq bigint not null,
  hash bytea not null
);

create function tenancy.chain_audit() returns trigger language plpgsql as $$
declare last record;
begin
  -- Two writers of one body queue here, so that seq has no gap and each row knows its predecessor.
  perform pg_advisory_xact_lock(7001, new.tenant_id);
  -- From the head, not from the last line: after a cut the next line leaves a gap that stays.
  select seq, hash into last from tenancy.audit_head where tenant_id = new.tenant_id;
  new.seq := coalesce(last.seq, 0) + 1;
  new.prev_hash := coalesce(last.hash, ''::bytea);
  new.at := clock_timestamp();
  new.hash := tenancy.audit_digest(new);
  if last.seq is null then
    insert into tenancy.audit_head (tenant_id, seq, hash) values (new.tenant_id, new.seq, new.hash);
  else
    update tenancy.audit_head set seq = new.seq, hash = new.hash where tenant_id = new.tenant_id;
  end if;
  return new;
end $$;
create trigger audit_chain before insert on tenancy.audit for each row execute function tenancy.chain_audit();

create function tenancy.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end $$;
create trigger audit_append_only before update or delete or truncate on tenancy.audit
  for each statement execute function tenancy.refuse_change();

-- Nobody's statement reaches a head, only a line that is written; and even that moves it on by one, never back.
create function tenancy.guard_audit_head() returns trigger language plpgsql as $$
begin
  if pg_trigger_depth() < 2 then
    raise exception 'only a line moves the head of the audit trail' using errcode = 'insufficient_privilege';
  end if;
  return null;
end $$;
create trigger audit_head_follows before insert or update on tenancy.audit_head
  for each statement execute function tenancy.guard_audit_head();
create function tenancy.advance_audit_head() returns trigger language plpgsql as $$
begin
  if new.tenant_id <> old.tenant_id or new.seq <> old.seq + 1 then
    raise exception 'the head of the audit trail only moves on' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger audit_head_advances before update on tenancy.audit_head for each row execute function tenancy.advance_audit_head();
create trigger audit_head_stays before delete or truncate on tenancy.audit_head
  for each statement execute function tenancy.refuse_change();

alter table tenancy.audit_head enable row level security;
alter table tenancy.audit_head force row level security;
create policy head_read on tenancy.audit_head for select using (
  tenant_id = tenancy.current_tenant() or tenancy.is_system() or tenancy.reach() = 'sign_in');
create policy head_begin on tenancy.audit_head for insert with check (
  tenant_id = tenancy.current_tenant() or tenancy.is_system() or tenancy.reach() = 'sign_in');
create policy head_advance on tenancy.audit_head for update using (
  tenant_id = tenancy.current_tenant() or tenancy.is_system() or tenancy.reach() = 'sign_in');
grant select, insert, update on tenancy.audit_head to gonglian_plain;

alter table tenancy.audit enable row level security;
alter table tenancy.audit force row level security;
create policy audit_read on tenancy.audit for select using (
  tenant_id = tenancy.current_tenant() or tenancy.is_system() or tenancy.reach() = 'sign_in');
create policy audit_append on tenancy.audit for insert with check (
  tenant_id = tenancy.current_tenant() or tenancy.is_system() or tenancy.reach() = 'sign_in');
grant select, insert on tenancy.audit to gonglian_plain;

-- Puts the ordinary policies on a table with tenant_id: read own and below, write own.
create procedure tenancy.protect(target regclass) language plpgsql as $$
begin
  execute format('alter table %s enable row level security', target);
  execute format('alter table %s force row level security', target);
  execute format('create policy read_below on %s for select using (tenant_id = any ((select tenancy.readable())::int[]))', target);
  execute format('create policy insert_own on %s for insert with check (tenant_id = any ((select tenancy.writable())::int[]))', target);
  execute format('create policy update_own on %s for update using (tenant_id = any ((select tenancy.writable())::int[])) with check (tenant_id = any ((select tenancy.writable())::int[]))', target);
  execute format('create policy delete_own on %s for delete using (tenant_id = any ((select tenancy.writable())::int[]))', target);
end $$;
