import { sql } from 'kysely'
import { z } from 'zod'
import type { JsonValue } from '@gonglian/db'
import {
  DomainError,
  OpeningReason,
  actorName,
  recordAudit,
  recordOpening,
  requireFreshProof,
  requirePermission,
  type TenantContext,
} from '@gonglian/tenancy'
import { MemberFilter } from './member-lists.ts'

export const StartExport = z.object({
  filter: MemberFilter.omit({ search: true }),
  /** Whole numbers instead of masked ones; only with a reason, which the body reads (14.1). */
  open: z.boolean().default(false),
  reason: z.union([z.literal(''), OpeningReason]).default(''),
})
export const ListExports = z.object({
  page: z.int().min(1).max(1000).default(1),
  pageSize: z.int().min(1).max(200).default(20),
})

export type Export = {
  readonly id: number
  readonly number: string
  readonly isOpen: boolean
  readonly reason: string
  /** Null: not downloaded, or broken off. */
  readonly rows: number | null
  readonly actor: string
  readonly createdAt: Date
}

/**
 * Registers a file of own members that is about to be taken out; its number will stand in it. The file itself comes from streamExport.
 *
 * @throws DomainError invalid organisation.export.reason
 */
export async function startExport(ctx: TenantContext, input: z.output<typeof StartExport>): Promise<Export> {
  requirePermission(ctx, 'member:export')
  requireFreshProof(ctx)
  if (input.open) requirePermission(ctx, 'member:open')
  if (input.open && input.reason === '') {
    const key = 'organisation.export.reason'
    throw new DomainError('invalid', key, { fields: [{ path: 'reason', key }] })
  }
  // Two files begun at once take turns. A statement of its own: one that waited inside the next would count as of before it waited.
  await sql`select pg_advisory_xact_lock(7022, ${ctx.tenantId})`.execute(ctx.db)
  const { rows: numbered } = await sql<{ number: string }>`
    select f.code || ${`-${ctx.today.replaceAll('-', '')}-`} || lpad((1 + count(e.id))::text, 4, '0') as number
    from tenancy.federation f
    left join organisation.export e on e.tenant_id = f.id and e.number like f.code || ${`-${ctx.today.replaceAll('-', '')}-%`}
    where f.id = ${ctx.tenantId} group by f.code`.execute(ctx.db)
  const row = await ctx.db
    .insertInto('organisation.export')
    .values({
      tenant_id: ctx.tenantId,
      number: numbered[0]?.number ?? '',
      filters: JSON.stringify(input.filter),
      is_open: input.open,
      reason: input.reason,
      actor: actorName(ctx.actor),
    })
    .returning(['id', 'number', 'created_at'])
    .executeTakeFirstOrThrow()
  if (input.open)
    await recordOpening(ctx, {
      ownerId: ctx.tenantId,
      objectKind: 'member.export',
      objectId: row.number,
      fields: ['idNumber', 'mobile'],
      reason: input.reason,
    })
  await recordAudit(ctx, {
    action: 'member.export',
    objectKind: 'export',
    objectId: row.number,
    after: { open: input.open, reason: input.reason, filters: toJson(input.filter) },
  })
  return {
    id: row.id,
    number: row.number,
    isOpen: input.open,
    reason: input.reason,
    rows: null,
    actor: actorName(ctx.actor),
    createdAt: row.created_at,
  }
}

const toJson = (filter: object): JsonValue => z.json().parse(JSON.parse(JSON.stringify(filter)))

/** Files taken out of the own register, newest first. */
export async function listExports(
  ctx: TenantContext,
  input: z.output<typeof ListExports>,
): Promise<{ rows: Export[]; total: number }> {
  requirePermission(ctx, 'opening:read')
  const query = ctx.db.selectFrom('organisation.export').where('tenant_id', '=', ctx.tenantId)
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(['id', 'number', 'is_open', 'reason', 'rows', 'actor', 'created_at'])
    .orderBy('id', 'desc')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return {
    total,
    rows: rows.map((row) => ({
      id: row.id,
      number: row.number,
      isOpen: row.is_open,
      reason: row.reason,
      rows: row.rows,
      actor: row.actor,
      createdAt: row.created_at,
    })),
  }
}
