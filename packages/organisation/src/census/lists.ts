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
import { sql, type Selectable } from 'kysely'
import type { DB } from '@gonglian/db'
import { z } from 'zod'
import { parseListRow } from './list-rows.ts'
import { escapeLike } from '../numbers/names.ts'
import { listSources } from '../codes/employers.ts'
export { listSources } from '../codes/employers.ts'

/** Cells as they stand in the file; what is missing or wrong is said of the row, not refused. */
export const RawRow = z.object({
  creditCode: z.string().max(80).optional(),
  name: z.string().max(300).optional(),
  areaCode: z.string().max(40).optional(),
  address: z.string().max(300).optional(),
  park: z.string().max(120).optional(),
  industry: z.string().max(40).optional(),
  ownership: z.string().max(40).optional(),
  unitClass: z.string().max(40).optional(),
  headcount: z.string().max(40).optional(),
  femaleCount: z.string().max(40).optional(),
})

export const ImportList = z.object({
  source: z.enum(listSources),
  listVersion: z.string().trim().min(1).max(40),
  name: z.string().trim().min(2).max(120),
  asOf: z.iso.date(),
  rows: z.array(RawRow).min(1).max(60_000),
})
export const AppendRows = z.object({
  listId: z.int().positive(),
  version: z.int().min(1),
  rows: z.array(RawRow).min(1).max(60_000),
})

export type EmployerList = Selectable<DB['organisation.employer_list']>

