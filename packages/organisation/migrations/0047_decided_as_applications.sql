-- Foundings and elections are decided as applications (decision 0033). What waited for the own leader has no application, and what was approved before has not
-- said who stands at the founding: both go back to whoever prepares them, who hands them in again.
alter table organisation.trade_union no force row level security;
alter table organisation.lead no force row level security;
alter table organisation.election no force row level security;
alter table organisation.term no force row level security;
alter table organisation.step no force row level security;
alter table approvals.application no force row level security;
alter table approvals.step no force row level security;

create temporary table gone on commit drop as
select u.id, u.tenant_id, u.state from organisation.trade_union u where u.state in ('applied', 'approved');
with taken as (
  update approvals.application a set state = 'withdrawn', decided_on = null, decided_by = '', reason = '', version = a.version + 1
  from gone where a.kind = 'union.founding' and a.object_id = gone.id and a.state in ('applied', 'proposed', 'returned')
  returning a.id, a.from_tenant_id)
insert into approvals.step (application_id, tenant_id, actor, from_state, to_state, note)
select id, from_tenant_id, 'system:migration', 'applied', 'withdrawn', '' from taken;
insert into organisation.step (tenant_id, object_kind, object_id, from_state, to_state, reason, actor, at)
select tenant_id, 'union', id, state, 'preparatory', '建会审批改为统一申请，请重新提交', 'system:migration', tenancy.now() from gone;
update organisation.trade_union u set state = 'preparatory', applied_on = null, approved_on = null, approval_no = '', version = u.version + 1
from gone where u.id = gone.id;
update organisation.lead l set state = 'preparing', version = l.version + 1
from gone where l.union_id = gone.id and l.ended_on is null and l.state in ('applied', 'approved');

create temporary table open_election on commit drop as
select e.id, e.tenant_id, e.union_id from organisation.election e
where e.state = 'asked' and not exists (
  select from approvals.application a where a.kind = 'election.slate' and a.object_id = e.id and a.state in ('applied', 'proposed'));
update organisation.election e set state = 'returned', version = e.version + 1 from open_election o where e.id = o.id;
insert into organisation.step (tenant_id, object_kind, object_id, from_state, to_state, reason, actor, at)
select tenant_id, 'election', id, 'asked', 'returned', '换届审批改为统一申请，请重新提交', 'system:migration', tenancy.now() from open_election;
update organisation.term t set state = 'running', version = t.version + 1 from open_election o
where t.tenant_id = o.tenant_id and t.union_id is not distinct from o.union_id and t.state = 'in_election';

alter table organisation.trade_union force row level security;
alter table organisation.lead force row level security;
alter table organisation.election force row level security;
alter table organisation.term force row level security;
alter table organisation.step force row level security;
alter table approvals.application force row level security;
alter table approvals.step force row level security;
drop table gone, open_election;
