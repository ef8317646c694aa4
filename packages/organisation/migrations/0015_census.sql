-- The census of employers (摸排) and what founding, merging and ending a union asks for.

-- A list as an office gave it. The rate of unionisation is said of one version of one list.
create table organisation.employer_list (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  source text not null check (source in ('tax', 'market_registry', 'above_scale', 'enterprise_database', 'non_public_database', 'other')),
  list_version text not null check (length(list_version) between 1 and 40),
  name text not null check (length(name) between 2 and 120),
  as_of date not null,
  -- handing_down: its rows are on their way to the bodies below, who match them; a list is matched once, by whoever keeps the employers.
  state text not null default 'open' check (state in ('open', 'matched', 'handing_down', 'handed_down')),
  handed_to text check (handed_to in ('city', 'county', 'township')),
  -- How many bodies got rows, how many rows, how many found nobody, and who had this version already.
  handed_bodies int,
  handed_rows int,
  left_rows int,
  skipped_bodies int,
  -- The superior's list that this one is a part of.
  from_list_id bigint references organisation.employer_list,
  version int not null default 1,
  created_at timestamptz not null default now(),
  check ((state in ('handing_down', 'handed_down')) = (handed_to is not null)),
  check ((state = 'handed_down') = (handed_bodies is not null and handed_rows is not null and left_rows is not null and skipped_bodies is not null)),
  unique (tenant_id, source, list_version)
);
call tenancy.protect('organisation.employer_list');

create table organisation.list_row (
  id bigint generated always as identity primary key,
  list_id bigint not null references organisation.employer_list,
  tenant_id int not null references tenancy.federation,
  row_no int not null check (row_no >= 1),
  credit_code text,
  name text not null,
  name_key text not null,
  area_code text not null default '',
  address text not null default '',
  park text not null default '',
  industry text not null default '',
  ownership text,
  unit_class text,
  headcount int,
  female_count int,
  -- What is wrong with the row as it came ("creditCode", "headcount").
  faults text[] not null default '{}',
  -- waiting: not matched yet; ambiguous: a person decides; dropped: stands twice, or is no employer.
  outcome text not null default 'waiting' check (outcome in ('waiting', 'code', 'name', 'ambiguous', 'added', 'decided', 'dropped')),
  employer_id bigint references organisation.employer,
  candidates bigint[] not null default '{}',
  unique (list_id, row_no)
);
create index list_row_outcome on organisation.list_row (list_id, outcome, row_no);
create index list_row_employer on organisation.list_row (employer_id, list_id);
create index list_row_tenant on organisation.list_row (tenant_id);
call tenancy.protect('organisation.list_row');

create table organisation.campaign (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  name text not null check (length(name) between 2 and 80),
  starts_on date not null,
  ends_on date not null check (ends_on >= starts_on),
  union_goal int check (union_goal between 0 and 1000000),
  unit_goal int check (unit_goal between 0 and 1000000),
  version int not null default 1,
  unique (tenant_id, name, starts_on)
);
call tenancy.protect('organisation.campaign');

-- One employer's way to a union.
create table organisation.lead (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  employer_id bigint not null references organisation.employer,
  list_id bigint references organisation.employer_list,
  union_id bigint references organisation.trade_union,
  state text not null default 'found' check (state in
    ('found', 'contacted', 'preparing', 'applied', 'approved', 'founded', 'refused', 'exempt', 'closed')),
  assigned_to text not null default '' check (length(assigned_to) <= 60),
  due_on date,
  found_on date not null,
  contacted_on date,
  preparing_on date,
  applied_on date,
  approved_on date,
  founded_on date,
  refused_on date,
  refusal_reason text not null default '' check (length(refusal_reason) <= 300),
  ended_on date,
  end_reason text not null default '' check (length(end_reason) <= 300),
  version int not null default 1,
  check ((state in ('founded', 'exempt', 'closed')) = (ended_on is not null)),
  check (state <> 'refused' or refused_on is not null and refusal_reason <> '')
);
create unique index lead_open on organisation.lead (employer_id) where ended_on is null;
create index lead_list on organisation.lead (tenant_id, state, id);
call tenancy.protect('organisation.lead');

