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
  figures bigint[] check (0 <= all (figures) and 10000000000000 >= all (figures)),
  -- Per figure: 0 exact, 1 about, 2 over, 3 at least, 4 under, 5 at most, 6 range, 7 not collected, 8 not applicable, 9 withheld, 10 redacted. Null: all exact.
  marks smallint[] check (0 <= all (marks) and 10 >= all (marks)),
  upper_figures bigint[] check (0 <= all (upper_figures) and 10000000000000 >= all (upper_figures)),
  -- Per position (as text): what the body says about the figure.
  notes jsonb not null default '{}',
  -- Cells sent back: [{"position": 3, "reason": "..."}]
  faults jsonb not null default '[]',
  -- Warnings nobody has explained, as counted at submission: such a report is not accepted in a batch.
  open_warnings int not null default 0,
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
  figures bigint[] not null check (0 <= all (figures) and 10000000000000 >= all (figures)),
  marks smallint[] check (0 <= all (marks) and 10 >= all (marks)),
  upper_figures bigint[] check (0 <= all (upper_figures) and 10000000000000 >= all (upper_figures)),
  notes jsonb not null default '{}',
  -- The version of the report at which this draft began, and at which each cell was last typed in: two officers on one report
  -- meet only in the cells that both have changed.
  since_version int not null,
  cell_versions int[] not null default '{}',
  saved_at timestamptz not null default now(),
  saved_by text not null
);
create index draft_tenant on reporting.draft (tenant_id);

-- P5: every step of a report's life. Figures stand where they were given (submitted, imported); a decision is about those before it.
create table reporting.report_version (
  id bigint generated always as identity primary key,
  report_id bigint not null references reporting.report,
  tenant_id int not null references tenancy.federation,
  version int not null,
  event text not null check (event in ('submitted', 'withdrawn', 'returned', 'accepted', 'correction_requested', 'correction_refused', 'reopened', 'imported')),
  figures bigint[],
  marks smallint[],
  upper_figures bigint[],
  notes jsonb not null default '{}',
  faults jsonb not null default '[]',
  reason text not null default '',
  actor text not null,
  at timestamptz not null default now(),
  check ((event in ('submitted', 'imported')) = (figures is not null))
);
create index report_version_report on reporting.report_version (report_id, id);
create index report_version_tenant on reporting.report_version (tenant_id, at);
create trigger report_version_append_only before update or delete or truncate on reporting.report_version
  for each statement execute function tenancy.refuse_change();

-- Read own and below; write own. The checks are scalars, not the array of all bodies below: a loader writes 44,704 rows at once.
do $$
declare t text;
begin
  foreach t in array array['report', 'draft', 'report_version'] loop
    execute format('alter table reporting.%I enable row level security', t);
    execute format('alter table reporting.%I force row level security', t);
    execute format('create policy insert_own on reporting.%I for insert with check (
      tenancy.is_system() or tenancy.reach() = ''business'' and tenant_id = tenancy.current_tenant())', t);
  end loop;
end $$;
create policy read_below on reporting.report for select using (tenant_id = any ((select tenancy.readable())::int[]));
create policy update_own on reporting.report for update using (tenant_id = any ((select tenancy.writable())::int[]));
-- The superior decides about its direct children's reports and writes the decision into their history.
create policy decide_children on reporting.report for update using (tenant_id = any ((select tenancy.reviewable())::int[]));

-- What a subordinate is still typing is its own business.
create policy read_own on reporting.draft for select using (tenant_id = any ((select tenancy.writable())::int[]));
create policy update_own on reporting.draft for update using (tenant_id = any ((select tenancy.writable())::int[]));
create policy delete_own on reporting.draft for delete using (tenant_id = any ((select tenancy.writable())::int[]));

create policy read_below on reporting.report_version for select using (tenant_id = any ((select tenancy.readable())::int[]));
-- Each side records only its own steps: nobody writes an acceptance into its own history.
alter policy insert_own on reporting.report_version with check (
  tenancy.is_system() or tenancy.reach() = 'business' and tenant_id = tenancy.current_tenant()
    and event in ('submitted', 'withdrawn', 'correction_requested'));
create policy record_decision on reporting.report_version for insert
  with check (tenant_id = any ((select tenancy.reviewable())::int[]) and event in ('returned', 'accepted', 'correction_refused', 'reopened'));

-- GOV-01: a superior never edits a child's figures; the owner never decides about itself. Figures change only in the act of submitting (P5).
create function reporting.guard_report() returns trigger language plpgsql as $$
declare step text;
begin
  if tg_op = 'INSERT' then
    if new.state <> 'draft' or new.figures is not null then
      raise exception 'a report begins as a draft' using errcode = 'check_violation', constraint = 'report_begins_as_draft';
    end if;
    return new;
  end if;
  if (new.tenant_id, new.form_id, new.period, new.period_end) is distinct from (old.tenant_id, old.form_id, old.period, old.period_end) then
    raise exception 'a report keeps its place' using errcode = 'check_violation', constraint = 'report_place';
  end if;
  if new.version <= old.version then
    raise exception 'every change makes a new version' using errcode = 'check_violation', constraint = 'report_version_grows';
  end if;
  step := old.state || '>' || new.state;
  if tenancy.current_tenant() <> old.tenant_id then
    if (new.figures, new.marks, new.upper_figures, new.notes, new.submitted_at, new.submitted_by)
        is distinct from (old.figures, old.marks, old.upper_figures, old.notes, old.submitted_at, old.submitted_by) then
      raise exception 'a superior does not edit figures (GOV-01)' using errcode = 'insufficient_privilege';
    end if;
    if step not in ('submitted>accepted', 'submitted>returned', 'accepted>correcting', 'accepted>accepted') then
      raise exception 'a superior does not move a report by %', step using errcode = 'check_violation', constraint = 'report_step';
    end if;
    return new;
  end if;
  if step not in ('draft>submitted', 'returned>submitted', 'correcting>submitted', 'submitted>draft')
      and not (old.state = new.state and old.state in ('draft', 'returned', 'correcting', 'accepted')) then
    raise exception 'the owner does not move a report by %', step using errcode = 'insufficient_privilege';
  end if;
  if (new.figures, new.marks, new.upper_figures, new.notes) is distinct from (old.figures, old.marks, old.upper_figures, old.notes)
      and not (new.state = 'submitted' and old.state <> 'submitted') then
    raise exception 'figures change only by submitting' using errcode = 'check_violation', constraint = 'report_figures';
  end if;
  return new;
end $$;
create trigger report_guard before insert or update on reporting.report
  for each row when (not tenancy.is_system()) execute function reporting.guard_report();

grant select, insert, update on reporting.report to gonglian_plain;
grant select, insert, update, delete on reporting.draft to gonglian_plain;
grant select, insert on reporting.report_version to gonglian_plain;
