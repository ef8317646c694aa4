import { listWithin, paging, requirePermission, type TenantContext, within } from '@gonglian/tenancy'
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { ownerships, unitClasses } from './employers.ts'
import { readLimit } from '../limits.ts'
import { likeName } from '../numbers/names.ts'
import { unionLimits } from '../unions/union-limits.ts'
import { isBasicUnion } from '../unions/union-states.ts'

/**
 * Whether an employer (by default the row `e`) stood in a union on a day: its own or a joint one; an association is a second coverage, not the first. Custody (代管) looks after its people
 * without giving it a union. Enters covered_unit by (employer_id, valid_to).
 */
export function isUnionised(on: string, employer = 'e.id'): RawBuilder<boolean> {
  return sql<boolean>`exists (
    select 1 from organisation.covered_unit c join organisation.trade_union u on u.id = c.union_id
    where c.employer_id = ${sql.ref(employer)} and c.mode <> 'custody' and c.valid_from <= ${on}::date and (c.valid_to is null or c.valid_to > ${on}::date)
      and ${isBasicUnion()} and u.approved_on <= ${on}::date and (u.ended_on is null or u.ended_on > ${on}::date))`
}

export const ListEmployers = z.object({
  search: z.string().trim().max(80).default(''),
  union: z.enum(['any', 'with', 'without']).default('any'),
  /** should: must have a union (ORG-01) and has none; party: has a party organisation and no union (M028). */
  gap: z.enum(['none', 'should', 'party']).default('none'),
  headcountFrom: z.int().min(0).max(2_000_000).optional(),
  ownerships: z.array(z.enum(ownerships)).max(6).default([]),
  unitClasses: z.array(z.enum(unitClasses)).max(10).default([]),
  park: z.string().trim().max(80).default(''),
  ended: z.boolean().default(false),
  sort: z.enum(['name', 'headcount', 'newest']).default('headcount'),
  ...within,
  ...paging,
})

export type ListedEmployer = {
  id: number
  tenantId: number
  /** The federation that keeps it. */
  bodyName: string
  name: string
  creditCode: string | null
  areaCode: string
  park: string
  ownership: string
  unitClass: string
  headcount: number | null
  hasPartyOrganisation: boolean | null
  status: string
  isUnionised: boolean
  leadState: string | null
  version: number
}

/**
 * Employers in sight: the key list (`gap: 'should'` with a headcount, M052, M145), where the party is and no union (M028), a park's.
 * One pass by (tenant_id, ...) over the body's employers with a hash of what is covered today; the page is cut before leads are joined.
 */
export async function listEmployers(
  ctx: TenantContext,
  input: z.output<typeof ListEmployers>,
): Promise<{ rows: ListedEmployer[]; total: number }> {
  requirePermission(ctx, 'organisation:read')
  const bodies = await listWithin(ctx, input.body)
  const least = await readLimit(ctx, unionLimits.mustFoundFrom)
  const unionised = isUnionised(ctx.today)
  const conditions: RawBuilder<boolean>[] = [
    input.ended ? sql`true` : sql`e.status in ('operating', 'suspended', 'restructured')`,
  ]
  if (bodies) conditions.push(sql`e.tenant_id = any (${bodies})`)
  if (input.search !== '') {
    const key = likeName(input.search)
    const code = input.search.toUpperCase()
    conditions.push(
      sql`(e.name_key like ${key} or e.credit_code = ${code} or exists (select 1 from unnest(e.former_keys) k where k like ${key}))`,
    )
  }
  if (input.union === 'with') conditions.push(unionised)
  if (input.union === 'without' || input.gap !== 'none') conditions.push(sql`not ${unionised}`)
  if (input.gap === 'should') conditions.push(sql`e.headcount >= ${least}`)
  if (input.gap === 'party') conditions.push(sql`e.has_party_organisation`)
  if (input.headcountFrom !== undefined) conditions.push(sql`e.headcount >= ${input.headcountFrom}`)
  if (input.ownerships.length > 0) conditions.push(sql`e.ownership = any (${input.ownerships})`)
  if (input.unitClasses.length > 0) conditions.push(sql`e.unit_class = any (${input.unitClasses})`)
  if (input.park !== '') conditions.push(sql`e.park = ${input.park}`)
  const where = sql.join(conditions, sql` and `)
  const order = {
    name: sql`e.name_key, e.id`,
    headcount: sql`e.headcount desc nulls last, e.id`,
    newest: sql`e.id desc`,
  }[input.sort]
  const counted = await sql<{
    total: number
  }>`select count(*) as total from organisation.employer e where ${where}`.execute(ctx.db)
  const { rows } = await sql<ListedEmployer>`
    select e.id, e.tenant_id as "tenantId", f.short_name as "bodyName", e.name, e.credit_code as "creditCode", e.area_code as "areaCode", e.park, e.ownership,
      e.unit_class as "unitClass", e.headcount, e.has_party_organisation as "hasPartyOrganisation", e.status, ${unionised} as "isUnionised",
      (select l.state from organisation.lead l where l.employer_id = e.id and l.ended_on is null) as "leadState", e.version
    from (select e.id from organisation.employer e where ${where} order by ${order}
      limit ${input.pageSize} offset ${(input.page - 1) * input.pageSize}) page
    join organisation.employer e on e.id = page.id
    join tenancy.federation f on f.id = e.tenant_id
    order by ${order}`.execute(ctx.db)
  return { rows, total: counted.rows[0]?.total ?? 0 }
}

