-- The policy account_redeem says of which accounts a link may be redeemed; this says what redeeming sets: the password, and that an
-- account which waited is in use. Name, body, language and the rest stay, and nothing disabled comes back.
create function auth.guard_redemption() returns trigger language plpgsql as $$
begin
  -- Read so that a connection which claims nothing, the owner's, passes.
  if current_setting('app.reach', true) = 'sign_in' and (
      to_jsonb(new) - '{password_hash,must_change_password,password_changed_at,status}'::text[]
        <> to_jsonb(old) - '{password_hash,must_change_password,password_changed_at,status}'::text[]
      or new.must_change_password and not old.must_change_password
      or new.status <> old.status and not (old.status = 'waiting' and new.status = 'active')) then
    raise exception 'redeeming a link sets the password' using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
create trigger account_redemption before update on auth.account for each row execute function auth.guard_redemption();
