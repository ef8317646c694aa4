import { readApproved } from '@gonglian/approvals'
import { DomainError, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { FoundingTyped, unionFounding } from '../approvals/union-founding.ts'
import { PersonName } from '../numbers/names.ts'
import { followLead } from './founding-steps.ts'
import { leaveJointUnions, lockEmployers } from '../coverage/coverage.ts'
import { holdElection, writeElection } from '../terms/elections.ts'
import { requireAcceptance } from '../checklists/ledgers.ts'
import { settleFoundingPoll, type PollResult } from '../terms/polls.ts'
import { electedBodies, type Slate } from '../terms/slates.ts'
import { checkDay, holdUnion, moveUnion, type UnionRow } from './union-states.ts'

export const FoundUnion = z.object({
  unionId: z.int().positive(),
  version: z.int().min(1),
  on: z.iso.date(),
  /** What the founding congress counted, of those who were applied for; none for a body that is dispatched (工委). */
  congress: z
    .object({
      present: z.int().min(0).max(2_000_000),
      votes: z
        .array(z.object({ body: z.enum(electedBodies), name: PersonName, votes: z.int().min(0).max(2_000_000) }))
        .max(1200),
    })
    .nullable(),
})

/** Who stands at the founding of an approved union, as it was applied for; null: nobody, or it is not the reader's application. */
export async function readFoundingSlate(ctx: TenantContext, unionId: number): Promise<Slate | null> {
  const typed = await readApproved(ctx, unionFounding, unionId)
  if (typed === null) return null
  const { congress, members } = FoundingTyped.parse(typed)
  return congress === null ? null : { ...congress, memberCount: members }
}

/**
 * Founds an approved union: its first congress elected of those who were applied for (ORG-17: two thirds there, more than half of all for each), its terms
 * begin, its employers are covered from this day, it counts from this day.
 *
 * @throws DomainError conflict before approval (ORG-03); invalid for no quorum, candidates without a count, or a day before approval
 */
export async function foundUnion(
  ctx: TenantContext,
  input: z.output<typeof FoundUnion>,
): Promise<{ version: number; results: PollResult[] }> {
  requirePermission(ctx, 'organisation:write')
  const union = await holdUnion(ctx, input.unionId, input.version)
  checkDay(ctx, 'on', input.on, union.approved_on)
  const isDispatched = union.kind === 'WORK_COMMITTEE'
  if ((input.congress === null) !== isDispatched)
    throw new DomainError('invalid', 'organisation.union.congress', {
      fields: [{ path: 'congress', key: 'organisation.union.congress' }],
    })
  await requireAcceptance(ctx, union.id)
  const version = await moveUnion(
    ctx,
    union,
    'active',
    { founded_on: input.on },
    { from: 'approved', details: { on: input.on } },
  )
  const results = input.congress === null ? [] : await elect(ctx, union, input.on, input.congress)
  await beginCoverage(ctx, union, input.on)
  for (const { body } of results)
    await ctx.db
      .insertInto('organisation.companion_body')
      .values({ tenant_id: ctx.tenantId, union_id: union.id, kind: body, formed_on: input.on })
      .execute()
  await followLead(ctx, union.id, 'founded', input.on)
  return { version, results }
}

async function elect(
  ctx: TenantContext,
  union: UnionRow,
  on: string,
  congress: NonNullable<z.output<typeof FoundUnion>['congress']>,
): Promise<PollResult[]> {
  const slate = await readFoundingSlate(ctx, union.id)
  if (slate === null) throw new DomainError('conflict', 'organisation.union.congress')
  const written = await writeElection(ctx, { unionId: union.id, plannedOn: on, slate })
  const candidates = await ctx.db
    .selectFrom('organisation.election_candidate as c')
    .innerJoin('organisation.election_body as b', 'b.id', 'c.election_body_id')
    .select(['c.id', 'c.name', 'b.body'])
    .where('b.election_id', '=', written.electionId)
    .execute()
  const votes = candidates.flatMap(({ id, body, name }) => {
    const counted = congress.votes.find((one) => one.body === body && one.name === name)
    return counted === undefined ? [] : [{ candidateId: id, votes: counted.votes }]
  })
  const election = await holdElection(ctx, written.electionId, written.version)
  return settleFoundingPoll(ctx, election, { on, present: congress.present, votes, approvalNo: union.approval_no })
}

/** Its own employer is covered from the founding on; units a joint union named before are too. */
async function beginCoverage(ctx: TenantContext, union: UnionRow, on: string): Promise<void> {
  await ctx.db
    .updateTable('organisation.covered_unit')
    .set({ valid_from: on })
    .where('union_id', '=', union.id)
    .where('valid_to', 'is', null)
    .execute()
  if (
    union.employer_id === null ||
    (union.kind !== 'BASIC_SINGLE' && union.kind !== 'ORGANISER_ONLY' && union.kind !== 'BASIC_PROJECT')
  )
    return
  await lockEmployers(ctx, [union.employer_id])
  const taken = await ctx.db
    .selectFrom('organisation.covered_unit as c')
    .innerJoin('organisation.trade_union as u', 'u.id', 'c.union_id')
    .select('u.name')
    .where('c.employer_id', '=', union.employer_id)
    .where('c.valid_to', 'is', null)
    .where('c.mode', '=', 'own')
    .where('u.state', 'in', ['active', 'restructuring'])
    .where('c.union_id', '<>', union.id)
    .executeTakeFirst()
  // A project's union stands beside the client's own.
  if (taken && union.kind !== 'BASIC_PROJECT')
    throw new DomainError('conflict', 'organisation.coverage.taken', { params: { union: taken.name } })
  // Who founds a union of its own leaves the joint one.
  await leaveJointUnions(ctx, { employerId: union.employer_id, on, note: union.name })
  if (!taken)
    await ctx.db
      .insertInto('organisation.covered_unit')
      .values({
        tenant_id: ctx.tenantId,
        union_id: union.id,
        employer_id: union.employer_id,
        mode: 'own',
        valid_from: on,
      })
      .execute()
}
