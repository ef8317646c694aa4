import { listOpenApplications } from '@gonglian/approvals'
import { showNextSteps, type FoundStep, type NextStep } from '@gonglian/tasks'
import { found, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { findAppraisalSteps } from './appraisal-steps.ts'
import { unionAccreditation } from '../approvals/union-accreditation.ts'
import { unionFounding } from '../approvals/union-founding.ts'
import { checkAcceptance } from '../checklists/ledgers.ts'
import { readLimit } from '../limits.ts'
import { findRatingSteps } from './rating-steps.ts'
import { findTermSteps } from './term-steps.ts'
import { findDueDay } from '../unions/applications.ts'
import { restructuredOn } from '../unions/restructured-on.ts'
import { unionLimits } from '../unions/union-limits.ts'
import type { UnionRow } from '../unions/union-states.ts'
import { foundingSteps } from './union-step-kinds.ts'

export const FindNextUnionSteps = z.object({ unionId: z.int().positive() })

/**
 * What a union waits for, of whom and until when: its founding, its term, its appraisal, its rating, or nothing.
 *
 * @throws DomainError not_found organisation.union.notFound
 */
export async function findNextUnionSteps(
  ctx: TenantContext,
  input: z.output<typeof FindNextUnionSteps>,
): Promise<{ steps: NextStep[] }> {
  requirePermission(ctx, 'organisation:read')
  const union = found(
    await ctx.db.selectFrom('organisation.trade_union').selectAll().where('id', '=', input.unionId).executeTakeFirst(),
    'organisation.union.notFound',
  )
  return { steps: await showNextSteps(ctx, await findSteps(ctx, union)) }
}

async function findSteps(ctx: TenantContext, union: UnionRow): Promise<FoundStep[]> {
  switch (union.state) {
    case 'preparatory':
    case 'applied':
      return [await findFoundingStep(ctx, union)]
    case 'approved':
      return [await findCongressStep(ctx, union)]
    case 'restructuring':
      return [await findRebuildStep(ctx, union)]
    case 'active':
      return [
        ...(await listOpenApplications(ctx, [unionAccreditation], union.id)).map(({ step }) => step),
        ...(await findTermSteps(ctx, union)),
        ...(await findAppraisalSteps(ctx, union)),
        ...(await findRatingSteps(ctx, union)),
      ]
    case 'merged':
    case 'revoked':
      return []
  }
}

/** A draft is applied for, or handed in again once it came back; what was handed in waits for the next level. */
async function findFoundingStep(ctx: TenantContext, union: UnionRow): Promise<FoundStep> {
  const own = { bodyId: union.tenant_id }
  const [application] = await listOpenApplications(ctx, [unionFounding], union.id)
  if (union.state === 'applied')
    return (
      application?.step ?? {
        ...own,
        kind: foundingSteps.decided,
        about: `approvals.kind.${unionFounding.key}`,
        since: union.applied_on,
        due: union.applied_on === null ? null : await findDueDay(ctx, union.applied_on),
      }
    )
  if (application?.state === 'returned')
    return {
      ...own,
      kind: foundingSteps.mend,
      params: { reason: application.reason },
      since: application.step.since ?? null,
    }
  return { ...own, kind: union.kind === 'PREPARATORY' ? foundingSteps.chooseKind : foundingSteps.apply }
}

/** What blocks the founding comes before it. */
async function findCongressStep(ctx: TenantContext, union: UnionRow): Promise<FoundStep> {
  const { blocking } = await checkAcceptance(ctx, { unionId: union.id })
  const known = { bodyId: union.tenant_id, since: union.approved_on }
  if (blocking.length === 0) return { ...known, kind: foundingSteps.found }
  return {
    ...known,
    kind: foundingSteps.ledger,
    params: { count: blocking.length },
    to: `/organisation/unions/${union.id}/ledger`,
  }
}

async function findRebuildStep(ctx: TenantContext, union: UnionRow): Promise<FoundStep> {
  const months = await readLimit(ctx, unionLimits.rebuildMonths)
  const { rows } = await sql<{ since: string | null; due: string | null }>`
    select s.since, (s.since + make_interval(months => ${months}::int))::date as due
    from organisation.trade_union u cross join lateral (select ${restructuredOn} as since) s where u.id = ${union.id}`.execute(
    ctx.db,
  )
  const { since = null, due = null } = rows[0] ?? {}
  return { kind: foundingSteps.rebuild, bodyId: union.tenant_id, since, due }
}
