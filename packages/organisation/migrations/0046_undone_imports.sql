-- Who an officer of a union is: for the body that keeps the union alone (handbook 14.2; superiors see the name and the post).
create table organisation.officer_person (
  id bigint generated always as identity primary key,
  officer_id bigint not null unique references organisation.officer,
  tenant_id int not null references tenancy.federation,
  id_sealed bytea,
  id_print bytea check (octet_length(id_print) = 16),
  mobile_sealed bytea,
  mobile_print bytea check (octet_length(mobile_print) = 16)
);
create index officer_person_tenant on organisation.officer_person (tenant_id);
call tenancy.protect_own('organisation.officer_person');
grant select, insert, update on organisation.officer_person to gonglian_plain;

-- Nothing is deleted from the register, but what an import wrote while that import is undone.
create procedure organisation.delete_undone(target regclass, kind text) language plpgsql as $$
begin
  execute format('create policy delete_undone on %s as restrictive for delete using (exists (
    select from organisation.import_item t join organisation.import i on i.id = t.import_id
    where t.object_kind = %L and t.object_id = %s.id and i.tenant_id = %s.tenant_id and i.state = ''undoing''))',
    target, kind, target, target);
  execute format('grant delete on %s to gonglian_plain', target);
end $$;
call organisation.delete_undone('organisation.member', 'member');
call organisation.delete_undone('organisation.officer_person', 'officer_person');
call organisation.delete_undone('organisation.officer', 'officer');
call organisation.delete_undone('organisation.term', 'term');
call organisation.delete_undone('organisation.companion_body', 'companion_body');
call organisation.delete_undone('organisation.covered_unit', 'covered_unit');
call organisation.delete_undone('organisation.trade_union', 'union');
call organisation.delete_undone('organisation.employer', 'employer');
drop procedure organisation.delete_undone;
