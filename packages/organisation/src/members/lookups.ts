import { DomainError, actorName, recordOpening, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { readLimit } from '../limits.ts'
import { memberLimits } from './member-limits.ts'

/** Ways to learn by a whole number whether there is somebody, or something, behind it. */
export type LookupKind = 'search' | 'enrolment' | 'union'

const hourly = {
  search: memberLimits.searchesPerHour,
  enrolment: memberLimits.enrolmentsPerHour,
  union: memberLimits.unionLookupsPerHour,
} as const

/**
 * Counts a question by a whole number, against the hourly limit of the account. It stays counted when what it was asked for is refused.
 *
 * @throws DomainError too_many organisation.lookup.tooMany
 */
export async function noteLookup(ctx: TenantContext, kind: LookupKind): Promise<void> {
  if (ctx.actor.kind !== 'user') return
  const actor = actorName(ctx.actor)
  const limit = await readLimit(ctx, hourly[kind])
  // Calls of one account take turns, so that many at once do not pass the count together.
  await sql`select pg_advisory_xact_lock(7023, hashtext(${actor}))`.execute(ctx.db)
  const { rows } = await sql<{ asked: number }>`
    select count(*)::int as asked from organisation.lookup
    where tenant_id = ${ctx.tenantId} and actor = ${actor} and kind = ${kind}
      and at > ${ctx.now}::timestamptz - interval '1 hour'`.execute(ctx.db)
  if ((rows[0]?.asked ?? 0) >= limit)
    throw new DomainError('too_many', 'organisation.lookup.tooMany', { params: { limit } })
  const insert = async ({ db, tenantId }: TenantContext) => {
    await db.insertInto('organisation.lookup').values({ tenant_id: tenantId, kind, actor }).execute()
  }
  await insert(ctx)
  ctx.keep(insert)
}

/**
 * Which of these people hold a membership anywhere; where is not told. The bodies that keep those memberships read in their openings who
 * asked and about how many. Users ask about one person at a time.
 */
export async function askTaken(ctx: TenantContext, prints: readonly Buffer[]): Promise<Set<string>> {
  const ask = async (asking: TenantContext) => {
    const { rows } = await sql<{ print: Buffer }>`
      select ask_taken as print from organisation.ask_taken(${prints}::bytea[], ${actorName(asking.actor)})`.execute(
      asking.db,
    )
    return rows
  }
  ctx.keep(async (again) => {
    await ask(again)
  })
  return new Set((await ask(ctx)).map((row) => row.print.toString('base64')))
}

/**
 * Searches the own register by a whole number. Found or not, it is recorded as an opening: the answer confirms the number.
 *
 * @throws DomainError forbidden without member:open; too_many organisation.lookup.tooMany
 */
export async function searchByNumber<T extends { readonly id: number }>(
  ctx: TenantContext,
  field: 'idNumber' | 'mobile',
  search: () => Promise<T[]>,
): Promise<T[]> {
  requirePermission(ctx, 'member:open')
  await noteLookup(ctx, 'search')
  const hits = await search()
  await recordOpening(ctx, {
    ownerId: ctx.tenantId,
    objectKind: 'member.search',
    objectId: hits[0]?.id ?? '',
    fields: [field],
    reason: 'member.search',
  })
  return hits
}
