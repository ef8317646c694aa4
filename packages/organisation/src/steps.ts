import type { JsonValue } from '@gonglian/db'
import { wakeFeeds } from '@gonglian/indicators'
import { actorName, recordAudit, type TenantContext } from '@gonglian/tenancy'

/**
 * What moves through states in this domain, and where to: its states, and what is noted of a record that stays in its state. Each has its
 * words in the audit trail, `audit.action.union.active`. Transfers are noted by the database (organisation.note_transfer).
 */
export const stepStates = {
  employer: ['operating', 'suspended', 'restructured', 'closed', 'moved'],
  lead: ['found', 'contacted', 'preparing', 'applied', 'approved', 'founded', 'refused', 'exempt', 'closed'],
  union: ['preparatory', 'applied', 'approved', 'active', 'restructuring', 'merged', 'revoked'],
  member: ['applied', 'active', 'retained', 'transferred_out', 'left', 'expelled', 'deceased'],
  transfer: ['requested', 'accepted', 'rejected', 'expired', 'withdrawn'],
  term: ['running', 'in_election', 'ended', 'extended'],
  election: ['asked', 'approved', 'returned', 'held', 'confirmed', 'failed', 'withdrawn'],
  congress: ['preparing', 'held', 'cancelled'],
  quota: ['draft', 'issued', 'reported', 'confirmed'],
  rating: [
    'planned',
    'self_assessed',
    'recommended',
    'under_review',
    'published',
    'awarded',
    're_check',
    'kept',
    'downgraded',
    'revoked',
    'dropped',
  ],
  appraisal: ['open', 'early_asked', 'closed', 'published', 'filed', 'void'],
} as const
export type ObjectKind = keyof typeof stepStates

type MoveOf<Kind extends ObjectKind> = {
  readonly kind: Kind
  readonly id: number
  /** The body whose record it is; left out: the acting one. */
  readonly owner?: number
  readonly from: string
  readonly to: (typeof stepStates)[Kind][number]
  readonly reason?: string
  /** Papers, counts, conditions met. No personal data: superiors read steps. */
  readonly details?: Readonly<Record<string, JsonValue>>
}
export type Move = { [Kind in ObjectKind]: MoveOf<Kind> }[ObjectKind]

/** Notes a move of a record: in its own history, which people read beside it, and in the audit trail; its figures are counted again. */
export async function recordStep(ctx: TenantContext, move: Move): Promise<void> {
  await ctx.db
    .insertInto('organisation.step')
    .values({
      tenant_id: ctx.tenantId,
      owner_id: move.owner === undefined || move.owner === ctx.tenantId ? null : move.owner,
      object_kind: move.kind,
      object_id: move.id,
      from_state: move.from,
      to_state: move.to,
      reason: move.reason ?? '',
      details: JSON.stringify(move.details ?? {}),
      actor: actorName(ctx.actor),
    })
    .execute()
  await recordAudit(ctx, {
    action: `${move.kind}.${move.to}`,
    objectKind: move.kind,
    objectId: move.id,
    before: { state: move.from },
    after: { state: move.to, reason: move.reason ?? '', ...move.details },
  })
  wakeFeeds(ctx)
}

export type Step = {
  readonly from: string
  readonly to: string
  readonly reason: string
  readonly details: JsonValue
  readonly actor: string
  readonly at: Date
}

/** The history of a record, oldest first. The caller has found the record, so it is in sight. */
export async function listSteps(ctx: TenantContext, kind: ObjectKind, id: number): Promise<Step[]> {
  const rows = await ctx.db
    .selectFrom('organisation.step')
    .selectAll()
    .where('object_kind', '=', kind)
    .where('object_id', '=', id)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    from: row.from_state,
    to: row.to_state,
    reason: row.reason,
    details: row.details,
    actor: row.actor,
    at: row.at,
  }))
}
