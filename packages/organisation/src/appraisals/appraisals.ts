import { DomainError, actorName, requirePermission, type FieldError, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { lockAppraisal } from './appraisal-rows.ts'
import { openChoice, shuffle, takeBallots, type Counts } from './ballots.ts'
import { findUnion, shareOf } from '../checklists/ledgers.ts'
import { limits, readLimit } from '../limits.ts'
import { recordStep } from '../steps.ts'
import { takeMembers } from '../members/registered.ts'
import { GroupCodes, GroupNames, checkGroup, forgetShares, openGroupKey } from './working-groups.ts'

/** 满意率: satisfied and basically satisfied of the valid votes, hundredths of a percent; null without a valid vote. */
export function readSatisfaction({ satisfied, basic, unsatisfied }: Omit<Counts, 'invalid'>): number | null {
  return shareOf(satisfied + basic, satisfied + basic + unsatisfied)
}

export const OpenAppraisal = z.object({
  unionId: z.int().positive(),
  closesOn: z.iso.date(),
  /** The session it was put to (M212). */
  congressId: z.int().positive().nullable().default(null),
  /** User names of the working group. Each takes a code; three of them open the ballots. */
  group: GroupNames,
  /** Of a union that keeps no members in the register; else the register says how many. */
  members: z.int().min(1).max(2_000_000).nullable().default(null),
  /** Who may vote: all members, or the representatives. */
  eligible: z.int().min(1).max(2_000_000),
  /** Front-line workers among them, when representatives vote. */
  frontLine: z.int().min(0).nullable().default(null),
})

/**
 * Opens this year's appraisal of a union by its members (会员评家): once a year, with a working group, by enough of the members and
 * enough front-line workers among representatives (parameters appraisal.*).
 *
 * @throws DomainError invalid with fields, among them organisation.membersRegistered; conflict organisation.appraisedAlready
 */
export async function openAppraisal(
  ctx: TenantContext,
  input: z.output<typeof OpenAppraisal>,
): Promise<{ appraisalId: number }> {
  requirePermission(ctx, 'organisation:write')
  const union = await findUnion(ctx, input.unionId, { own: true })
  const participation = (await readLimit(ctx, limits.participation)) * 100
  const frontLine = (await readLimit(ctx, limits.frontLine)) * 100
  const smallest = await readLimit(ctx, limits.smallestAppraisal)
  const taken = await takeMembers(ctx, union.id, { path: 'members', typed: input.members })
  const members = taken.members ?? 0
  const isOfRepresentatives = input.eligible < members
  const faults: FieldError[] = [
    await checkGroup(ctx, input.group),
    members === 0 ? [{ path: 'members', key: 'errors.inputMissing' }] : [],
    taken.faults,
    members > 0 && input.eligible > members
      ? [{ path: 'eligible', key: 'errors.inputLarge', params: { limit: members } }]
      : [],
    input.eligible < smallest
      ? [{ path: 'eligible', key: 'organisation.appraisalSmall', params: { limit: smallest } }]
      : [],
    members > 0 && (shareOf(input.eligible, members) ?? 0) < participation
      ? [{ path: 'eligible', key: 'organisation.participationLow', params: { needed: participation / 100 } }]
      : [],
    isOfRepresentatives && (shareOf(input.frontLine ?? 0, input.eligible) ?? 0) < frontLine
      ? [{ path: 'frontLine', key: 'organisation.frontLineLow', params: { needed: frontLine / 100 } }]
      : [],
    input.closesOn < ctx.today ? [{ path: 'closesOn', key: 'organisation.dayPast' }] : [],
  ].flat()
  if (input.congressId !== null) {
    const session = await ctx.db
      .selectFrom('organisation.congress')
      .select('id')
      .where('id', '=', input.congressId)
      .where('union_id', '=', union.id)
      .executeTakeFirst()
    if (!session) faults.push({ path: 'congressId', key: 'organisation.congressOther' })
  }
  if (faults.length > 0) throw new DomainError('invalid', 'errors.invalid', { fields: faults })
  const opened = await ctx.db
    .insertInto('organisation.appraisal')
    .values({
      tenant_id: union.tenant_id,
      union_id: union.id,
      year: Number(ctx.today.slice(0, 4)),
      congress_id: input.congressId,
      group_size: input.group.length,
      members,
      eligible: input.eligible,
      front_line: input.frontLine,
      // Of the eligible: representatives stand for members who do not vote themselves.
      participation: Math.min(10_000, Math.ceil((participation * members) / input.eligible)),
      opened_on: ctx.today,
      closes_on: input.closesOn,
      // A round that came to nothing stays on record beside this one.
      round: sql<number>`1 + (select count(*)::int from organisation.appraisal a where a.union_id = ${union.id} and a.year = ${Number(
        ctx.today.slice(0, 4),
      )})`,
    })
    .onConflict((conflict) => conflict.columns(['union_id', 'year']).where('state', '<>', 'void').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!opened) throw new DomainError('conflict', 'organisation.appraisedAlready')
  await ctx.db
    .insertInto('organisation.group_member')
    .values(input.group.map((username) => ({ tenant_id: union.tenant_id, appraisal_id: opened.id, username })))
    .execute()
  await recordStep(ctx, {
    kind: 'appraisal',
    id: opened.id,
    from: '',
    to: 'open',
    details: { eligible: input.eligible, members, group: input.group.length },
  })
  return { appraisalId: opened.id }
}

export const AskEarlyClosing = z.object({
  appraisalId: z.int().positive(),
  reason: z.string().trim().min(4).max(300),
})

/**
 * Asks for closing the voting before its last day; somebody else closes. Asked once: the reason stays on record.
 *
 * @throws DomainError conflict organisation.earlyAsked
 */
export async function askEarlyClosing(ctx: TenantContext, input: z.output<typeof AskEarlyClosing>): Promise<void> {
  requirePermission(ctx, 'organisation:write')
  const row = await lockAppraisal(ctx, input, 'open')
  if (row.early_by !== '') throw new DomainError('conflict', 'organisation.earlyAsked')
  await ctx.db
    .updateTable('organisation.appraisal')
    .set({ early_by: actorName(ctx.actor), early_reason: input.reason, version: row.version + 1 })
    .where('id', '=', row.id)
    .execute()
  await recordStep(ctx, {
    kind: 'appraisal',
    id: row.id,
    from: 'open',
    to: 'early_asked',
    reason: input.reason,
    details: { closesOn: row.closes_on },
  })
}

export const CloseAppraisal = z.object({ appraisalId: z.int().positive(), codes: GroupCodes })

/**
 * Closes the voting and counts, with the codes of three members of the working group. The ballots are opened, mixed and written anew; slips,
 * shares and the private key are gone. Too few ballots: the appraisal is void, and how those few voted is thrown away; that it was held, and
 * how many took part, stays. Before the last day is over, and while some have not voted, it takes two: one who asked for it with a reason,
 * and another who closes.
 *
 * @throws DomainError conflict organisation.earlyNotAsked; forbidden organisation.fourEyes; as openGroupKey
 */
export async function closeAppraisal(
  ctx: TenantContext,
  input: z.output<typeof CloseAppraisal>,
): Promise<{ state: 'closed' | 'void'; cast: number; counts: Counts | null; satisfaction: number | null }> {
  requirePermission(ctx, 'organisation:approve')
  const row = await lockAppraisal(ctx, input, 'open')
  const sealed = await takeBallots(ctx, row.id)
  const isEarly = ctx.today <= row.closes_on && sealed.length < row.eligible
  if (isEarly && row.early_by === '') throw new DomainError('conflict', 'organisation.earlyNotAsked')
  if (isEarly && row.early_by === actorName(ctx.actor)) throw new DomainError('forbidden', 'organisation.fourEyes')
  const smallest = await readLimit(ctx, limits.smallestAppraisal)
  const { privateKey, proof, openedBy } = await openGroupKey(ctx, row, input.codes)
  const opened = shuffle(sealed.map((ballot) => openChoice(ctx, { appraisalId: row.id, privateKey }, ballot)))
  privateKey.fill(0)
  await sql`select organisation.close_appraisal(${row.id}, ${opened}::text[], ${ctx.today}, ${smallest}::int, ${proof})`.execute(
    ctx.db,
  )
  await forgetShares(ctx, row.id)
  const after = await ctx.db
    .selectFrom('organisation.appraisal')
    .select(['state', 'satisfied', 'basic', 'unsatisfied', 'invalid'])
    .where('id', '=', row.id)
    .executeTakeFirstOrThrow()
  const { satisfied, basic, unsatisfied, invalid } = after
  const isVoid = satisfied === null || basic === null || unsatisfied === null || invalid === null
  await recordStep(ctx, {
    kind: 'appraisal',
    id: row.id,
    from: 'open',
    to: isVoid ? 'void' : 'closed',
    reason: isEarly ? row.early_reason : '',
    details: { cast: opened.length, eligible: row.eligible, round: row.round, slips: row.slips, openedBy },
  })
  if (isVoid) return { state: 'void', cast: opened.length, counts: null, satisfaction: null }
  const counts = { satisfied, basic, unsatisfied, invalid }
  return { state: 'closed', cast: opened.length, counts, satisfaction: readSatisfaction(counts) }
}

export const AbandonAppraisal = z.object({ appraisalId: z.int().positive() })

/**
 * Gives up an appraisal that cannot be counted: fewer than three codes of the working group are left, or it never began. The ballots are
 * thrown away unread, and it stays on record as void. It takes two: one who asked for the end with a reason, and another. It may be held again.
 *
 * @throws DomainError conflict organisation.endNotAsked; forbidden organisation.fourEyes
 */
export async function abandonAppraisal(
  ctx: TenantContext,
  input: z.output<typeof AbandonAppraisal>,
): Promise<{ cast: number }> {
  requirePermission(ctx, 'organisation:approve')
  const row = await lockAppraisal(ctx, input, 'open')
  if (row.early_by === '') throw new DomainError('conflict', 'organisation.endNotAsked')
  if (row.early_by === actorName(ctx.actor)) throw new DomainError('forbidden', 'organisation.fourEyes')
  const { rows } = await sql<{ cast: number }>`select organisation.abandon_appraisal(${row.id}) as cast`.execute(ctx.db)
  await forgetShares(ctx, row.id)
  const cast = rows[0]?.cast ?? 0
  await recordStep(ctx, {
    kind: 'appraisal',
    id: row.id,
    from: 'open',
    to: 'void',
    reason: row.early_reason,
    details: { cast, eligible: row.eligible, round: row.round, slips: row.slips, isAbandoned: true },
  })
  return { cast }
}

const Ref = { appraisalId: z.int().positive(), version: z.int().positive() }
export const PublishAppraisal = z.object({ ...Ref, rectification: z.string().trim().max(2000).default('') })

/**
 * Publishes the result to the members, with what will be put right.
 *
 * @throws DomainError invalid organisation.rectificationMissing when somebody was not satisfied and nothing is promised
 */
export async function publishAppraisal(
  ctx: TenantContext,
  input: z.output<typeof PublishAppraisal>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:write')
  const row = await lockAppraisal(ctx, input, 'closed')
  if ((row.unsatisfied ?? 0) > 0 && input.rectification.length < 4)
    throw new DomainError('invalid', 'organisation.rectificationMissing', {
      fields: [{ path: 'rectification', key: 'organisation.rectificationMissing' }],
    })
  const version = row.version + 1
  await ctx.db
    .updateTable('organisation.appraisal')
    .set({ state: 'published', rectification: input.rectification, published_on: ctx.today, version })
    .where('id', '=', row.id)
    .execute()
  await recordStep(ctx, { kind: 'appraisal', id: row.id, from: row.state, to: 'published' })
  return { version }
}

export const FileAppraisal = z.object(Ref)

/** Files the published result with the superior, who sees counts and nothing else. */
export async function fileAppraisal(
  ctx: TenantContext,
  input: z.output<typeof FileAppraisal>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:approve')
  const row = await lockAppraisal(ctx, input, 'published')
  const version = row.version + 1
  await ctx.db
    .updateTable('organisation.appraisal')
    .set({ state: 'filed', filed_on: ctx.today, version })
    .where('id', '=', row.id)
    .execute()
  await recordStep(ctx, { kind: 'appraisal', id: row.id, from: row.state, to: 'filed' })
  return { version }
}
