import {
  DomainError,
  FederationCode,
  type FieldError,
  found,
  paging,
  recordAudit,
  requirePermission,
  type TenantContext,
} from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { EvidenceKindInput, RuleCode, audience, nameEdition, naming, succeedEdition } from '../checklists/checklists.ts'
import { countings, ratingTracks } from '../codes/ratings.ts'

const Percent = z.int().min(0).max(10_000)
const BodyLevel = z.enum(['township', 'county', 'city', 'province', 'national'])

const SchemeLevel = z.object({
  nameZh: z.string().trim().min(1).max(40),
  nameEn: z.string().trim().min(1).max(80),
  /** Points of the reviewers' mean. */
  minScore: z.int().min(0).max(100_000),
  /** The lowest level of body in whose authority it lies (按权限分级管理). */
  grantedBy: BodyLevel,
  countsAs: z.enum(countings).default('none'),
  /** What must be held already; left out: the level below of this scheme. Rank 0 asks for nothing. */
  needs: z
    .object({
      scheme: RuleCode.or(z.literal('')).default(''),
      issuer: FederationCode.optional(),
      rank: z.int().min(0).max(20),
    })
    .optional(),
  /** Hundredths of a percent. */
  minMembership: Percent.nullable().default(null),
  minSatisfaction: Percent.nullable().default(null),
  /** This share of those below must hold that rank of that scheme (三级联创). */
  below: z
    .object({ scheme: RuleCode, issuer: FederationCode.optional(), rank: z.int().min(1).max(20), share: Percent })
    .nullable()
    .default(null),
})

export const DefineScheme = z.object({
  ...naming,
  track: z.enum(ratingTracks),
  subject: z.enum(['union', 'body']).default('union'),
  ...audience,
  validityMonths: z.int().min(1).max(120),
  noticeDays: z.int().min(1).max(60).default(7),
  minReviewers: z.int().min(3).max(50).default(3),
  quorum: Percent.min(1).default(6667),
  needsAppraisal: z.boolean().default(true),
  validFrom: z.iso.date(),
  source: z.string().trim().max(300).default(''),
  items: z
    .array(
      z.object({
        textZh: z.string().trim().min(1).max(200),
        textEn: z.string().trim().min(1).max(300),
        /** Points; 0 for a veto item. */
        maxScore: z.int().min(0).max(1000),
        isVeto: z.boolean().default(false),
        evidenceKind: EvidenceKindInput.default('none'),
      }),
    )
    .min(1)
    .max(300),
  /** From the lowest up: the rank is the place. */
  levels: z.array(SchemeLevel).min(1).max(20),
})

function checkScheme(input: z.output<typeof DefineScheme>): FieldError[] {
  const most = input.items.reduce((sum, item) => sum + item.maxScore, 0)
  const faults: FieldError[] = []
  for (const [index, item] of input.items.entries())
    if (item.isVeto !== (item.maxScore === 0))
      faults.push({ path: `items.${index}.maxScore`, key: 'organisation.vetoScore' })
  for (const [index, level] of input.levels.entries()) {
    const path = `levels.${index}`
    if (level.minScore > most)
      faults.push({ path: `${path}.minScore`, key: 'errors.inputLarge', params: { limit: most } })
    const below = input.levels[index - 1]
    if (below && level.minScore < below.minScore)
      faults.push({ path: `${path}.minScore`, key: 'errors.inputSmall', params: { limit: below.minScore } })
    if (level.needs?.scheme === '' && level.needs.rank > index)
      faults.push({ path: `${path}.needs`, key: 'organisation.levelNeedsItself' })
    if (level.below && input.subject === 'union')
      faults.push({ path: `${path}.below`, key: 'organisation.levelBelowUnion' })
  }
  return faults
}

/**
 * Whose scheme a code means for an issuer: its own, else that of the nearest superior that issued one; null: nobody's. Two issuers may use
 * one code, so a title counts by issuer and code.
 */
export async function findIssuer(ctx: TenantContext, code: string, forId: number): Promise<number | null> {
  const { rows } = await sql<{ id: number }>`
    select s.tenant_id as id from organisation.rating_scheme s
    join tenancy.closure c on c.ancestor_id = s.tenant_id and c.descendant_id = ${forId}
    where s.code = ${code} order by c.depth, s.tenant_id limit 1`.execute(ctx.db)
  return rows[0]?.id ?? null
}

