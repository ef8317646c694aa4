-- Officers and posts, approved posts, training; the women's organisation.

-- Quotas (编制): how many posts somebody approved, for which unit.
create table organisation.staff_quota (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  unit_name text not null check (length(unit_name) between 2 and 80),
  category text not null check (category in ('administrative', 'institution', 'worker', 'contracted')),
  posts int not null check (posts between 1 and 10000),
  document text not null default '',
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  version int not null default 1
);
create index staff_quota_tenant on organisation.staff_quota (tenant_id);
call tenancy.protect('organisation.staff_quota');

create table organisation.officer (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  -- Null: of the body itself.
  union_id bigint references organisation.trade_union,
  -- Superiors see who leads a union (handbook 14.2); nothing else personal stands here.
  name text not null check (length(name) between 1 and 60),
  gender text check (gender in ('female', 'male')),
  post text not null check (post in ('chair', 'vice_chair', 'committee_member', 'audit_chair', 'women_chair', 'office', 'organiser', 'team_leader')),
  engagement text not null check (engagement in ('full_time', 'part_time', 'contracted')),
  -- What else the person is ("deputy_township_head"), and of what rank.
  concurrent_post text not null default '' check (length(concurrent_post) <= 80),
  rank text not null default 'none' check (rank in ('none', 'section_deputy', 'section', 'county_deputy', 'county', 'city_deputy', 'city',
    'township_deputy', 'township', 'enterprise_middle', 'enterprise_deputy', 'enterprise')),
  appointed_by text not null default 'elected' check (appointed_by in ('elected', 'appointed', 'dispatched')),
  -- Sits on the party committee of the body (M092 counts them).
  is_party_committee boolean not null default false,
  quota_id bigint references organisation.staff_quota,
  -- ORG-05: said by whoever nominates; null: not asked.
  is_near_relative boolean,
  contract_ends_on date,
  valid_from date not null,
  valid_to date check (valid_to >= valid_from),
  end_reason text not null default '',
  version int not null default 1
);
create index officer_tenant on organisation.officer (tenant_id, post, valid_to);
create index officer_union on organisation.officer (union_id, post);
create unique index officer_chair_once on organisation.officer (tenant_id, coalesce(union_id, 0), post)
  where valid_to is null and post in ('chair', 'audit_chair', 'women_chair');
call tenancy.protect('organisation.officer');

-- ORG-14: paid working days of officers who are not full-time.
create table organisation.union_day (
  officer_id bigint not null references organisation.officer,
  tenant_id int not null references tenancy.federation,
  day date not null,
  primary key (officer_id, day)
);
call tenancy.protect_own('organisation.union_day');

create table organisation.training (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  name text not null check (length(name) between 2 and 80),
  kind text not null check (kind in ('class', 'lecture', 'meeting', 'sent')),
  topic text not null default 'general' check (topic in ('general', 'new_chair', 'team_leader', 'law', 'negotiation', 'finance', 'women', 'safety')),
  host text not null default '',
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  planned_persons int not null default 0 check (planned_persons >= 0),
  state text not null default 'planned' check (state in ('planned', 'held', 'cancelled')),
  -- Heard it without being in the register (a lecture in a hall).
  audience int not null default 0 check (audience >= 0),
  version int not null default 1
);
create index training_tenant on organisation.training (tenant_id, starts_on);
call tenancy.protect('organisation.training');

create table organisation.attendance (
  training_id bigint not null references organisation.training,
  officer_id bigint not null references organisation.officer,
  -- Who holds the training, and who keeps the officer's record.
  tenant_id int not null references tenancy.federation,
  owner_id int not null references tenancy.federation,
  result text not null default 'attended' check (result in ('enrolled', 'attended', 'passed', 'absent')),
  primary key (training_id, officer_id)
);
create index attendance_officer on organisation.attendance (officer_id);
create index attendance_tenant on organisation.attendance (tenant_id);
call tenancy.protect('organisation.attendance');
-- Of the own body and below (the officer's keeper reads it too).
create policy sent_in_sight on organisation.attendance as restrictive for insert with check (
  owner_id = any ((select tenancy.readable())::int[]));
create policy read_sent on organisation.attendance for select using (owner_id = any ((select tenancy.writable())::int[]));

grant select, insert, update on organisation.staff_quota, organisation.officer, organisation.training to gonglian_plain;
grant select, insert on organisation.union_day to gonglian_plain;
grant select, insert, delete on organisation.attendance to gonglian_plain;

-- ORG-02: a union with few women has a woman member instead of a committee.
alter table organisation.companion_body drop constraint companion_body_kind_check;
alter table organisation.companion_body add constraint companion_body_kind_check check (kind in ('union_committee', 'audit_committee',
  'women_committee', 'women_member', 'staff_congress', 'dispute_mediation', 'labour_protection', 'law_supervision', 'contract_supervision'));
-- A committee or a member, never both at once.
create unique index companion_body_women on organisation.companion_body (union_id)
  where ended_on is null and kind in ('women_committee', 'women_member');

create table organisation.women_activity (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  union_id bigint references organisation.trade_union,
  kind text not null check (kind in ('march_eighth', 'training', 'care', 'rights_week', 'contest', 'reading', 'other')),
  name text not null check (length(name) between 2 and 80),
  held_on date not null,
  persons int not null check (persons >= 0),
  version int not null default 1
);
create index women_activity_tenant on organisation.women_activity (tenant_id, held_on);
call tenancy.protect('organisation.women_activity');

create table organisation.nursing_room (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  union_id bigint references organisation.trade_union,
  employer_id bigint references organisation.employer,
  place text not null check (length(place) between 2 and 120),
  opened_on date not null,
  closed_on date check (closed_on >= opened_on),
  version int not null default 1
);
create index nursing_room_tenant on organisation.nursing_room (tenant_id);
call tenancy.protect('organisation.nursing_room');

-- Two-cancer screening (两癌筛查). Superiors count persons; results are health data (C4) of the owner alone, and sealed.
create table organisation.screening (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  union_id bigint references organisation.trade_union,
  hospital text not null default '',
  held_on date not null,
  persons int not null check (persons > 0),
  version int not null default 1
);
create index screening_tenant on organisation.screening (tenant_id, held_on);
call tenancy.protect('organisation.screening');

create table organisation.screening_result (
  id bigint generated always as identity primary key,
  screening_id bigint not null references organisation.screening,
  tenant_id int not null references tenancy.federation,
  -- Who, what was found and how to reach her: one sealed text, so that no column tells anything by itself.
  sealed bytea not null,
  -- Separate consent to sensitive data (PIPL 29).
  consent_on date not null,
  -- Set for each result, whatever was found: a date alone does not say who is ill.
  follow_up_on date not null,
  followed_up_on date,
  version int not null default 1
);
create index screening_result_due on organisation.screening_result (tenant_id, follow_up_on) where followed_up_on is null;
create index screening_result_screening on organisation.screening_result (screening_id);
call tenancy.protect_own('organisation.screening_result');

grant select, insert on organisation.women_activity to gonglian_plain;
grant select, insert, update on organisation.nursing_room, organisation.screening, organisation.screening_result to gonglian_plain;
