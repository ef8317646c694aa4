-- A link is redeemed by its token alone. Until here whoever sent statements before signing in could set the password of any account with an
-- open link (policy account_redeem), and could put a link there. Now a function does both in one: it finds the link by the token, marks it used
-- and sets the password of its account. Before signing in a link is only read.
drop trigger account_redemption on auth.account;
drop function auth.guard_redemption();
drop policy account_redeem on auth.account;
alter policy own_add on auth.one_time_link with check (auth.in_reach(tenant_id));
alter policy own_change on auth.one_time_link using (auth.in_reach(tenant_id)) with check (auth.in_reach(tenant_id));
alter policy own_drop on auth.one_time_link using (auth.in_reach(tenant_id));
create policy by_function on auth.account for update to current_user using (auth.at_sign_in()) with check (auth.at_sign_in());
create policy by_function on auth.one_time_link for update to current_user using (auth.at_sign_in()) with check (auth.at_sign_in());

-- The account whose password was set; null when the link is void or the password is no longer the one that was compared.
create function auth.redeem_link(token text, known_hash text, new_hash text) returns bigint
  language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare redeemed bigint;
begin
  if token is null or not auth.at_sign_in() then return null; end if;
  update auth.account a
    set password_hash = new_hash, must_change_password = false, password_changed_at = tenancy.now(),
      status = case when a.status = 'waiting' and exists (select 1 from auth.account_role r where r.account_id = a.id) then 'active' else a.status end
    from auth.one_time_link l
    where l.token_hash = encode(sha256(convert_to(token, 'UTF8')), 'hex') and l.used_at is null and l.expires_at > tenancy.now()
      and a.id = l.account_id and a.password_hash = known_hash and a.status <> 'disabled'
    returning a.id into redeemed;
  update auth.one_time_link l set used_at = tenancy.now() where l.account_id = redeemed and l.used_at is null;
  return redeemed;
end $$;
revoke execute on function auth.redeem_link from public;
grant execute on function auth.redeem_link to gonglian_plain;

-- Who reorganises the tree writes no records: until here a grantor's claim was enough to raise an appeal for a body below.
alter policy insert_own on organisation.rating_appeal with check (
  tenant_id = any ((select tenancy.writable())::int[]) or
  tenancy.reach() = 'business' and grantor_id = tenancy.current_tenant() and tenant_id = any ((select tenancy.readable())::int[]));
