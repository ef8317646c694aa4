import { DomainError, found, requirePermission, type TenantContext } from '@gonglian/tenancy'
import type { Selectable } from 'kysely'
import type { DB } from '@gonglian/db'
import { z } from 'zod'
import { PersonName } from '../numbers/names.ts'
import type { DelegateQuota } from './delegate-quotas.ts'
import { recordStep } from '../steps.ts'
import { checkDay } from '../unions/union-states.ts'

export type Delegate = Selectable<DB['organisation.delegate']>

export const ReportDelegates = z.object({
  quotaId: z.int().positive(),
  version: z.int().min(1),
  electedOn: z.iso.date(),
  eligible: z.int().min(1).max(2_000_000),
  present: z.int().min(1).max(2_000_000),
  delegates: z
    .array(
      z.object({
        name: PersonName,
        gender: z.enum(['female', 'male']),
        isFrontLine: z.boolean().default(false),
        unionId: z.int().positive().nullable().default(null),
        votes: z.int().min(0).max(2_000_000),
      }),
    )
    .min(1)
    .max(10_000),
})

/**
 * The receiver hands in whom it elected (M243): as many as the quota says, with the women and front-line workers it asks for, each by more
 * than half of all who may vote, two thirds of whom came (ORG-17).
 *
 * @throws DomainError not_found for a quota of somebody else; conflict for one that is handed in; invalid with the rule that is broken
 */
export async function reportDelegates(
  ctx: TenantContext,
  input: z.output<typeof ReportDelegates>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:approve')
  const quota = found(
    await ctx.db
      .selectFrom('organisation.delegate_quota')
      .selectAll()
      .where('id', '=', input.quotaId)
      .where('receiver_id', '=', ctx.tenantId)
      .executeTakeFirst(),
    'organisation.quota.notFound',
  )
  if (quota.version !== input.version) throw new DomainError('conflict', 'errors.conflict')
  if (quota.state !== 'issued') throw new DomainError('conflict', 'organisation.quota.reported')
  checkDay(ctx, 'electedOn', input.electedOn)
  checkDelegates(quota, input)
  // Guarded by state in the policy too: a second report at the same moment changes no row.
  const changed = await ctx.db
    .updateTable('organisation.delegate_quota')
    .set({ state: 'reported', version: quota.version + 1 })
    .where('id', '=', quota.id)
    .where('version', '=', quota.version)
    .returning('version')
    .executeTakeFirst()
  if (!changed) throw new DomainError('conflict', 'errors.conflict')
  await ctx.db
    .deleteFrom('organisation.delegate')
    .where('quota_id', '=', quota.id)
    .where('tenant_id', '=', ctx.tenantId)
    .execute()
  await ctx.db
    .insertInto('organisation.delegate')
    .values(
      input.delegates.map((one) => ({
        quota_id: quota.id,
        tenant_id: ctx.tenantId,
        name: one.name,
        gender: one.gender,
        is_front_line: one.isFrontLine,
        union_id: one.unionId,
        elected_on: input.electedOn,
        eligible: input.eligible,
        votes: one.votes,
      })),
    )
    .execute()
  await recordStep(ctx, {
    kind: 'quota',
    id: quota.id,
    from: 'issued',
    to: 'reported',
    details: { delegates: input.delegates.length },
  })
  return { version: changed.version }
}

function checkDelegates(quota: DelegateQuota, input: z.output<typeof ReportDelegates>): void {
  const refuse = (path: string, key: string, params: Record<string, number> = {}) =>
    new DomainError('invalid', key, { params, fields: [{ path, key, params }] })
  const { delegates, eligible, present } = input
  if (delegates.length !== quota.quota) throw refuse('delegates', 'organisation.quota.count', { quota: quota.quota })
  if (present > eligible || present * 3 < eligible * 2)
    throw refuse('present', 'organisation.election.noQuorum', { least: Math.ceil((eligible * 2) / 3) })
  const weak = delegates.findIndex((one) => one.votes * 2 <= eligible || one.votes > present)
  if (weak >= 0) throw refuse(`delegates.${weak}.votes`, 'organisation.quota.majority')
  const names = delegates.map((one) => one.name)
  if (new Set(names).size !== names.length) throw refuse('delegates', 'organisation.election.twice')
  const women = delegates.filter((one) => one.gender === 'female').length
  if (women < quota.women_least) throw refuse('delegates', 'organisation.quota.women', { least: quota.women_least })
  const front = delegates.filter((one) => one.isFrontLine).length
  if (front < quota.front_line_least)
    throw refuse('delegates', 'organisation.quota.frontLine', { least: quota.front_line_least })
}

/** Who was elected for a quota: for the body that elected and those above it. */
export async function listDelegates(ctx: TenantContext, quotaId: number): Promise<Delegate[]> {
  requirePermission(ctx, 'organisation:read')
  return ctx.db.selectFrom('organisation.delegate').selectAll().where('quota_id', '=', quotaId).orderBy('id').execute()
}
