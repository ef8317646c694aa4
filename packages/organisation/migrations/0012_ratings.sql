-- Check-lists with evidence, ratings of unions and bodies, and the members' appraisal.

-- Photographs and papers, kept as they came. What they are is read from their first bytes, not from their names.
create table organisation.evidence (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  file_name text not null check (length(file_name) between 1 and 200),
  media_type text not null check (media_type in ('image/jpeg', 'image/png', 'application/pdf')),
  bytes bytea not null check (octet_length(bytes) between 1 and 5242880),
  sha256 bytea not null check (sha256 = sha256(bytes)),
  stored_by text not null,
  stored_at timestamptz not null default clock_timestamp()
);
create unique index evidence_once on organisation.evidence (tenant_id, sha256);
call tenancy.protect('organisation.evidence');
grant select, insert on organisation.evidence to gonglian_plain;
-- Already compressed: a second try would only cost time.
alter table organisation.evidence alter column bytes set storage external;

-- A list of what a union must have or show (八有三公开, 十要有, 四有, 双亮): data of the body that issues it, in editions.
create table organisation.checklist (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  code text not null check (code ~ '^[a-z][a-z0-9_]{2,39}$'),
  edition int not null check (edition > 0),
  name_zh text not null check (length(name_zh) between 2 and 60),
  name_en text not null check (length(name_en) between 2 and 120),
  purpose text not null check (purpose in ('standard', 'display', 'ledger', 'companions')),
  -- Empty: every kind, every class.
  kinds text[] not null default '{}',
  unit_classes text[] not null default '{}',
  min_headcount int not null default 0 check (min_headcount >= 0),
  max_headcount int check (max_headcount >= min_headcount),
  -- Only unions approved from this day on.
  approved_from date,
  enforcement text not null check (enforcement in ('blocking', 'warning')),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  source text not null default '',
  unique (tenant_id, code, edition)
);
create unique index checklist_current on organisation.checklist (tenant_id, code) where valid_to is null;

create table organisation.checklist_item (
  id bigint generated always as identity primary key,
  checklist_id bigint not null references organisation.checklist,
  tenant_id int not null references tenancy.federation,
  position int not null check (position between 1 and 200),
  text_zh text not null check (length(text_zh) between 1 and 200),
  text_en text not null check (length(text_en) between 1 and 300),
  evidence_kind text not null default 'none' check (evidence_kind in ('none', 'photo', 'document', 'either')),
  -- Met by the union's companion body of this kind: nobody ticks what the records already say.
  companion_kind text,
  unique (checklist_id, position)
);

-- What a union has of a list, since when until when: past days stay answerable.
create table organisation.checklist_result (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  union_id bigint not null references organisation.trade_union,
  item_id bigint not null references organisation.checklist_item,
  met boolean not null,
  evidence_id bigint references organisation.evidence,
  note text not null default '' check (length(note) <= 300),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  checked_by text not null,
  version int not null default 1
);
create unique index checklist_result_current on organisation.checklist_result (union_id, item_id) where valid_to is null;
create index checklist_result_item on organisation.checklist_result (item_id, tenant_id) where met;
call tenancy.protect('organisation.checklist_result');
grant select, insert, update on organisation.checklist_result to gonglian_plain;

-- A rate as it was reported: numerator and denominator, never the quotient alone.
create table organisation.rate_snapshot (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  checklist_id bigint not null references organisation.checklist,
  taken_on date not null,
  numerator int not null check (numerator >= 0),
  denominator int not null check (denominator >= numerator),
  taken_by text not null
);
create index rate_snapshot_list on organisation.rate_snapshot (tenant_id, checklist_id, taken_on);
call tenancy.protect('organisation.rate_snapshot');
grant select, insert on organisation.rate_snapshot to gonglian_plain;

