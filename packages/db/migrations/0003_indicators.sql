-- Indicator catalogue, forms and dated parameters: issued by a body, read by it and by everyone below it.
create schema indicators;
grant usage on schema indicators to gonglian_plain;

create table indicators.indicator (
  id int generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  code text not null check (code ~ '^[a-z][a-z0-9_]{1,79}$'),
  name_zh text not null,
  name_en text not null,
  domain text not null,
  unit text not null,
  -- Decimal places kept in the integer: 2 for money (fen) and percent (0.01 %), 0 for heads and things.
  scale smallint not null default 0 check (scale between 0 and 4),
  nature text not null check (nature in ('flow', 'stock', 'ratio')),
  additivity text not null check (additivity in ('sum', 'ratio', 'distinct')),
  -- For ratios: {"op":"/","left":..,"right":..} over indicator codes; computed from totals, never averaged.
  formula jsonb,
  breakdowns text[] not null default '{}',
  polarity smallint not null default 1 check (polarity in (-1, 0, 1)),
  definition_zh text not null default '',
  definition_en text not null default '',
  version int not null default 1,
  retired_on date,
  unique (tenant_id, code)
);
create table indicators.form (
  id int generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  code text not null check (code ~ '^[a-z0-9][a-z0-9-]{1,63}$'),
  name_zh text not null,
  name_en text not null,
  frequency text not null check (frequency in ('half_month', 'month', 'quarter', 'half_year', 'year')),
  version int not null default 1,
  -- Levels that fill it in; whoever is outside sees it but owes nothing.
  filler_levels text[] not null default '{}',
  -- {"days": 5, "kind": "working" | "calendar"} after the end of the period; null: no deadline (historical forms).
  due jsonb,
  rules jsonb not null default '[]',
  opens_on date not null,
  closes_on date,
  unique (tenant_id, code)
);
create table indicators.form_item (
  form_id int not null references indicators.form,
  -- Place in the value vector, from 1. Versions only append, so a position never changes its meaning.
  position int not null check (position between 1 and 4000),
  tenant_id int not null references tenancy.federation,
  indicator_id int not null references indicators.indicator,
  section_zh text not null default '',
  section_en text not null default '',
  breakdown_zh text not null default '',
  breakdown_en text not null default '',
  since_version int not null default 1,
  primary key (form_id, position),
  unique (form_id, indicator_id, breakdown_zh)
);
create function indicators.refuse_item_change() returns trigger language plpgsql as $$
begin
  raise exception 'form items are only appended' using errcode = 'check_violation', constraint = 'form_item_append_only';
end $$;
create trigger form_item_append_only before update or delete on indicators.form_item
  for each row execute function indicators.refuse_item_change();

create table indicators.parameter (
  id int generated always as identity primary key,
  tenant_id int not null references tenancy.federation,
  key text not null,
  value jsonb not null,
  valid_from date not null,
  valid_to date check (valid_to > valid_from),
  source text not null,
  exclude using gist (tenant_id with =, key with =, daterange(valid_from, valid_to) with &&)
);

-- Nearly every row is issued by a superior, whose short list is asked first; only for the others the closure is asked, row by row: the
-- array of all below, compared with each row that is somebody else's, costs ten times the query.
do $$
declare t text;
begin
  foreach t in array array['indicator', 'form', 'form_item', 'parameter'] loop
    execute format('call tenancy.protect(''indicators.%I'')', t);
    execute format('drop policy read_below on indicators.%I', t);
    execute format('create policy read_issued on indicators.%1$I for select using (
      tenancy.reach() in (''business'', ''system'', ''administration'') and tenant_id = any ((select tenancy.superiors())::int[])
      or tenancy.reach() in (''business'', ''system'') and exists (
        select 1 from tenancy.closure c where c.ancestor_id = (select tenancy.current_tenant()) and c.descendant_id = %1$I.tenant_id))', t);
  end loop;
end $$;
grant select, insert, update on indicators.indicator, indicators.form, indicators.parameter to gonglian_plain;
grant select, insert on indicators.form_item to gonglian_plain;
