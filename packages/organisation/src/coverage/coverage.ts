import { wakeFeeds } from '@gonglian/indicators'
import {
  DomainError,
  found,
  listWithin,
  paging,
  recordAudit,
  requirePermission,
  type TenantContext,
  within,
} from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { likeName } from '../numbers/names.ts'
import { associationKinds, checkDay, holdUnion, isBasicUnion, type UnionKind } from '../unions/union-states.ts'
import { coverageModes } from '../codes/unions.ts'
export { coverageModes } from '../codes/unions.ts'

export type CoverageMode = (typeof coverageModes)[number]

/** Which unions may cover in which way; `own` comes with a union's founding. */
const modesOf: Readonly<Record<Exclude<CoverageMode, 'own'>, readonly UnionKind[]>> = {
  joint: ['BASIC_JOINT'],
  association: associationKinds,
  custody: [
    'BASIC_SINGLE',
    'BASIC_JOINT',
    'BASIC_PROJECT',
    'UNION_ASSOC_BASIC',
    'UNION_ASSOC_INDUSTRY',
    'FEDERATION_TOWNSHIP',
    'WORK_COMMITTEE',
  ],
}

export const CoverEmployers = z.object({
  unionId: z.int().positive(),
  employerIds: z.array(z.int().positive()).max(5000),
  mode: z.enum(coverageModes).exclude(['own']),
  from: z.iso.date(),
  note: z.string().trim().max(200).default(''),
})

/**
 * Puts employers under a joint union (M014), an association (second coverage, M094, M146) or into custody (代管). One employer is in one
 * basic union only, its own or a joint one; an association may cover it besides, and it is counted once.
 *
 * @throws DomainError invalid for a mode the union cannot have; conflict organisation.coverage.taken with how many are taken
 */
export async function coverEmployers(
  ctx: TenantContext,
  input: z.output<typeof CoverEmployers>,
): Promise<{ covered: number }> {
  requirePermission(ctx, 'organisation:write')
  const union = await holdUnion(ctx, input.unionId)
  if (union.ended_on !== null) throw new DomainError('conflict', 'organisation.union.ended')
  if (!modesOf[input.mode].includes(union.kind))
    throw new DomainError('invalid', 'organisation.coverage.mode', {
      fields: [{ path: 'mode', key: 'organisation.coverage.mode' }],
    })
  if (input.employerIds.length === 0)
    throw new DomainError('invalid', 'organisation.coverage.nobody', {
      fields: [{ path: 'employerIds', key: 'organisation.coverage.nobody' }],
    })
  checkDay(ctx, 'from', input.from, union.founded_on)
  const ids = [...new Set(input.employerIds)]
  await lockEmployers(ctx, ids)
  const { rows } = await sql<{ known: number; taken: number }>`
    select count(*) as known, count(*) filter (where ${input.mode} = 'joint' and exists (
      select 1 from organisation.covered_unit c where c.employer_id = e.id and c.valid_to is null and c.mode in ('own', 'joint') and c.union_id <> ${union.id})) as taken
    from organisation.employer e where e.tenant_id = ${ctx.tenantId} and e.id = any (${ids}::bigint[]) and e.ended_on is null`.execute(
    ctx.db,
  )
  if ((rows[0]?.known ?? 0) !== ids.length) throw new DomainError('not_found', 'organisation.employer.notFound')
  const taken = rows[0]?.taken ?? 0
  if (taken > 0) throw refuseCovered(taken)
  const inserted = await sql<{ id: number }>`
    insert into organisation.covered_unit (tenant_id, union_id, employer_id, mode, valid_from, note)
    select ${ctx.tenantId}, ${union.id}, id, ${input.mode}, ${input.from}, ${input.note} from unnest(${ids}::bigint[]) id
    on conflict (union_id, employer_id) where valid_to is null do nothing returning id`
    .execute(ctx.db)
    .catch((error: unknown) => {
      throw isDoubleCoverage(error) ? refuseCovered(1) : error
    })
  await recordAudit(ctx, {
    action: 'coverage.begin',
    objectKind: 'union',
    objectId: union.id,
    after: { mode: input.mode, employers: inserted.rows.length, from: input.from },
  })
  wakeFeeds(ctx)
  return { covered: inserted.rows.length }
}