-- A rating scheme: one edition of items, levels and rules. Issued, it is never changed; a new edition takes its place.
create table organisation.rating_scheme (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  code text not null check (code ~ '^[a-z][a-z0-9_]{2,39}$'),
  edition int not null check (edition > 0),
  name_zh text not null check (length(name_zh) between 2 and 60),
  name_en text not null check (length(name_en) between 2 and 120),
  track text not null check (track in ('star', 'home', 'demonstration', 'up_to_standard')),
  -- Unions, or the bodies themselves (示范乡镇工会).
  subject text not null check (subject in ('union', 'body')),
  kinds text[] not null default '{}',
  unit_classes text[] not null default '{}',
  min_headcount int not null default 0 check (min_headcount >= 0),
  max_headcount int check (max_headcount >= min_headcount),
  validity_months int not null check (validity_months between 1 and 120),
  notice_days int not null check (notice_days between 1 and 60),
  min_reviewers int not null check (min_reviewers between 3 and 50),
  -- Hundredths of a percent of the reviewers who are not recused.
  quorum int not null check (quorum between 1 and 10000),
  needs_appraisal boolean not null,
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  source text not null default '',
  unique (tenant_id, code, edition)
);
create unique index rating_scheme_current on organisation.rating_scheme (tenant_id, code) where valid_to is null;

create table organisation.rating_item (
  scheme_id bigint not null references organisation.rating_scheme,
  tenant_id int not null references tenancy.federation,
  position int not null check (position between 1 and 300),
  text_zh text not null check (length(text_zh) between 1 and 200),
  text_en text not null check (length(text_en) between 1 and 300),
  -- Points; 0 for a veto item (一票否决).
  max_score int not null check (max_score between 0 and 1000),
  is_veto boolean not null default false check (not is_veto or max_score = 0),
  evidence_kind text not null default 'none' check (evidence_kind in ('none', 'photo', 'document', 'either')),
  primary key (scheme_id, position)
);

create table organisation.rating_level (
  scheme_id bigint not null references organisation.rating_scheme,
  tenant_id int not null references tenancy.federation,
  rank int not null check (rank between 1 and 20),
  name_zh text not null check (length(name_zh) between 1 and 40),
  name_en text not null check (length(name_en) between 1 and 80),
  min_score int not null check (min_score >= 0),
  -- 按权限分级管理: the lowest level of body that may grant it.
  granted_by text not null check (granted_by in ('township', 'county', 'city', 'province', 'national')),
  counts_as text not null default 'none' check (counts_as in ('none', 'qualified', 'model')),
  -- What must be held already: '' is this scheme itself.
  needs_scheme text not null default '',
  needs_rank int not null default 0 check (needs_rank >= 0),
  -- Hundredths of a percent.
  min_membership int check (min_membership between 0 and 10000),
  min_satisfaction int check (min_satisfaction between 0 and 10000),
  -- 三级联创: this share of those below must hold that rank of that scheme.
  below_scheme text not null default '',
  below_rank int not null default 1 check (below_rank >= 1),
  below_share int check (below_share between 0 and 10000),
  check ((below_scheme = '') = (below_share is null)),
  check (needs_scheme <> '' or needs_rank < rank),
  primary key (scheme_id, rank)
);

-- Rules are read by those they are meant for, below, and by those above; the body that made them writes them.
do $$
declare t text;
begin
  foreach t in array array['checklist', 'checklist_item', 'rating_scheme', 'rating_item', 'rating_level'] loop
    execute format('call tenancy.protect(''organisation.%I'')', t);
    execute format('drop policy read_below on organisation.%I', t);
    execute format('create policy read_issued on organisation.%I for select using (
      tenancy.reach() in (''business'', ''system'') and (
        tenant_id = any ((select tenancy.superiors())::int[]) or tenant_id = any ((select tenancy.readable())::int[])))', t);
  end loop;
end $$;
grant select, insert on organisation.checklist_item, organisation.rating_item, organisation.rating_level to gonglian_plain;
-- Of a list or scheme that is issued only the last day is ever written.
grant select, insert, update (valid_to) on organisation.checklist, organisation.rating_scheme to gonglian_plain;

