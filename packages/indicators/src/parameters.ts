import { sql } from 'kysely'
import { z } from 'zod'
import type { JsonValue } from '@gonglian/db'
import { DomainError, recordAudit, requireFreshProof, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { HolidayCalendar } from './deadlines.ts'
import { listTerritory } from './issuers.ts'

/**
 * What differs by place or changes by year is a parameter, never a constant (handbook 4.4): a key, values by body and date,
 * each with its source. Here are the keys this package knows; other packages bring theirs.
 */
const parameterSchemas = { 'calendar.holidays': HolidayCalendar } as const satisfies Record<string, z.ZodType>

export const ParameterKey = z.string().regex(/^[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*){1,4}$/, 'errors.parameterKey')

export type ParameterValue<T> = {
  readonly value: T
  /** The document behind the value. */
  readonly source: string
  /** Code of the body that set it; the nearest above the asking body. */
  readonly from: string
  readonly fromName: string
  readonly validFrom: string
}

type Found = {
  value: JsonValue
  source: string
  from: string
  fromName: string
  validFrom: string
  validTo: string | null
}

/**
 * The values in force for a body on a day, the nearest body's per key (county, city, province, national).
 * Enters the table by (tenant_id, key) of at most five bodies.
 */
async function findParameters(
  ctx: TenantContext,
  federationId: number,
  on: string,
  key?: string,
): Promise<Map<string, Found>> {
  const territory = await listTerritory(ctx, federationId)
  let query = ctx.db
    .selectFrom('indicators.parameter')
    .select(['tenant_id', 'key', 'value', 'source', 'valid_from', 'valid_to'])
    .where('tenant_id', '=', sql<number>`any (${territory.map((body) => body.id)})`)
    .where('valid_from', '<=', on)
    .where((eb) => eb.or([eb('valid_to', 'is', null), eb('valid_to', '>', on)]))
  if (key !== undefined) query = query.where('key', '=', key)
  const rows = await query.execute()
  const nearest = new Map<string, Found>()
  for (const body of territory) {
    for (const row of rows) {
      if (row.tenant_id !== body.id || nearest.has(row.key)) continue
      nearest.set(row.key, {
        value: row.value,
        source: row.source,
        from: body.code,
        fromName: body.name,
        validFrom: row.valid_from,
        validTo: row.valid_to,
      })
    }
  }
  return nearest
}

/**
 * The value of a parameter where and when it is asked for: the body's own, else its superiors' in turn.
 *
 * @param options.federationId a body within sight; default: the acting body
 * @param options.on a day, "2026-09-05"; default: today
 * @throws DomainError not_found errors.parameterMissing; invalid errors.parameterValue when what is stored does not fit the schema
 */
export async function getParameter<T>(
  ctx: TenantContext,
  key: string,
  schema: z.ZodType<T>,
  options: { federationId?: number; on?: string } = {},
): Promise<ParameterValue<T>> {
  requirePermission(ctx, 'parameter:read')
  const row = (await findParameters(ctx, options.federationId ?? ctx.tenantId, options.on ?? ctx.today, key)).get(key)
  if (row === undefined) throw new DomainError('not_found', 'errors.parameterMissing', { params: { key } })
  const parsed = schema.safeParse(row.value)
  if (!parsed.success) throw new DomainError('invalid', 'errors.parameterValue', { params: { key } })
  return { value: parsed.data, source: row.source, from: row.from, fromName: row.fromName, validFrom: row.validFrom }
}

export type Parameter = {
  readonly key: string
  readonly value: JsonValue
  /** The document behind the value, or the rule where nobody has set one. */
  readonly source: string
  /** Code of the body that set it; null: nobody has, and the rule holds. */
  readonly from: string | null
  readonly fromName: string | null
  readonly validFrom: string | null
  readonly validTo: string | null
  readonly isOwn: boolean
}

/**
 * Every parameter in force for the body, by key, with where each value comes from.
 *
 * @param options.rules what holds where nobody has set anything
 */
export async function listParameters(
  ctx: TenantContext,
  options: { on?: string; rules?: readonly { key: string; value: JsonValue; rule: string }[] } = {},
): Promise<Parameter[]> {
  requirePermission(ctx, 'parameter:read')
  const nearest = await findParameters(ctx, ctx.tenantId, options.on ?? ctx.today)
  const own = (await listTerritory(ctx, ctx.tenantId))[0]?.code
  const unset = { from: null, fromName: null, validFrom: null, validTo: null, isOwn: false }
  return [
    ...[...nearest].map(([key, row]) => ({ key, ...row, isOwn: row.from === own })),
    ...(options.rules ?? [])
      .filter(({ key }) => !nearest.has(key))
      .map(({ key, value, rule }) => ({ key, value, source: rule, ...unset })),
  ].toSorted((a, b) => (a.key < b.key ? -1 : 1))
}

export const SetParameter = z.object({
  key: ParameterKey,
  value: z.json(),
  validFrom: z.iso.date(),
  validTo: z.iso.date().optional(),
  source: z.string().trim().min(2).max(300),
})

function refuseField(
  code: 'invalid' | 'conflict',
  path: string,
  key: string,
  params: Record<string, string> = {},
): DomainError {
  return new DomainError(code, key, { params, fields: [{ path, key, params }] })
}

/**
 * Sets a parameter for the acting body from a day on; an open value before it ends on that day. Values of the past stay
 * (P5): a period is judged by what was in force then.
 *
 * @param schema for keys of other packages; the keys of this one are known
 * @throws DomainError invalid errors.parameterUnknown, errors.parameterValue, errors.parameterDates; conflict errors.parameterOverlap
 */
export async function setParameter(
  ctx: TenantContext,
  input: z.output<typeof SetParameter>,
  schema?: z.ZodType,
): Promise<void> {
  requirePermission(ctx, 'parameter:change')
  requireFreshProof(ctx)
  const known = schema ?? Object.entries(parameterSchemas).find(([key]) => key === input.key)?.[1]
  if (known === undefined) throw refuseField('invalid', 'key', 'errors.parameterUnknown', { key: input.key })
  if (!known.safeParse(input.value).success)
    throw refuseField('invalid', 'value', 'errors.parameterValue', { key: input.key })
  if (input.validTo !== undefined && input.validTo <= input.validFrom)
    throw refuseField('invalid', 'validTo', 'errors.parameterDates')
  // Two changes of one key take turns, so that the second sees what the first left.
  await sql`select pg_advisory_xact_lock(7010, ${ctx.tenantId})`.execute(ctx.db)
  const mine = ctx.db
    .selectFrom('indicators.parameter')
    .selectAll()
    .where('tenant_id', '=', ctx.tenantId)
    .where('key', '=', input.key)
  const rows = await mine.orderBy('valid_from').execute()
  const before = rows.find((row) => row.valid_from < input.validFrom && row.valid_to === null)
  const others = rows.filter((row) => row !== before)
  const collides = others.some(
    (row) =>
      (row.valid_to === null || row.valid_to > input.validFrom) &&
      (input.validTo === undefined || row.valid_from < input.validTo),
  )
  if (collides) throw refuseField('conflict', 'validFrom', 'errors.parameterOverlap', { key: input.key })
  if (before)
    await ctx.db
      .updateTable('indicators.parameter')
      .set({ valid_to: input.validFrom })
      .where('id', '=', before.id)
      .execute()
  await ctx.db
    .insertInto('indicators.parameter')
    .values({
      tenant_id: ctx.tenantId,
      key: input.key,
      value: JSON.stringify(input.value),
      valid_from: input.validFrom,
      valid_to: input.validTo ?? null,
      source: input.source,
    })
    .execute()
  await recordAudit(ctx, {
    action: 'parameter.set',
    objectKind: 'parameter',
    objectId: input.key,
    before: before ? { value: before.value, validFrom: before.valid_from, source: before.source } : null,
    after: { value: input.value, validFrom: input.validFrom, source: input.source },
  })
}

/**
 * Sets a parameter unless the acting body already has this very value from that day on. For loaders.
 */
export async function loadParameter(ctx: TenantContext, input: z.input<typeof SetParameter>): Promise<void> {
  requirePermission(ctx, 'parameter:change')
  const present = await ctx.db
    .selectFrom('indicators.parameter')
    .select('id')
    .where('tenant_id', '=', ctx.tenantId)
    .where('key', '=', input.key)
    .where(sql<boolean>`(valid_from >= ${input.validFrom} or value = ${JSON.stringify(input.value)}::jsonb)`)
    .executeTakeFirst()
  // A later value set by hand is not undone by loading the data again.
  if (present === undefined) await setParameter(ctx, SetParameter.parse(input))
}

/** The calendar of holidays that holds for the body today, with its source (DL-02). */
export async function getCalendar(ctx: TenantContext): Promise<ParameterValue<HolidayCalendar>> {
  return getParameter(ctx, 'calendar.holidays', HolidayCalendar)
}

/** The holidays that working days are counted by; before a calendar is loaded there are weekends and the holidays of fixed date. */
export async function readCalendar(ctx: TenantContext): Promise<HolidayCalendar> {
  try {
    return (await getCalendar(ctx)).value
  } catch (error) {
    if (error instanceof DomainError && error.key === 'errors.parameterMissing') return { years: [] }
    throw error
  }
}
