import { sql } from 'kysely'
import { z } from 'zod'
import {
  DomainError,
  FederationCode,
  actorName,
  getFederation,
  recordAudit,
  requirePermission,
  type TenantContext,
} from '@gonglian/tenancy'
import { readLimit } from './limits.ts'
import { memberLimits } from './member-limits.ts'
import { paging } from './scope.ts'

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
 */
export async function judgeTraining(
  ctx: TenantContext,
  input: z.output<typeof JudgeTraining>,
): Promise<{ required: number; townships: number; enough: number; rows: TrainingVerdict[]; total: number }> {
  requirePermission(ctx, 'organisation:read')
  const root = input.body === undefined ? ctx.tenantId : (await getFederation(ctx, input.body)).id
  const end = `${input.year}-12-31`
  const required = await readLimit(ctx, memberLimits.yearlyTrainings)
  const judged = sql`
    with recursive below (id) as (
      select ${root}::int union select l.federation_id from below join tenancy.link l on l.parent_id = below.id and l.hierarchy = 'regional'
        and l.valid_to is null),
    judged as (
      select f.code, f.name, count(t.id)::int as held, coalesce(sum(t.attendance), 0)::int as attendance,
        coalesce(sum(t.outgoing_attendance), 0)::int as outgoing
      from below join tenancy.federation f on f.id = below.id and f.level = 'township'
      left join organisation.rights_training t on t.tenant_id = f.id and t.held_on between ${`${input.year}-01-01`} and ${end}
      group by f.code, f.name)`
  const shown = sql`name ilike ${contains(input.search)} ${
    input.enough === undefined ? sql`` : sql`and (held >= ${required}) = ${input.enough}`
  }`
  const { rows: sums } = await sql<{ townships: number; enough: number; total: number }>`${judged}
    select count(*)::int as townships, count(*) filter (where held >= ${required})::int as enough, count(*) filter (where ${shown})::int as total
    from judged`.execute(ctx.db)
  const { rows } = await sql<{
    code: string
    name: string
    held: number
    attendance: number
    outgoing: number
  }>`${judged}
    select * from judged where ${shown} order by code limit ${input.pageSize} offset ${(input.page - 1) * input.pageSize}`.execute(
    ctx.db,
  )
  const { townships = 0, enough = 0, total = 0 } = sums[0] ?? {}
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
