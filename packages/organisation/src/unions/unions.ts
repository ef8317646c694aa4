import { listRecordApplications, type RecordApplication } from '@gonglian/approvals'
import { found, listWithin, paging, requirePermission, type TenantContext, within } from '@gonglian/tenancy'
import { sql, type RawBuilder } from 'kysely'
import { z } from 'zod'
import { findLevel } from '../approvals/levels.ts'
import { unionAccreditation } from '../approvals/union-accreditation.ts'
import { unionFounding } from '../approvals/union-founding.ts'
import { ownerships, unitClasses } from '../census/employers.ts'
import { likeName } from '../numbers/names.ts'
import { listSteps, type Step } from '../steps.ts'
import type { Slate } from '../terms/slates.ts'
import { termEnd } from '../terms/term-end.ts'
import { readUnionPeople, type UnionPeople } from './union-people.ts'
import { readFoundingSlate } from './foundings.ts'
import { readRegisteredHeadcount } from './union-headcounts.ts'
import { unionKinds, unionStates, type UnionRow } from './union-states.ts'

const UnionFilter = z.object({
  search: z.string().trim().max(80).default(''),
  kinds: z.array(z.enum(unionKinds)).max(10).default([]),
  states: z
    .array(z.enum(unionStates))
    .max(7)
    .default(['preparatory', 'applied', 'approved', 'active', 'restructuring']),
  ownerships: z.array(z.enum(ownerships)).max(6).default([]),
  unitClasses: z.array(z.enum(unitClasses)).max(10).default([]),
  headcountFrom: z.int().min(0).max(2_000_000).optional(),
  headcountTo: z.int().min(0).max(2_000_000).optional(),
  areaCode: z
    .string()
    .regex(/^\d{0,12}$/)
    .default(''),
  village: z.boolean().optional(),
  legalPerson: z.boolean().optional(),
  party: z.boolean().optional(),
  /** A term that ended without an approved extension. */
  termOverdue: z.boolean().default(false),
  /** Project unions whose project ends by this day (M012). */
  endingBy: z.iso.date().optional(),
  parentUnionId: z.int().positive().optional(),
  employerId: z.int().positive().optional(),
  ...within,
})

export const unionSorts = ['newest', 'code', 'name', 'headcount', 'founded'] as const

export const ListUnions = UnionFilter.extend({ sort: z.enum(unionSorts).default('code'), ...paging })

export type ListedUnion = {
  id: number
  tenantId: number
  /** The federation that keeps it. */
  bodyName: string
  code: string | null
  name: string
  kind: string
  state: string
  unitClass: string
  ownership: string
  areaCode: string
  headcount: number
  hasPartyOrganisation: boolean | null
  foundedOn: string | null
  expectedEndOn: string | null
  legalPersonNo: string
  /** End of the committee's term, an approved extension included; null: none runs. */
  termEndsOn: string | null
  isTermOverdue: boolean
  coveredUnits: number
  version: number
}

/** A union committee's term that is over and was not extended (ORG-06). */
const overdue = (today: string) => sql<boolean>`exists (
  select 1 from organisation.term t where t.union_id = u.id and t.ended_on is null and t.body = 'union_committee'
    and ${termEnd} < ${today}::date)`