const refuseCovered = (count: number) =>
  new DomainError('conflict', 'organisation.coverage.takenCount', {
    params: { count },
    fields: [{ path: 'employerIds', key: 'organisation.coverage.takenCount', params: { count } }],
  })

/** Whether the database refused a second basic union for an employer (covered_unit_basic). */
export function isDoubleCoverage(error: unknown): boolean {
  return error instanceof Error && 'constraint' in error && error.constraint === 'covered_unit_basic'
}

/** Locks employers, in one order, before it is read which union covers them: two who cover one employer take turns. */
export async function lockEmployers(ctx: TenantContext, ids: readonly number[]): Promise<void> {
  await sql`
    select from organisation.employer where tenant_id = ${ctx.tenantId} and id = any (${ids}::bigint[])
    order by id for no key update`.execute(ctx.db)
}

/** An employer that gets a union of its own leaves the joint one. */
export async function leaveJointUnions(
  ctx: TenantContext,
  input: { employerId: number; on: string; note: string },
): Promise<void> {
  await ctx.db
    .updateTable('organisation.covered_unit')
    .set({ valid_to: sql<string>`greatest(${input.on}::date, valid_from + 1)`, note: input.note })
    .where('employer_id', '=', input.employerId)
    .where('tenant_id', '=', ctx.tenantId)
    .where('mode', '=', 'joint')
    .where('valid_to', 'is', null)
    .execute()
}

export const EndCoverage = z.object({
  coverageId: z.int().positive(),
  /** First day on which it is covered no longer. */
  on: z.iso.date(),
  note: z.string().trim().max(200).default(''),
})

