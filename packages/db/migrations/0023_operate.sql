-- When a change of the tree was noted, so that readiness can say how long it has been waiting; null: before this column.
alter table rollup.regrouped add column marked_at timestamptz;
alter table rollup.regrouped alter column marked_at set default tenancy.now();
