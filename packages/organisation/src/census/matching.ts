import { wakeFeeds } from '@gonglian/indicators'
import { DomainError, found, paging, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { lockUnionsOf } from './employers.ts'
import { holdList } from './lists.ts'
import { rowOutcomes } from '../codes/employers.ts'

export const MatchList = z.object({ listId: z.int().positive(), version: z.int().min(1) })

export type MatchResult = {
  code: number
  name: number
  ambiguous: number
  added: number
  dropped: number
  version: number
}

/**
 * Matches a list with the body's employers: by credit code, then by folded name or former name; whoever matches nothing is new and is
 * added. Where the name is right and the code another, or several employers bear the name, a person decides (`decideRow`).
 *
 * All set-based: a list of 50,000 rows takes five statements. Each enters list_row by (list_id, outcome) and employer by
 * (tenant_id, credit_code) or one hash of all names of the body.
 *
 * @throws DomainError conflict for a list that was matched before, or was appended to meanwhile
 */
export async function matchList(ctx: TenantContext, input: z.output<typeof MatchList>): Promise<MatchResult> {
  requirePermission(ctx, 'organisation:write')
  const list = await holdList(ctx, input.listId, input.version)
  if (list.state !== 'open') throw new DomainError('conflict', 'organisation.list.matched')
  // Rows that were written a moment ago have no statistics; taking a few for granted, the planner would compare each with each.
  await sql`select set_config('enable_nestloop', 'off', true)`.execute(ctx.db)
  await dropTwins(ctx, list.id)
  await matchCodes(ctx, list.id)
  await matchNames(ctx, list.id)
  await addNewcomers(ctx, list.id, `${list.source} ${list.list_version}`)
  await fillGaps(ctx, list.id)
  await sql`select set_config('enable_nestloop', 'on', true)`.execute(ctx.db)
  const version = list.version + 1
  await ctx.db
    .updateTable('organisation.employer_list')
    .set({ state: 'matched', version })
    .where('id', '=', list.id)
    .execute()
  const rows = await ctx.db
    .selectFrom('organisation.list_row')
    .select(['outcome', (eb) => eb.fn.countAll<number>().as('count')])
    .where('list_id', '=', list.id)
    .groupBy('outcome')
    .execute()
  const count = (outcome: string) => rows.find((row) => row.outcome === outcome)?.count ?? 0
  const result = {
    code: count('code'),
    name: count('name'),
    ambiguous: count('ambiguous'),
    added: count('added'),
    dropped: count('dropped'),
  }
  await recordAudit(ctx, { action: 'list.match', objectKind: 'list', objectId: list.id, after: result })
  wakeFeeds(ctx)
  return { ...result, version }
}

/** Rows that name nobody, and all but the first of those that say the same. */
async function dropTwins(ctx: TenantContext, listId: number): Promise<void> {
  await sql`
    update organisation.list_row r set outcome = 'dropped'
    from (select id, row_number() over (partition by coalesce(credit_code, name_key) order by row_no) as place
          from organisation.list_row where list_id = ${listId}) twin
    where r.id = twin.id and (twin.place > 1 or r.credit_code is null and 'name' = any (r.faults))`.execute(ctx.db)
}

async function matchCodes(ctx: TenantContext, listId: number): Promise<void> {
  await sql`
    update organisation.list_row r set outcome = 'code', employer_id = e.id
    from organisation.employer e
    where r.list_id = ${listId} and r.outcome = 'waiting'
      and e.tenant_id = ${ctx.tenantId} and e.credit_code = r.credit_code`.execute(ctx.db)
}

async function matchNames(ctx: TenantContext, listId: number): Promise<void> {
  await sql`
    with names as materialized (
      select e.id, e.credit_code, e.name_key as key from organisation.employer e where e.tenant_id = ${ctx.tenantId} and e.ended_on is null
      union
      select e.id, e.credit_code, k.key from organisation.employer e cross join unnest(e.former_keys) as k(key)
      where e.tenant_id = ${ctx.tenantId} and e.ended_on is null
    ), hits as (
      select r.id, array_agg(n.id order by n.id) as candidates,
        bool_or(r.credit_code is not null and n.credit_code is not null) as differs
      from organisation.list_row r join names n on n.key = r.name_key
      where r.list_id = ${listId} and r.outcome = 'waiting'
      group by r.id
    ), taken as materialized (
      select distinct employer_id from organisation.list_row where list_id = ${listId} and employer_id is not null
    ), judged as (
      -- Joined, not asked for each row: taking few rows for granted, the planner would read the whole list for each.
      select h.id, h.candidates,
        cardinality(h.candidates) = 1 and not h.differs and t.employer_id is null
          and count(*) over (partition by h.candidates[1]) = 1 as sure
      from hits h left join taken t on t.employer_id = h.candidates[1]
    )
    update organisation.list_row r
    set outcome = case when j.sure then 'name' else 'ambiguous' end,
      employer_id = case when j.sure then j.candidates[1] end,
      candidates = case when j.sure then '{}' else j.candidates end
    from judged j where r.id = j.id`.execute(ctx.db)
}

const newEmployer = sql`
  select r.tenant_id, r.credit_code, r.name, r.name_key, r.area_code, r.address, r.park, r.industry, coalesce(r.ownership, 'private'),
    coalesce(r.unit_class, 'enterprise'), r.headcount, r.female_count`

async function addNewcomers(ctx: TenantContext, listId: number, source: string): Promise<void> {
  // Twins were dropped, so a row and the employer made of it find each other by name and code.
  await sql`
    with added as (
      insert into organisation.employer (tenant_id, credit_code, name, name_key, area_code, address, park, industry, ownership, unit_class,
        headcount, female_count, source)
      ${newEmployer}, ${source} from organisation.list_row r where r.list_id = ${listId} and r.outcome = 'waiting' and not 'name' = any (r.faults)
      returning id, credit_code, name_key)
    update organisation.list_row r set outcome = 'added', employer_id = a.id
    from added a
    where r.list_id = ${listId} and r.outcome = 'waiting' and r.name_key = a.name_key and r.credit_code is not distinct from a.credit_code`.execute(
    ctx.db,
  )
}

/** What the register did not know, the list says; what it knows, stays. */
async function fillGaps(ctx: TenantContext, listId: number): Promise<void> {
  await lockUnionsOf(
    ctx,
    sql`select employer_id from organisation.list_row where list_id = ${listId} and outcome in ('code', 'name')`,
  )
  await sql`
    update organisation.employer e
    set credit_code = case when e.credit_code is null and not exists (
          select 1 from organisation.employer o where o.tenant_id = e.tenant_id and o.credit_code = r.credit_code) then r.credit_code else e.credit_code end,
      headcount = coalesce(e.headcount, r.headcount),
      area_code = case e.area_code when '' then r.area_code else e.area_code end,
      park = case e.park when '' then r.park else e.park end,
      version = e.version + 1
    from organisation.list_row r
    where r.list_id = ${listId} and r.outcome in ('code', 'name') and e.id = r.employer_id
      and (e.credit_code is null and r.credit_code is not null or e.headcount is null and r.headcount is not null
        or e.area_code = '' and r.area_code <> '' or e.park = '' and r.park <> '')`.execute(ctx.db)
}

export const ListRows = z.object({
  listId: z.int().positive(),
  outcome: z.enum(rowOutcomes).optional(),
  faulty: z.boolean().default(false),
  ...paging,
})

export type MatchedRow = {
  id: number
  rowNo: number
  creditCode: string | null
  name: string
  headcount: number | null
  faults: readonly string[]
  outcome: string
  employerId: number | null
  /** Of an ambiguous row: who it may be. */
  candidates: { id: number; name: string; creditCode: string | null; headcount: number | null }[]
}

/** The rows of a list in the order of the file, ambiguous ones with whom they may mean. */
export async function listRows(
  ctx: TenantContext,
  input: z.output<typeof ListRows>,
): Promise<{ rows: MatchedRow[]; total: number }> {
  requirePermission(ctx, 'organisation:read')
  let query = ctx.db.selectFrom('organisation.list_row').where('list_id', '=', input.listId)
  if (input.outcome) query = query.where('outcome', '=', input.outcome)
  if (input.faulty) query = query.where(sql<boolean>`faults <> '{}'`)
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .selectAll()
    .orderBy('row_no')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  const meant = await ctx.db
    .selectFrom('organisation.employer')
    .select(['id', 'name', 'credit_code', 'headcount'])
    .where('id', '=', sql<number>`any (${rows.flatMap((row) => row.candidates)}::bigint[])`)
    .execute()
  return {
    total,
    rows: rows.map((row) => ({
      id: row.id,
      rowNo: row.row_no,
      creditCode: row.credit_code,
      name: row.name,
      headcount: row.headcount,
      faults: row.faults,
      outcome: row.outcome,
      employerId: row.employer_id,
      candidates: meant
        .filter((one) => row.candidates.includes(one.id))
        .map((one) => ({ id: one.id, name: one.name, creditCode: one.credit_code, headcount: one.headcount })),
    })),
  }
}

export const DecideRow = z.object({
  rowId: z.int().positive(),
  decision: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('same'), employerId: z.int().positive() }),
    z.object({ kind: z.literal('other') }),
    z.object({ kind: z.literal('drop') }),
  ]),
})

