import { sql } from 'kysely'
import { z } from 'zod'
import {
  actorName,
  DomainError,
  FederationCode,
  listWithin,
  paging,
  recordAudit,
  requirePermission,
  type TenantContext,
} from '@gonglian/tenancy'
import { readLimit } from '../limits.ts'
import { memberLimits } from './member-limits.ts'
import { readPage } from '../pages.ts'

export const RecordTraining = z.object({
  heldOn: z.iso.date(),
  topic: z.string().trim().min(2).max(120),
  attendance: z.int().min(1).max(1_000_000),
  outgoingAttendance: z.int().min(0).max(1_000_000).default(0),
})

/**
 * A training of outgoing workers in their rights (M013). Counts only, so that superiors read it.
 *
 * @throws DomainError invalid organisation.training.future, organisation.training.outgoing
 */
export async function recordTraining(
  ctx: TenantContext,
  input: z.output<typeof RecordTraining>,
): Promise<{ id: number }> {
  requirePermission(ctx, 'member:write')
  if (input.heldOn > ctx.today || input.outgoingAttendance > input.attendance) {
    const [path, key] =
      input.heldOn > ctx.today
        ? (['heldOn', 'organisation.training.future'] as const)
        : (['outgoingAttendance', 'organisation.training.outgoing'] as const)
    throw new DomainError('invalid', key, { fields: [{ path, key }] })
  }
  const row = await ctx.db
    .insertInto('organisation.rights_training')
    .values({
      tenant_id: ctx.tenantId,
      held_on: input.heldOn,
      topic: input.topic,
      attendance: input.attendance,
      outgoing_attendance: input.outgoingAttendance,
      actor: actorName(ctx.actor),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordAudit(ctx, {
    action: 'training.record',
    objectKind: 'training',
    objectId: row.id,
    after: { on: input.heldOn },
  })
  return row
}

export const JudgeTraining = z.object({
  year: z.int().min(2000).max(2100),
  body: FederationCode.optional(),
  /** Part of a township's name. */
  search: z.string().trim().max(60).default(''),
  /** Only those that held enough, or only those that did not yet. */
  enough: z.boolean().optional(),
  ...paging,
})

export type TrainingVerdict = {
  readonly body: string
  readonly name: string
  readonly held: number
  readonly attendance: number
  readonly outgoingAttendance: number
  readonly required: number
  /** Null while the year runs and the number is not yet reached: still possible. */
  readonly complies: boolean | null
}

const contains = (text: string) => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`

/**
 * Whether each township below (or the body itself) held the trainings of a year that the rule asks for (M013). `townships` and
 * `enough` count all of them, whatever is searched for.
 *
 * Plan: the townships once, by the kept tree; the year's trainings once, by tenant_id, summed and hashed.
 */
export async function judgeTraining(
  ctx: TenantContext,
  input: z.output<typeof JudgeTraining>,
): Promise<{ required: number; townships: number; enough: number; rows: TrainingVerdict[]; total: number }> {
  requirePermission(ctx, 'organisation:read')
  const bodies = await listWithin(ctx, input.body)
  const end = `${input.year}-12-31`
  const required = await readLimit(ctx, memberLimits.yearlyTrainings)
  const below = bodies
    ? sql<boolean>`f.id = any (${bodies})`
    : sql<boolean>`f.id in (select descendant_id from tenancy.closure where ancestor_id = ${ctx.tenantId} and hierarchy = 'regional')`
  const list = sql`
    with held as materialized (
      select t.tenant_id, count(*)::int as held, sum(t.attendance)::int as attendance, sum(t.outgoing_attendance)::int as outgoing
      from organisation.rights_training t
      where t.held_on between ${`${input.year}-01-01`} and ${end} ${bodies ? sql`and t.tenant_id = any (${bodies})` : sql``}
      group by t.tenant_id
    ), judged as materialized (
      select f.code, f.name, coalesce(h.held, 0) as held, coalesce(h.attendance, 0) as attendance, coalesce(h.outgoing, 0) as outgoing
      from tenancy.federation f left join held h on h.tenant_id = f.id
      where f.level = 'township' and (f.valid_to is null or f.valid_to > ${ctx.today}::date) and ${below}
    ), shown as (
      select * from judged where ${input.search === '' ? sql`true` : sql`name ilike ${contains(input.search)}`}
        ${input.enough === undefined ? sql`` : sql`and (held >= ${required}) = ${input.enough}`}
    )`
  type Row = { code: string; name: string; held: number; attendance: number; outgoing: number }
  const { rows, townships, enough, total } = await readPage<Row, { townships: number; enough: number; total: number }>(
    ctx,
    {
      list,
      from: 'shown',
      order: sql`code`,
      sums: sql`(select count(*) from judged) as townships, (select count(*) from judged where held >= ${required}) as enough,
      (select count(*) from shown) as total`,
      page: input.page,
      pageSize: input.pageSize,
    },
  )
  return {
    required,
    townships,
    enough,
    total,
    rows: rows.map((row) => ({
      body: row.code,
      name: row.name,
      held: row.held,
      attendance: row.attendance,
      outgoingAttendance: row.outgoing,
      required,
      complies: row.held >= required ? true : end < ctx.today ? false : null,
    })),
  }
}

export const ListRightsTrainings = z.object({ year: z.int().min(2000).max(2100), ...paging })

/** The trainings of a year in sight, the latest first: counts, nobody's name. */
export async function listRightsTrainings(ctx: TenantContext, input: z.output<typeof ListRightsTrainings>) {
  requirePermission(ctx, 'organisation:read')
  const held = ctx.db
    .selectFrom('organisation.rights_training as t')
    .where('t.held_on', '>=', `${input.year}-01-01`)
    .where('t.held_on', '<=', `${input.year}-12-31`)
  const { total } = await held.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await held
    .innerJoin('tenancy.federation as f', 'f.id', 't.tenant_id')
    .select(['t.id', 't.held_on as heldOn', 't.topic', 't.attendance', 't.outgoing_attendance as outgoingAttendance'])
    .select(['f.code as body', 'f.name as bodyName', 't.actor'])
    .orderBy('t.held_on', 'desc')
    .orderBy('t.id', 'desc')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return { rows, total }
}
