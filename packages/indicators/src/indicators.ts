import { sql } from 'kysely'
import { z } from 'zod'
import { DomainError, found, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { listNames, type Formula as FormulaData } from './figures/formulas.ts'
import type { Additivity, Nature } from './figures/items.ts'
import { listIssuers } from './issuers.ts'
import { Domain, IndicatorInput, domains } from './indicator-inputs.ts'
import { Formula } from './rules.ts'

export type Indicator = {
  readonly id: number
  readonly code: string
  readonly nameZh: string
  readonly nameEn: string
  readonly domain: string
  readonly unit: string
  readonly scale: number
  readonly nature: Nature
  readonly additivity: Additivity
  readonly formula: FormulaData | null
  readonly breakdowns: readonly string[]
  readonly polarity: number
  readonly definitionZh: string
  readonly definitionEn: string
  readonly version: number
  readonly retiredOn: string | null
  /** The body whose catalogue it stands in. */
  readonly issuerId: number
}

type Row = {
  id: number
  tenant_id: number
  code: string
  name_zh: string
  name_en: string
  domain: string
  unit: string
  scale: number
  nature: Nature
  additivity: Additivity
  formula: unknown
  breakdowns: string[]
  polarity: number
  definition_zh: string
  definition_en: string
  version: number
  retired_on: string | null
}

function toIndicator(row: Row): Indicator {
  return {
    id: row.id,
    code: row.code,
    nameZh: row.name_zh,
    nameEn: row.name_en,
    domain: row.domain,
    unit: row.unit,
    scale: row.scale,
    nature: row.nature,
    additivity: row.additivity,
    formula: Formula.nullable().parse(row.formula),
    breakdowns: row.breakdowns,
    polarity: row.polarity,
    definitionZh: row.definition_zh,
    definitionEn: row.definition_en,
    version: row.version,
    retiredOn: row.retired_on,
    issuerId: row.tenant_id,
  }
}

export const ListIndicators = z.object({
  search: z.string().trim().max(60).default(''),
  domain: Domain.optional(),
  page: z.int().min(1).max(10_000).default(1),
  pageSize: z.int().min(1).max(500).default(50),
  /** `catalogue`: as the catalogue is ordered. */
  sort: z.enum(['catalogue', 'code', '-code', 'name', '-name', 'unit', '-unit']).default('catalogue'),
})

const sortColumns = { code: 'code', name: 'name_zh', unit: 'unit' } as const

/** The catalogue that applies to the body: its own indicators and its superiors'; how many each domain has beside it. */
export async function listIndicators(
  ctx: TenantContext,
  input: z.output<typeof ListIndicators>,
): Promise<{ rows: Indicator[]; total: number; domains: { domain: string; count: number }[] }> {
  requirePermission(ctx, 'indicator:read')
  const issuers = (await listIssuers(ctx)).map((body) => body.id)
  let query = ctx.db.selectFrom('indicators.indicator').where('tenant_id', '=', sql<number>`any (${issuers})`)
  if (input.search) {
    const needle = `%${input.search.replaceAll(/[\\%_]/g, '\\$&')}%`
    query = query.where((eb) =>
      eb.or([eb('name_zh', 'ilike', needle), eb('name_en', 'ilike', needle), eb('code', 'ilike', needle)]),
    )
  }
  const counts = await query
    .select(['domain', (eb) => eb.fn.countAll<number>().as('count')])
    .groupBy('domain')
    .execute()
  const position = (domain: string) => domains.findIndex((known) => known === domain)
  if (input.domain) query = query.where('domain', '=', input.domain)
  const key = input.sort.replace('-', '')
  const sorted =
    key === 'code' || key === 'name' || key === 'unit'
      ? query.orderBy(sortColumns[key], input.sort.startsWith('-') ? 'desc' : 'asc')
      : query.orderBy(sql`array_position(${[...domains]}::text[], domain)`)
  const rows = await sorted
    .selectAll()
    .orderBy('id')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  const shown = counts.filter((entry) => input.domain === undefined || entry.domain === input.domain)
  return {
    rows: rows.map(toIndicator),
    total: shown.reduce((sum, entry) => sum + entry.count, 0),
    domains: counts.toSorted((a, b) => position(a.domain) - position(b.domain)),
  }
}

/**
 * The indicators with these codes as the body knows them: where a body and a superior use the same code, the nearest one.
 * Codes that mean nothing here are left out.
 */
export async function findIndicators(ctx: TenantContext, codes: readonly string[]): Promise<Map<string, Indicator>> {
  requirePermission(ctx, 'indicator:read')
  const issuers = (await listIssuers(ctx)).map((body) => body.id)
  const rows = await ctx.db
    .selectFrom('indicators.indicator')
    .selectAll()
    .where('code', '=', sql<string>`any (${[...new Set(codes)]})`)
    .where('tenant_id', '=', sql<number>`any (${issuers})`)
    .execute()
  const farthestFirst = rows.toSorted((a, b) => issuers.indexOf(b.tenant_id) - issuers.indexOf(a.tenant_id))
  return new Map(farthestFirst.map((row) => [row.code, toIndicator(row)]))
}

/** Those of the given indicators that are within sight, those of subordinates included, by id. */
export async function findIndicatorsById(ctx: TenantContext, ids: readonly number[]): Promise<Map<number, Indicator>> {
  requirePermission(ctx, 'indicator:read')
  const rows = await ctx.db
    .selectFrom('indicators.indicator')
    .selectAll()
    .where('id', '=', sql<number>`any (${[...new Set(ids)]}::int[])`)
    .execute()
  return new Map(rows.map((row) => [row.id, toIndicator(row)]))
}

/** One indicator by its code. @throws DomainError not_found errors.indicatorNotFound */
export async function getIndicator(ctx: TenantContext, code: string): Promise<Indicator> {
  return found((await findIndicators(ctx, [code])).get(code), 'errors.indicatorNotFound')
}

/** The parts of a ratio must exist, and be no ratios themselves: a rate of rates has no denominator. */
function refuseBadParts(formula: FormulaData | null, parts: ReadonlyMap<string, Pick<Indicator, 'nature'>>): void {
  for (const part of formula === null ? [] : listNames(formula)) {
    const known = parts.get(part)
    if (known && known.nature !== 'ratio') continue
    const key = known ? 'errors.formulaOfRatios' : 'errors.formulaUnknown'
    throw new DomainError('invalid', key, {
      params: { code: part },
      fields: [{ path: 'formula', key, params: { code: part } }],
    })
  }
}

/**
 * Adds an indicator of the body's own beneath its superiors' catalogue.
 *
 * @throws DomainError conflict errors.indicatorExists where the code is taken, here or above
 */
export async function defineIndicator(ctx: TenantContext, input: z.output<typeof IndicatorInput>): Promise<Indicator> {
  requirePermission(ctx, 'indicator:define')
  const known = await findIndicators(ctx, [input.code, ...(input.formula === null ? [] : listNames(input.formula))])
  if (known.has(input.code)) throw refuseTakenCode(input.code)
  refuseBadParts(input.formula, known)
  const added = await ctx.db
    .insertInto('indicators.indicator')
    .values({
      tenant_id: ctx.tenantId,
      code: input.code,
      name_zh: input.nameZh,
      name_en: input.nameEn,
      domain: input.domain,
      unit: input.unit,
      scale: input.scale,
      nature: input.nature,
      additivity: input.additivity,
      formula: input.formula === null ? null : JSON.stringify(input.formula),
      breakdowns: input.breakdowns,
      polarity: input.polarity,
      definition_zh: input.definitionZh,
      definition_en: input.definitionEn,
    })
    // Somebody else may have taken the code since it was looked up.
    .onConflict((conflict) => conflict.columns(['tenant_id', 'code']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (added === undefined) throw refuseTakenCode(input.code)
  await recordAudit(ctx, {
    action: 'indicator.define',
    objectKind: 'indicator',
    objectId: input.code,
    after: { nameZh: input.nameZh, unit: input.unit },
  })
  return toIndicator(added)
}

function refuseTakenCode(code: string): DomainError {
  const fields = [{ path: 'code', key: 'errors.indicatorExists', params: { code } }]
  return new DomainError('conflict', 'errors.indicatorExists', { params: { code }, fields })
}

/** Inserts or, where something differs, updates indicators of the acting body; how many rows were written. */
async function writeIndicators(
  ctx: TenantContext,
  inputs: readonly z.output<typeof IndicatorInput>[],
): Promise<number> {
  const { rows } = await sql<{ code: string }>`
    insert into indicators.indicator as i (tenant_id, code, name_zh, name_en, domain, unit, scale, nature, additivity, formula,
      breakdowns, polarity, definition_zh, definition_en)
    select ${ctx.tenantId}, b.code, b."nameZh", b."nameEn", b.domain, b.unit, b.scale, b.nature, b.additivity, nullif(b.formula, 'null'::jsonb),
      array(select jsonb_array_elements_text(b.breakdowns)), b.polarity, b."definitionZh", b."definitionEn"
    from rows from (jsonb_to_recordset(${JSON.stringify(inputs)}::jsonb) as (code text, "nameZh" text, "nameEn" text, domain text,
      unit text, scale smallint, nature text, additivity text, formula jsonb, breakdowns jsonb, polarity smallint, "definitionZh" text,
      "definitionEn" text)) with ordinality as b
    order by b.ordinality
    on conflict (tenant_id, code) do update set name_zh = excluded.name_zh, name_en = excluded.name_en, domain = excluded.domain,
      unit = excluded.unit, scale = excluded.scale, nature = excluded.nature, additivity = excluded.additivity, formula = excluded.formula,
      breakdowns = excluded.breakdowns, polarity = excluded.polarity, definition_zh = excluded.definition_zh,
      definition_en = excluded.definition_en, version = i.version + 1
    where (i.name_zh, i.name_en, i.domain, i.unit, i.scale, i.nature, i.additivity, i.formula, i.breakdowns, i.polarity, i.definition_zh, i.definition_en)
      is distinct from (excluded.name_zh, excluded.name_en, excluded.domain, excluded.unit, excluded.scale, excluded.nature, excluded.additivity,
        excluded.formula, excluded.breakdowns, excluded.polarity, excluded.definition_zh, excluded.definition_en)
    returning i.code`.execute(ctx.db)
  return rows.length
}

/**
 * Brings indicators of the acting body to the given state: new ones are added, changed ones get a new version, the rest is
 * left alone. For loaders, so only system actors.
 *
 * @returns how many were added or changed
 */
export async function loadIndicators(
  ctx: TenantContext,
  inputs: readonly z.input<typeof IndicatorInput>[],
): Promise<number> {
  requirePermission(ctx, 'indicator:define')
  if (ctx.actor.kind !== 'system')
    throw new DomainError('forbidden', 'errors.forbidden', { params: { permission: 'indicator:define' } })
  const parsed = z.array(IndicatorInput).parse(inputs)
  const above = await findIndicators(
    ctx,
    parsed.flatMap((input) => (input.formula === null ? [] : listNames(input.formula))),
  )
  const parts = new Map<string, Pick<Indicator, 'nature'>>([
    ...above,
    ...parsed.map((input): [string, Pick<Indicator, 'nature'>] => [input.code, input]),
  ])
  for (const input of parsed) refuseBadParts(input.formula, parts)
  const written = await writeIndicators(ctx, parsed)
  if (written > 0)
    await recordAudit(ctx, {
      action: 'indicator.load',
      objectKind: 'catalogue',
      objectId: ctx.tenantId,
      after: { written },
    })
  return written
}