-- A union's (or body's) way to a title. The owner plans, assesses itself and recommends; the body in whose authority the level lies
-- reviews, publishes and awards.
create table organisation.rating (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  grantor_id int not null references tenancy.federation,
  scheme_id bigint not null references organisation.rating_scheme,
  -- Null: the body itself is rated.
  union_id bigint references organisation.trade_union,
  year int not null check (year between 2000 and 2100),
  quarter int not null check (quarter between 1 and 4),
  target_rank int not null,
  state text not null default 'planned' check (state in ('planned', 'self_assessed', 'recommended', 'under_review', 'published',
    'awarded', 're_check', 'kept', 'downgraded', 'revoked')),
  -- The owner's columns.
  member_count int check (member_count >= 0),
  self_scores jsonb not null default '[]',
  self_total int check (self_total >= 0),
  self_by text not null default '',
  appraisal_id bigint,
  recommendation text not null default '',
  recommended_by text not null default '',
  recommended_on date,
  -- The grantor's columns. The review total is the reviewers' mean in hundredths of a point.
  review_total int check (review_total >= 0),
  awarded_rank int,
  published_on date,
  notice_ends_on date check (notice_ends_on >= published_on),
  awarded_on date,
  awarded_by text not null default '',
  decision text not null default '',
  version int not null default 1,
  foreign key (scheme_id, target_rank) references organisation.rating_level (scheme_id, rank),
  foreign key (scheme_id, awarded_rank) references organisation.rating_level (scheme_id, rank),
  check (state not in ('awarded', 're_check', 'kept', 'downgraded', 'revoked') or
    awarded_on is not null and awarded_by <> '' and awarded_rank is not null and awarded_on > notice_ends_on)
);
create unique index rating_open on organisation.rating (scheme_id, tenant_id, coalesce(union_id, 0))
  where state in ('planned', 'self_assessed', 'recommended', 'under_review', 'published');
create index rating_list on organisation.rating (tenant_id, year, scheme_id);
create index rating_grantor on organisation.rating (grantor_id, state);
create index rating_union on organisation.rating (union_id);

-- Who reviews: at least three, none with a share in the matter.
create table organisation.rating_review (
  id bigint generated always as identity primary key,
  rating_id bigint not null references organisation.rating,
  -- The grantor.
  tenant_id int not null references tenancy.federation,
  reviewer text not null,
  recused_on date,
  recusal_reason text not null default '',
  scores jsonb not null default '[]',
  total int check (total >= 0),
  vetoes int[] not null default '{}',
  submitted_at timestamptz,
  version int not null default 1,
  unique (rating_id, reviewer),
  check ((total is null) = (submitted_at is null)),
  check (recused_on is null or total is null and recusal_reason <> '')
);
create index rating_review_tenant on organisation.rating_review (tenant_id);
-- Sheets of an evaluation are their issuer's alone (handbook 14.2), and only the grantor of a rating adds any: one that somebody else
-- laid beside them would be counted.
call tenancy.protect_own('organisation.rating_review');
create policy of_own_grant on organisation.rating_review as restrictive for insert with check (
  exists (select from organisation.rating r where r.id = rating_id and r.grantor_id = rating_review.tenant_id));
-- A sheet stays with its rating and its reviewer.
grant select, insert, update (recused_on, recusal_reason, scores, total, vetoes, submitted_at, version) on organisation.rating_review
  to gonglian_plain;

create table organisation.rating_appeal (
  id bigint generated always as identity primary key,
  rating_id bigint not null references organisation.rating,
  tenant_id int not null references tenancy.federation,
  grantor_id int not null references tenancy.federation,
  reason text not null check (length(reason) between 4 and 1000),
  raised_by text not null,
  raised_on date not null,
  outcome text check (outcome in ('upheld', 'rejected')),
  answer text not null default '',
  answered_on date,
  check ((outcome is null) = (answered_on is null))
);
create index rating_appeal_rating on organisation.rating_appeal (rating_id);

-- Titles held, with their days: the only source of all rates of stars and homes.
create table organisation.home_title (
  id bigint generated always as identity primary key,
  -- Who keeps the records of the holder.
  tenant_id int not null references tenancy.federation,
  grantor_id int not null references tenancy.federation,
  rating_id bigint not null references organisation.rating,
  union_id bigint references organisation.trade_union,
  scheme_id bigint not null,
  rank int not null,
  certificate_no text not null check (certificate_no <> ''),
  held_from date not null,
  valid_to date not null check (valid_to > held_from),
  ended_on date check (ended_on >= held_from),
  end_reason text check (end_reason in ('raised', 'lowered', 'revoked', 'renewed')),
  foreign key (scheme_id, rank) references organisation.rating_level (scheme_id, rank),
  check ((ended_on is null) = (end_reason is null))
);
create unique index home_title_current on organisation.home_title (scheme_id, tenant_id, coalesce(union_id, 0)) where ended_on is null;
create index home_title_tenant on organisation.home_title (tenant_id, held_from);
create index home_title_union on organisation.home_title (union_id);

