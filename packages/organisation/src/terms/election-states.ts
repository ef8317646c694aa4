import type { DB } from '@gonglian/db'
import { wakeFeeds } from '@gonglian/indicators'
import { DomainError, found, type TenantContext } from '@gonglian/tenancy'
import type { Selectable } from 'kysely'
import { recordStep } from '../steps.ts'
import { markTerms } from './term-turns.ts'

/** asked -> approved | returned; approved -> held | failed; held -> confirmed | failed; any open one -> withdrawn. */
export const electionMoves = {
  asked: ['approved', 'returned', 'withdrawn'],
  approved: ['held', 'failed', 'withdrawn'],
  held: ['confirmed', 'failed'],
  returned: [],
  confirmed: [],
  failed: [],
  withdrawn: [],
} as const satisfies Record<string, readonly string[]>
export type ElectionState = keyof typeof electionMoves

export type Election = Selectable<DB['organisation.election']>

/** An election of the body's own, held until the end of the transaction. */
export async function holdElection(ctx: TenantContext, electionId: number, version: number): Promise<Election> {
  const row = found(
    await ctx.db
      .selectFrom('organisation.election')
      .selectAll()
      .where('id', '=', electionId)
      .where('tenant_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.election.notFound',
  )
  if (row.version !== version) throw new DomainError('conflict', 'errors.conflict')
  return row
}

/** @throws DomainError conflict for a move that is not foreseen */
export async function moveElection(
  ctx: TenantContext,
  election: Election,
  to: ElectionState,
  changes: { held_on?: string; present?: number; confirmed_on?: string; approval_no?: string } = {},
  reason = '',
): Promise<number> {
  const allowed: readonly ElectionState[] = electionMoves[election.state]
  if (!allowed.includes(to))
    throw new DomainError('conflict', 'organisation.election.move', { params: { from: election.state, to } })
  const version = election.version + 1
  await ctx.db
    .updateTable('organisation.election')
    .set({ ...changes, state: to, version })
    .where('id', '=', election.id)
    .execute()
  await recordStep(ctx, {
    kind: 'election',
    id: election.id,
    owner: election.tenant_id,
    from: election.state,
    to,
    reason,
  })
  return version
}

/** What the election would have renewed runs on. */
export async function releaseTerms(ctx: TenantContext, election: Election): Promise<void> {
  const bodies = await ctx.db
    .selectFrom('organisation.election_body')
    .select('body')
    .where('election_id', '=', election.id)
    .execute()
  await markTerms(
    ctx,
    election.union_id,
    bodies.map((one) => one.body),
    'running',
  )
  wakeFeeds(ctx)
}
