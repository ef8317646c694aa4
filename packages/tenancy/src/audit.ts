import { sql, type Selectable } from 'kysely'
import { z } from 'zod'
import type { DB, JsonValue } from '@gonglian/db'
import { actorName } from './actor.ts'
import type { TenantContext } from './context.ts'
import { requireFreshProof, requirePermission } from './permissions.ts'

export type AuditEntry = {
  action: string
  objectKind: string
  objectId: string | number
  before?: JsonValue
  after?: JsonValue
  /** The body in whose trail it stands; default: the actor's. */
  tenantId?: number
}

/**
 * Writes one line of the audit trail in the same transaction as the act. Order and hash come from the database. No personal
 * data goes into before/after: the trail is kept long and read by people who may not see it.
 */
export async function recordAudit(ctx: TenantContext, entry: AuditEntry): Promise<void> {
  await ctx.db
    .insertInto('tenancy.audit')
    .values({
      tenant_id: entry.tenantId ?? ctx.tenantId,
      // The database's trigger replaces these four; they are given because the columns allow no null.
      seq: 0,
      at: ctx.now,
      prev_hash: Buffer.alloc(0),
      hash: Buffer.alloc(0),
      actor: actorName(ctx.actor),
      action: entry.action,
      object_kind: entry.objectKind,
      object_id: String(entry.objectId),
      before: entry.before === undefined ? null : JSON.stringify(entry.before),
      after: entry.after === undefined ? null : JSON.stringify(entry.after),
      request_id: ctx.actor.requestId,
      address: ctx.actor.address,
    })
    .execute()
}

const AuditFilter = z.object({
  /** Part of a person's or an object's name, or a whole request id. */
  search: z.string().max(80).default(''),
  action: z.string().max(60).default(''),
  /** Who did it, by user name. */
  actor: z.string().max(80).default(''),
  requestId: z.string().max(80).default(''),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  order: z.enum(['newest', 'oldest']).default('newest'),
})

export const ListAudit = AuditFilter.extend({
  page: z.int().min(1).max(100_000).default(1),
  pageSize: z.int().min(1).max(500).default(50),
})

export type AuditLine = {
  seq: number
  at: Date
  actor: string
  action: string
  objectKind: string
  objectId: string
  before: JsonValue
  after: JsonValue
  requestId: string
  address: string
}

function selectAudit(ctx: TenantContext, filter: z.output<typeof AuditFilter>) {
  const { search, action, actor, requestId, from, to } = filter
  let query = ctx.db.selectFrom('tenancy.audit').where('tenant_id', '=', ctx.tenantId)
  if (action) query = query.where('action', '=', action)
  if (actor) query = query.where('actor', '=', actor)
  if (requestId) query = query.where('request_id', '=', requestId)
  if (from) query = query.where('at', '>=', sql<Date>`${from}::date::timestamp at time zone 'Asia/Shanghai'`)
  if (to) query = query.where('at', '<', sql<Date>`(${to}::date + 1)::timestamp at time zone 'Asia/Shanghai'`)
  if (search) {
    const needle = `%${search.replaceAll(/[\\%_]/g, '\\$&')}%`
    query = query.where((eb) =>
      eb.or([eb('actor', 'ilike', needle), eb('object_id', 'ilike', needle), eb('request_id', '=', search)]),
    )
  }
  return query
}

function toLine(row: Selectable<DB['tenancy.audit']>): AuditLine {
  return {
    seq: row.seq,
    at: row.at,
    actor: row.actor,
    action: row.action,
    objectKind: row.object_kind,
    objectId: row.object_id,
    before: row.before,
    after: row.after,
    requestId: row.request_id,
    address: row.address,
  }
}

/** The body's own trail, newest first unless asked otherwise; `actions` and `actors` are all that occur in it, to filter by. */
export async function listAudit(
  ctx: TenantContext,
  input: z.output<typeof ListAudit>,
): Promise<{ lines: AuditLine[]; total: number; actions: string[]; actors: string[] }> {
  requirePermission(ctx, 'audit:read')
  const query = selectAudit(ctx, input)
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .selectAll()
    .orderBy('seq', input.order === 'newest' ? 'desc' : 'asc')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  const mine = ctx.db.selectFrom('tenancy.audit').where('tenant_id', '=', ctx.tenantId)
  const actions = await mine.select('action').distinct().orderBy('action').execute()
  const actors = await mine.select('actor').distinct().orderBy('actor').execute()
  return {
    total,
    actions: actions.map((row) => row.action),
    actors: actors.map((row) => row.actor),
    lines: rows.map(toLine),
  }
}

export const ExportAudit = AuditFilter

/** No file of ours is longer; who needs more of the trail narrows the days. */
const exportedLines = 100_000

/** The lines that a filter leaves, all at once, for a file. That they were taken out stands in the trail itself. */
export async function exportAudit(ctx: TenantContext, input: z.output<typeof ExportAudit>): Promise<AuditLine[]> {
  requirePermission(ctx, 'audit:read')
  requireFreshProof(ctx)
  const rows = await selectAudit(ctx, input)
    .selectAll()
    .orderBy('seq', input.order === 'newest' ? 'desc' : 'asc')
    .limit(exportedLines)
    .execute()
  await recordAudit(ctx, {
    action: 'audit.export',
    objectKind: 'audit',
    objectId: ctx.tenantId,
    after: { lines: rows.length, ...(input.from ? { from: input.from } : {}), ...(input.to ? { to: input.to } : {}) },
  })
  return rows.map(toLine)
}

export type AuditVerdict = { lines: number; intact: boolean; firstBroken: number | null }

/**
 * Recomputes the body's hash chain from its first line to its head, which is kept apart so that lines cut off at the end are missed too.
 * `firstBroken`: the first line that was changed, is missing or stands in the wrong place.
 */
export async function verifyAudit(ctx: TenantContext): Promise<AuditVerdict> {
  requirePermission(ctx, 'audit:read')
  // One pass in key order over (tenant_id, seq); each line is compared with the line before it and with its own digest.
  const { rows } = await sql<{ lines: number; first_broken: number | null }>`
    select chain.lines, coalesce(chain.first_broken, case
      when chain.lines <> coalesce(head.seq, 0) then least(chain.lines, coalesce(head.seq, 0)) + 1
      when last.hash <> head.hash then chain.lines end) as first_broken
    from (select count(*)::int as lines, min(expected_seq) filter (where broken) as first_broken
    from (
      select row_number() over w as expected_seq,
        a.seq <> row_number() over w
          or a.prev_hash <> coalesce(lag(a.hash) over w, ''::bytea)
          or a.hash <> tenancy.audit_digest(a) as broken
      from tenancy.audit a where a.tenant_id = ${ctx.tenantId}
      window w as (order by a.seq)
    ) line) chain
    left join tenancy.audit_head head on head.tenant_id = ${ctx.tenantId}
    left join lateral (
      select a.hash from tenancy.audit a where a.tenant_id = ${ctx.tenantId} order by a.seq desc limit 1) last on true`.execute(
    ctx.db,
  )
  const verdict = rows[0]
  return {
    lines: verdict?.lines ?? 0,
    intact: (verdict?.first_broken ?? null) === null,
    firstBroken: verdict?.first_broken ?? null,
  }
}