do $$
declare t text;
begin
  foreach t in array array['rating', 'rating_appeal', 'home_title'] loop
    execute format('alter table organisation.%I enable row level security', t);
    execute format('alter table organisation.%I force row level security', t);
    execute format('create policy read_below on organisation.%I for select using (tenant_id = any ((select tenancy.readable())::int[]))', t);
    execute format('create policy update_granted on organisation.%I for update using (
      tenancy.reach() = ''business'' and grantor_id = tenancy.current_tenant() and tenant_id = any ((select tenancy.readable())::int[]))', t);
  end loop;
end $$;
create policy insert_own on organisation.rating for insert with check (tenant_id = any ((select tenancy.writable())::int[]));
create policy update_own on organisation.rating for update using (tenant_id = any ((select tenancy.writable())::int[]));
create policy delete_own on organisation.rating for delete using (tenant_id = any ((select tenancy.writable())::int[]) and state = 'planned');
create policy insert_own on organisation.rating_appeal for insert with check (
  tenant_id = any ((select tenancy.writable())::int[]) or
  grantor_id = tenancy.current_tenant() and tenant_id = any ((select tenancy.readable())::int[]));
create policy update_system on organisation.rating_appeal for update using (
  tenancy.is_system() and tenant_id = any ((select tenancy.writable())::int[]));
create policy insert_granted on organisation.home_title for insert with check (
  tenancy.is_system() and tenant_id = any ((select tenancy.writable())::int[]) or
  tenancy.reach() = 'business' and grantor_id = tenancy.current_tenant() and tenant_id = any ((select tenancy.readable())::int[]));
create policy update_system on organisation.home_title for update using (
  tenancy.is_system() and tenant_id = any ((select tenancy.writable())::int[]));
grant select, insert, update, delete on organisation.rating to gonglian_plain;
grant select, insert, update on organisation.rating_appeal, organisation.home_title to gonglian_plain;

create function organisation.rank_body(level text) returns int language sql immutable
  return array_position(array['township', 'county', 'city', 'province', 'national'], level);

-- M153: who may grant which level of which scheme to whom: a superior of the holder, or the body itself, of a level high enough.
create function organisation.may_grant(grantor int, owner int, scheme bigint, wanted int) returns boolean language sql stable
  return exists (select from tenancy.closure where ancestor_id = grantor and descendant_id = owner)
    and exists (select from organisation.rating_level l join tenancy.federation f on f.id = grantor
      where l.scheme_id = scheme and l.rank = wanted and organisation.rank_body(f.level) >= organisation.rank_body(l.granted_by));

-- The owner never awards itself what lies above it; the grantor never touches what the owner said; nobody skips a step.
create function organisation.guard_rating() returns trigger language plpgsql as $$
declare
  step text;
  is_owner boolean;
  is_grantor boolean;
  reviewed int;
