import { DomainError, found, listChildren, paging, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql, type Selectable } from 'kysely'
import type { DB } from '@gonglian/db'
import { z } from 'zod'
import { holdCongressRow } from './congresses.ts'
import { quotasOfOneCongress } from '../codes/terms.ts'
import { recordStep } from '../steps.ts'

export type DelegateQuota = Selectable<DB['organisation.delegate_quota']>

export const SaveDelegateQuotas = z.object({
  congressId: z.int().positive(),
  version: z.int().min(1),
  dueOn: z.iso.date(),
  quotas: z
    .array(
      z.object({
        receiverId: z.int().positive(),
        quota: z.int().min(0).max(10_000),
        womenLeast: z.int().min(0).max(10_000).default(0),
        frontLineLeast: z.int().min(0).max(10_000).default(0),
      }),
    )
    .min(1)
    .max(quotasOfOneCongress),
})
export const IssueDelegateQuotas = z.object({ congressId: z.int().positive(), version: z.int().min(1) })

async function findChildIds(ctx: TenantContext): Promise<Set<number>> {
  const regional = await listChildren(ctx, ctx.tenantId)
  const line = await listChildren(ctx, ctx.tenantId, 'line')
  return new Set([...regional, ...line].map((child) => child.id))
}

/**
 * Says how many delegates each body directly below sends to a congress of this body (M243); who sends none is not asked. Only a draft may
 * be saved again.
 *
 * @throws DomainError invalid for a body that is not directly below, minima above the quota, more delegates than the congress has
 */
export async function saveDelegateQuotas(
  ctx: TenantContext,
  input: z.output<typeof SaveDelegateQuotas>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:write')
  const congress = await holdCongressRow(ctx, input.congressId, input.version)
  if (congress.state !== 'preparing') throw new DomainError('conflict', 'organisation.congress.state')
  const refuse = (path: string, key: string, params: Record<string, number> = {}) =>
    new DomainError('invalid', key, { params, fields: [{ path, key, params }] })
  const children = await findChildIds(ctx)
  for (const [place, row] of input.quotas.entries()) {
    if (!children.has(row.receiverId)) throw refuse(`quotas.${place}.receiverId`, 'organisation.quota.notBelow')
    if (row.womenLeast > row.quota || row.frontLineLeast > row.quota)
      throw refuse(`quotas.${place}.quota`, 'organisation.quota.minima')
  }
  if (new Set(input.quotas.map((row) => row.receiverId)).size !== input.quotas.length)
    throw refuse('quotas', 'organisation.election.twice')
  const sum = input.quotas.reduce((total, row) => total + row.quota, 0)
  if (sum > congress.delegates_planned)
    throw refuse('quotas', 'organisation.quota.exceeds', { sum, planned: congress.delegates_planned })
  const issued = await ctx.db
    .selectFrom('organisation.delegate_quota')
    .select('id')
    .where('congress_id', '=', congress.id)
    .where('state', '<>', 'draft')
    .executeTakeFirst()
  if (issued) throw new DomainError('conflict', 'organisation.quota.issued')
  await ctx.db.deleteFrom('organisation.delegate_quota').where('congress_id', '=', congress.id).execute()
  const asked = input.quotas.filter((row) => row.quota > 0)
  if (asked.length > 0)
    await ctx.db
      .insertInto('organisation.delegate_quota')
      .values(
        asked.map((row) => ({
          congress_id: congress.id,
          tenant_id: ctx.tenantId,
          receiver_id: row.receiverId,
          quota: row.quota,
          women_least: row.womenLeast,
          front_line_least: row.frontLineLeast,
          due_on: input.dueOn,
        })),
      )
      .execute()
  const version = congress.version + 1
  await ctx.db.updateTable('organisation.congress').set({ version }).where('id', '=', congress.id).execute()
  await recordStep(ctx, {
    kind: 'congress',
    id: congress.id,
    from: 'preparing',
    to: 'preparing',
    details: { quotas: asked.length, delegates: sum },
  })
  return { version }
}

