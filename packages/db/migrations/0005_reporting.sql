-- Reports: one row per body, form and period; the figures are one vector.
create schema reporting;
grant usage on schema reporting to gonglian_plain;

create table reporting.report (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  form_id int not null references indicators.form,
  period text not null check (period ~ '^[0-9]{4}(-(H[12]|Q[1-4]|(0[1-9]|1[0-2])(-[AB])?))?$'),
  period_end date not null,
  state text not null default 'draft' check (state in ('draft', 'submitted', 'returned', 'accepted', 'correcting')),
  -- The figures that count: as last submitted. Null element: missing. What is being typed lives in reporting.draft.
  figures bigint[],
  -- Per figure: 0 exact, 1 about, 2 over, 3 at least, 4 under, 5 at most, 6 range, 7 not collected, 8 not applicable, 9 withheld, 10 redacted. Null: all exact.
  marks smallint[],
  upper_figures bigint[],
  notes jsonb not null default '{}',
  -- Cells sent back: [{"position": 3, "reason": "..."}]
  faults jsonb not null default '[]',
  due_on date,
  submitted_at timestamptz,
  submitted_by text,
  decided_at timestamptz,
  decided_by text,
  -- A correction asked for and not yet granted by the superior.
  correction_reason text,
  version int not null default 1,
  unique (form_id, period, tenant_id),
  check (state in ('draft', 'returned') or figures is not null)
);
create index report_tenant on reporting.report (tenant_id, period_end);

create table reporting.draft (
  report_id bigint primary key references reporting.report on delete cascade,
  tenant_id int not null references tenancy.federation,
  figures bigint[] not null,
  marks smallint[],
  upper_figures bigint[],
  notes jsonb not null default '{}',
  saved_at timestamptz not null default now(),
  saved_by text not null
);
create index draft_tenant on reporting.draft (tenant_id);

-- P5: every step of a report's life with the figures as they stood.
create table reporting.report_version (
  id bigint generated always as identity primary key,
  report_id bigint not null references reporting.report,
  tenant_id int not null references tenancy.federation,
  version int not null,
  event text not null check (event in ('submitted', 'withdrawn', 'returned', 'accepted', 'correction_requested', 'correction_refused', 'reopened', 'imported')),
  figures bigint[],
  marks smallint[],
  notes jsonb not null default '{}',
  faults jsonb not null default '[]',
  reason text not null default '',
  actor text not null,
  at timestamptz not null default now()
);
create index report_version_report on reporting.report_version (report_id, id);
create index report_version_tenant on reporting.report_version (tenant_id, at);
create trigger report_version_append_only before update or delete or truncate on reporting.report_version
  for each statement execute function tenancy.refuse_change();

call tenancy.protect('reporting.report');
call tenancy.protect('reporting.draft');
call tenancy.protect('reporting.report_version');

-- The superior decides about its direct children's reports and writes the decision into their history.
create policy decide_children on reporting.report for update
  using (tenant_id = any ((select tenancy.reviewable())::int[]))
  with check (tenant_id = any ((select tenancy.reviewable())::int[]));
create policy record_decision on reporting.report_version for insert
  with check (tenant_id = any ((select tenancy.reviewable())::int[]) and event in ('returned', 'accepted', 'correction_refused', 'reopened'));
-- What a subordinate is still typing is its own business.
drop policy read_below on reporting.draft;
create policy read_own on reporting.draft for select using (tenant_id = any ((select tenancy.writable())::int[]));

-- GOV-01: a superior never edits a child's figures; the owner never decides about itself.
create function reporting.guard_report() returns trigger language plpgsql as $$
begin
  if tenancy.is_system() then return new; end if;
  if (new.tenant_id, new.form_id, new.period, new.period_end) is distinct from (old.tenant_id, old.form_id, old.period, old.period_end) then
    raise exception 'a report keeps its place' using errcode = 'check_violation', constraint = 'report_place';
  end if;
  if tenancy.current_tenant() <> old.tenant_id then
    if (new.figures, new.marks, new.upper_figures, new.notes) is distinct from (old.figures, old.marks, old.upper_figures, old.notes) then
      raise exception 'a superior does not edit figures (GOV-01)' using errcode = 'insufficient_privilege';
    end if;
  elsif new.state is distinct from old.state and new.state in ('accepted', 'returned', 'correcting') then
    raise exception 'the superior decides' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger report_guard before update on reporting.report for each row execute function reporting.guard_report();

grant select, insert, update on reporting.report to gonglian_plain;
grant select, insert, update, delete on reporting.draft to gonglian_plain;
grant select, insert on reporting.report_version to gonglian_plain;