begin
  if not organisation.may_grant(new.grantor_id, new.tenant_id, new.scheme_id, new.target_rank) then
    raise exception 'this level lies in another body''s authority' using errcode = 'check_violation', constraint = 'rating_authority';
  end if;
  if tg_op = 'INSERT' then
    if new.state <> 'planned' or new.awarded_rank is not null or new.review_total is not null then
      raise exception 'a rating begins as a plan' using errcode = 'check_violation', constraint = 'rating_begins_as_plan';
    end if;
    return new;
  end if;
  is_owner := tenancy.current_tenant() = old.tenant_id;
  is_grantor := tenancy.current_tenant() = old.grantor_id;
  if (new.tenant_id, new.scheme_id, new.union_id) is distinct from (old.tenant_id, old.scheme_id, old.union_id) then
    raise exception 'a rating keeps its place' using errcode = 'check_violation', constraint = 'rating_place';
  end if;
  if new.version <= old.version then
    raise exception 'every change makes a new version' using errcode = 'check_violation', constraint = 'rating_version_grows';
  end if;
  step := old.state || '>' || new.state;
  if not is_owner and
      (new.grantor_id, new.year, new.quarter, new.target_rank, new.member_count, new.self_scores, new.self_total, new.self_by, new.appraisal_id,
        new.recommendation, new.recommended_by, new.recommended_on)
      is distinct from
      (old.grantor_id, old.year, old.quarter, old.target_rank, old.member_count, old.self_scores, old.self_total, old.self_by, old.appraisal_id,
        old.recommendation, old.recommended_by, old.recommended_on) then
    raise exception 'a superior does not edit what the union said of itself' using errcode = 'insufficient_privilege';
  end if;
  if not is_grantor and
      (new.review_total, new.awarded_rank, new.published_on, new.notice_ends_on, new.awarded_on, new.awarded_by, new.decision)
      is distinct from
      (old.review_total, old.awarded_rank, old.published_on, old.notice_ends_on, old.awarded_on, old.awarded_by, old.decision) then
    raise exception 'the owner does not decide about itself' using errcode = 'insufficient_privilege';
  end if;
  if not (is_owner and step in ('planned>planned', 'planned>self_assessed', 'self_assessed>self_assessed', 'self_assessed>planned',
      'self_assessed>recommended', 'recommended>self_assessed'))
    and not (is_grantor and step in ('recommended>under_review', 'recommended>self_assessed', 'under_review>self_assessed',
      'under_review>published', 'published>under_review', 'published>awarded', 'awarded>re_check', 'kept>re_check', 're_check>kept',
      're_check>downgraded', 're_check>revoked', 'downgraded>re_check')) then
    raise exception 'no step % for this body', step using errcode = 'check_violation', constraint = 'rating_step';
  end if;
  if (new.grantor_id, new.target_rank) is distinct from (old.grantor_id, old.target_rank) and old.state <> 'planned' then
    raise exception 'the goal stands once the union has assessed itself' using errcode = 'check_violation', constraint = 'rating_place';
  end if;
  if new.awarded_rank > new.target_rank then
    raise exception 'no more is awarded than was asked for' using errcode = 'check_violation', constraint = 'rating_authority';
  end if;
  if step = 'under_review>published' then
    select count(*) into reviewed from organisation.rating_review
      where rating_id = new.id and recused_on is null and total is not null;
    if reviewed < (select min_reviewers from organisation.rating_scheme where id = new.scheme_id) then
      raise exception 'too few reviewers' using errcode = 'check_violation', constraint = 'rating_reviewers';
    end if;
  end if;
  if step = 'published>awarded' and exists (
      select from organisation.rating_appeal where rating_id = new.id and outcome is null) then
    raise exception 'an appeal is open' using errcode = 'check_violation', constraint = 'rating_appeal_open';
  end if;
  return new;
end $$;
create trigger rating_guard before insert or update on organisation.rating
  for each row when (not tenancy.is_system()) execute function organisation.guard_rating();

create function organisation.guard_title() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    if not organisation.may_grant(new.grantor_id, new.tenant_id, new.scheme_id, new.rank) then
      raise exception 'this level lies in another body''s authority' using errcode = 'check_violation', constraint = 'rating_authority';
    end if;
    if not exists (select from organisation.rating r where r.id = new.rating_id and r.tenant_id = new.tenant_id
        and r.union_id is not distinct from new.union_id and r.scheme_id = new.scheme_id and r.awarded_rank >= new.rank
        and r.state in ('awarded', 're_check', 'kept', 'downgraded')) then
      raise exception 'a title comes from an award' using errcode = 'check_violation', constraint = 'title_awarded';
    end if;
  elsif (new.tenant_id, new.grantor_id, new.rating_id, new.union_id, new.scheme_id, new.rank, new.held_from)
      is distinct from (old.tenant_id, old.grantor_id, old.rating_id, old.union_id, old.scheme_id, old.rank, old.held_from)
      or old.ended_on is not null then
    raise exception 'a title is only ended' using errcode = 'check_violation', constraint = 'title_place';
  end if;
  return new;
end $$;
create trigger title_guard before insert or update on organisation.home_title
  for each row when (not tenancy.is_system()) execute function organisation.guard_title();

