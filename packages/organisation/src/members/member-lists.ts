import { sql } from 'kysely'
import { z } from 'zod'
import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import { listFacets, memberKinds, memberStates } from './facets.ts'
import { checkIdNumber } from '../numbers/id-numbers.ts'
import { searchByNumber } from './lookups.ts'
import { normalizeName } from '../numbers/names.ts'
import { findByIdPrint, findByMobilePrint, selectMembers, toMember, type Member } from './members.ts'
import { printId, printMobile } from './persons.ts'
import { checkPhone } from '../numbers/phones.ts'

export const MemberFilter = z.object({
  /** A whole id number, phone or card number, or the beginning of a name. */
  search: z.string().overwrite(normalizeName).max(60).default(''),
  unionId: z.int().positive().optional(),
  states: z.array(z.enum(memberStates)).max(7).optional(),
  kinds: z.array(z.enum(memberKinds)).max(5).optional(),
  sex: z.enum(['male', 'female']).optional(),
  hasCard: z.boolean().optional(),
  incomplete: z.boolean().optional(),
  joinedFrom: z.iso.date().optional(),
  joinedTo: z.iso.date().optional(),
})
export type MemberFilter = z.output<typeof MemberFilter>

export const ListMembers = MemberFilter.extend({
  page: z.int().min(1).max(1000).default(1),
  pageSize: z.int().min(1).max(200).default(50),
})

export type MemberPage = {
  readonly rows: readonly Member[]
  /** Exact up to 10,000; beyond, `atLeast` says that there are more. */
  readonly total: number
  readonly atLeast: boolean
}

/** Nobody reads page 201; beyond this many a filter helps, and counting on would only cost. */
const countedRows = 10_000

const smallints = (facets: readonly number[]) => sql`${facets}::smallint[]`

function sinceBetween(filter: MemberFilter) {
  return sql`${filter.joinedFrom ? sql`and since >= ${filter.joinedFrom}::date` : sql``}
    ${filter.joinedTo ? sql`and since <= ${filter.joinedTo}::date` : sql``}`
}

/**
 * Ids of a page and the count, each from one index and without touching the table:
 * - of a union: member_union, whose rows are few;
 * - by the beginning of a name: member_name, a range in "C" order (like is not leakproof and would be kept out of the index by
 *   row-level security; >= and < are);
 * - else member_list: for each facet asked for the newest rows, merged. However rare or common what is asked for is, a page costs at
 *   most facets x page rows, and a count ends at 10,000;
 * - late pages of what is common: member_since, read from its beginning, for there the merge would read a late page of every facet.
 */
async function findIds(
  ctx: TenantContext,
  filter: MemberFilter,
  window: { offset: number; limit: number },
): Promise<{ ids: number[]; total: number }> {
  const wanted = listFacets(filter)
  const facets = smallints(wanted)
  const between = sinceBetween(filter)
  const upTo = Math.min(window.offset + window.limit, countedRows)
  const of = (place: ReturnType<typeof sql>) =>
    sql`from organisation.member where tenant_id = ${ctx.tenantId} and ${place} ${between}`
  const named = filter.search ? sql`and name >= ${filter.search} and name < ${`${filter.search}\u{10ffff}`}` : sql``
  const union = filter.unionId === undefined ? sql`` : sql`and union_id = ${filter.unionId}`
  const counted = of(sql`facet = any (${facets}) ${union} ${named}`)
  const count = await sql<{ total: number }>`select count(*)::int as total from (select ${counted} limit ${
    countedRows + 1
  }) as up_to`.execute(ctx.db)
  const total = count.rows[0]?.total ?? 0
  let rows = sql`select id, since from unnest(${facets}) as f (facet) cross join lateral (
      select id, since ${of(sql`member.facet = f.facet`)} order by since desc, id desc limit ${upTo}) newest
    order by since desc, id desc`
  if (filter.unionId === undefined && filter.search) rows = sql`select id ${counted} order by name, id`
  else if (filter.unionId !== undefined || (total > countedRows && wanted.length * upTo > 20_000))
    rows = sql`select id ${counted} order by since desc, id desc`
  const ids = await sql<{ id: number }>`${rows} offset ${window.offset} limit ${window.limit}`.execute(ctx.db)
  return { ids: ids.rows.map((row) => row.id), total }
}

/** A search that names one person goes by fingerprint and ignores other filters; null: it is not such a search. */
async function findPerson(ctx: TenantContext, search: string): Promise<Member[] | null> {
  const id = checkIdNumber(search, { today: ctx.today })
  if (id.ok) {
    const print = printId(ctx, id.id.value)
    return searchByNumber(ctx, 'idNumber', () => findByIdPrint(ctx, print))
  }
  const mobile = checkPhone(search)
  if (mobile !== null) return searchByNumber(ctx, 'mobile', () => findByMobilePrint(ctx, printMobile(ctx, mobile)))
  if (!/^[0-9A-Z][0-9A-Z-]*-\d{8}$/.test(search)) return null
  const rows = await selectMembers(ctx).where('m.card_no', '=', search).limit(20).execute()
  return rows.map((row) => toMember(ctx, row))
}

/**
 * Own members, newest first (by name when one searches by name). Without a filter of states: applicants, members and the retained.
 *
 * @throws DomainError forbidden for a whole number without member:open; too_many organisation.lookup.tooMany
 */
export async function listMembers(ctx: TenantContext, input: z.output<typeof ListMembers>): Promise<MemberPage> {
  requirePermission(ctx, 'member:read')
  const person = input.search ? await findPerson(ctx, input.search) : null
  if (person) return { rows: person, total: person.length, atLeast: false }
  const filter = { ...input, states: input.states ?? (['applied', 'active', 'retained'] as const).slice() }
  const offset = (input.page - 1) * input.pageSize
  const { ids, total } = await findIds(ctx, filter, { offset, limit: input.pageSize })
  const rows = ids.length === 0 ? [] : await selectMembers(ctx).where('m.id', 'in', ids).execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return {
    rows: ids.flatMap((id) => {
      const row = byId.get(id)
      return row ? [toMember(ctx, row)] : []
    }),
    total: Math.min(total, countedRows),
    atLeast: total > countedRows,
  }
}
