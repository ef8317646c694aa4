import { wakeFeeds } from '@gonglian/indicators'
import { DomainError, found, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { closeElection } from '../approvals/election-applications.ts'
import { holdElection, moveElection, releaseTerms, type Election } from './election-states.ts'
import { formElectedBodies, seatElected } from './seats.ts'
import type { ElectedBody } from './slates.ts'
import { turnTerms } from './term-turns.ts'
import { checkDay } from '../unions/union-states.ts'
import { countVotes } from './votes.ts'

export const HoldPoll = z.object({
  electionId: z.int().positive(),
  version: z.int().min(1),
  heldOn: z.iso.date(),
  present: z.int().min(0).max(2_000_000),
  votes: z.array(z.object({ candidateId: z.int().positive(), votes: z.int().min(0).max(2_000_000) })).max(1200),
})

export type PollResult = { body: ElectedBody; elected: number[]; tied: number[]; emptySeats: number }

/**
 * Enters what the electing meeting counted (ORG-17): without two thirds of all it was none; elected is who has more than half of all.
 *
 * @throws DomainError invalid organisation.election.noQuorum, more votes than people, candidates without a count; conflict before the
 * slate is approved
 */
export async function holdPoll(
  ctx: TenantContext,
  input: z.output<typeof HoldPoll>,
): Promise<{ version: number; results: PollResult[] }> {
  requirePermission(ctx, 'organisation:write')
  const election = await holdElection(ctx, input.electionId, input.version)
  checkDay(ctx, 'heldOn', input.heldOn)
  const results = await countPoll(ctx, election, input)
  const version = await moveElection(ctx, election, 'held', { held_on: input.heldOn, present: input.present })
  return { version, results }
}

async function countPoll(
  ctx: TenantContext,
  election: Election,
  input: { present: number; votes: readonly { candidateId: number; votes: number }[] },
): Promise<PollResult[]> {
  const refuse = (path: string, key: string, params: Record<string, number> = {}) =>
    new DomainError('invalid', key, { params, fields: [{ path, key, params }] })
  if (input.present > election.eligible)
    throw refuse('present', 'organisation.election.tooMany', { most: election.eligible })
  const candidates = await ctx.db
    .selectFrom('organisation.election_candidate as c')
    .innerJoin('organisation.election_body as b', 'b.id', 'c.election_body_id')
    .select(['c.id', 'b.body', 'b.seats', 'b.id as bodyId'])
    .where('b.election_id', '=', election.id)
    .orderBy('c.id')
    .execute()
  const counted = new Map(input.votes.map((one) => [one.candidateId, one.votes]))
  const results: PollResult[] = []
  for (const bodyId of new Set(candidates.map((one) => one.bodyId))) {
    const own = candidates.filter((one) => one.bodyId === bodyId)
    const votes = own.map((one) => ({ id: one.id, votes: counted.get(one.id) ?? -1 }))
    if (votes.some((one) => one.votes < 0)) throw refuse('votes', 'organisation.election.uncounted')
    if (votes.some((one) => one.votes > input.present))
      throw refuse('votes', 'organisation.election.tooMany', { most: input.present })
    const seats = own[0]?.seats ?? 0
    const result = countVotes({ eligible: election.eligible, present: input.present, seats }, votes)
    if (!result.hasQuorum)
      throw refuse('present', 'organisation.election.noQuorum', { least: Math.ceil((election.eligible * 2) / 3) })
    await sql`
      update organisation.election_candidate c set votes = v.votes, is_elected = v.id = any (${[...result.elected]}::bigint[])
      from jsonb_to_recordset(${JSON.stringify(votes)}::jsonb) as v(id bigint, votes int) where c.id = v.id`.execute(
      ctx.db,
    )
    const body = own[0]?.body
    if (body)
      results.push({ body, elected: [...result.elected], tied: [...result.tied], emptySeats: result.emptySeats })
  }
  return results
}

/**
 * The result is confirmed: the new terms of all elected bodies begin together on the day of the meeting, and what ran until then ends (M111); whoever was
 * elected holds the post from that day (`seatElected`). A body nobody was elected into is a failed election.
 *
 * @throws DomainError conflict organisation.election.nobody
 */
export async function settleElection(
  ctx: TenantContext,
  election: Election,
  input: { readonly on: string; readonly approvalNo: string },
): Promise<number> {
  const bodies = await ctx.db
    .selectFrom('organisation.election_body as b')
    .select([
      'b.body',
      sql<number>`(select count(*) from organisation.election_candidate c where c.election_body_id = b.id and c.is_elected)`.as(
        'elected',
      ),
    ])
    .where('b.election_id', '=', election.id)
    .execute()
  if (election.state === 'held' && bodies.some((one) => one.elected === 0))
    throw new DomainError('conflict', 'organisation.election.nobody')
  const version = await moveElection(ctx, election, 'confirmed', {
    confirmed_on: input.on,
    approval_no: input.approvalNo,
  })
  const on = found(election.held_on)
  const elected = bodies.map((one) => one.body)
  await turnTerms(ctx, { unionId: election.union_id, bodies: elected, on, years: election.term_years })
  await seatElected(ctx, { electionId: election.id, unionId: election.union_id, on })
  if (election.union_id !== null) await formElectedBodies(ctx, { unionId: election.union_id, bodies: elected, on })
  wakeFeeds(ctx)
  return version
}

export const FailElection = z.object({
  electionId: z.int().positive(),
  version: z.int().min(1),
  reason: z.string().trim().min(2).max(300),
})

/** The meeting came to nothing (no quorum, nobody with a majority): the old terms run on, and are overdue when they are. */
export async function failElection(
  ctx: TenantContext,
  input: z.output<typeof FailElection>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:write')
  const election = await holdElection(ctx, input.electionId, input.version)
  const version = await moveElection(ctx, election, 'failed', {}, input.reason)
  await releaseTerms(ctx, election)
  await closeElection(ctx, election.id, input.reason)
  return { version }
}

/** Elects at a founding, where application and congress were approved already: written, counted and confirmed at once. */
export async function settleFoundingPoll(
  ctx: TenantContext,
  election: Election,
  input: { on: string; present: number; votes: readonly { candidateId: number; votes: number }[]; approvalNo: string },
): Promise<PollResult[]> {
  const results = await countPoll(ctx, election, input)
  if (results.some((one) => one.elected.length === 0)) throw new DomainError('conflict', 'organisation.election.nobody')
  await ctx.db
    .updateTable('organisation.election')
    .set({
      state: 'confirmed',
      held_on: input.on,
      confirmed_on: input.on,
      present: input.present,
      approval_no: input.approvalNo,
      version: election.version + 1,
    })
    .where('id', '=', election.id)
    .execute()
  await turnTerms(ctx, {
    unionId: election.union_id,
    bodies: results.map((one) => one.body),
    on: input.on,
    years: election.term_years,
  })
  await seatElected(ctx, { electionId: election.id, unionId: election.union_id, on: input.on })
  return results
}