type NamedScheme = { readonly scheme: string; readonly issuer?: string | undefined }

/** @throws DomainError invalid at the field when the issuer named has no scheme of that code */
async function requireIssuer(ctx: TenantContext, named: NamedScheme, path: string): Promise<number | null> {
  if (named.scheme === '') return null
  if (named.issuer === undefined) return findIssuer(ctx, named.scheme, ctx.tenantId)
  const { rows } = await sql<{ id: number }>`
    select s.tenant_id as id from organisation.rating_scheme s join tenancy.federation f on f.id = s.tenant_id
    where s.code = ${named.scheme} and f.code = ${named.issuer} limit 1`.execute(ctx.db)
  const [found] = rows
  if (!found)
    throw new DomainError('invalid', 'organisation.schemeNotFound', {
      fields: [{ path, key: 'organisation.schemeNotFound' }],
    })
  return found.id
}

/**
 * Issues a rating scheme, or its next edition; what was begun under the old one ends under it. Tracks differ by class of unit (M095):
 * stars for enterprises, demonstration for townships, up to standard for public bodies.
 *
 * @throws DomainError invalid with fields; conflict organisation.editionDate
 */
export async function defineScheme(
  ctx: TenantContext,
  input: z.output<typeof DefineScheme>,
): Promise<{ schemeId: number; edition: number }> {
  requirePermission(ctx, 'organisation:approve')
  const faults = checkScheme(input)
  if (faults.length > 0) throw new DomainError('invalid', 'errors.invalid', { fields: faults })
  const { code, nameEn } = await nameEdition(ctx, 'organisation.rating_scheme', input)
  const edition = await succeedEdition(ctx, 'organisation.rating_scheme', code, input.validFrom)
  const { id } = await ctx.db
    .insertInto('organisation.rating_scheme')
    .values({
      tenant_id: ctx.tenantId,
      code,
      edition,
      name_zh: input.nameZh,
      name_en: nameEn,
      track: input.track,
      subject: input.subject,
      kinds: input.kinds,
      unit_classes: input.unitClasses,
      min_headcount: input.minHeadcount,
      max_headcount: input.maxHeadcount,
      validity_months: input.validityMonths,
      notice_days: input.noticeDays,
      min_reviewers: input.minReviewers,
      quorum: input.quorum,
      needs_appraisal: input.needsAppraisal,
      valid_from: input.validFrom,
      source: input.source,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const place = { scheme_id: id, tenant_id: ctx.tenantId }
  await ctx.db
    .insertInto('organisation.rating_item')
    .values(
      input.items.map((item, index) => ({
        ...place,
        position: index + 1,
        text_zh: item.textZh,
        text_en: item.textEn,
        max_score: item.maxScore,
        is_veto: item.isVeto,
        evidence_kind: item.evidenceKind,
      })),
    )
    .execute()
  const issuers: { needs: number | null; below: number | null }[] = []
  for (const [index, level] of input.levels.entries())
    issuers.push({
      needs: level.needs ? await requireIssuer(ctx, level.needs, `levels.${index}.needs`) : null,
      below: level.below ? await requireIssuer(ctx, level.below, `levels.${index}.below`) : null,
    })
  await ctx.db
    .insertInto('organisation.rating_level')
    .values(
      input.levels.map((level, index) => ({
        ...place,
        rank: index + 1,
        name_zh: level.nameZh,
        name_en: level.nameEn,
        min_score: level.minScore,
        granted_by: level.grantedBy,
        counts_as: level.countsAs,
        needs_scheme: level.needs?.scheme ?? '',
        needs_issuer_id: issuers[index]?.needs ?? null,
        // One step at a time, unless the scheme says otherwise.
        needs_rank: level.needs?.rank ?? index,
        min_membership: level.minMembership,
        min_satisfaction: level.minSatisfaction,
        below_scheme: level.below?.scheme ?? '',
        below_issuer_id: issuers[index]?.below ?? null,
        below_rank: level.below?.rank ?? 1,
        below_share: level.below?.share ?? null,
      })),
    )
    .execute()
  await recordAudit(ctx, {
    action: 'scheme.define',
    objectKind: 'rating_scheme',
    objectId: id,
    after: { code, edition, items: input.items.length, levels: input.levels.length },
  })
  return { schemeId: id, edition }
}

export const ListSchemes = z.object({
  on: z.iso.date().optional(),
  /** Those too that come into force later. */
  coming: z.boolean().optional(),
  ...paging,
})

/** The schemes in force on a day (default today) that the body issued, must follow, or sees below. */
export async function listSchemes(ctx: TenantContext, input: z.output<typeof ListSchemes>) {
  requirePermission(ctx, 'organisation:read')
  const on = input.on ?? ctx.today
  const query = ctx.db
    .selectFrom('organisation.rating_scheme as s')
    .innerJoin('tenancy.federation as f', 'f.id', 's.tenant_id')
    .$if(input.coming !== true, (some) => some.where('s.valid_from', '<=', on))
    .where((eb) => eb.or([eb('s.valid_to', 'is', null), eb('s.valid_to', '>', on)]))
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(['s.id as schemeId', 's.code', 's.edition', 's.name_zh as nameZh', 's.name_en as nameEn', 's.track'])
    .select(['s.subject', 's.valid_from as validFrom', 's.source', 'f.code as issuer', 'f.name as issuerName'])
    .orderBy('s.track')
    .orderBy('s.code')
    .orderBy('s.valid_from')
    .orderBy('s.id')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return { rows, total }
}

export const GetScheme = z.object({ schemeId: z.int().positive() })

export type Scheme = Awaited<ReturnType<typeof getScheme>>
export type SchemeRank = Scheme['levels'][number]

/** A scheme with its items and levels. @throws DomainError not_found organisation.schemeNotFound */
export async function getScheme(ctx: TenantContext, input: z.output<typeof GetScheme> & { own?: boolean }) {
  requirePermission(ctx, 'organisation:read')
  const head = found(
    await ctx.db
      .selectFrom('organisation.rating_scheme')
      .selectAll()
      .where('id', '=', input.schemeId)
      .$if(input.own === true, (query) => query.where('tenant_id', '=', ctx.tenantId))
      .executeTakeFirst(),
    'organisation.schemeNotFound',
  )
  const items = await ctx.db
    .selectFrom('organisation.rating_item')
    .select(['position', 'text_zh as textZh', 'text_en as textEn', 'max_score as maxScore', 'is_veto as isVeto'])
    .select('evidence_kind as evidenceKind')
    .where('scheme_id', '=', head.id)
    .orderBy('position')
    .execute()
  const levels = await ctx.db
    .selectFrom('organisation.rating_level')
    .select(['rank', 'name_zh as nameZh', 'name_en as nameEn', 'min_score as minScore', 'granted_by as grantedBy'])
    .select(['counts_as as countsAs', 'needs_scheme as needsScheme', 'needs_rank as needsRank'])
    .select(['needs_issuer_id as needsIssuerId', 'below_issuer_id as belowIssuerId'])
    .select(['min_membership as minMembership', 'min_satisfaction as minSatisfaction'])
    .select(['below_scheme as belowScheme', 'below_rank as belowRank', 'below_share as belowShare'])
    .where('scheme_id', '=', head.id)
    .orderBy('rank')
    .execute()
  return {
    schemeId: head.id,
    issuerId: head.tenant_id,
    code: head.code,
    edition: head.edition,
    nameZh: head.name_zh,
    nameEn: head.name_en,
    track: head.track,
    subject: head.subject,
    kinds: head.kinds,
    unitClasses: head.unit_classes,
    minHeadcount: head.min_headcount,
    maxHeadcount: head.max_headcount,
    validityMonths: head.validity_months,
    noticeDays: head.notice_days,
    minReviewers: head.min_reviewers,
    quorum: head.quorum,
    needsAppraisal: head.needs_appraisal,
    validFrom: head.valid_from,
    validTo: head.valid_to,
    source: head.source,
    items,
    levels,
  }
}

/** @throws DomainError invalid organisation.rankUnknown */
export function findRank(scheme: Scheme, rank: number): SchemeRank {
  const level = scheme.levels.find((one) => one.rank === rank)
  if (level === undefined)
    throw new DomainError('invalid', 'organisation.rankUnknown', {
      fields: [{ path: 'rank', key: 'organisation.rankUnknown' }],
    })
  return level
}
