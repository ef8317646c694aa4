import { wakeFeeds } from '@gonglian/indicators'
import {
  DomainError,
  found,
  listWithin,
  OpeningReason,
  paging,
  recordAudit,
  recordOpening,
  requirePermission,
  type TenantContext,
  within,
} from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { PersonName } from '../numbers/names.ts'
import { findUnion } from '../checklists/ledgers.ts'
import { screeningResults } from '../codes/women.ts'

/** Fewer persons than these are never counted by result (handbook, indicator 45). */
const smallestCell = 10

const sealedField = 'screening.result'
const sealedBytes = 2048
const Sealed = z.object({
  name: z.string(),
  phone: z.string(),
  result: z.enum(screeningResults),
  note: z.string(),
})
export type ScreeningFinding = z.output<typeof Sealed>

export const RecordScreening = z.object({
  unionId: z.int().positive().nullable().default(null),
  hospital: z.string().trim().max(80).default(''),
  heldOn: z.iso.date(),
  persons: z.int().min(1).max(100_000),
})

/** Notes a two-cancer screening (两癌筛查): how many took part, nothing about anybody. @throws DomainError invalid organisation.future */
export async function recordScreening(
  ctx: TenantContext,
  input: z.output<typeof RecordScreening>,
): Promise<{ screeningId: number }> {
  requirePermission(ctx, 'organisation:write')
  if (input.unionId !== null) await findUnion(ctx, input.unionId, { own: true })
  if (input.heldOn > ctx.today)
    throw new DomainError('invalid', 'organisation.future', {
      fields: [{ path: 'heldOn', key: 'organisation.future' }],
    })
  const { id } = await ctx.db
    .insertInto('organisation.screening')
    .values({
      tenant_id: ctx.tenantId,
      union_id: input.unionId,
      hospital: input.hospital,
      held_on: input.heldOn,
      persons: input.persons,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordAudit(ctx, {
    action: 'screening.record',
    objectKind: 'screening',
    objectId: id,
    after: { persons: input.persons },
  })
  wakeFeeds(ctx)
  return { screeningId: id }
}

export const KeepScreeningResult = z.object({
  screeningId: z.int().positive(),
  name: PersonName,
  phone: z.string().trim().max(30).default(''),
  result: z.enum(screeningResults),
  note: z.string().trim().max(500).default(''),
  /** Separate consent to keeping it (PIPL 29): without it nothing is kept. */
  consentOn: z.iso.date(),
  /** When she is asked again. Every result has one: a date alone does not say who is ill. */
  followUpOn: z.iso.date(),
})

/**
 * Keeps what was found with one woman, sealed whole: name, phone, finding (M194). Only the own body ever opens it.
 *
 * @throws DomainError not_found organisation.screeningNotFound; invalid organisation.consentAhead; conflict organisation.screeningFull
 */
export async function keepScreeningResult(
  ctx: TenantContext,
  input: z.output<typeof KeepScreeningResult>,
): Promise<{ resultId: number }> {
  requirePermission(ctx, 'member:write')
  const screening = found(
    await ctx.db
      .selectFrom('organisation.screening')
      .select(['id', 'persons'])
      .where('id', '=', input.screeningId)
      .where('tenant_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.screeningNotFound',
  )
  if (input.consentOn > ctx.today)
    throw new DomainError('invalid', 'organisation.consentAhead', {
      fields: [{ path: 'consentOn', key: 'organisation.consentAhead' }],
    })
  const { kept } = await ctx.db
    .selectFrom('organisation.screening_result')
    .select((eb) => eb.fn.countAll<number>().as('kept'))
    .where('screening_id', '=', screening.id)
    .executeTakeFirstOrThrow()
  if (kept >= screening.persons)
    throw new DomainError('conflict', 'organisation.screeningFull', { params: { persons: screening.persons } })
  const { name, phone, result, note } = input
  // Padded, so that the length of what is sealed says nothing either.
  const text = JSON.stringify({ name, phone, result, note } satisfies ScreeningFinding)
  const { id } = await ctx.db
    .insertInto('organisation.screening_result')
    .values({
      screening_id: screening.id,
      tenant_id: ctx.tenantId,
      sealed: ctx.vault.seal(sealedField, text + ' '.repeat(Math.max(0, sealedBytes - Buffer.byteLength(text)))),
      consent_on: input.consentOn,
      follow_up_on: input.followUpOn,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordAudit(ctx, { action: 'screening.keep', objectKind: 'screening_result', objectId: id })
  return { resultId: id }
}

export const OpenScreeningResult = z.object({ resultId: z.int().positive(), reason: OpeningReason })

/** Opens one result of the own body, with a reason that stands in its register of openings. */
export async function openScreeningResult(
  ctx: TenantContext,
  input: z.output<typeof OpenScreeningResult>,
): Promise<ScreeningFinding & { consentOn: string; followUpOn: string; followedUpOn: string | null; version: number }> {
  requirePermission(ctx, 'member:open')
  const row = found(
    await ctx.db
      .selectFrom('organisation.screening_result')
      .selectAll()
      .where('id', '=', input.resultId)
      .where('tenant_id', '=', ctx.tenantId)
      .executeTakeFirst(),
    'organisation.resultNotFound',
  )
  await recordOpening(ctx, {
    ownerId: row.tenant_id,
    objectKind: 'screening_result',
    objectId: row.id,
    fields: ['name', 'phone', 'result', 'note'],
    reason: input.reason,
  })
  const opened: unknown = JSON.parse(ctx.vault.open(sealedField, row.sealed))
  return {
    ...Sealed.parse(opened),
    consentOn: row.consent_on,
    followUpOn: row.follow_up_on,
    followedUpOn: row.followed_up_on,
    version: row.version,
  }
}

export const ListFollowUps = z.object({
  /** Due by this day; default thirty days ahead. */
  until: z.iso.date().optional(),
  ...paging,
})

/** Whom the own body must ask again, soonest first: numbers and days only, nobody is opened by looking at a list. */
export async function listFollowUps(ctx: TenantContext, input: z.output<typeof ListFollowUps>) {
  requirePermission(ctx, 'member:read')
  let query = ctx.db
    .selectFrom('organisation.screening_result as r')
    .innerJoin('organisation.screening as s', 's.id', 'r.screening_id')
    .where('r.tenant_id', '=', ctx.tenantId)
    .where('r.followed_up_on', 'is', null)
  query =
    input.until === undefined
      ? query.where('r.follow_up_on', '<=', sql<string>`(${ctx.today}::date + 30)`)
      : query.where('r.follow_up_on', '<=', input.until)
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .select(['r.id as resultId', 'r.version', 'r.follow_up_on as followUpOn', 's.held_on as heldOn', 's.hospital'])
    .orderBy('r.follow_up_on')
    .orderBy('r.id')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return { rows: rows.map((row) => ({ ...row, isOverdue: row.followUpOn < ctx.today })), total }
}

export const FollowUp = z.object({
  resultId: z.int().positive(),
  version: z.int().positive(),
  /** When to ask once more; null: nothing more to do. */
  again: z.iso.date().nullable().default(null),
})

/** Notes that she was asked. */
export async function followUp(ctx: TenantContext, input: z.output<typeof FollowUp>): Promise<{ version: number }> {
  requirePermission(ctx, 'member:write')
  const row = found(
    await ctx.db
      .selectFrom('organisation.screening_result')
      .select(['id', 'version'])
      .where('id', '=', input.resultId)
      .where('tenant_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.resultNotFound',
  )
  if (row.version !== input.version) throw new DomainError('conflict', 'errors.conflict')
  const version = row.version + 1
  await ctx.db
    .updateTable('organisation.screening_result')
    .set(input.again === null ? { followed_up_on: ctx.today, version } : { follow_up_on: input.again, version })
    .where('id', '=', row.id)
    .execute()
  await recordAudit(ctx, { action: 'screening.followUp', objectKind: 'screening_result', objectId: row.id })
  return { version }
}

export const ListScreenings = z.object({
  year: z.int().min(2000).max(2100),
  /** In the name of the hospital or the union. */
  search: z.string().trim().max(80).default(''),
  sort: z.enum(['held', '-held', 'persons', '-persons']).default('-held'),
  ...within,
  ...paging,
})

/** Screenings of a year in sight: person-times, which superiors see; results are counted by nobody above. */
export async function listScreenings(ctx: TenantContext, input: z.output<typeof ListScreenings>) {
  requirePermission(ctx, 'organisation:read')
  const bodies = await listWithin(ctx, input.body)
  let query = ctx.db
    .selectFrom('organisation.screening as s')
    .innerJoin('tenancy.federation as f', 'f.id', 's.tenant_id')
    .leftJoin('organisation.trade_union as u', 'u.id', 's.union_id')
    .where('s.held_on', '>=', `${input.year}-01-01`)
    .where('s.held_on', '<=', `${input.year}-12-31`)
  if (bodies !== null) query = query.where('s.tenant_id', '=', sql<number>`any (${bodies})`)
  if (input.search !== '') {
    const needle = `%${input.search.replaceAll(/[\\%_]/g, '\\$&')}%`
    query = query.where((eb) => eb.or([eb('s.hospital', 'ilike', needle), eb('u.name', 'ilike', needle)]))
  }
  const { total, persons } = await query
    .select((eb) => [eb.fn.countAll<number>().as('total'), sql<number>`coalesce(sum(s.persons), 0)`.as('persons')])
    .executeTakeFirstOrThrow()
  const rows = await query
    .select([
      's.id as screeningId',
      's.held_on as heldOn',
      's.hospital',
      's.persons',
      'u.name as unionName',
      'f.code as body',
      'f.name as bodyName',
    ])
    .orderBy(input.sort.endsWith('held') ? 's.held_on' : 's.persons', input.sort.startsWith('-') ? 'desc' : 'asc')
    .orderBy('s.id')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return { rows, total, persons: Number(persons) }
}

export const CountFindings = z.object({ year: z.int().min(2000).max(2100) })

/** What was found in a year in the own body, of ten persons or more; null: too few to count without telling who. */
export async function countFindings(ctx: TenantContext, input: z.output<typeof CountFindings>) {
  requirePermission(ctx, 'member:open')
  const rows = await ctx.db
    .selectFrom('organisation.screening_result as r')
    .innerJoin('organisation.screening as s', 's.id', 'r.screening_id')
    .select('r.sealed')
    .where('r.tenant_id', '=', ctx.tenantId)
    .where('s.held_on', '>=', `${input.year}-01-01`)
    .where('s.held_on', '<=', `${input.year}-12-31`)
    .execute()
  await recordAudit(ctx, { action: 'screening.count', objectKind: 'screening', objectId: input.year })
  if (rows.length < smallestCell) return null
  const found = rows.map((row) => {
    const opened: unknown = JSON.parse(ctx.vault.open(sealedField, row.sealed))
    return Sealed.parse(opened).result
  })
  const count = (result: ScreeningFinding['result']) => found.filter((one) => one === result).length
  return { persons: rows.length, normal: count('normal'), followUp: count('follow_up'), treatment: count('treatment') }
}
