import { sql } from 'kysely'
import { z } from 'zod'
import { recordAudit } from './audit.ts'
import type { TenantContext } from './context.ts'
import { DomainError, found } from './error.ts'
import { requirePermission } from './permissions.ts'
import type { Level } from './federations.ts'
import { spellName } from './spelling.ts'
import { lockTree } from './tree-lock.ts'

export type NewFederation = {
  code: string
  name: string
  shortName: string
  level: Level
  kind?: 'regional' | 'industry'
  unionKind?: string
  validFrom: string
  validTo?: string
  /** Code of the superior; none only for the root. */
  parentCode?: string
  /** Code of the superior in the line of the industry (条), if any. */
  lineParentCode?: string
}

/**
 * Adds bodies with their links and brings the closure up to date; a whole country at once takes seconds.
 * Parents may stand in the same list. Only for system actors (loader, operator).
 */
export async function addFederations(ctx: TenantContext, bodies: readonly NewFederation[]): Promise<void> {
  requireSystem(ctx)
  await lockTree(ctx, 'exclusive')
  const rows = bodies.map((body) => ({ ...body, ...spellName(body.shortName) }))
  // One statement with a JSON argument: 44,704 rows in one round trip.
  await sql`
    insert into tenancy.federation (code, name, short_name, level, kind, union_kind, pinyin, initials, valid_from, valid_to)
    select b.code, b.name, b."shortName", b.level, coalesce(b.kind, 'regional'), coalesce(b."unionKind", 'FEDERATION_LOCAL'),
      b.pinyin, b.initials, b."validFrom", b."validTo"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as b(
      code text, name text, "shortName" text, level text, kind text, "unionKind" text, pinyin text, initials text, "validFrom" date, "validTo" date)`.execute(
    ctx.db,
  )
  await sql`
    insert into tenancy.link (federation_id, hierarchy, parent_id, valid_from, valid_to)
    select f.id, h.hierarchy, p.id, b."validFrom", b."validTo"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as b(code text, "parentCode" text, "lineParentCode" text, "validFrom" date, "validTo" date)
    join tenancy.federation f on f.code = b.code
    cross join lateral (values ('regional', b."parentCode"), ('line', b."lineParentCode")) as h(hierarchy, parent_code)
    join tenancy.federation p on p.code = h.parent_code`.execute(ctx.db)
  // A superior that had no part in its industry's line until now gets its place there too.
  await extendClosure(ctx, [
    ...new Set(
      bodies.flatMap(({ code, lineParentCode }) => (lineParentCode === undefined ? [code] : [code, lineParentCode])),
    ),
  ])
}

/**
 * Ancestors of the given bodies (and of nothing else) are added to the closure. A body that was closed stays below its last
 * superior: its records remain in the superior's sight, though it is in no picker and owes no report.
 */
async function extendClosure(ctx: TenantContext, codes: readonly string[]): Promise<void> {
  await sql`
    with recursive up as (
      select f.id as descendant_id, f.id as ancestor_id, 0 as depth, h.hierarchy
      from tenancy.federation f cross join (values ('regional'), ('line')) as h(hierarchy)
      where f.code = any (${codes})
        -- Two lists that are hashed once, whatever the statistics say of a table that was filled a moment ago.
        and (h.hierarchy = 'regional' or f.id in (select l.federation_id from tenancy.link l where l.hierarchy = 'line'
          union all select l.parent_id from tenancy.link l where l.hierarchy = 'line'))
      union all
      select up.descendant_id, l.parent_id, up.depth + 1, up.hierarchy
      from up
      join tenancy.federation f on f.id = up.ancestor_id
      join tenancy.link l on l.federation_id = f.id and l.hierarchy = up.hierarchy and l.valid_to is not distinct from f.valid_to
    )
    insert into tenancy.closure (hierarchy, ancestor_id, descendant_id, depth)
    select hierarchy, ancestor_id, descendant_id, depth from up
    on conflict do nothing`.execute(ctx.db)
}

export const MoveFederation = z.object({
  federationId: z.int().positive(),
  parentId: z.int().positive(),
  hierarchy: z.enum(['regional', 'line']).default('regional'),
  /** First day under the new superior. */
  from: z.iso.date(),
  reason: z.string().trim().min(2).max(200),
})

/**
 * The earliest day from which the tree may change: the first of the running half of the month. Every period of every kind that is over
 * ended before it, and a period's totals follow the tree of its last day, so none that is over is rewritten (P5, decision 0007).
 */
export function findFirstOpenDay(today: string): string {
  return `${today.slice(0, 8)}${today.slice(8) < '16' ? '01' : '16'}`
}

/**
 * Puts a body, with all below it, under another superior from a day on. The old link stays with its end date, so closed
 * periods keep the tree they had (P5, GOV-05).
 *
 * @throws DomainError invalid when the new superior lies below the body, or the day is not after the start of the present link, lies in a
 * period that is over, or is still to come (the closure is the tree of today); conflict when one of the two is closed
 */
