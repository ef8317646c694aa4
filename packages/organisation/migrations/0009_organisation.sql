-- Employers, unions and who they cover. Further nouns of the domain follow in migrations of their own.
create schema organisation;
grant usage on schema organisation to gonglian_plain;

create table organisation.employer (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  -- GB 32100; null: not known (yet). Lists are matched by it first.
  credit_code text check (credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{18}$'),
  name text not null check (length(name) between 2 and 120),
  -- Folded for comparison: width, case, brackets and spaces. Matched second.
  name_key text not null,
  former_names text[] not null default '{}',
  former_keys text[] not null default '{}',
  area_code text not null default '',
  address text not null default '',
  park text not null default '',
  -- GB/T 4754 section letter.
  industry text not null default '' check (industry ~ '^[A-T]?$'),
  ownership text not null default 'private' check (ownership in ('state', 'collective', 'private', 'foreign', 'mixed', 'public')),
  unit_class text not null default 'enterprise' check (unit_class in
    ('enterprise', 'institution', 'government', 'social_organisation', 'new_economic', 'new_social', 'cooperative', 'retail', 'self_employed', 'project')),
  headcount int check (headcount between 0 and 2000000),
  female_count int check (female_count between 0 and headcount),
  migrant_count int check (migrant_count between 0 and headcount),
  new_form_count int check (new_form_count between 0 and headcount),
  -- Staff outside the approved posts count in the denominator like all others (M112).
  non_quota_count int check (non_quota_count between 0 and headcount),
  has_party_organisation boolean,
  status text not null default 'operating' check (status in ('operating', 'suspended', 'closed', 'restructured', 'moved')),
  founded_on date,
  ended_on date,
  source text not null default '',
  version int not null default 1,
  created_at timestamptz not null default now(),
  check ((status in ('closed', 'moved')) = (ended_on is not null))
);
create unique index employer_code on organisation.employer (tenant_id, credit_code) where credit_code is not null;
create index employer_name on organisation.employer (tenant_id, name_key);
call tenancy.protect('organisation.employer');

create table organisation.trade_union (
  id bigint generated always as identity primary key,
  -- The federation that keeps its records and, for basic unions, is its superior.
  tenant_id int not null references tenancy.federation,
  -- Number of the approval register, unique in the country: transfers name the receiving union by it. No approval, no number (ORG-03).
  code text unique check (code ~ '^[0-9A-Z][0-9A-Z-]{3,31}$'),
  name text not null check (length(name) between 2 and 120),
  name_key text not null,
  -- Handbook 2.2; GROUP: a union group or branch below a union (职工小家).
  kind text not null check (kind in ('BASIC_SINGLE', 'BASIC_JOINT', 'BASIC_PROJECT', 'UNION_ASSOC_BASIC', 'UNION_ASSOC_INDUSTRY',
    'FEDERATION_TOWNSHIP', 'WORK_COMMITTEE', 'ORGANISER_ONLY', 'PREPARATORY', 'GROUP')),
  parent_union_id bigint references organisation.trade_union,
  line_guide_id int references tenancy.federation,
  employer_id bigint references organisation.employer,
  state text not null default 'preparatory' check (state in ('preparatory', 'applied', 'approved', 'active', 'restructuring', 'merged', 'revoked')),
  is_village boolean not null default false,
  unit_class text not null default 'enterprise',
  ownership text not null default 'private',
  industry text not null default '',
  area_code text not null default '',
  headcount int not null default 0 check (headcount between 0 and 2000000),
  female_headcount int not null default 0 check (female_headcount between 0 and headcount),
  has_party_organisation boolean,
  applied_on date,
  approved_on date,
  approval_no text not null default '',
  -- Who put the application forward; somebody else decides about it.
  proposed_by text not null default '',
  founded_on date,
  -- Project unions end with their project (M012).
  expected_end_on date,
  ended_on date,
  end_reason text not null default '',
  merged_into_id bigint references organisation.trade_union,
  legal_person_no text not null default '',
  legal_person_on date,
  office text not null default '',
  phone text not null default '',
  version int not null default 1,
  created_at timestamptz not null default now(),
  -- ORG-03: no approval, no union that works.
  check (state not in ('approved', 'active', 'restructuring') or approved_on is not null and code is not null),
  check (state not in ('active', 'restructuring') or founded_on is not null),
  check ((state in ('merged', 'revoked')) = (ended_on is not null)),
  check ((state = 'merged') = (merged_into_id is not null)),
  check (founded_on is null or ended_on is null or ended_on >= founded_on)
);
-- ORG 5.5: a union's name is unique under its superior while it lives.
create unique index trade_union_name on organisation.trade_union (tenant_id, name_key) where state not in ('merged', 'revoked');
create index trade_union_list on organisation.trade_union (tenant_id, state, id);
create index trade_union_employer on organisation.trade_union (employer_id);
create index trade_union_parent on organisation.trade_union (parent_union_id);
call tenancy.protect('organisation.trade_union');

-- Which employers a union covers, since when, in which way. An employer may stand in its own union and in an association (二次覆盖):
-- covered units are counted apart from unions and once each.
create table organisation.covered_unit (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  union_id bigint not null references organisation.trade_union,
  employer_id bigint not null references organisation.employer,
  mode text not null check (mode in ('own', 'joint', 'association', 'custody')),
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  note text not null default ''
);
create unique index covered_unit_once on organisation.covered_unit (union_id, employer_id) where valid_to is null;
create index covered_unit_employer on organisation.covered_unit (employer_id, valid_to);
create index covered_unit_tenant on organisation.covered_unit (tenant_id);
call tenancy.protect('organisation.covered_unit');

-- 六会同建: which bodies, is a check-list of the place; here stands which of them a union has, since when.
create table organisation.companion_body (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  union_id bigint not null references organisation.trade_union,
  kind text not null check (kind in ('union_committee', 'audit_committee', 'women_committee', 'staff_congress', 'dispute_mediation',
    'labour_protection', 'law_supervision', 'contract_supervision')),
  formed_on date not null,
  ended_on date check (ended_on >= formed_on)
);
create unique index companion_body_once on organisation.companion_body (union_id, kind) where ended_on is null;
create index companion_body_tenant on organisation.companion_body (tenant_id);
call tenancy.protect('organisation.companion_body');

-- Every move of a record of this domain: who, when, why, with what papers. Nothing here is changed later.
create table organisation.step (
  id bigint generated always as identity primary key,
  -- Who did it.
  tenant_id int not null references tenancy.federation,
  -- Whose record it is, where a superior did it: they read what was done to theirs.
  owner_id int references tenancy.federation check (owner_id <> tenant_id),
  object_kind text not null,
  object_id bigint not null,
  from_state text not null default '',
  to_state text not null,
  reason text not null default '',
  details jsonb not null default '{}',
  actor text not null,
  at timestamptz not null default clock_timestamp()
);
create index step_object on organisation.step (object_kind, object_id, id);
create index step_tenant on organisation.step (tenant_id, at);
call tenancy.protect('organisation.step');
-- What happened to one member is as personal as the member's row: the owner alone reads it (handbook 14.2). But that somebody was
-- expelled is reported to the superior (MEM-09).
drop policy read_below on organisation.step;
create policy read_below on organisation.step for select using (
  tenant_id = any ((select tenancy.readable())::int[])
  and (object_kind not in ('member', 'transfer') or object_kind = 'member' and to_state = 'expelled'
    or tenant_id = any ((select tenancy.writable())::int[])));
create policy read_done_to_own on organisation.step for select using (owner_id = any ((select tenancy.writable())::int[]));
-- Nobody writes into the records of bodies that are not below.
create policy add_below on organisation.step as restrictive for insert with check (
  owner_id is null or owner_id = any ((select tenancy.readable())::int[]));
create trigger step_append_only before update or delete or truncate on organisation.step
  for each statement execute function tenancy.refuse_change();

-- What a body keeps ends with a day; nothing is deleted.
grant select, insert, update on organisation.employer, organisation.trade_union, organisation.covered_unit, organisation.companion_body to gonglian_plain;
grant select, insert on organisation.step to gonglian_plain;
