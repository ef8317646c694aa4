import { wakeFeeds } from '@gonglian/indicators'
import { checkVersion, defineCommand, defineList } from '@gonglian/records'
import {
  DomainError,
  found,
  recordAudit,
  recordPersonFile,
  requireFreshProof,
  requirePermission,
  type TenantContext,
} from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { attendances } from '../codes/cadres.ts'
import { escapeLike } from '../numbers/names.ts'
import { cancelTrainingForm, planTrainingForm, trainingView } from './training.ts'

export const planTraining = defineCommand(planTrainingForm, {
  action: 'training.plan',
  object: 'training',
  run: async (ctx, input) => {
    const { id, version } = await ctx.db
      .insertInto('organisation.training')
      .values({
        tenant_id: ctx.tenantId,
        name: input.name,
        kind: input.kind,
        topic: input.topic,
        host: input.host,
        starts_on: input.startsOn,
        ends_on: input.endsOn,
        planned_persons: input.plannedPersons,
      })
      .returning(['id', 'version'])
      .executeTakeFirstOrThrow()
    return { answer: { trainingId: id, version }, objectId: id, after: { kind: input.kind, topic: input.topic } }
  },
})

/** @throws DomainError conflict errors.conflict; not_found for a training of another body */
async function lockTraining(ctx: TenantContext, ref: { readonly trainingId: number; readonly version: number }) {
  const row = found(
    await ctx.db
      .selectFrom('organisation.training')
      .selectAll()
      .where('id', '=', ref.trainingId)
      .where('tenant_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.trainingNotFound',
  )
  checkVersion(row, ref.version)
  return row
}

/** @throws DomainError conflict organisation.trainingHeld */
export const cancelTraining = defineCommand(cancelTrainingForm, {
  action: 'training.cancel',
  object: 'training',
  run: async (ctx, input) => {
    const row = await lockTraining(ctx, input)
    if (row.state !== 'planned') throw new DomainError('conflict', 'organisation.trainingHeld')
    await ctx.db
      .updateTable('organisation.training')
      .set({ state: 'cancelled', version: row.version + 1 })
      .where('id', '=', row.id)
      .execute()
    return { answer: undefined, objectId: row.id }
  },
})

/** Who was there is counted for the rows of a page, and for the sums of those that were held, by the primary key of the attendance. */
export const listTrainings = defineList(trainingView, {
  rows: (ctx) =>
    ctx.db
      .selectFrom('organisation.training as t')
      .innerJoin('tenancy.federation as f', 'f.id', 't.tenant_id')
      .select(['t.id', 't.tenant_id as tenantId', 't.version', 'f.name as body', 't.name', 't.kind', 't.topic'])
      .select(['t.host', 't.starts_on as startsOn', 't.ends_on as endsOn', 't.state'])
      .select('t.planned_persons as plannedPersons')
      .select(
        sql<number>`t.audience + (
          select count(*) from organisation.attendance a where a.training_id = t.id and a.result in ('attended', 'passed'))`.as(
          'personTimes',
        ),
      ),
  search: (words) => sql`r.name ilike ${`%${escapeLike(words)}%`}`,
  sums: {
    planned: sql`count(*) filter (where r.state <> 'cancelled')`,
    plannedPersons: sql`coalesce(sum(r."plannedPersons") filter (where r.state <> 'cancelled'), 0)`,
    held: sql`count(*) filter (where r.state = 'held')`,
    personTimes: sql`coalesce(sum(r."personTimes") filter (where r.state = 'held'), 0)`,
  },
})

export const HoldTraining = z.object({
  trainingId: z.int().positive(),
  version: z.int().positive(),
  /** Who was there, of the own body and below. */
  officers: z
    .array(z.object({ officerId: z.int().positive(), result: z.enum(attendances).default('attended') }))
    .max(5000)
    .default([]),
  /** Heard it without standing in the register. */
  audience: z.int().min(0).max(100_000).default(0),
})

/**
 * Notes that a training was held, and who was there. Each name once; a second note replaces the first.
 *
 * @throws DomainError invalid organisation.officerNotFound, organisation.future; conflict organisation.trainingCancelled
 */
export async function holdTraining(
  ctx: TenantContext,
  input: z.output<typeof HoldTraining>,
): Promise<{ version: number; personTimes: number }> {
  requirePermission(ctx, 'organisation:write')
  const row = await lockTraining(ctx, input)
  if (row.state === 'cancelled') throw new DomainError('conflict', 'organisation.trainingCancelled')
  if (row.starts_on > ctx.today) throw new DomainError('invalid', 'organisation.future')
  const officers = new Map(input.officers.map((one) => [one.officerId, one.result]))
  const known =
    officers.size === 0
      ? []
      : await ctx.db
          .selectFrom('organisation.officer')
          .select(['id', 'tenant_id'])
          .where('id', 'in', [...officers.keys()])
          .execute()
  const owners = new Map(known.map((one) => [one.id, one.tenant_id]))
  const fields = input.officers.flatMap((one, index) =>
    owners.has(one.officerId) ? [] : [{ path: `officers.${index}.officerId`, key: 'organisation.officerNotFound' }],
  )
  if (fields.length > 0) throw new DomainError('invalid', 'errors.invalid', { fields })
  await ctx.db.deleteFrom('organisation.attendance').where('training_id', '=', row.id).execute()
  if (officers.size > 0)
    await ctx.db
      .insertInto('organisation.attendance')
      .values(
        [...officers].map(([officerId, result]) => ({
          training_id: row.id,
          officer_id: officerId,
          tenant_id: ctx.tenantId,
          owner_id: owners.get(officerId) ?? ctx.tenantId,
          result,
        })),
      )
      .execute()
  const version = row.version + 1
  await ctx.db
    .updateTable('organisation.training')
    .set({ state: 'held', audience: input.audience, version })
    .where('id', '=', row.id)
    .execute()
  const personTimes = [...officers.values()].filter((result) => result !== 'absent').length + input.audience
  await recordAudit(ctx, { action: 'training.hold', objectKind: 'training', objectId: row.id, after: { personTimes } })
  wakeFeeds(ctx)
  return { version, personTimes }
}

/**
 * One training with the officers who were there, or should have been. Their own bodies' trainings and those below.
 *
 * @throws DomainError not_found organisation.trainingNotFound
 */
export async function getTraining(ctx: TenantContext, trainingId: number) {
  requirePermission(ctx, 'organisation:read')
  const training = found(
    await ctx.db
      .selectFrom('organisation.training as t')
      .innerJoin('tenancy.federation as f', 'f.id', 't.tenant_id')
      .selectAll('t')
      .select(['f.name as bodyName', 'f.code as body'])
      .where('t.id', '=', trainingId)
      .executeTakeFirst(),
    'organisation.trainingNotFound',
  )
  const attendance = await ctx.db
    .selectFrom('organisation.attendance as a')
    .innerJoin('organisation.officer as o', 'o.id', 'a.officer_id')
    .innerJoin('tenancy.federation as f', 'f.id', 'o.tenant_id')
    .leftJoin('organisation.trade_union as u', 'u.id', 'o.union_id')
    .select(['o.id as officerId', 'o.name', 'o.post', 'u.name as unionName', 'f.name as bodyName', 'a.result'])
    .where('a.training_id', '=', trainingId)
    .orderBy('f.code')
    .orderBy('o.id')
    .execute()
  return { training, attendance }
}

/** Who was at a training, for a file. */
export async function exportAttendance(ctx: TenantContext, trainingId: number) {
  requirePermission(ctx, 'organisation:read')
  requireFreshProof(ctx)
  const { attendance } = await getTraining(ctx, trainingId)
  await recordPersonFile(ctx, 'cadres.getTraining', attendance.length)
  return attendance
}