export const SummariseGap = z.object({ on: z.iso.date().optional(), ...within })

export type GapLine = {
  /** What the line is about: a band ("25"), an ownership or a class of unit. */
  key: string
  employers: number
  unionised: number
  /** Must have a union and has none. */
  gap: number
}
export type Gap = {
  bands: GapLine[]
  ownerships: GapLine[]
  unitClasses: GapLine[]
  whole: GapLine
  nonPublic: GapLine
  unknownHeadcount: number
}

/**
 * The gap by headcount, by ownership and by class of unit (M007, M049, M053), each line counted from employers. Bands are half-open, the
 * last has no upper end; who has no known headcount is in no band and is said apart: missing is not zero.
 */
export async function summariseGap(ctx: TenantContext, input: z.output<typeof SummariseGap>): Promise<Gap> {
  requirePermission(ctx, 'organisation:read')
  const on = input.on ?? ctx.today
  const bodies = await listWithin(ctx, input.body)
  const bands = await readLimit(ctx, unionLimits.headcountBands, { on })
  const least = await readLimit(ctx, unionLimits.mustFoundFrom, { on })
  const { rows } = await sql<GapLine & { cut: 'band' | 'ownership' | 'unitClass' | 'nonPublic' | 'whole' }>`
    with judged as (
      select e.headcount, e.ownership, e.unit_class, ${isUnionised(on)} as unionised,
        width_bucket(e.headcount, ${[0, ...bands.filter((band) => band > 0)]}::int[]) as band
      from organisation.employer e
      where (e.founded_on is null or e.founded_on <= ${on}::date) and (e.ended_on is null or e.ended_on > ${on}::date)
        and ${bodies ? sql<boolean>`e.tenant_id = any (${bodies})` : sql<boolean>`true`}
    )
    select case when grouping(band) = 0 then 'band' when grouping(ownership) = 0 then 'ownership' when grouping(unit_class) = 0 then 'unitClass'
        when grouping((ownership in ('private', 'foreign', 'mixed'))) = 0 then 'nonPublic' else 'whole' end as cut,
      coalesce(band::text, ownership, unit_class, (ownership in ('private', 'foreign', 'mixed'))::text, '') as key,
      count(*) as employers, count(*) filter (where unionised) as unionised,
      count(*) filter (where not unionised and headcount >= ${least}) as gap
    from judged
    group by grouping sets ((band), (ownership), (unit_class), ((ownership in ('private', 'foreign', 'mixed'))), ())`.execute(
    ctx.db,
  )
  const none = (key: string): GapLine => ({ key, employers: 0, unionised: 0, gap: 0 })
  const line = (cut: string, key: string, name = key): GapLine => {
    const row = rows.find((one) => one.cut === cut && one.key === key)
    return row ? { key: name, employers: row.employers, unionised: row.unionised, gap: row.gap } : none(name)
  }
  return {
    bands: [0, ...bands.filter((band) => band > 0)].map((band, index) => line('band', String(index + 1), String(band))),
    ownerships: ownerships.map((one) => line('ownership', one)),
    unitClasses: unitClasses.map((one) => line('unitClass', one)),
    whole: line('whole', '', 'whole'),
    nonPublic: line('nonPublic', 'true', 'nonPublic'),
    unknownHeadcount: rows.find((one) => one.cut === 'band' && one.key === '')?.employers ?? 0,
  }
}