function filterUnions(
  ctx: TenantContext,
  input: z.output<typeof UnionFilter>,
  bodies: number[] | null,
): RawBuilder<unknown> {
  const conditions: RawBuilder<unknown>[] = [sql`u.state = any (${input.states}::text[])`]
  // Groups are shown with their union, not beside it.
  if (input.kinds.length > 0) conditions.push(sql`u.kind = any (${input.kinds}::text[])`)
  else if (input.parentUnionId === undefined) conditions.push(sql`u.kind <> 'GROUP'`)
  if (bodies) conditions.push(sql`u.tenant_id = any (${bodies}::int[])`)
  if (input.search !== '') {
    const needle = likeName(input.search)
    conditions.push(sql`(u.name_key like ${needle} or u.code = ${input.search.toUpperCase()})`)
  }
  if (input.ownerships.length > 0) conditions.push(sql`u.ownership = any (${input.ownerships}::text[])`)
  if (input.unitClasses.length > 0) conditions.push(sql`u.unit_class = any (${input.unitClasses}::text[])`)
  if (input.headcountFrom !== undefined) conditions.push(sql`u.headcount >= ${input.headcountFrom}`)
  if (input.headcountTo !== undefined) conditions.push(sql`u.headcount <= ${input.headcountTo}`)
  if (input.areaCode !== '') conditions.push(sql`u.area_code like ${`${input.areaCode}%`}`)
  if (input.village !== undefined) conditions.push(sql`u.is_village = ${input.village}`)
  if (input.legalPerson !== undefined) conditions.push(sql`(u.legal_person_no <> '') = ${input.legalPerson}`)
  if (input.party !== undefined) conditions.push(sql`u.has_party_organisation = ${input.party}`)
  if (input.endingBy !== undefined)
    conditions.push(sql`u.expected_end_on <= ${input.endingBy}::date and u.ended_on is null`)
  if (input.parentUnionId !== undefined) conditions.push(sql`u.parent_union_id = ${input.parentUnionId}`)
  if (input.employerId !== undefined) conditions.push(sql`u.employer_id = ${input.employerId}`)
  if (input.termOverdue) conditions.push(overdue(ctx.today))
  return sql.join(conditions, sql` and `)
}

const orders = {
  newest: sql`u.id desc`,
  code: sql`u.code nulls last, u.id`,
  name: sql`u.name_key collate "C", u.id`,
  headcount: sql`u.headcount desc, u.id`,
  founded: sql`u.founded_on desc nulls last, u.id`,
} as const

/**
 * Unions in sight with their terms and how many units they cover.
 *
 * Plan: by trade_union_list (tenant_id, state) or one pass over the bodies' rows; the page of ids is cut first, terms and coverage are
 * looked up for its rows alone by term_union and covered_unit_once. The count is a pass of its own without sort: 20,000 rows in some 10 ms.
 */
export async function listUnions(
  ctx: TenantContext,
  input: z.output<typeof ListUnions>,
): Promise<{ rows: ListedUnion[]; total: number }> {
  requirePermission(ctx, 'organisation:read')
  const where = filterUnions(ctx, input, await listWithin(ctx, input.body))
  const counted = await sql<{
    total: number
  }>`select count(*) as total from organisation.trade_union u where ${where}`.execute(ctx.db)
  const { rows } = await sql<ListedUnion>`
    select u.id, u.tenant_id as "tenantId", f.short_name as "bodyName", u.code, u.name, u.kind, u.state, u.unit_class as "unitClass", u.ownership,
      u.area_code as "areaCode", u.headcount, u.has_party_organisation as "hasPartyOrganisation", u.founded_on as "foundedOn",
      u.expected_end_on as "expectedEndOn", u.legal_person_no as "legalPersonNo", t.ends as "termEndsOn",
      coalesce(t.ends < ${ctx.today}::date, false) as "isTermOverdue",
      (select count(*) from organisation.covered_unit c where c.union_id = u.id and c.valid_to is null and c.mode <> 'custody') as "coveredUnits",
      u.version
    from (select u.id from organisation.trade_union u where ${where} order by ${orders[input.sort]}
      limit ${input.pageSize} offset ${(input.page - 1) * input.pageSize}) page
    join organisation.trade_union u on u.id = page.id
    join tenancy.federation f on f.id = u.tenant_id
    left join lateral (
      select ${termEnd} as ends
      from organisation.term t where t.union_id = u.id and t.ended_on is null and t.body = 'union_committee') t on true
    order by ${orders[input.sort]}`.execute(ctx.db)
  return { rows, total: counted.rows[0]?.total ?? 0 }
}

