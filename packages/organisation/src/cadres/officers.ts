import { wakeFeeds } from '@gonglian/indicators'
import {
  DomainError,
  findFederations,
  found,
  recordAudit,
  requirePermission,
  type FieldError,
  type Level,
  type TenantContext,
} from '@gonglian/tenancy'
import { z } from 'zod'
import { PersonName } from '../numbers/names.ts'
import { findUnion } from '../checklists/ledgers.ts'
import { limits, readLimit, type RankRule } from '../limits.ts'
import { appointments, engagements, posts, ranks } from '../codes/cadres.ts'
export { posts } from '../codes/cadres.ts'

const Post = z.enum(posts)
export const Engagement = z.enum(engagements)
const Rank = z.enum(ranks)

/**
 * M085: whether a rank is one that the rules ask for in this post; null when no rule speaks of it.
 *
 * @param place level of the body, or the union's ownership
 */
export function judgeRank(
  rules: readonly RankRule[],
  place: { level: Level } | { ownership: string },
  post: string,
  rank: string,
): boolean | null {
  const rule = rules.find((one) => {
    if (one.post !== post) return false
    if ('level' in place) return one.level === place.level
    return one.level === null && (one.ownership === undefined || one.ownership === place.ownership)
  })
  return rule === undefined ? null : rule.ranks.includes(rank)
}

export const AppointOfficer = z.object({
  /** Null: in the body itself. */
  unionId: z.int().positive().nullable().default(null),
  name: PersonName,
  gender: z.enum(['female', 'male']).nullable().default(null),
  post: Post,
  engagement: Engagement,
  concurrentPost: z.string().trim().max(80).default(''),
  rank: Rank.default('none'),
  appointedBy: z.enum(appointments).default('elected'),
  quotaId: z.int().positive().nullable().default(null),
  isNearRelative: z.boolean().nullable().default(null),
  isPartyCommittee: z.boolean().default(false),
  contractEndsOn: z.iso.date().nullable().default(null),
  validFrom: z.iso.date(),
})

/** Posts for which near relatives of the employer's head are no candidates. */
const elective: readonly z.output<typeof Post>[] = [
  'chair',
  'vice_chair',
  'committee_member',
  'audit_chair',
  'audit_vice_chair',
  'audit_member',
  'women_chair',
  'women_vice_chair',
  'women_member',
]

/** What a rule says of an appointment that stands all the same. */
export type Warning = { key: string; params: Record<string, string | number> }

/**
 * Puts somebody into a post of the own body or an own union. A rank other than the rules ask for is warned of, not refused: the party
 * committee decides (M085).
 *
 * @throws DomainError invalid with fields (ORG-05 organisation.nearRelative, organisation.quotaFull); conflict organisation.postTaken
 */