-- Who prepares a union in the unit: instructor (指导员), preparatory group, proposed chair. Names stay with the owner.
create table organisation.founder (
  id bigint generated always as identity primary key,
  lead_id bigint not null references organisation.lead,
  tenant_id int not null references tenancy.federation,
  name text not null check (length(name) between 1 and 60),
  part text not null check (part in ('instructor', 'group_leader', 'group_member', 'proposed_chair')),
  -- 党建带工建: sent by whom; party members join first.
  sent_by text not null default '' check (length(sent_by) <= 120),
  is_party_member boolean not null default false,
  from_on date not null,
  to_on date check (to_on >= from_on),
  unique (lead_id, name, part)
);
create index founder_tenant on organisation.founder (tenant_id);
call tenancy.protect_own('organisation.founder');

create table organisation.visit (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  employer_id bigint references organisation.employer,
  lead_id bigint references organisation.lead,
  park text not null default '' check (length(park) <= 80),
  visited_on date not null,
  purpose text not null check (purpose in ('survey', 'mobilise', 'found', 'standardise', 'inspect')),
  visitors int not null default 1 check (visitors between 1 and 500),
  found_out text not null default '' check (length(found_out) <= 1000),
  next_step text not null default '' check (length(next_step) <= 300),
  check (employer_id is not null or park <> '')
);
create index visit_tenant on organisation.visit (tenant_id, visited_on);
create index visit_employer on organisation.visit (employer_id);
call tenancy.protect('organisation.visit');

-- Letters of several departments to an employer that refuses (M054).
create table organisation.joint_letter (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  lead_id bigint not null references organisation.lead,
  letter_no text not null check (length(letter_no) between 1 and 60),
  departments text[] not null check (cardinality(departments) between 1 and 12),
  sent_on date not null,
  due_on date not null check (due_on >= sent_on),
  outcome text check (outcome in ('complied', 'refused', 'no_reply', 'withdrawn')),
  outcome_on date check (outcome_on >= sent_on),
  note text not null default '' check (length(note) <= 500),
  unique (tenant_id, letter_no),
  check ((outcome is null) = (outcome_on is null))
);
create index joint_letter_lead on organisation.joint_letter (lead_id);
create index joint_letter_open on organisation.joint_letter (tenant_id, due_on) where outcome is null;
call tenancy.protect('organisation.joint_letter');

-- Serial numbers of the approval register, one after the other for each body.
create table organisation.register (
  tenant_id int primary key references tenancy.federation,
  last_serial int not null default 0
);
call tenancy.protect('organisation.register');

-- Who an association consists of, besides the units it covers (M094).
create table organisation.association_member (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  association_id bigint not null references organisation.trade_union,
  union_id bigint not null references organisation.trade_union check (union_id <> association_id),
  valid_from date not null,
  valid_to date check (valid_to > valid_from)
);
create unique index association_member_once on organisation.association_member (association_id, union_id) where valid_to is null;
create index association_member_union on organisation.association_member (union_id);
call tenancy.protect('organisation.association_member');

-- What became of a union's property and funds before it was merged or revoked (ORG-04).
create table organisation.settlement (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  union_id bigint not null references organisation.trade_union,
  subject text not null check (subject in ('property', 'funds')),
  amount_fen bigint not null check (amount_fen >= 0),
  receiver text not null check (length(receiver) between 2 and 120),
  document_no text not null check (length(document_no) between 1 and 60),
  settled_on date not null,
  unique (union_id, subject)
);
create index settlement_tenant on organisation.settlement (tenant_id);
call tenancy.protect('organisation.settlement');

-- Units named as examples of building party and union together (M079).
create table organisation.demonstration_unit (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  union_id bigint not null references organisation.trade_union,
  title text not null check (length(title) between 2 and 80),
  party_branch text not null default '' check (length(party_branch) <= 120),
  named_on date not null,
  ended_on date check (ended_on >= named_on),
  unique (union_id, title)
);
create index demonstration_unit_tenant on organisation.demonstration_unit (tenant_id);
call tenancy.protect('organisation.demonstration_unit');

grant select, insert, update on organisation.employer_list, organisation.list_row, organisation.campaign, organisation.lead,
  organisation.joint_letter, organisation.register, organisation.association_member, organisation.settlement, organisation.demonstration_unit
  to gonglian_plain;
grant select, insert on organisation.visit to gonglian_plain;
-- The preparatory group is written anew whenever it changes.
grant select, insert, update, delete on organisation.founder to gonglian_plain;