-- M040: what was there before a campaign, frozen.
create table organisation.baseline (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  scheme_id bigint not null references organisation.rating_scheme,
  name text not null check (length(name) between 2 and 80),
  taken_on date not null,
  taken_by text not null
);
create index baseline_tenant on organisation.baseline (tenant_id, scheme_id);
create table organisation.baseline_line (
  baseline_id bigint not null references organisation.baseline,
  tenant_id int not null references tenancy.federation,
  -- Not a reference: what is frozen stays, whatever becomes of the union.
  union_id bigint not null,
  union_code text not null,
  union_name text not null,
  body_id int not null,
  -- 0: none.
  held_rank int not null,
  planned_rank int,
  planned_quarter int,
  primary key (baseline_id, union_id)
);
create trigger baseline_append_only before update or delete or truncate on organisation.baseline
  for each statement execute function tenancy.refuse_change();
create trigger baseline_line_append_only before update or delete or truncate on organisation.baseline_line
  for each statement execute function tenancy.refuse_change();
create trigger rate_snapshot_append_only before update or delete or truncate on organisation.rate_snapshot
  for each statement execute function tenancy.refuse_change();
call tenancy.protect('organisation.baseline');
call tenancy.protect('organisation.baseline_line');
grant select, insert on organisation.baseline, organisation.baseline_line to gonglian_plain;

-- 示范点: named by a body among the unions in its sight.
create table organisation.demo_point (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  union_id bigint not null references organisation.trade_union,
  owner_id int not null references tenancy.federation,
  topic text not null check (topic in ('home', 'appraisal', 'openness', 'standard')),
  named_on date not null,
  ended_on date check (ended_on >= named_on),
  reason text not null default ''
);
create unique index demo_point_once on organisation.demo_point (tenant_id, union_id, topic) where ended_on is null;
call tenancy.protect('organisation.demo_point');
create policy named_in_sight on organisation.demo_point as restrictive for insert with check (
  owner_id = any ((select tenancy.readable())::int[]));
create policy read_named on organisation.demo_point for select using (owner_id = any ((select tenancy.writable())::int[]));
grant select, insert, update (ended_on) on organisation.demo_point to gonglian_plain;

-- 会员评家 (handbook 5.3; 14.2: ballots are read by nobody). The row holds rules and counts only.
create table organisation.appraisal (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  union_id bigint not null references organisation.trade_union,
  year int not null check (year between 2000 and 2100),
  -- The session of the members' or staff congress it was put to (M212).
  congress_id bigint references organisation.congress,
  state text not null default 'open' check (state in ('open', 'closed', 'published', 'filed', 'void')),
  group_size int not null check (group_size between 1 and 20),
  eligible int not null check (eligible > 0),
  -- Members entitled to vote when the circle is that of representatives: of all members, and of them front-line.
  members int not null check (members >= eligible),
  front_line int check (front_line between 0 and eligible),
  slips int not null default 0 check (slips between 0 and eligible),
  -- Hundredths of a percent of those entitled that must take part.
  participation int not null check (participation between 1 and 10000),
  opened_on date not null,
  closes_on date not null check (closes_on >= opened_on),
  closed_on date,
  satisfied int check (satisfied >= 0),
  basic int check (basic >= 0),
  unsatisfied int check (unsatisfied >= 0),
  invalid int check (invalid >= 0),
  rectification text not null default '' check (length(rectification) <= 2000),
  published_on date,
  filed_on date,
  version int not null default 1,
  check ((state in ('closed', 'published', 'filed')) = (satisfied is not null)),
  check ((satisfied is null) = (basic is null) and (satisfied is null) = (unsatisfied is null) and (satisfied is null) = (invalid is null)),
  check (satisfied + basic + unsatisfied + invalid <= slips),
  check (state not in ('published', 'filed') or published_on is not null),
  check ((state = 'filed') = (filed_on is not null))
);
-- Once a year.
create unique index appraisal_once on organisation.appraisal (union_id, year) where state <> 'void';
create index appraisal_tenant on organisation.appraisal (tenant_id, year);
call tenancy.protect('organisation.appraisal');
-- Counts come from closing alone.
grant select, insert, update (state, rectification, published_on, filed_on, version) on organisation.appraisal to gonglian_plain;
alter table organisation.rating add foreign key (appraisal_id) references organisation.appraisal;

