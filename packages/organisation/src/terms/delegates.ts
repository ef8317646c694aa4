import { DomainError, exportPersons, found, paging, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql, type Selectable } from 'kysely'
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

export const ListDelegates = z.object({
  quotaId: z.int().positive(),
  search: z.string().trim().max(60).default(''),
  genders: z
    .array(z.enum(['female', 'male']))
    .max(2)
    .default([]),
  isFrontLine: z.boolean().optional(),
  sort: z.enum(['elected', 'name', '-name', 'votes', '-votes']).default('elected'),
  ...paging,
})

/** Who was elected for a quota: for the body that elected and those above it. */
export async function listDelegates(
  ctx: TenantContext,
  input: z.output<typeof ListDelegates>,
): Promise<{ rows: Delegate[]; total: number }> {
  requirePermission(ctx, 'organisation:read')
  let query = ctx.db.selectFrom('organisation.delegate').where('quota_id', '=', input.quotaId)
  if (input.search !== '') query = query.where('name', 'ilike', `%${input.search.replaceAll(/[\\%_]/g, '\\$&')}%`)
  if (input.genders.length > 0) query = query.where('gender', 'in', input.genders)
  if (input.isFrontLine !== undefined) query = query.where('is_front_line', '=', input.isFrontLine)
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const direction = input.sort.startsWith('-') ? 'desc' : 'asc'
  const rows = await query
    .selectAll()
    .$if(input.sort.endsWith('name'), (sorted) => sorted.orderBy(sql`name collate "zh-x-icu"`, direction))
    .$if(input.sort.endsWith('votes'), (sorted) => sorted.orderBy('votes', direction))
    .orderBy('id')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return { rows, total }
}

export const ExportDelegates = z.object({
  congressId: z.int().positive(),
  /** Of one body; left out: of all that send some. */
  quotaId: z.int().positive().optional(),
})

/** The delegates of a congress with the bodies that sent them, for a file. */
export async function exportDelegates(
  ctx: TenantContext,
  { congressId, quotaId }: z.output<typeof ExportDelegates>,
): Promise<(Delegate & { receiverName: string })[]> {
  requirePermission(ctx, 'organisation:read')
  const query = ctx.db
    .selectFrom('organisation.delegate as d')
    .innerJoin('organisation.delegate_quota as q', 'q.id', 'd.quota_id')
    .innerJoin('tenancy.federation as f', 'f.id', 'q.receiver_id')
    .where('q.congress_id', '=', congressId)
    .$if(quotaId !== undefined, (some) => some.where('q.id', '=', quotaId ?? 0))
    .selectAll('d')
    .select('f.name as receiverName')
    .orderBy('f.code')
    .orderBy('q.id')
    .orderBy('d.id')
  return exportPersons(ctx, 'congresses.listDelegates', async ({ page, pageSize }) => ({
    rows: await query
      .limit(pageSize)
      .offset((page - 1) * pageSize)
      .execute(),
  }))
}
