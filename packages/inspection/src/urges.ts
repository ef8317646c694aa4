import { Period } from '@gonglian/indicators'
import {
  actorName,
  DomainError,
  findFederations,
  found,
  keepBelow,
  recordAudit,
  requirePermission,
  type Federation,
  type TenantContext,
} from '@gonglian/tenancy'
import { z } from 'zod'

export const causes = ['report', 'review'] as const
export type Cause = (typeof causes)[number]

export type Urge = {
  id: number
  from: Federation | null
  to: Federation | null
  formId: number
  period: string
  cause: Cause
  message: string
  urgedBy: string
  at: Date
  seenAt: Date | null
}

export const SendUrges = z.object({
  formId: z.int().positive(),
  period: Period,
  receivers: z
    .array(z.object({ bodyId: z.int().positive(), cause: z.enum(causes) }))
    .min(1)
    .max(500),
  message: z.string().trim().max(500).default(''),
})

/**
 * 催办: reminds bodies below that they are waited for. Each hears it at most once a day for a form and period; who has heard it today is
 * told back, not urged again.
 *
 * @throws DomainError not_found when a receiver is not below the actor's body
 */
export async function sendUrges(
  ctx: TenantContext,
  input: z.output<typeof SendUrges>,
): Promise<{ sent: number; already: number[] }> {
  requirePermission(ctx, 'urge:send')
  const ids = input.receivers.map((receiver) => receiver.bodyId)
  const known = await keepBelow(ctx, ids)
  if (ids.some((id) => !known.has(id))) throw new DomainError('not_found', 'errors.bodyNotFound')
  const rows = await ctx.db
    .insertInto('inspection.urge')
    .values(
      input.receivers.map((receiver) => ({
        tenant_id: ctx.tenantId,
        receiver_id: receiver.bodyId,
        form_id: input.formId,
        period: input.period,
        cause: receiver.cause,
        message: input.message,
        urged_by: actorName(ctx.actor),
        urged_on: ctx.today,
        at: ctx.now,
      })),
    )
    .onConflict((conflict) =>
      conflict.columns(['tenant_id', 'receiver_id', 'form_id', 'period', 'urged_on']).doNothing(),
    )
    .returning('receiver_id')
    .execute()
  const sent = new Set(rows.map((row) => row.receiver_id))
  if (sent.size > 0) {
    await recordAudit(ctx, {
      action: 'urge.send',
      objectKind: 'form',
      objectId: input.formId,
      after: { period: input.period, receivers: [...sent] },
    })
  }
  return { sent: sent.size, already: ids.filter((id) => !sent.has(id)) }
}

/** What the body's superiors wait for, newest first; seen ones for thirty days more. */
export async function listReceivedUrges(ctx: TenantContext): Promise<Urge[]> {
  requirePermission(ctx, 'urge:read')
  const rows = await ctx.db
    .selectFrom('inspection.urge')
    .selectAll()
    .where('receiver_id', '=', ctx.tenantId)
    .where((eb) => eb.or([eb('seen_at', 'is', null), eb('at', '>', new Date(ctx.now.getTime() - 30 * 86_400_000))]))
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(100)
    .execute()
  const bodies = await findFederations(
    ctx,
    rows.flatMap((row) => [row.tenant_id, row.receiver_id]),
  )
  return rows.map((row) => ({
    id: row.id,
    from: bodies.get(row.tenant_id) ?? null,
    to: bodies.get(row.receiver_id) ?? null,
    formId: row.form_id,
    period: row.period,
    cause: row.cause,
    message: row.message,
    urgedBy: row.urged_by,
    at: row.at,
    seenAt: row.seen_at,
  }))
}

export const SeeUrge = z.object({ urgeId: z.int().positive() })

/** The receiver has read it. Reading it twice changes nothing. */
export async function seeUrge(ctx: TenantContext, input: z.output<typeof SeeUrge>): Promise<void> {
  requirePermission(ctx, 'urge:read')
  const urge = found(
    await ctx.db
      .selectFrom('inspection.urge')
      .select(['id', 'seen_at'])
      .where('id', '=', input.urgeId)
      .where('receiver_id', '=', ctx.tenantId)
      .executeTakeFirst(),
  )
  if (urge.seen_at) return
  await ctx.db
    .updateTable('inspection.urge')
    .set({ seen_at: ctx.now, seen_by: actorName(ctx.actor) })
    .where('id', '=', urge.id)
    .execute()
  await recordAudit(ctx, { action: 'urge.see', objectKind: 'urge', objectId: urge.id })
}

/** When each of the given bodies was last urged about a form and period by the actor's body. */
export async function findLastUrges(
  ctx: TenantContext,
  input: { formId: number; period: string; bodies: readonly number[] },
): Promise<Map<number, Date>> {
  requirePermission(ctx, 'urge:read')
  if (input.bodies.length === 0) return new Map()
  const rows = await ctx.db
    .selectFrom('inspection.urge')
    .select(['receiver_id', (eb) => eb.fn.max('at').as('at')])
    .where('form_id', '=', input.formId)
    .where('period', '=', input.period)
    .where('tenant_id', '=', ctx.tenantId)
    .where('receiver_id', 'in', input.bodies)
    .groupBy('receiver_id')
    .execute()
  return new Map(rows.map((row) => [row.receiver_id, row.at]))
}
