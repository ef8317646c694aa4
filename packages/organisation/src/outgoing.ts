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

export const RecordTraining = z.object({
  heldOn: z.iso.date(),
  topic: z.string().trim().min(2).max(120),
  attendance: z.int().min(1).max(1_000_000),
  outgoingAttendance: z.int().min(0).max(1_000_000).default(0),
})
export const JudgeTraining = z.object({ year: z.int().min(2000).max(2100), body: FederationCode.optional() })

/**
 * A training of outgoing workers in their rights (M013). Counts only, so that superiors read it.
 *
 * @throws DomainError invalid organisation.training.future
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
        : (['outgoingAttendance', 'errors.invalid'] as const)
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

export type TrainingVerdict = {
  readonly body: string
  readonly name: string
  readonly held: number
  readonly attendance: number
  readonly required: number
  /** Null while the year runs and the number is not yet reached: still possible. */
  readonly complies: boolean | null
}

/** Whether each township below (or the body itself) held the trainings of a year that the rule asks for (M013). */
export async function judgeTraining(
  ctx: TenantContext,
  input: z.output<typeof JudgeTraining>,
): Promise<{ required: number; rows: TrainingVerdict[] }> {
  requirePermission(ctx, 'organisation:read')
  const root = input.body === undefined ? ctx.tenantId : (await getFederation(ctx, input.body)).id
  const end = `${input.year}-12-31`
  const required = await readLimit(ctx, memberLimits.yearlyTrainings)
  const { rows } = await sql<{ code: string; name: string; held: number; attendance: number }>`
    select f.code, f.name, count(t.id)::int as held, coalesce(sum(t.attendance), 0)::int as attendance
    from tenancy.federation f
    left join organisation.rights_training t on t.tenant_id = f.id and t.held_on between ${`${input.year}-01-01`} and ${end}
    where f.level = 'township' and (f.id = ${root} or f.id in (
      with recursive below (id) as (
        select ${root}::int union select l.federation_id from below join tenancy.link l on l.parent_id = below.id and l.hierarchy = 'regional'
          and l.valid_to is null)
      select id from below))
    group by f.code, f.name order by f.code`.execute(ctx.db)
  return {
    required,
    rows: rows.map((row) => ({
      body: row.code,
      name: row.name,
      held: row.held,
      attendance: row.attendance,
      required,
      complies: row.held >= required ? true : end < ctx.today ? false : null,
    })),
  }
}

/** Where the own outgoing members are, counted by destination (M013). */
export async function listOutgoing(ctx: TenantContext): Promise<{ destination: string; members: number }[]> {
  requirePermission(ctx, 'member:read')
  const { rows } = await sql<{ destination: string; members: number }>`
    select destination, count(*)::int as members from organisation.member
    where tenant_id = ${ctx.tenantId} and state in ('active', 'retained') and destination <> ''
    group by destination order by members desc, destination limit 500`.execute(ctx.db)
  return rows
}
