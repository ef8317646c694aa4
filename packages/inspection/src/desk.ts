import { Period } from '@gonglian/indicators'
import { mayDo, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { listBlockers, type Blockers } from './blockers.ts'
import { listChanges, type Change } from './changes.ts'
import { listStandings, type Standing } from './standings.ts'

export const ReadDesk = z.object({ period: Period, since: z.date() })

export type Desk = {
  standings: Standing[]
  changes: Change[]
  hasMoreChanges: boolean
  /** Null for who urges nobody. */
  blockers: Blockers[] | null
}

/**
 * 工作台 beside the tasks: how the body stands in the year of the period, what others did since a moment, and who below
 * has not reported.
 */
export async function readDesk(ctx: TenantContext, input: z.output<typeof ReadDesk>): Promise<Desk> {
  requirePermission(ctx, 'progress:read')
  const standings = await listStandings(ctx, { period: input.period })
  const { changes, hasMore } = await listChanges(ctx, input.since)
  const blockers = mayDo(ctx.actor.roles, 'urge:send') ? await listBlockers(ctx) : null
  return { standings, changes, hasMoreChanges: hasMore, blockers }
}
