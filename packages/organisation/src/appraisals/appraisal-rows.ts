import { DomainError, found, type TenantContext } from '@gonglian/tenancy'

/**
 * Locks an own appraisal in one of these states; for the worker, one of those below too.
 *
 * @throws DomainError not_found organisation.appraisalNotFound; conflict errors.conflict, organisation.appraisalState
 */
export async function lockAppraisal(
  ctx: TenantContext,
  ref: { appraisalId: number; version?: number },
  ...states: readonly ('open' | 'closed' | 'published')[]
) {
  const row = found(
    await ctx.db
      .selectFrom('organisation.appraisal')
      .selectAll()
      .where('id', '=', ref.appraisalId)
      .$if(ctx.actor.kind !== 'system', (query) => query.where('tenant_id', '=', ctx.tenantId))
      .forUpdate()
      .executeTakeFirst(),
    'organisation.appraisalNotFound',
  )
  if (ref.version !== undefined && ref.version !== row.version) throw new DomainError('conflict', 'errors.conflict')
  if (!states.some((state) => state === row.state))
    throw new DomainError('conflict', 'organisation.appraisalState', { params: { state: row.state } })
  return row
}