-- A slip: the keyed print of a random code that stands on paper. No name, no time, no number: who got which, nobody wrote down.
create table organisation.slip (
  print bytea primary key check (octet_length(print) = 16),
  appraisal_id bigint not null references organisation.appraisal,
  closes_on date not null
);
create index slip_appraisal on organisation.slip (appraisal_id);
-- While voting goes on a ballot lies sealed with the installation's key, which the database does not have: from what is written when
-- (row versions, the log of the database) a reader of the disk learns that somebody voted, not how.
create table organisation.sealed_ballot (
  id uuid primary key default gen_random_uuid(),
  appraisal_id bigint not null references organisation.appraisal,
  sealed bytea not null check (octet_length(sealed) = 30)
);
create index sealed_ballot_appraisal on organisation.sealed_ballot (appraisal_id);
-- Written at closing, all in one transaction, in random order: neither place nor transaction says which was cast when.
create table organisation.ballot (
  id uuid primary key default gen_random_uuid(),
  appraisal_id bigint not null references organisation.appraisal,
  choice text not null check (choice in ('satisfied', 'basic', 'unsatisfied', 'invalid'))
);
create index ballot_appraisal on organisation.ballot (appraisal_id);
-- No grant, and no policy but that of the owner, as whom the functions below run: the plain role reaches them in no other way.
do $$
declare t text;
begin
  foreach t in array array['slip', 'sealed_ballot', 'ballot'] loop
    execute format('alter table organisation.%I enable row level security', t);
    execute format('alter table organisation.%I force row level security', t);
    execute format('create policy door on organisation.%I to current_user using (true) with check (true)', t);
  end loop;
end $$;

-- Adds slips in the order of their prints, so that where they lie says nothing about the order of printing.
create function organisation.add_slips(appraisal bigint, prints bytea[]) returns int
language plpgsql security definer set search_path = '' as $$
declare total int;
begin
  update organisation.appraisal a set slips = a.slips + cardinality(prints), version = a.version + 1
    where a.id = appraisal and a.tenant_id = any (tenancy.writable()) and a.state = 'open' and a.slips + cardinality(prints) <= a.eligible
    returning a.slips into total;
  if total is null then
    raise exception 'no slips beyond those entitled' using errcode = 'check_violation', constraint = 'appraisal_slips';
  end if;
  insert into organisation.slip (print, appraisal_id, closes_on)
    select p.print, appraisal, a.closes_on from unnest(prints) p(print), organisation.appraisal a where a.id = appraisal order by p.print;
  return total;
end $$;

-- Takes the slip and lays the sealed ballot: nothing remains that says which slip it was. False: no such slip (any more).
create function organisation.cast_ballot(slip_print bytea, sealed_choice bytea, today date) returns boolean
language plpgsql security definer set search_path = '' as $$
declare appraisal bigint;
begin
  select s.appraisal_id into appraisal from organisation.slip s where s.print = slip_print;
  if appraisal is null then return false; end if;
  -- Closing waits for those who are voting, and then nobody votes.
  perform pg_catalog.pg_advisory_xact_lock_shared(7020, appraisal::int);
  delete from organisation.slip s where s.print = slip_print and s.closes_on >= today returning s.appraisal_id into appraisal;
  if appraisal is null then return false; end if;
  insert into organisation.sealed_ballot (appraisal_id, sealed) values (appraisal, sealed_choice);
  return true;
end $$;

-- How many have voted; how is nobody's business.
create function organisation.count_cast(appraisal bigint) returns int
language sql stable security definer set search_path = '' as $$
  select case when a.state = 'open' then (select count(*)::int from organisation.sealed_ballot b where b.appraisal_id = a.id)
    else a.satisfied + a.basic + a.unsatisfied + a.invalid end
  from organisation.appraisal a where a.id = appraisal and a.tenant_id = any (tenancy.readable()) $$;

-- The sealed ballots, for closing: in random order, and from here on nobody votes.
create function organisation.take_ballots(appraisal bigint) returns setof bytea
language plpgsql security definer set search_path = '' as $$
begin
  if not exists (select from organisation.appraisal a where a.id = appraisal and a.tenant_id = any (tenancy.writable()) and a.state = 'open') then
    raise exception 'no open appraisal' using errcode = 'check_violation', constraint = 'appraisal_open';
  end if;
  perform pg_catalog.pg_advisory_xact_lock(7020, appraisal::int);
  return query select b.sealed from organisation.sealed_ballot b where b.appraisal_id = appraisal order by random();
