import { defineApproval, type Shown } from '@gonglian/approvals'
import { DomainError, actorName, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { electedBodies, slatePosts } from '../codes/terms.ts'
import { moveElection, releaseTerms, type Election } from '../terms/election-states.ts'
import { listSteps } from '../steps.ts'
import { settleElection } from '../terms/polls.ts'
import { showSeats, showStands } from './stands.ts'

const Person = z.object({
  name: z.string(),
  post: z.enum(slatePosts).catch('member'),
  gender: z.enum(['female', 'male']).nullable().default(null),
  votes: z.int().nullable(),
  isElected: z.boolean().nullable(),
})
const Bodies = z.array(z.object({ body: z.enum(electedBodies), seats: z.int(), candidates: z.array(Person) }))
const Typed = z.object({
  name: z.string(),
  on: z.iso.date(),
  electorate: z.enum(['members', 'representatives']).default('members'),
  memberCount: z.int().nullable().default(null),
  eligible: z.int(),
  present: z.int().nullable().default(null),
  termYears: z.int(),
  bodies: Bodies,
})

/** Who may vote, for how long, for whom; with the votes once they were counted. */
const show = (typed: z.output<typeof Typed>): Shown => ({
  facts: [
    { label: 'unions.name', value: typed.name },
    { label: 'approvals.election.on', value: typed.on },
    { label: 'slate.electorate', value: typed.electorate, words: 'slate.electorate' },
    ...(typed.memberCount === null ? [] : [{ label: 'slate.memberCount', value: String(typed.memberCount) }]),
    { label: 'approvals.election.eligible', value: String(typed.eligible) },
    ...(typed.present === null ? [] : [{ label: 'slate.present', value: String(typed.present) }]),
    { label: 'approvals.election.years', value: String(typed.termYears) },
    ...showSeats(typed.bodies),
  ],
  tables: showStands(typed.bodies),
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

/** Who asked for the election and who entered its votes. */
async function readTypists(ctx: TenantContext, election: Election): Promise<string[]> {
  const steps = await listSteps(ctx, 'election', election.id)
  return [election.asked_by, ...steps.filter(({ to }) => to === 'held').map(({ actor }) => actor)]
}

/** The candidates of an election (候选人预备人选), of a union of the register or of the federation itself. */
export const electionSlate = defineApproval({
  key: 'election.slate',
  permission: 'organisation:write',
  slots: [],
  typed: Typed,
  show,
  approve: async (ctx, { objectId }, _typed, { paperNo }) => {
    await moveElection(ctx, await holdOpen(ctx, objectId), 'approved', { approval_no: paperNo })
  },
  release: async (ctx, { objectId, reason }, _typed, how) => {
    const election = await holdOpen(ctx, objectId)
    if (election.state !== 'asked') return
    await moveElection(ctx, election, how === 'withdrawn' ? 'withdrawn' : 'returned', {}, reason)
    await releaseTerms(ctx, election)
  },
})

/** The result of an election: once confirmed, its terms begin and the elected hold their posts. Whoever asked for it or entered the votes doesn't confirm. */
export const electionResult = defineApproval({
  key: 'election.result',
  permission: 'organisation:write',
  slots: [],
  typed: Typed,
  show,
  approve: async (ctx, { objectId }, _typed, { paperNo, on }) => {
    const election = await holdOpen(ctx, objectId)
    if (election.state !== 'held')
      throw new DomainError('conflict', 'organisation.election.move', {
        params: { from: election.state, to: 'confirmed' },
      })
    if ((await readTypists(ctx, election)).includes(actorName(ctx.actor)))
      throw new DomainError('forbidden', 'organisation.fourEyes')
    await settleElection(ctx, election, { on, approvalNo: paperNo })
  },
  // What was held stays held: the result is handed in again, or the election has failed.
  release: () => Promise.resolve(),
})
