import { wakeFeeds } from '@gonglian/indicators'
import {
  DomainError,
  found,
  listWithin,
  paging,
  recordAudit,
  requirePermission,
  type TenantContext,
  within,
} from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { escapeLike } from '../numbers/names.ts'
import { readPage } from '../pages.ts'
import { attendances, trainingKinds, trainingStates, trainingTopics } from '../codes/cadres.ts'

const Kind = z.enum(trainingKinds)
const Topic = z.enum(trainingTopics)

export const PlanTraining = z
  .object({
    name: z.string().trim().min(2).max(80),
    /** A class of one's own, a lecture of a tour (巡回讲堂), an exchange meeting, or people sent to somebody else's class. */
    kind: Kind,
    topic: Topic.default('general'),
    host: z.string().trim().max(120).default(''),
    startsOn: z.iso.date(),
    endsOn: z.iso.date(),
    plannedPersons: z.int().min(0).max(100_000).default(0),
  })
  .refine((input) => input.endsOn >= input.startsOn, { path: ['endsOn'], message: 'errors.inputChoice' })

/** Plans a training of the own body (M174, M209). */
export async function planTraining(
  ctx: TenantContext,
  input: z.output<typeof PlanTraining>,
): Promise<{ trainingId: number; version: number }> {
  requirePermission(ctx, 'organisation:write')
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
  await recordAudit(ctx, {
    action: 'training.plan',
    objectKind: 'training',
    objectId: id,
    after: { kind: input.kind, topic: input.topic },
  })
  return { trainingId: id, version }
}

async function lockTraining(ctx: TenantContext, ref: { trainingId: number; version: number }) {
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
  if (row.version !== ref.version) throw new DomainError('conflict', 'errors.conflict')
  return row
}

const Ref = { trainingId: z.int().positive(), version: z.int().positive() }
export const HoldTraining = z.object({
  ...Ref,
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

export const CancelTraining = z.object(Ref)

export async function cancelTraining(ctx: TenantContext, input: z.output<typeof CancelTraining>): Promise<void> {
  requirePermission(ctx, 'organisation:write')
  const row = await lockTraining(ctx, input)
  if (row.state !== 'planned') throw new DomainError('conflict', 'organisation.trainingHeld')
  await ctx.db
    .updateTable('organisation.training')
    .set({ state: 'cancelled', version: row.version + 1 })
    .where('id', '=', row.id)
    .execute()
  await recordAudit(ctx, { action: 'training.cancel', objectKind: 'training', objectId: row.id })
}

export const ListTrainings = z.object({
  year: z.int().min(2000).max(2100),
  kinds: z.array(Kind).max(4).default([]),
  states: z.array(z.enum(trainingStates)).max(3).default([]),
  /** In the name of the training. */
  search: z.string().trim().max(80).default(''),
  ...within,
  ...paging,
})

export type ListedTraining = {
  trainingId: number
  version: number
  body: string
  bodyName: string
  name: string
  kind: z.output<typeof Kind>
  topic: z.output<typeof Topic>
  host: string
  startsOn: string
  endsOn: string
  state: (typeof trainingStates)[number]
  plannedPersons: number
  personTimes: number
}

/** The training register of a year, with what was planned and what was done: classes, meetings and person-times (M174). */
export async function listTrainings(ctx: TenantContext, input: z.output<typeof ListTrainings>) {
  requirePermission(ctx, 'organisation:read')
  const bodies = await listWithin(ctx, input.body)
  const list = sql`
    with chosen as materialized (
      select t.* from organisation.training t
      where t.starts_on between ${`${input.year}-01-01`}::date and ${`${input.year}-12-31`}::date
        and (cardinality(${input.kinds}::text[]) = 0 or t.kind = any (${input.kinds}::text[]))
        and (cardinality(${input.states}::text[]) = 0 or t.state = any (${input.states}::text[]))
        and t.name ilike ${`%${escapeLike(input.search)}%`}
        and (${bodies}::int[] is null or t.tenant_id = any (${bodies}::int[]))
    ), present as materialized (
      select a.training_id, count(*) as persons from organisation.attendance a
      where a.training_id = any (array(select id from chosen)) and a.result in ('attended', 'passed') group by 1
    ), wanted as materialized (
      select t.id as "trainingId", t.version, f.code as body, f.name as "bodyName", t.name, t.kind, t.topic, t.host, t.starts_on as "startsOn",
        t.ends_on as "endsOn", t.state, t.planned_persons as "plannedPersons", t.audience + coalesce(p.persons, 0) as "personTimes"
      from chosen t join tenancy.federation f on f.id = t.tenant_id left join present p on p.training_id = t.id
    )`
  const { rows, ...sums } = await readPage<
    ListedTraining,
    { total: number; planned: number; plannedPersons: number; held: number; personTimes: number }
  >(ctx, {
    list,
    from: 'wanted',
    order: sql`"startsOn" desc, "trainingId"`,
    sums: sql`(select count(*) from wanted) as total, (select count(*) from wanted where state <> 'cancelled') as planned,
      (select coalesce(sum("plannedPersons"), 0)::bigint from wanted where state <> 'cancelled') as "plannedPersons",
      (select count(*) from wanted where state = 'held') as held,
      (select coalesce(sum("personTimes"), 0)::bigint from wanted where state = 'held') as "personTimes"`,
    ...input,
  })
  return {
    rows,
    total: sums.total,
    planned: { trainings: sums.planned, persons: sums.plannedPersons },
    held: { trainings: sums.held, personTimes: sums.personTimes },
  }
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