export async function appointOfficer(
  ctx: TenantContext,
  input: z.output<typeof AppointOfficer>,
): Promise<{ officerId: number; warnings: Warning[] }> {
  requirePermission(ctx, 'organisation:write')
  const union = input.unionId === null ? null : await findUnion(ctx, input.unionId, { own: true })
  const tenantId = union?.tenant_id ?? ctx.tenantId
  const fields: FieldError[] = []
  if (union && input.isNearRelative === true && elective.includes(input.post))
    fields.push({ path: 'isNearRelative', key: 'organisation.nearRelative' })
  if (input.quotaId !== null) {
    const full = await checkQuota(ctx, input.quotaId, tenantId)
    if (full) fields.push(full)
  }
  if (fields.length > 0) throw new DomainError('invalid', fields[0]?.key ?? 'errors.invalid', { fields })
  const warnings = await warnOfRank(ctx, tenantId, union?.ownership ?? null, input)
  const appointed = await ctx.db
    .insertInto('organisation.officer')
    .values({
      tenant_id: tenantId,
      union_id: input.unionId,
      name: input.name,
      gender: input.gender,
      post: input.post,
      engagement: input.engagement,
      concurrent_post: input.concurrentPost,
      rank: input.rank,
      appointed_by: input.appointedBy,
      quota_id: input.quotaId,
      is_near_relative: input.isNearRelative,
      is_party_committee: input.isPartyCommittee,
      contract_ends_on: input.contractEndsOn,
      valid_from: input.validFrom,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!appointed)
    throw new DomainError('conflict', 'organisation.postTaken', {
      fields: [{ path: 'post', key: 'organisation.postTaken' }],
    })
  await recordAudit(ctx, {
    action: 'officer.appoint',
    objectKind: 'officer',
    objectId: appointed.id,
    after: { unionId: input.unionId, post: input.post, engagement: input.engagement, from: input.validFrom },
  })
  wakeFeeds(ctx)
  return { officerId: appointed.id, warnings }
}

async function checkQuota(ctx: TenantContext, quotaId: number, tenantId: number): Promise<FieldError | null> {
  const quota = await ctx.db
    .selectFrom('organisation.staff_quota')
    .select(['posts', 'valid_to'])
    .where('id', '=', quotaId)
    .where('tenant_id', '=', tenantId)
    .forUpdate()
    .executeTakeFirst()
  if (!quota || quota.valid_to !== null) return { path: 'quotaId', key: 'organisation.quotaNotFound' }
  const { filled } = await ctx.db
    .selectFrom('organisation.officer')
    .select((eb) => eb.fn.countAll<number>().as('filled'))
    .where('quota_id', '=', quotaId)
    .where('valid_to', 'is', null)
    .executeTakeFirstOrThrow()
  return filled < quota.posts
    ? null
    : { path: 'quotaId', key: 'organisation.quotaFull', params: { posts: quota.posts } }
}

async function warnOfRank(
  ctx: TenantContext,
  tenantId: number,
  ownership: string | null,
  input: { post: string; rank: string },
): Promise<Warning[]> {
  const rules = await readLimit(ctx, limits.ranks, { federationId: tenantId })
  const body = (await findFederations(ctx, [tenantId])).get(tenantId)
  const place = ownership === null ? { level: body?.level ?? ('county' as const) } : { ownership }
  return judgeRank(rules, place, input.post, input.rank) === false
    ? [{ key: 'organisation.rankOther', params: { rank: input.rank, post: input.post } }]
    : []
}

export const EndPost = z.object({
  officerId: z.int().positive(),
  version: z.int().positive(),
  /** The last day in the post. */
  on: z.iso.date(),
  reason: z.string().trim().min(2).max(200),
})

/** Ends a post; the clock of the vacancy starts (ORG-10). @throws DomainError conflict, invalid organisation.dayBefore */
export async function endPost(ctx: TenantContext, input: z.output<typeof EndPost>): Promise<void> {
  requirePermission(ctx, 'organisation:write')
  const row = found(
    await ctx.db
      .selectFrom('organisation.officer')
      .selectAll()
      .where('id', '=', input.officerId)
      .$if(ctx.actor.kind !== 'system', (query) => query.where('tenant_id', '=', ctx.tenantId))
      .forUpdate()
      .executeTakeFirst(),
    'organisation.officerNotFound',
  )
  if (row.version !== input.version || row.valid_to !== null) throw new DomainError('conflict', 'errors.conflict')
  if (input.on < row.valid_from)
    throw new DomainError('invalid', 'organisation.dayBefore', {
      params: { from: row.valid_from },
      fields: [{ path: 'on', key: 'organisation.dayBefore', params: { from: row.valid_from } }],
    })
  await ctx.db
    .updateTable('organisation.officer')
    .set({ valid_to: input.on, end_reason: input.reason, version: row.version + 1 })
    .where('id', '=', row.id)
    .execute()
  await recordAudit(ctx, {
    action: 'officer.end',
    objectKind: 'officer',
    objectId: row.id,
    after: { on: input.on, reason: input.reason },
  })
  wakeFeeds(ctx)
}

export const AmendOfficer = z.object({
  officerId: z.int().positive(),
  version: z.int().positive(),
  gender: z.enum(['female', 'male']).nullable(),
  engagement: Engagement,
  rank: Rank,
  concurrentPost: z.string().trim().max(80),
  isPartyCommittee: z.boolean(),
  quotaId: z.int().positive().nullable(),
  contractEndsOn: z.iso.date().nullable(),
})

/**
 * Says of somebody in a post what the election that brought him there did not: engagement, rank, other office, place on the establishment.
 * Name, post and days stay: another name is another post.
 *
 * @throws DomainError conflict for a post that ended; invalid organisation.quotaFull, organisation.quotaNotFound
 */
export async function amendOfficer(
  ctx: TenantContext,
  input: z.output<typeof AmendOfficer>,
): Promise<{ version: number; warnings: Warning[] }> {
  requirePermission(ctx, 'organisation:write')
  const row = found(
    await ctx.db
      .selectFrom('organisation.officer')
      .selectAll()
      .where('id', '=', input.officerId)
      .where('tenant_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.officerNotFound',
  )
  if (row.version !== input.version || row.valid_to !== null) throw new DomainError('conflict', 'errors.conflict')
  if (input.quotaId !== null && input.quotaId !== row.quota_id) {
    const full = await checkQuota(ctx, input.quotaId, row.tenant_id)
    if (full) throw new DomainError('invalid', full.key, { fields: [full] })
  }
  const union = row.union_id === null ? null : await findUnion(ctx, row.union_id, { own: true })
  const warnings = await warnOfRank(ctx, row.tenant_id, union?.ownership ?? null, { post: row.post, rank: input.rank })
  const version = row.version + 1
  await ctx.db
    .updateTable('organisation.officer')
    .set({
      gender: input.gender,
      engagement: input.engagement,
      rank: input.rank,
      concurrent_post: input.concurrentPost,
      is_party_committee: input.isPartyCommittee,
      quota_id: input.quotaId,
      contract_ends_on: input.contractEndsOn,
      version,
    })
    .where('id', '=', row.id)
    .execute()
  await recordAudit(ctx, {
    action: 'officer.amend',
    objectKind: 'officer',
    objectId: row.id,
    before: { engagement: row.engagement, rank: row.rank },
    after: { engagement: input.engagement, rank: input.rank },
  })
  wakeFeeds(ctx)
  return { version, warnings }
}
