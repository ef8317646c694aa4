-- One clock and one lock order for the tree.

-- The time of the transaction, given by withTenant (app.now). Defaults and triggers take it instead of now(), so that the application and
-- the database never order events by two clocks. Fails outside withTenant, like app.tenant.
create function tenancy.now() returns timestamptz language sql stable parallel safe
  return current_setting('app.now')::timestamptz;
-- The calendar day in Asia/Shanghai of that time.
create function tenancy.today() returns date language sql stable parallel safe
  return (current_setting('app.now')::timestamptz at time zone 'Asia/Shanghai')::date;

-- Whoever changes the tree holds this lock exclusively until the commit; whoever reads the tree to compute or decide something that is stored
-- holds it shared. A trigger takes it, so that no function that changes links can forget to.
create function tenancy.lock_tree() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock(7002);
  return null;
end $$;
create trigger link_locks_tree before insert or update or delete on tenancy.link for each statement execute function tenancy.lock_tree();
