import { GivenFiles } from '@gonglian/files'
import { DomainError, actorName, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { applyElection, closeElection, closeReturned } from '../approvals/election-applications.ts'
import { holdCongressRow } from './congresses.ts'
import { holdElection, moveElection, releaseTerms } from './election-states.ts'
import { readLimit } from '../limits.ts'
import { Slate, checkSlate } from './slates.ts'
import { recordStep } from '../steps.ts'
import { holdTerms, markTerms } from './term-turns.ts'
import { unionLimits } from '../unions/union-limits.ts'
import { holdUnion } from '../unions/union-states.ts'

export { electionMoves, holdElection, type Election, type ElectionState } from './election-states.ts'

/** Writes an election with its bodies and candidates. */
export async function writeElection(
  ctx: TenantContext,
  input: { unionId: number | null; congressId?: number | undefined; plannedOn: string; slate: Slate },
): Promise<{ electionId: number; version: number }> {
  const { slate } = input
  const election = await ctx.db
    .insertInto('organisation.election')
    .values({
      tenant_id: ctx.tenantId,
      union_id: input.unionId,
      congress_id: input.congressId ?? null,
      planned_on: input.plannedOn,
      electorate: slate.electorate,
      member_count: slate.memberCount,
      eligible: slate.eligible,
      term_years: slate.termYears,
      asked_by: actorName(ctx.actor),
    })
    .returning(['id', 'version'])
    .executeTakeFirstOrThrow()
  for (const ballot of slate.bodies) {
    const body = await ctx.db
      .insertInto('organisation.election_body')
      .values({ election_id: election.id, tenant_id: ctx.tenantId, body: ballot.body, seats: ballot.seats })
      .returning('id')
      .executeTakeFirstOrThrow()
    await ctx.db
      .insertInto('organisation.election_candidate')
      .values(
        ballot.candidates.map((candidate) => ({
          election_body_id: body.id,
          tenant_id: ctx.tenantId,
          name: candidate.name,
          gender: candidate.gender,
          post: candidate.post,
          is_near_relative: candidate.isNearRelative,
        })),
      )
      .execute()
  }
  await recordStep(ctx, {
    kind: 'election',
    id: election.id,
    from: '',
    to: 'asked',
    details: { bodies: slate.bodies.map((ballot) => ballot.body), plannedOn: input.plannedOn },
  })
  return { electionId: election.id, version: election.version }
}

export const AskElection = Slate.extend({
  /** Null: the federation itself. */
  unionId: z.int().positive().nullable(),
  congressId: z.int().positive().optional(),
  plannedOn: z.iso.date(),
  files: GivenFiles.default([]),
})

/**
 * Asks to hold an election (届满换届): all bodies whose term runs change together (三会同时换届, M111), unless the place rules otherwise. The candidates are
 * handed to whoever decides.
 *
 * @throws DomainError invalid when the slate breaks a rule (`checkSlate`) or leaves a body out; conflict where an election is open
 */
export async function askElection(
  ctx: TenantContext,
  input: z.output<typeof AskElection>,
): Promise<{ electionId: number; version: number; applicationId: number }> {
  requirePermission(ctx, 'organisation:write')
  if (input.unionId !== null) {
    const union = await holdUnion(ctx, input.unionId)
    if (union.state !== 'active' || union.kind === 'WORK_COMMITTEE' || union.kind === 'GROUP')
      throw new DomainError('conflict', 'organisation.election.notActive')
  }
  await refuseOpen(ctx, input.unionId)
  if (input.congressId !== undefined) await checkCongress(ctx, input.congressId, input.unionId)
  await checkSlate(ctx, input, { isFederation: input.unionId === null })
  const bodies = input.bodies.map((ballot) => ballot.body)
  if (await readLimit(ctx, unionLimits.jointElection)) {
    const running = (await holdTerms(ctx, input.unionId)).filter((term) => term.body !== 'congress')
    const left = running.find((term) => !bodies.some((body) => body === term.body))
    if (left)
      throw new DomainError('invalid', 'organisation.election.joint', {
        fields: [{ path: 'bodies', key: 'organisation.election.joint' }],
      })
  }
  await closeReturned(ctx, input.unionId)
  const written = await writeElection(ctx, { ...input, slate: input })
  await markTerms(ctx, input.unionId, bodies, 'in_election')
  const { applicationId } = await applyElection(ctx, {
    kind: 'slate',
    electionId: written.electionId,
    on: input.plannedOn,
    files: input.files,
  })
  return { ...written, applicationId }
}

/** A congress elects its own committees, before it is over. */
async function checkCongress(ctx: TenantContext, congressId: number, unionId: number | null): Promise<void> {
  const congress = await holdCongressRow(ctx, congressId)
  if (congress.state === 'cancelled' || congress.kind !== 'union' || congress.union_id !== unionId)
    throw new DomainError('invalid', 'organisation.election.congress', {
      fields: [{ path: 'congressId', key: 'organisation.election.congress' }],
    })
}

async function refuseOpen(ctx: TenantContext, unionId: number | null): Promise<void> {
  let query = ctx.db
    .selectFrom('organisation.election')
    .select('id')
    .where('tenant_id', '=', ctx.tenantId)
    .where('state', 'in', ['asked', 'approved', 'held'])
  query = unionId === null ? query.where('union_id', 'is', null) : query.where('union_id', '=', unionId)
  if (await query.executeTakeFirst()) throw new DomainError('conflict', 'organisation.election.open')
}

export const WithdrawElection = z.object({
  electionId: z.int().positive(),
  version: z.int().min(1),
  reason: z.string().trim().min(2).max(300),
})

/** Takes an election back before it is held. */
export async function withdrawElection(
  ctx: TenantContext,
  input: z.output<typeof WithdrawElection>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:write')
  const election = await holdElection(ctx, input.electionId, input.version)
  const version = await moveElection(ctx, election, 'withdrawn', {}, input.reason)
  await closeElection(ctx, election.id, input.reason)
  await releaseTerms(ctx, election)
  return { version }
}
