import type { DB } from '@gonglian/db'
import { DomainError, actorName, found, type TenantContext } from '@gonglian/tenancy'
import type { Selectable } from 'kysely'
import { applicationMoves, type ApplicationState } from './states.ts'

export type ApplicationRow = Selectable<DB['approvals.application']>

/** Notes a move in the history that both bodies read. */
export async function recordMove(
  ctx: TenantContext,
  move: {
    readonly applicationId: number
    readonly from: string
    readonly to: string
    readonly proposal?: 'approve' | 'return'
    readonly note: string
  },
): Promise<void> {
  await ctx.db
    .insertInto('approvals.step')
    .values({
      application_id: move.applicationId,
      tenant_id: ctx.tenantId,
      actor: actorName(ctx.actor),
      from_state: move.from,
      to_state: move.to,
      proposal: move.proposal ?? null,
      note: move.note,
    })
    .execute()
}

/**
 * An application in sight, held until the end of the transaction, on which the own body has this part.
 *
 * @throws DomainError not_found approvals.notFound; conflict errors.conflict, approvals.move
 */
export async function holdApplication(
  ctx: TenantContext,
  seen: { readonly applicationId: number; readonly version: number },
  part: 'applicant' | 'superior',
  to: ApplicationState,
): Promise<ApplicationRow> {
  const row = found(
    await ctx.db
      .selectFrom('approvals.application')
      .selectAll()
      .where('id', '=', seen.applicationId)
      .where(part === 'applicant' ? 'from_tenant_id' : 'to_tenant_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'approvals.notFound',
  )
  if (row.version !== seen.version) throw new DomainError('conflict', 'errors.conflict')
  if (!applicationMoves[row.state].includes(to)) throw new DomainError('conflict', 'approvals.move')
  return row
}
