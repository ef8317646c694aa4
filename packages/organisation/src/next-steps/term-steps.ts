import { listOpenApplications } from '@gonglian/approvals'
import { addDays } from '@gonglian/indicators'
import type { FoundStep } from '@gonglian/tasks'
import type { TenantContext } from '@gonglian/tenancy'
import { electionResult, electionSlate } from '../approvals/elections.ts'
import { termExtension } from '../approvals/term-extension.ts'
import { foundingSteps, workingSteps } from './union-step-kinds.ts'
import { ListTerms, listTerms, type ListedTerm } from '../terms/terms.ts'

type Holder = { readonly id: number; readonly tenant_id: number }

/** What the terms of a union wait for: an election that is under way, a decision on an extension, or that either is begun. */
export async function findTermSteps(ctx: TenantContext, union: Holder): Promise<FoundStep[]> {
  const { rows } = await listTerms(
    ctx,
    ListTerms.parse({ unionId: union.id, states: ['due_soon', 'overdue', 'in_election'] }),
  )
  // The committee's election renews the others too.
  const due = rows.find(({ body }) => body === 'union_committee') ?? rows[0]
  const election = await findElectionStep(ctx, union, due)
  if (election !== null) return [election]
  if (due === undefined || due.state === 'in_election') return []
  const [extension] = await listOpenApplications(ctx, [termExtension], due.id)
  if (extension !== undefined) return [extension.step]
  return [
    {
      kind: due.state === 'overdue' ? workingSteps.renewLate : workingSteps.renew,
      bodyId: union.tenant_id,
      about: `unions.termOf.${due.body}`,
      params: { end: endOf(ctx, due), termId: due.id },
      due: endOf(ctx, due),
    },
  ]
}

const endOf = (ctx: TenantContext, { daysLeft }: ListedTerm) => addDays(ctx.today, daysLeft)

async function findElectionStep(
  ctx: TenantContext,
  union: Holder,
  term: ListedTerm | undefined,
): Promise<FoundStep | null> {
  const election = await ctx.db
    .selectFrom('organisation.election')
    .select(['id', 'state', 'held_on'])
    .where('tenant_id', '=', union.tenant_id)
    .where('union_id', '=', union.id)
    .where('state', 'in', ['asked', 'approved', 'held'])
    .executeTakeFirst()
  if (election === undefined) return null
  const known = { bodyId: union.tenant_id, to: `/organisation/elections/${election.id}` }
  const due = term === undefined ? null : endOf(ctx, term)
  if (election.state === 'approved') return { ...known, kind: workingSteps.hold, due }
  const approval = election.state === 'asked' ? electionSlate : electionResult
  const [application] = await listOpenApplications(ctx, [approval], election.id)
  if (application !== undefined) return application.step
  return election.state === 'held'
    ? { ...known, kind: workingSteps.handIn, since: election.held_on }
    : { bodyId: union.tenant_id, kind: foundingSteps.decided, about: `approvals.kind.${approval.key}` }
}
