import { defineApproval, type Shown } from '@gonglian/approvals'
import { DomainError, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { electedBodies } from '../codes/terms.ts'
import { moveElection, releaseTerms, type Election } from '../terms/election-states.ts'
import { settleElection } from '../terms/polls.ts'

const Person = z.object({
  name: z.string(),
  post: z.string(),
  votes: z.int().nullable(),
  isElected: z.boolean().nullable(),
})
const Bodies = z.array(z.object({ body: z.enum(electedBodies), seats: z.int(), candidates: z.array(Person) }))
const Typed = z.object({ name: z.string(), on: z.iso.date(), eligible: z.int(), termYears: z.int(), bodies: Bodies })

/** Who stands for what, with the votes once they were counted. */
const show = ({ name, on, eligible, termYears, bodies }: z.output<typeof Typed>): Shown => ({
  facts: [
    { label: 'unions.name', value: name },
    { label: 'approvals.election.on', value: on },
    { label: 'approvals.election.eligible', value: String(eligible) },
    { label: 'approvals.election.years', value: String(termYears) },
  ],
  tables: bodies.map(({ body, candidates }) => ({
    label: `unions.termOf.${body}`,
    columns: ['approvals.candidate.name', 'approvals.candidate.votes', 'approvals.candidate.elected'],
    rows: candidates.map((one) => [
      one.name,
      one.votes === null ? '' : String(one.votes),
      one.isElected === null ? '' : one.isElected ? '✓' : '',
    ]),
  })),
})

async function holdOpen(ctx: TenantContext, electionId: number): Promise<Election> {
  return ctx.db
    .selectFrom('organisation.election')
    .selectAll()
    .where('id', '=', electionId)
    .where('tenant_id', '=', ctx.tenantId)
    .forUpdate()
    .executeTakeFirstOrThrow()
}

/** The candidates of an election of the federation itself (候选人预备人选). */
export const electionSlate = defineApproval({
  key: 'election.slate',
  permission: 'organisation:write',
  slots: [],
  typed: Typed,
  show,
  approve: async (ctx, { objectId }, _typed, { paperNo }) => {
    await moveElection(ctx, await holdOpen(ctx, objectId), 'approved', { approval_no: paperNo })
  },
  release: async (ctx, { objectId }, _typed, how) => {
    const election = await holdOpen(ctx, objectId)
    if (election.state !== 'asked') return
    await moveElection(ctx, election, how === 'withdrawn' ? 'withdrawn' : 'returned', {}, how)
    await releaseTerms(ctx, election)
  },
})

/** The result of an election of the federation itself: confirmed, its terms begin and the elected hold their posts. */
export const electionResult = defineApproval({
  key: 'election.result',
  permission: 'organisation:write',
  slots: [],
  typed: Typed,
  show,
  approve: async (ctx, { objectId }, _typed, { paperNo, on }) => {
    const election = await holdOpen(ctx, objectId)
    if (election.state !== 'held') throw new DomainError('conflict', 'organisation.election.nobody')
    await settleElection(ctx, election, { on, approvalNo: paperNo })
  },
  // What was held stays held: the result is handed in again, or the election has failed.
  release: () => Promise.resolve(),
})