/** Issues the quotas: from now on each receiver sees its own and elects. */
export async function issueDelegateQuotas(
  ctx: TenantContext,
  input: z.output<typeof IssueDelegateQuotas>,
): Promise<{ issued: number; version: number }> {
  requirePermission(ctx, 'organisation:approve')
  const congress = await holdCongressRow(ctx, input.congressId, input.version)
  if (congress.state !== 'preparing') throw new DomainError('conflict', 'organisation.congress.state')
  const rows = await ctx.db
    .updateTable('organisation.delegate_quota')
    .set({ state: 'issued', version: sql<number>`version + 1` })
    .where('congress_id', '=', congress.id)
    .where('state', '=', 'draft')
    .returning('id')
    .execute()
  if (rows.length === 0) throw new DomainError('conflict', 'organisation.quota.nothing')
  for (const row of rows) await recordStep(ctx, { kind: 'quota', id: row.id, from: 'draft', to: 'issued' })
  const version = congress.version + 1
  await ctx.db.updateTable('organisation.congress').set({ version }).where('id', '=', congress.id).execute()
  return { issued: rows.length, version }
}

export const DecideDelegates = z.object({
  quotaId: z.int().positive(),
  version: z.int().min(1),
  decision: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('confirm') }),
    z.object({ kind: z.literal('return'), reason: z.string().trim().min(2).max(300) }),
  ]),
})

/** The issuer checks what was handed in (代表资格审查): confirms it or sends it back with a reason that the receiver reads. */
export async function decideDelegates(
  ctx: TenantContext,
  input: z.output<typeof DecideDelegates>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:approve')
  const quota = found(
    await ctx.db
      .selectFrom('organisation.delegate_quota')
      .selectAll()
      .where('id', '=', input.quotaId)
      .where('tenant_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.quota.notFound',
  )
  if (quota.version !== input.version) throw new DomainError('conflict', 'errors.conflict')
  if (quota.state !== 'reported') throw new DomainError('conflict', 'organisation.quota.notReported')
  const to = input.decision.kind === 'confirm' ? 'confirmed' : 'issued'
  const reason = input.decision.kind === 'return' ? input.decision.reason : ''
  const version = quota.version + 1
  await ctx.db
    .updateTable('organisation.delegate_quota')
    .set({ state: to, returned_for: reason, version })
    .where('id', '=', quota.id)
    .execute()
  await recordStep(ctx, {
    kind: 'quota',
    id: quota.id,
    from: 'reported',
    to,
    reason,
  })
  return { version }
}

export type ListedQuota = DelegateQuota & {
  receiverCode: string
  receiverName: string
  issuerName: string
  congressKind: 'union' | 'women'
  congressNumber: number
  congressPlannedOn: string
  /** Of a union's congress. */
  unionName: string | null
  elected: number
  women: number
  frontLine: number
}

export const ListDelegateQuotas = z.object({
  congressId: z.int().positive().optional(),
  /** received: what the own body has to elect for superiors. */
  of: z.enum(['all', 'received']).optional(),
  page: paging.page,
  /** Those of one congress go on one page. */
  pageSize: z.int().min(1).max(quotasOfOneCongress).default(50),
})

/**
 * Quotas the body gave or received, with what was elected so far. Of a cancelled congress nobody is asked any more.
 *
 * Plan: the page first; delegates are counted for its quotas alone.
 */
export async function listDelegateQuotas(
  ctx: TenantContext,
  input: z.output<typeof ListDelegateQuotas>,
): Promise<{ rows: ListedQuota[]; total: number }> {
  requirePermission(ctx, 'organisation:read')
  const ofQuota = sql`select count(*) from organisation.delegate d where d.quota_id = q.id`
  let query = ctx.db
    .selectFrom('organisation.delegate_quota as q')
    .innerJoin('organisation.congress as c', 'c.id', 'q.congress_id')
    .innerJoin('tenancy.federation as f', 'f.id', 'q.receiver_id')
    .innerJoin('tenancy.federation as i', 'i.id', 'q.tenant_id')
    .leftJoin('organisation.trade_union as u', 'u.id', 'c.union_id')
  if (input.congressId !== undefined) query = query.where('q.congress_id', '=', input.congressId)
  if (input.of === 'received')
    query = query.where('q.receiver_id', '=', ctx.tenantId).where('c.state', '<>', 'cancelled')
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .selectAll('q')
    .select([
      'f.code as receiverCode',
      'f.name as receiverName',
      'c.kind as congressKind',
      'c.number as congressNumber',
      'c.planned_on as congressPlannedOn',
      'i.name as issuerName',
      'u.name as unionName',
      sql<number>`(${ofQuota})`.as('elected'),
      sql<number>`(${ofQuota} and d.gender = 'female')`.as('women'),
      sql<number>`(${ofQuota} and d.is_front_line)`.as('frontLine'),
    ])
    .orderBy('f.code')
    .orderBy('q.id')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return { rows, total }
}