export async function moveFederation(ctx: TenantContext, input: z.output<typeof MoveFederation>): Promise<void> {
  requirePermission(ctx, 'federation:reorganise')
  requireSystem(ctx)
  // Reorganisations take turns: two moves at once could close a circle that neither sees.
  await lockTree(ctx, 'exclusive')
  const before = await relinkBody(ctx, input)
  await recordAudit(ctx, {
    action: 'federation.move',
    objectKind: 'federation',
    objectId: input.federationId,
    before: { parentId: before },
    after: { parentId: input.parentId, from: input.from, reason: input.reason, hierarchy: input.hierarchy },
  })
}

/**
 * Puts a body under another superior with everything that hangs on it, links and closure. The caller holds the tree, has checked who may do it,
 * and writes the trail.
 *
 * @returns the superior of before
 * @throws as moveFederation
 */
export async function relinkBody(ctx: TenantContext, input: z.output<typeof MoveFederation>): Promise<number | null> {
  const below = await ctx.db
    .selectFrom('tenancy.closure')
    .select('descendant_id')
    .where('ancestor_id', '=', input.federationId)
    .where('hierarchy', '=', input.hierarchy)
    .execute()
  if (await wouldCloseCircle(ctx, input)) {
    throw new DomainError('invalid', 'errors.moveIntoOwnSubtree', {
      fields: [{ path: 'parentId', key: 'errors.moveIntoOwnSubtree' }],
    })
  }
  requireOpenDay(ctx.today, input.from, 'from')
  const ends = await ctx.db
    .selectFrom('tenancy.federation')
    .select(['id', 'code', 'valid_to'])
    .where('id', 'in', [input.federationId, input.parentId])
    .execute()
  const parent = found(
    ends.find((body) => body.id === input.parentId),
    'errors.bodyNotFound',
  )
  found(
    ends.find((body) => body.id === input.federationId),
    'errors.bodyNotFound',
  )
  if (ends.some((body) => body.valid_to !== null)) throw new DomainError('conflict', 'errors.bodyClosed')
  const link = await ctx.db
    .selectFrom('tenancy.link')
    .selectAll()
    .where('federation_id', '=', input.federationId)
    .where('hierarchy', '=', input.hierarchy)
    .where('valid_to', 'is', null)
    .executeTakeFirst()
  if (link && link.valid_from >= input.from) {
    throw new DomainError('invalid', 'errors.moveBeforeLink', {
      params: { from: link.valid_from },
      fields: [{ path: 'from', key: 'errors.moveBeforeLink', params: { from: link.valid_from } }],
    })
  }
  if (link) await ctx.db.updateTable('tenancy.link').set({ valid_to: input.from }).where('id', '=', link.id).execute()
  await ctx.db
    .insertInto('tenancy.link')
    .values({
      federation_id: input.federationId,
      hierarchy: input.hierarchy,
      parent_id: input.parentId,
      valid_from: input.from,
      reason: input.reason,
    })
    .execute()
  const moved = below.length > 0 ? below.map((row) => row.descendant_id) : [input.federationId]
  // Only pairs that cross the cut change: inside the subtree nothing moves.
  await sql`
    delete from tenancy.closure c
    where c.hierarchy = ${input.hierarchy} and c.descendant_id = any (${moved}) and not c.ancestor_id = any (${moved})`.execute(
    ctx.db,
  )
  const codes = await ctx.db.selectFrom('tenancy.federation').select('code').where('id', 'in', moved).execute()
  await extendClosure(ctx, [parent.code, ...codes.map((row) => row.code)])
  return link?.parent_id ?? null
}

/**
 * @throws DomainError invalid when a change of the tree may not take effect on that day: it is still to come, or lies in a period that is over
 */
export function requireOpenDay(today: string, day: string, path: string): void {
  if (day > today) {
    throw new DomainError('invalid', 'errors.moveInFuture', { fields: [{ path, key: 'errors.moveInFuture' }] })
  }
  const firstOpen = findFirstOpenDay(today)
  if (day < firstOpen) {
    const params = { from: firstOpen }
    throw new DomainError('invalid', 'errors.moveIntoClosedPeriod', {
      params,
      fields: [{ path, key: 'errors.moveIntoClosedPeriod', params }],
    })
  }
}

/**
 * Whether the new superior stands below the body at any time from the move's first day on. Looking only at today would let a move into
 * the past close a circle in between, in which totals never end.
 */
async function wouldCloseCircle(ctx: TenantContext, input: z.output<typeof MoveFederation>): Promise<boolean> {
  const { rows } = await sql<{ circle: boolean }>`
    with recursive up as (
      select ${input.parentId}::int as id, daterange(${input.from}::date, null) as span
      union
      select l.parent_id, up.span * daterange(l.valid_from, l.valid_to)
      from up join tenancy.link l on l.federation_id = up.id and l.hierarchy = ${input.hierarchy} and up.span && daterange(l.valid_from, l.valid_to)
    )
    select exists (select 1 from up where id = ${input.federationId}) as circle`.execute(ctx.db)
  return rows[0]?.circle ?? false
}

/** Refuses whoever is no system actor. */
export function requireSystem(ctx: TenantContext): void {
  if (ctx.actor.kind !== 'system')
    throw new DomainError('forbidden', 'errors.forbidden', { params: { permission: 'federation:reorganise' } })
}