/** @throws DomainError conflict for an employer's own union, which ends by merging or revoking */
export async function endCoverage(ctx: TenantContext, input: z.output<typeof EndCoverage>): Promise<void> {
  requirePermission(ctx, 'organisation:write')
  const row = found(
    await ctx.db
      .selectFrom('organisation.covered_unit')
      .selectAll()
      .where('id', '=', input.coverageId)
      .where('tenant_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.coverage.notFound',
  )
  if (row.valid_to !== null || row.mode === 'own') throw new DomainError('conflict', 'organisation.coverage.ended')
  if (input.on <= row.valid_from || input.on > ctx.today)
    throw new DomainError('invalid', 'organisation.day', { fields: [{ path: 'on', key: 'organisation.day' }] })
  await ctx.db
    .updateTable('organisation.covered_unit')
    .set({ valid_to: input.on, ...(input.note === '' ? {} : { note: input.note }) })
    .where('id', '=', row.id)
    .execute()
  await recordAudit(ctx, {
    action: 'coverage.end',
    objectKind: 'union',
    objectId: row.union_id,
    after: { employer: row.employer_id, on: input.on },
  })
  wakeFeeds(ctx)
}

export const ListCoverage = z.object({
  unionId: z.int().positive().optional(),
  employerId: z.int().positive().optional(),
  /** Of the union's or the employer's name. */
  search: z.string().trim().max(80).default(''),
  mode: z.enum(coverageModes).optional(),
  current: z.boolean().default(true),
  ...within,
  ...paging,
})

export type CoveredUnit = {
  id: number
  tenantId: number
  /** The federation that keeps it. */
  bodyName: string
  unionId: number
  unionName: string
  employerId: number
  employerName: string
  headcount: number | null
  mode: CoverageMode
  validFrom: string
  validTo: string | null
  note: string
}

/**
 * Which employers stand under which unions.
 *
 * Plan: counted and cut into the page by the coverage alone; its union and its employer, of the same body, are joined to the page.
 */
export async function listCoverage(
  ctx: TenantContext,
  input: z.output<typeof ListCoverage>,
): Promise<{ rows: CoveredUnit[]; total: number }> {
  requirePermission(ctx, 'organisation:read')
  const bodies = await listWithin(ctx, input.body)
  let kept = ctx.db.selectFrom('organisation.covered_unit as c')
  if (bodies) kept = kept.where('c.tenant_id', '=', sql<number>`any (${bodies})`)
  if (input.unionId !== undefined) kept = kept.where('c.union_id', '=', input.unionId)
  if (input.employerId !== undefined) kept = kept.where('c.employer_id', '=', input.employerId)
  if (input.search !== '') {
    const key = likeName(input.search)
    kept = kept.where((eb) =>
      eb.or([
        eb('c.union_id', 'in', eb.selectFrom('organisation.trade_union').select('id').where('name_key', 'like', key)),
        eb('c.employer_id', 'in', eb.selectFrom('organisation.employer').select('id').where('name_key', 'like', key)),
      ]),
    )
  }
  if (input.mode) kept = kept.where('c.mode', '=', input.mode)
  if (input.current) kept = kept.where('c.valid_to', 'is', null)
  const { total } = await kept.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const page = kept
    .selectAll('c')
    .orderBy('c.valid_from', 'desc')
    .orderBy('c.id', 'desc')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
  const rows = await ctx.db
    .selectFrom(page.as('c'))
    .innerJoin('organisation.trade_union as u', 'u.id', 'c.union_id')
    .innerJoin('organisation.employer as e', 'e.id', 'c.employer_id')
    .innerJoin('tenancy.federation as f', 'f.id', 'c.tenant_id')
    .select([
      'c.id',
      'c.tenant_id as tenantId',
      'f.short_name as bodyName',
      'c.union_id as unionId',
      'u.name as unionName',
      'c.employer_id as employerId',
      'e.name as employerName',
      'e.headcount',
      'c.mode',
      'c.valid_from as validFrom',
      'c.valid_to as validTo',
      'c.note',
    ])
    .orderBy('c.valid_from', 'desc')
    .orderBy('c.id', 'desc')
    .execute()
  return { rows, total }
}

export const CountCoverage = z.object({ on: z.iso.date().optional(), ...within })

export type CoverageCount = {
  /** Basic unions at work, as the reports count them. */
  unions: number
  jointUnions: number
  associations: number
  /** Employers under any union, each once. */
  units: number
  ownUnits: number
  jointUnits: number
  associationUnits: number
  /** Under a basic union and an association as well (两次覆盖). */
  secondCovered: number
  custodyUnits: number
}

/**
 * Unions and covered units of a day, apart from each other and each unit once (M014, M094, M146). Units that several bodies keep in
 * their registers are one by their credit code.
 */
export async function countCoverage(ctx: TenantContext, input: z.output<typeof CountCoverage>): Promise<CoverageCount> {
  requirePermission(ctx, 'organisation:read')
  const on = input.on ?? ctx.today
  const bodies = await listWithin(ctx, input.body)
  const mine = (column: string) => (bodies ? sql<boolean>`${sql.ref(column)} = any (${bodies})` : sql<boolean>`true`)
  const { rows } = await sql<CoverageCount>`
    with living as (
      select u.id, u.kind from organisation.trade_union u
      where u.approved_on <= ${on}::date and (u.ended_on is null or u.ended_on > ${on}::date) and u.kind <> 'GROUP' and ${mine('u.tenant_id')}
    ), units as (
      select coalesce(e.credit_code, e.id::text) as unit, bool_or(c.mode = 'own') as own, bool_or(c.mode = 'joint') as joint,
        bool_or(c.mode = 'association') as association, bool_or(c.mode = 'custody') as custody
      from organisation.covered_unit c join living u on u.id = c.union_id join organisation.employer e on e.id = c.employer_id
      where c.valid_from <= ${on}::date and (c.valid_to is null or c.valid_to > ${on}::date)
      group by 1
    )
    select (select count(*) from living where ${isBasicUnion('kind')}) as unions,
      (select count(*) from living where kind = 'BASIC_JOINT') as "jointUnions",
      (select count(*) from living where kind in ('UNION_ASSOC_BASIC', 'UNION_ASSOC_INDUSTRY')) as associations,
      count(*) filter (where own or joint or association) as units, count(*) filter (where own) as "ownUnits",
      count(*) filter (where joint) as "jointUnits", count(*) filter (where association) as "associationUnits",
      count(*) filter (where association and (own or joint)) as "secondCovered",
      count(*) filter (where custody) as "custodyUnits"
    from units`.execute(ctx.db)
  return found(rows[0])
}
