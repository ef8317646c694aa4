import { z } from 'zod'
import { actorName } from './actor.ts'
import { recordAudit } from './audit.ts'
import type { TenantContext } from './context.ts'
import { exportPersons } from './person-files.ts'
import { requireFreshProof, requirePermission } from './permissions.ts'

/** Why a masked field is looked at; the owner of the record will read it. */
export const OpeningReason = z.string().trim().min(4).max(200)

export type Opening = {
  readonly at: Date
  readonly actor: string
  readonly byTenantId: number
  readonly objectKind: string
  readonly objectId: string
  readonly fields: readonly string[]
  readonly reason: string
}

/**
 * Notes, in the transaction that answers with the open fields, who asked for them and why. What was opened stands nowhere.
 * The caller has checked that the actor may open this record.
 *
 * @throws DomainError forbidden errors.proofNeeded
 */
export async function recordOpening(
  ctx: TenantContext,
  input: { ownerId: number; objectKind: string; objectId: number | string; fields: readonly string[]; reason: string },
): Promise<void> {
  requireFreshProof(ctx)
  await ctx.db
    .insertInto('tenancy.opening')
    .values({
      tenant_id: input.ownerId,
      by_tenant_id: ctx.tenantId,
      object_kind: input.objectKind,
      object_id: String(input.objectId),
      fields: [...input.fields],
      reason: input.reason,
      actor: actorName(ctx.actor),
    })
    .execute()
  await recordAudit(ctx, {
    action: 'personal.open',
    objectKind: input.objectKind,
    objectId: input.objectId,
    after: { fields: [...input.fields] },
  })
}

export const ListOpenings = z.object({
  objectKind: z.string().max(40).optional(),
  objectId: z.string().max(40).optional(),
  page: z.int().min(1).max(100_000).default(1),
  pageSize: z.int().min(1).max(200).default(50),
})

/** Who has looked at personal fields of this body's records, newest first (PIPL 51, 54). */
export async function listOpenings(
  ctx: TenantContext,
  input: z.output<typeof ListOpenings>,
): Promise<{ openings: Opening[]; total: number }> {
  requirePermission(ctx, 'opening:read')
  const found = ctx.db
    .selectFrom('tenancy.opening')
    .where('tenant_id', '=', ctx.tenantId)
    .$if(input.objectKind !== undefined, (query) => query.where('object_kind', '=', input.objectKind ?? ''))
    .$if(input.objectId !== undefined, (query) => query.where('object_id', '=', input.objectId ?? ''))
  const rows = await found
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  const { count } = await found.select((eb) => eb.fn.countAll<number>().as('count')).executeTakeFirstOrThrow()
  return {
    total: Number(count),
    openings: rows.map((row) => ({
      at: row.at,
      actor: row.actor,
      byTenantId: row.by_tenant_id,
      objectKind: row.object_kind,
      objectId: row.object_id,
      fields: row.fields,
      reason: row.reason,
    })),
  }
}

export const ExportOpenings = ListOpenings.omit({ page: true, pageSize: true })

/** All of them, for a file. */
export async function exportOpenings(ctx: TenantContext, input: z.output<typeof ExportOpenings>): Promise<Opening[]> {
  requirePermission(ctx, 'opening:read')
  return exportPersons(ctx, 'members.listOpenings', async (part) => ({
    rows: (await listOpenings(ctx, { ...input, ...part })).openings,
  }))
}