export type UnionView = UnionPeople & {
  union: UnionRow
  /** Its headcount is what its employers say, not its own (0052). */
  isHeadcountRegistered: boolean
  /** The federation that keeps it. */
  bodyName: string
  employerName: string | null
  parentName: string | null
  /** The industry union that guides it (业务指导). */
  lineGuide: { code: string; name: string } | null
  terms: {
    id: number
    body: string
    number: number
    startsOn: string
    endsOn: string
    extendedTo: string | null
    state: string
    version: number
  }[]
  companions: { kind: string; formedOn: string }[]
  associations: { id: number; name: string; since: string }[]
  settlements: { subject: string; amountFen: number; receiver: string; documentNo: string; on: string }[]
  /** Who stands at its founding, once that is approved; null to whoever is not its body. */
  founding: Slate | null
  /** What was applied for about it, for its body and whoever decides. */
  applications: RecordApplication[]
  /** What the superior of its body decides: a founding, the status of a legal person. */
  isFoundedAbove: boolean
  isAccreditedAbove: boolean
  steps: Step[]
}

/**
 * One union with its people, ratings and appraisals, its open terms, bodies, associations and history.
 *
 * @throws DomainError not_found
 */
export async function getUnion(ctx: TenantContext, unionId: number): Promise<UnionView> {
  requirePermission(ctx, 'organisation:read')
  const union = found(
    await ctx.db.selectFrom('organisation.trade_union').selectAll().where('id', '=', unionId).executeTakeFirst(),
    'organisation.union.notFound',
  )
  const { db } = ctx
  const body = await db
    .selectFrom('tenancy.federation')
    .select('short_name')
    .where('id', '=', union.tenant_id)
    .executeTakeFirst()
  const [employer, parent, guide] = [
    union.employer_id === null
      ? undefined
      : await db
          .selectFrom('organisation.employer')
          .select('name')
          .where('id', '=', union.employer_id)
          .executeTakeFirst(),
    union.parent_union_id === null
      ? undefined
      : await db
          .selectFrom('organisation.trade_union')
          .select('name')
          .where('id', '=', union.parent_union_id)
          .executeTakeFirst(),
    union.line_guide_id === null
      ? undefined
      : await db
          .selectFrom('tenancy.federation')
          .select(['code', 'name'])
          .where('id', '=', union.line_guide_id)
          .executeTakeFirst(),
  ]
  const terms = await db
    .selectFrom('organisation.term')
    .select([
      'id',
      'body',
      'number',
      'starts_on as startsOn',
      'ends_on as endsOn',
      // An extension that is only asked for extends nothing yet.
      sql<string | null>`case when extension_state = 'approved' then extended_to end`.as('extendedTo'),
      'state',
      'version',
    ])
    .where('union_id', '=', unionId)
    .orderBy('body')
    .orderBy('number', 'desc')
    .execute()
  const companions = await db
    .selectFrom('organisation.companion_body')
    .select(['kind', 'formed_on as formedOn'])
    .where('union_id', '=', unionId)
    .where('ended_on', 'is', null)
    .orderBy('kind')
    .execute()
  const associations = await db
    .selectFrom('organisation.association_member as m')
    .innerJoin('organisation.trade_union as u', 'u.id', 'm.association_id')
    .select(['u.id', 'u.name', 'm.valid_from as since'])
    .where('m.union_id', '=', unionId)
    .where('m.valid_to', 'is', null)
    .execute()
  const settlements = await db
    .selectFrom('organisation.settlement')
    .select(['subject', 'amount_fen as amountFen', 'receiver', 'document_no as documentNo', 'settled_on as on'])
    .where('union_id', '=', unionId)
    .orderBy('subject')
    .execute()
  return {
    ...(await readUnionPeople(ctx, union)),
    union,
    isHeadcountRegistered:
      (await readRegisteredHeadcount(ctx, { unionId, kind: union.kind, employerId: union.employer_id })) !== null,
    bodyName: body?.short_name ?? '',
    employerName: employer?.name ?? null,
    parentName: parent?.name ?? null,
    lineGuide: guide ?? null,
    terms,
    companions,
    associations,
    settlements,
    founding: union.state === 'approved' ? await readFoundingSlate(ctx, unionId) : null,
    applications: await listRecordApplications(ctx, [unionFounding, unionAccreditation], unionId),
    isFoundedAbove: (await findLevel(ctx, { kind: 'founding' })) === 'superior',
    isAccreditedAbove: (await findLevel(ctx, { kind: 'legalPerson' })) === 'superior',
    steps: await listSteps(ctx, 'union', unionId),
  }
}