/**
 * Says who an ambiguous row is: one of its candidates, somebody new, or nobody.
 *
 * @throws DomainError conflict when it is decided already; invalid for an employer that was no candidate
 */
export async function decideRow(
  ctx: TenantContext,
  input: z.output<typeof DecideRow>,
): Promise<{ employerId: number | null }> {
  requirePermission(ctx, 'organisation:write')
  const row = found(
    await ctx.db
      .selectFrom('organisation.list_row')
      .selectAll()
      .where('id', '=', input.rowId)
      .where('tenant_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.list.rowNotFound',
  )
  if (row.outcome !== 'ambiguous') throw new DomainError('conflict', 'organisation.list.rowDecided')
  const { decision } = input
  if (decision.kind === 'same' && !row.candidates.includes(decision.employerId))
    throw new DomainError('invalid', 'organisation.list.noCandidate')
  const employerId =
    decision.kind === 'same' ? decision.employerId : decision.kind === 'other' ? await addOne(ctx, row.id) : null
  await ctx.db
    .updateTable('organisation.list_row')
    .set({ outcome: decision.kind === 'drop' ? 'dropped' : 'decided', employer_id: employerId })
    .where('id', '=', row.id)
    .execute()
  await recordAudit(ctx, {
    action: 'list.decide',
    objectKind: 'list',
    objectId: row.list_id,
    after: { row: row.row_no, decision: decision.kind, employer: employerId },
  })
  wakeFeeds(ctx)
  return { employerId }
}

async function addOne(ctx: TenantContext, rowId: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into organisation.employer (tenant_id, credit_code, name, name_key, area_code, address, park, industry, ownership, unit_class,
      headcount, female_count, source)
    ${newEmployer}, 'list' from organisation.list_row r where r.id = ${rowId}
    returning id`.execute(ctx.db)
  return found(rows[0]).id
}