end $$;

-- Closes: the ballots are written anew in random order, slips and sealed ballots are gone. Too few took part: everything is void, and
-- how those few voted is thrown away.
create function organisation.close_appraisal(appraisal bigint, choices text[], closed date, smallest int) returns void
language plpgsql security definer set search_path = '' as $$
declare held record;
begin
  perform pg_catalog.pg_advisory_xact_lock(7020, appraisal::int);
  select a.* into held from organisation.appraisal a where a.id = appraisal and a.tenant_id = any (tenancy.writable()) and a.state = 'open' for update;
  if held is null or cardinality(choices) is distinct from (select count(*) from organisation.sealed_ballot b where b.appraisal_id = appraisal) then
    raise exception 'no open appraisal with that many ballots' using errcode = 'check_violation', constraint = 'appraisal_open';
  end if;
  delete from organisation.slip s where s.appraisal_id = appraisal;
  delete from organisation.sealed_ballot b where b.appraisal_id = appraisal;
  if cardinality(choices) < smallest or cardinality(choices)::bigint * 10000 < held.eligible::bigint * held.participation then
    update organisation.appraisal a set state = 'void', closed_on = closed, version = a.version + 1 where a.id = appraisal;
    return;
  end if;
  insert into organisation.ballot (appraisal_id, choice) select appraisal, c.choice from unnest(choices) c(choice) order by random();
  update organisation.appraisal a set state = 'closed', closed_on = closed, version = a.version + 1,
    satisfied = n.satisfied, basic = n.basic, unsatisfied = n.unsatisfied, invalid = n.invalid
  from (select count(*) filter (where b.choice = 'satisfied') as satisfied, count(*) filter (where b.choice = 'basic') as basic,
      count(*) filter (where b.choice = 'unsatisfied') as unsatisfied, count(*) filter (where b.choice = 'invalid') as invalid
    from organisation.ballot b where b.appraisal_id = appraisal) n
  where a.id = appraisal;
end $$;

-- Counts the ballots again, for whoever doubts the row; refused while voting goes on.
create function organisation.count_ballots(appraisal bigint) returns table (choice text, ballots int)
language sql stable security definer set search_path = '' as $$
  select b.choice, count(*)::int from organisation.ballot b join organisation.appraisal a on a.id = b.appraisal_id
  where a.id = appraisal and a.tenant_id = any (tenancy.readable()) and a.state in ('closed', 'published', 'filed') group by b.choice $$;

-- Only the functions above run as the owner of the table; whoever else writes, under whatever name it signed in, moves step by step.
create function organisation.runs_as_owner(target regclass) returns boolean language sql stable
  return (select pg_get_userbyid(c.relowner) = current_user from pg_class c where c.oid = target);

create function organisation.guard_appraisal() returns trigger language plpgsql as $$
begin
  if not organisation.runs_as_owner(tg_relid) and old.state || '>' || new.state not in ('closed>published', 'published>filed', 'published>published') then
    raise exception 'no step %', old.state || '>' || new.state using errcode = 'check_violation', constraint = 'appraisal_step';
  end if;
  return new;
end $$;
create trigger appraisal_guard before update on organisation.appraisal for each row execute function organisation.guard_appraisal();
create function organisation.guard_appraisal_start() returns trigger language plpgsql as $$
begin
  -- Loaders bring results of past years.
  if not organisation.runs_as_owner(tg_relid) and not tenancy.is_system() and (new.state <> 'open' or new.slips <> 0) then
    raise exception 'an appraisal begins open and without slips' using errcode = 'check_violation', constraint = 'appraisal_begins';
  end if;
  return new;
end $$;
create trigger appraisal_begin before insert on organisation.appraisal for each row execute function organisation.guard_appraisal_start();

revoke execute on function organisation.add_slips, organisation.cast_ballot, organisation.count_cast, organisation.take_ballots,
  organisation.close_appraisal, organisation.count_ballots from public;
grant execute on function organisation.add_slips, organisation.cast_ballot, organisation.count_cast, organisation.take_ballots,
  organisation.close_appraisal, organisation.count_ballots to gonglian_plain;
