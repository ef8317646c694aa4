import { DomainError, listChildren, type FieldError, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { fitsUnion, livedOn } from '../checklists/checklists.ts'
import { findUnion, shareOf } from '../checklists/ledgers.ts'
import { findIssuer, type Scheme, type SchemeRank } from './schemes.ts'

/** Who is rated: a union, or (unionId null) the body itself. */
export type Holder = { readonly ownerId: number; readonly unionId: number | null }

/** In SQL: the title `t` is held on a day. */
export const heldOn = (on: string) =>
  sql<boolean>`(t.held_from <= ${on} and t.valid_to > ${on} and (t.ended_on is null or t.ended_on > ${on}))`

/** A scheme in whatever edition: another issuer's with the same code is another scheme. */
type SchemeRef = { readonly issuerId: number | null; readonly code: string }

/** The highest rank held of a scheme; 0: none. */
async function findHeldRank(ctx: TenantContext, holder: Holder, scheme: SchemeRef, on: string): Promise<number> {
  const { rows } = await sql<{ rank: number }>`
    select t.rank from organisation.home_title t join organisation.rating_scheme s on s.id = t.scheme_id
    where t.tenant_id = ${holder.ownerId} and t.union_id is not distinct from ${holder.unionId}::bigint and s.code = ${scheme.code} and s.tenant_id = ${scheme.issuerId}
      and ${heldOn(on)}
    order by t.rank desc limit 1`.execute(ctx.db)
  return rows[0]?.rank ?? 0
}

export type Appraised = { appraisalId: number; satisfaction: number | null }

/** The members' appraisal of a union that was published within the twelve months before a day; null: none was held. */
async function findAppraised(ctx: TenantContext, unionId: number, on: string): Promise<Appraised | null> {
  const { rows } = await sql<{ id: number; satisfied: number; basic: number; unsatisfied: number }>`
    select id, satisfied, basic, unsatisfied from organisation.appraisal
    where union_id = ${unionId} and state in ('published', 'filed') and closed_on <= ${on} and closed_on > (${on}::date - interval '12 months')::date
    order by closed_on desc limit 1`.execute(ctx.db)
  const [last] = rows
  if (last === undefined) return null
  const { satisfied, basic, unsatisfied } = last
  return { appraisalId: last.id, satisfaction: shareOf(satisfied + basic, satisfied + basic + unsatisfied) }
}

export type Below = { held: number; total: number; share: number | null }

/**
 * How many of those below a body hold a rank of a scheme (三级联创, M149): its unions, or the bodies directly below it, whichever the
 * scheme rates.
 */
async function countBelow(
  ctx: TenantContext,
  ownerId: number,
  wanted: { scheme: SchemeRef; rank: number; on: string },
): Promise<Below> {
  if (wanted.scheme.issuerId === null) return { held: 0, total: 0, share: null }
  const scheme = await ctx.db
    .selectFrom('organisation.rating_scheme')
    .select(['id', 'subject'])
    .where('code', '=', wanted.scheme.code)
    .where('tenant_id', '=', wanted.scheme.issuerId)
    .orderBy(sql`valid_to is null`, 'desc')
    .orderBy('edition', 'desc')
    .executeTakeFirst()
  if (!scheme) return { held: 0, total: 0, share: null }
  const { on, rank } = wanted
  const holds = (holder: ReturnType<typeof sql>) => sql<boolean>`exists (select from organisation.home_title t
    join organisation.rating_scheme s on s.id = t.scheme_id and s.code = ${wanted.scheme.code}
    and s.tenant_id = ${wanted.scheme.issuerId} where ${holder} and t.rank >= ${rank} and ${heldOn(on)})`
  const { rows } =
    scheme.subject === 'union'
      ? await sql<{ held: number; total: number }>`
          with recursive under as (
            select ${ownerId}::int as id
            union all
            select l.federation_id from under join tenancy.link l on l.parent_id = under.id and l.hierarchy = 'regional' and l.valid_to is null
          )
          select count(*)::int as total, count(*) filter (where ${holds(sql`t.union_id = u.id`)})::int as held
          from organisation.rating_scheme rules join organisation.trade_union u on ${fitsUnion} and ${livedOn(on)}
          where rules.id = ${scheme.id} and u.tenant_id in (select id from under)`.execute(ctx.db)
      : await sql<{ held: number; total: number }>`
          select count(*)::int as total, count(*) filter (where ${holds(sql`t.tenant_id = f.id and t.union_id is null`)})::int as held
          from unnest(${(await listChildren(ctx, ownerId)).filter((child) => child.kind === 'regional').map((child) => child.id)}::int[]) f(id)`.execute(
          ctx.db,
        )
  const { held, total } = rows[0] ?? { held: 0, total: 0 }
  return { held, total, share: shareOf(held, total) }
}

export type Ground = { readonly appraisalId: number | null; readonly missing: readonly FieldError[] }

/**
 * What stands against a rank for this holder: the step below not held (M236), no members' appraisal held, satisfaction or membership
 * too low, too few below that hold what they should (M149). Empty: nothing.
 */
export async function readGround(
  ctx: TenantContext,
  input: { scheme: Scheme; level: SchemeRank; holder: Holder; memberCount: number | null; on: string },
): Promise<Ground> {
  const { scheme, level, holder, on } = input
  const missing: FieldError[] = []
  if (level.needsRank > 0) {
    const code = level.needsScheme
    const named =
      code === ''
        ? { issuerId: scheme.issuerId, code: scheme.code }
        : { issuerId: level.needsIssuerId ?? (await findIssuer(ctx, code, scheme.issuerId)), code }
    const held = await findHeldRank(ctx, holder, named, on)
    if (held < level.needsRank)
      missing.push({ path: 'rank', key: 'organisation.stepSkipped', params: { held, needed: level.needsRank } })
  }
  const appraised = holder.unionId === null ? null : await findAppraised(ctx, holder.unionId, on)
  if (scheme.needsAppraisal && scheme.subject === 'union' && appraised === null)
    missing.push({ path: 'appraisal', key: 'organisation.notAppraised' })
  if (level.minSatisfaction !== null && (appraised?.satisfaction ?? -1) < level.minSatisfaction)
    missing.push({
      path: 'appraisal',
      key: 'organisation.satisfactionLow',
      params: { needed: level.minSatisfaction / 100 },
    })
  if (level.minMembership !== null && holder.unionId !== null) {
    const { headcount } = await findUnion(ctx, holder.unionId)
    const share = input.memberCount === null ? null : shareOf(input.memberCount, headcount)
    if ((share ?? -1) < level.minMembership)
      missing.push({
        path: 'memberCount',
        key: 'organisation.membershipLow',
        params: { needed: level.minMembership / 100 },
      })
  }
  if (level.belowShare !== null) {
    const code = level.belowScheme
    const named = { issuerId: level.belowIssuerId ?? (await findIssuer(ctx, code, scheme.issuerId)), code }
    const below = await countBelow(ctx, holder.ownerId, { scheme: named, rank: level.belowRank, on })
    if ((below.share ?? -1) < level.belowShare)
      missing.push({
        path: 'below',
        key: 'organisation.belowLow',
        params: { held: below.held, total: below.total, needed: level.belowShare / 100 },
      })
  }
  return { appraisalId: appraised?.appraisalId ?? null, missing }
}

/** @throws DomainError conflict with the first of what stands against it, and all of it in `fields` */
export function refuseGround(ground: Ground): void {
  const [first] = ground.missing
  if (first) throw new DomainError('conflict', first.key, { params: first.params ?? {}, fields: [...ground.missing] })
}