/** A list of the body's own, held until the end of the transaction. */
export async function holdList(ctx: TenantContext, listId: number, version?: number): Promise<EmployerList> {
  const row = found(
    await ctx.db
      .selectFrom('organisation.employer_list')
      .selectAll()
      .where('id', '=', listId)
      .where('tenant_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.list.notFound',
  )
  if (version !== undefined && row.version !== version) throw new DomainError('conflict', 'errors.conflict')
  return row
}

/**
 * Takes a list of employers as the tax office, the market registry or a database gave it (M049, M145). Every row is kept with what is
 * wrong with it; matching is a step of its own.
 *
 * @throws DomainError conflict organisation.list.versionTaken
 */
export async function importList(
  ctx: TenantContext,
  input: z.output<typeof ImportList>,
): Promise<{ listId: number; version: number; rows: number; faulty: number }> {
  requirePermission(ctx, 'organisation:write')
  if (input.asOf > ctx.today)
    throw new DomainError('invalid', 'organisation.future', { fields: [{ path: 'asOf', key: 'organisation.future' }] })
  const list = await ctx.db
    .insertInto('organisation.employer_list')
    .values({
      tenant_id: ctx.tenantId,
      source: input.source,
      list_version: input.listVersion,
      name: input.name,
      as_of: input.asOf,
    })
    .onConflict((conflict) => conflict.columns(['tenant_id', 'source', 'list_version']).doNothing())
    .returning(['id', 'version'])
    .executeTakeFirst()
  if (!list)
    throw new DomainError('conflict', 'organisation.list.versionTaken', {
      fields: [{ path: 'listVersion', key: 'organisation.list.versionTaken' }],
    })
  const faulty = await writeRows(ctx, list.id, 0, input.rows)
  await recordAudit(ctx, {
    action: 'list.import',
    objectKind: 'list',
    objectId: list.id,
    after: { source: input.source, version: input.listVersion, rows: input.rows.length, faulty },
  })
  return { listId: list.id, version: list.version, rows: input.rows.length, faulty }
}

/** Adds the next part of a long file to a list that has not been matched. */
export async function appendRows(
  ctx: TenantContext,
  input: z.output<typeof AppendRows>,
): Promise<{ version: number; faulty: number }> {
  requirePermission(ctx, 'organisation:write')
  const list = await holdList(ctx, input.listId, input.version)
  if (list.state !== 'open') throw new DomainError('conflict', 'organisation.list.matched')
  const { last } = await ctx.db
    .selectFrom('organisation.list_row')
    .select((eb) => eb.fn.coalesce(eb.fn.max('row_no'), sql<number>`0`).as('last'))
    .where('list_id', '=', list.id)
    .executeTakeFirstOrThrow()
  const faulty = await writeRows(ctx, list.id, last, input.rows)
  const version = list.version + 1
  await ctx.db.updateTable('organisation.employer_list').set({ version }).where('id', '=', list.id).execute()
  await recordAudit(ctx, {
    action: 'list.append',
    objectKind: 'list',
    objectId: list.id,
    after: { rows: input.rows.length, faulty },
  })
  return { version, faulty }
}

/** One statement with one JSON argument: 50,000 rows in one round trip. */
async function writeRows(
  ctx: TenantContext,
  listId: number,
  after: number,
  raw: readonly z.output<typeof RawRow>[],
): Promise<number> {
  const rows = raw.map((one, index) => ({ no: after + index + 1, ...parseListRow(one) }))
  await sql`
    insert into organisation.list_row (list_id, tenant_id, row_no, credit_code, name, name_key, area_code, address, park, industry,
      ownership, unit_class, headcount, female_count, faults)
    select ${listId}, ${ctx.tenantId}, r.no, r."creditCode", r.name, r."nameKey", r."areaCode", r.address, r.park, r.industry,
      r.ownership, r."unitClass", r.headcount, r."femaleCount", array(select jsonb_array_elements_text(r.faults))
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(no int, "creditCode" text, name text, "nameKey" text, "areaCode" text,
      address text, park text, industry text, ownership text, "unitClass" text, headcount int, "femaleCount" int, faults jsonb)`.execute(
    ctx.db,
  )
  return rows.filter((row) => row.faults.length > 0).length
}

export const ListLists = z.object({
  /** Of its name or version. */
  search: z.string().trim().max(80).default(''),
  source: z.enum(listSources).optional(),
  listId: z.int().positive().optional(),
  ...within,
  ...paging,
})

export type ListHead = EmployerList & {
  /** The federation that keeps it. */
  bodyName: string
  rows: number
  matched: number
  ambiguous: number
  faulty: number
}

/** Imported lists, the newest first, with how far their matching is. */
export async function listLists(
  ctx: TenantContext,
  input: z.output<typeof ListLists>,
): Promise<{ rows: ListHead[]; total: number }> {
  requirePermission(ctx, 'organisation:read')
  const bodies = await listWithin(ctx, input.body)
  let query = ctx.db.selectFrom('organisation.employer_list as l')
  if (bodies) query = query.where('l.tenant_id', '=', sql<number>`any (${bodies})`)
  if (input.search !== '') {
    const key = `%${escapeLike(input.search)}%`
    query = query.where((eb) => eb.or([eb('l.name', 'like', key), eb('l.list_version', 'like', key)]))
  }
  if (input.listId !== undefined) query = query.where('l.id', '=', input.listId)
  if (input.source) query = query.where('l.source', '=', input.source)
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const heads = await query
    .innerJoin('tenancy.federation as f', 'f.id', 'l.tenant_id')
    .selectAll('l')
    .select('f.short_name as bodyName')
    .orderBy('l.as_of', 'desc')
    .orderBy('l.id', 'desc')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  const counts = await ctx.db
    .selectFrom('organisation.list_row')
    .select([
      'list_id',
      sql<number>`count(*)`.as('rows'),
      sql<number>`count(employer_id)`.as('matched'),
      sql<number>`count(*) filter (where outcome = 'ambiguous')`.as('ambiguous'),
      sql<number>`count(*) filter (where faults <> '{}')`.as('faulty'),
    ])
    .where('list_id', '=', sql<number>`any (${heads.map((head) => head.id)}::bigint[])`)
    .groupBy('list_id')
    .execute()
  const byList = new Map(counts.map((row) => [row.list_id, row]))
  return {
    total,
    rows: heads.map((head) => {
      const count = byList.get(head.id)
      return {
        ...head,
        rows: count?.rows ?? 0,
        matched: count?.matched ?? 0,
        ambiguous: count?.ambiguous ?? 0,
        faulty: count?.faulty ?? 0,
      }
    }),
  }
}
