-- A paper may say until when it counts (a title is held for a term), and is answered as expired from the next day on (decision 0033). Papers without such a day
-- keep their hash.
alter table documents.issued_paper add column valid_until date;
grant insert (valid_until) on documents.issued_paper to gonglian_plain;

create or replace function documents.digest(p documents.issued_paper) returns bytea language sql stable
  return sha256(convert_to((jsonb_build_array(
    p.tenant_id, p.paper, p.record_id, p.number, p.issuer, p.title, p.issued_on, p.data)
    || case when p.valid_until is null then '[]'::jsonb else jsonb_build_array(p.valid_until) end)::text, 'UTF8'));

create or replace function documents.check_paper(asked bytea) returns table (state text, number text, issuer text, title text, issued_on date, hash text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case when w.paper_id is not null then 'withdrawn' when p.valid_until < tenancy.today() then 'expired' else 'genuine' end,
    p.number, p.issuer, p.title, p.issued_on, encode(p.hash, 'hex')
  from documents.issued_paper p left join documents.withdrawal w on w.paper_id = p.id
  where p.token_hash = sha256(asked) and p.token = asked and p.hash = documents.digest(p) $$;
