import { applyFor, closeOpen } from '@gonglian/approvals'
import { GivenFiles } from '@gonglian/files'
import { DomainError, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { holdElection } from '../terms/election-states.ts'
import { nameApplicant } from './applicants.ts'
import { electionResult, electionSlate } from './elections.ts'
import { findLevel } from './levels.ts'

/** Hands the candidates, or the counted result, of an election to whoever decides: of a union of the register the body itself, else the superior. */
export async function applyElection(
  ctx: TenantContext,
  input: {
    readonly kind: 'slate' | 'result'
    readonly electionId: number
    readonly on: string
    readonly files: GivenFiles
  },
): Promise<{ applicationId: number; dueOn: string }> {
  const { electionId, on } = input
  const election = await ctx.db
    .selectFrom('organisation.election')
    .select(['eligible', 'electorate', 'member_count', 'present', 'term_years', 'union_id'])
    .where('id', '=', electionId)
    .executeTakeFirstOrThrow()
  const rows = await ctx.db
    .selectFrom('organisation.election_body as b')
    .innerJoin('organisation.election_candidate as c', 'c.election_body_id', 'b.id')
    .select(['b.body', 'b.seats', 'c.name', 'c.post', 'c.gender', 'c.votes', 'c.is_elected as isElected'])
    .where('b.election_id', '=', electionId)
    .orderBy('b.id')
    .orderBy('c.id')
    .execute()
  const bodies = [...new Set(rows.map((row) => row.body))].map((body) => ({
    body,
    seats: rows.find((row) => row.body === body)?.seats ?? 0,
    candidates: rows
      .filter((row) => row.body === body)
      .map(({ name, post, gender, votes, isElected }) => ({ name, post, gender, votes, isElected })),
  }))
  const name = await nameApplicant(ctx, election.union_id)
  return applyFor(ctx, input.kind === 'slate' ? electionSlate : electionResult, {
    objectId: electionId,
    title: name,
    typed: {
      name,
      on,
      electorate: election.electorate,
      memberCount: election.member_count,
      eligible: election.eligible,
      present: election.present,
      termYears: election.term_years,
      bodies,
    },
    files: input.files,
    level: await findLevel(ctx, { kind: 'federation', unionId: election.union_id }),
  })
}

/** What was applied for about an election that its own body has taken back. */
export async function closeElection(ctx: TenantContext, electionId: number, reason: string): Promise<void> {
  for (const approval of [electionSlate, electionResult]) await closeOpen(ctx, approval, electionId, reason)
}

/** A slate that came back is not mended but asked for anew: its application is over. */
export async function closeReturned(ctx: TenantContext, unionId: number | null): Promise<void> {
  const rows = await ctx.db
    .selectFrom('organisation.election')
    .select('id')
    .where('tenant_id', '=', ctx.tenantId)
    .where('union_id', unionId === null ? 'is' : '=', unionId)
    .where('state', '=', 'returned')
    .orderBy('id', 'desc')
    .limit(5)
    .execute()
  for (const { id } of rows) await closeOpen(ctx, electionSlate, id, '')
}

export const ApplyResult = z.object({
  electionId: z.int().positive(),
  version: z.int().min(1),
  files: GivenFiles.default([]),
})

/**
 * Hands in the counted result of an election: the superior confirms that of the federation itself, this body that of a union of its register.
 *
 * @throws DomainError conflict organisation.election.move before it is held, approvals.open
 */
export async function applyResult(
  ctx: TenantContext,
  input: z.output<typeof ApplyResult>,
): Promise<{ applicationId: number; dueOn: string }> {
  requirePermission(ctx, 'organisation:write')
  const election = await holdElection(ctx, input.electionId, input.version)
  if (election.state !== 'held' || election.held_on === null)
    throw new DomainError('conflict', 'organisation.election.move', {
      params: { from: election.state, to: 'confirmed' },
    })
  return applyElection(ctx, { kind: 'result', electionId: election.id, on: election.held_on, files: input.files })
}
