-- Papers that a body issued under its name. A paper is issued once with the data that stood on the record that day; its print carries a token, with which
-- anybody can ask whether number, issuer, title, date and hash are genuine (docs/decisions/0030).
create schema documents;
grant usage on schema documents to gonglian_plain;

create table documents.issued_paper (
  id bigint generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  -- Which paper: the path of its declaration, `unions.approval`.
  paper text not null check (length(paper) between 3 and 80),
  record_id bigint not null,
  number text not null check (length(number) between 1 and 80),
  -- As the body was called that day. This, the day and the hash come from the trigger below.
  issuer text not null default '',
  title text not null check (length(title) between 2 and 200),
  data jsonb not null,
  issued_on date not null default tenancy.today(),
  issued_by text not null check (issued_by <> ''),
  issued_at timestamptz not null default tenancy.now(),
  -- The withdrawn paper that this one takes the place of.
  replaces bigint,
  -- Random, printed as a QR code. It is found by its hash, so that the time of an answer tells nothing of the signs that were right.
  token bytea not null check (octet_length(token) = 18),
  token_hash bytea not null generated always as (sha256(token)) stored unique,
  hash bytea not null default ''::bytea,
  unique (id, tenant_id),
  -- Once; again only in place of one that was withdrawn.
  unique nulls not distinct (tenant_id, paper, record_id, replaces)
);
call tenancy.protect_own('documents.issued_paper');

create table documents.withdrawal (
  paper_id bigint primary key,
  tenant_id int not null references tenancy.federation,
  reason text not null check (length(reason) between 2 and 300),
  withdrawn_by text not null check (withdrawn_by <> ''),
  withdrawn_at timestamptz not null default tenancy.now(),
  unique (paper_id, tenant_id),
  -- With the body, because a foreign key does not ask policies: nobody withdraws another body's paper.
  foreign key (paper_id, tenant_id) references documents.issued_paper (id, tenant_id)
);
create index withdrawal_tenant on documents.withdrawal (tenant_id);
call tenancy.protect_own('documents.withdrawal');
alter table documents.issued_paper add foreign key (replaces, tenant_id) references documents.withdrawal (paper_id, tenant_id);

-- What the hash is of: all that the paper says. jsonb has one way to write a value.
create function documents.digest(p documents.issued_paper) returns bytea language sql stable
  return sha256(convert_to(jsonb_build_array(
    p.tenant_id, p.paper, p.record_id, p.number, p.issuer, p.title, p.issued_on, p.data)::text, 'UTF8'));

-- Issuer, day and hash come from the database, not from whoever writes the row.
create function documents.stamp_paper() returns trigger language plpgsql as $$
begin
  select f.name into strict new.issuer from tenancy.federation f where f.id = new.tenant_id;
  new.issued_on := tenancy.today();
  new.hash := documents.digest(new);
  return new;
end $$;
create trigger issued_paper_stamped before insert on documents.issued_paper for each row execute function documents.stamp_paper();
create trigger issued_paper_append_only before update or delete or truncate on documents.issued_paper
  for each statement execute function tenancy.refuse_change();
create trigger withdrawal_append_only before update or delete or truncate on documents.withdrawal
  for each statement execute function tenancy.refuse_change();

grant select, insert (tenant_id, paper, record_id, number, title, data, issued_by, replaces, token) on documents.issued_paper to gonglian_plain;
grant select, insert (paper_id, tenant_id, reason, withdrawn_by) on documents.withdrawal to gonglian_plain;

-- For whoever holds a print: five facts of the paper with this token, and nothing else. A row whose hash does not fit what it says is not answered.
create policy by_function on documents.issued_paper for select to current_user using (true);
create policy by_function on documents.withdrawal for select to current_user using (true);
create function documents.check_paper(asked bytea) returns table (state text, number text, issuer text, title text, issued_on date, hash text)
language sql stable security definer set search_path = pg_catalog, pg_temp as $$
  select case when w.paper_id is null then 'genuine' else 'withdrawn' end, p.number, p.issuer, p.title, p.issued_on, encode(p.hash, 'hex')
  from documents.issued_paper p left join documents.withdrawal w on w.paper_id = p.id
  where p.token_hash = sha256(asked) and p.token = asked and p.hash = documents.digest(p) $$;
revoke execute on function documents.check_paper from public;
grant execute on function documents.check_paper to gonglian_plain;
