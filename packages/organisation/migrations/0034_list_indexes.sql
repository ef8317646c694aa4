-- Lists of the whole country enter each table once, by an index that begins with the body: row-level security compares every row that is read
-- otherwise with an array of 44,704 bodies.

-- Officers who left a post that must be filled again (vacancies, chairs elected again).
create index officer_ended on organisation.officer (tenant_id, post, union_id, valid_to)
  where valid_to is not null and post in ('chair', 'vice_chair', 'audit_chair');
-- New chairs (their training).
create index officer_chair on organisation.officer (tenant_id, valid_from) where post = 'chair';
-- Applications that wait and unions in restructuring: few of many.
create index trade_union_waiting on organisation.trade_union (tenant_id, state) where state in ('applied', 'restructuring');
