import { wakeFeeds } from '@gonglian/indicators'
import { DomainError, found, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql, type RawBuilder, type Selectable } from 'kysely'
import type { DB } from '@gonglian/db'
import { z } from 'zod'
import { checkCreditCode } from '../numbers/credit-codes.ts'
import { foldName } from '../numbers/names.ts'
import { listSteps, recordStep, type Step } from '../steps.ts'
import { ownerships, unitClasses } from '../codes/unions.ts'
export { ownerships, unitClasses } from '../codes/unions.ts'

/** M053: 两新组织, 商超, 农民专业合作社 and the rest. */

const heads = z.int().min(0).max(2_000_000).nullable().default(null)

export const RegisterEmployer = z.object({
  creditCode: z.string().trim().max(40).nullable().default(null),
  /** The certificate says so, though the check sign is wrong. */
  isEarlyCode: z.boolean().default(false),
  name: z.string().trim().min(2).max(120),
  areaCode: z
    .string()
    .trim()
    .regex(/^\d{0,12}$/)
    .default(''),
  address: z.string().trim().max(200).default(''),
  park: z.string().trim().max(80).default(''),
  industry: z
    .string()
    .regex(/^[A-T]?$/)
    .default(''),
  ownership: z.enum(ownerships).default('private'),
  unitClass: z.enum(unitClasses).default('enterprise'),
  headcount: heads,
  femaleCount: heads,
  migrantCount: heads,
  newFormCount: heads,
  nonQuotaCount: heads,
  hasPartyOrganisation: z.boolean().nullable().default(null),
  foundedOn: z.iso.date().nullable().default(null),
})

export const ChangeEmployer = RegisterEmployer.extend({ employerId: z.int().positive(), version: z.int().min(1) })
export const CloseEmployer = z.object({
  employerId: z.int().positive(),
  version: z.int().min(1),
  status: z.enum(['suspended', 'operating', 'closed', 'moved']),
  on: z.iso.date(),
  reason: z.string().trim().min(2).max(300),
})

export type EmployerRow = Selectable<DB['organisation.employer']>

/** A field that is wrong, and nothing else. */
function refuse(path: string, key: string, code: 'invalid' | 'conflict' = 'invalid'): DomainError {
  return new DomainError(code, key, { fields: [{ path, key }] })
}

function checkFields(ctx: TenantContext, input: z.output<typeof RegisterEmployer>) {
  const code =
    input.creditCode === null || input.creditCode === ''
      ? null
      : checkCreditCode(input.creditCode, { acceptsEarly: input.isEarlyCode })
  if (code && !code.ok) {
    const [error] = code.errors
    throw new DomainError('invalid', error?.key ?? 'errors.invalid', {
      ...(error?.params ? { params: error.params } : {}),
      fields: [
        { path: 'creditCode', key: error?.key ?? 'errors.invalid', ...(error?.params ? { params: error.params } : {}) },
      ],
    })
  }
  const parts = ['femaleCount', 'migrantCount', 'newFormCount', 'nonQuotaCount'] as const
  for (const part of parts) {
    const value = input[part]
    if (value !== null && (input.headcount === null || value > input.headcount))
      throw refuse(part, 'organisation.employer.partExceeds')
  }
  if (input.foundedOn !== null && input.foundedOn > ctx.today) throw refuse('foundedOn', 'organisation.future')
  return {
    credit_code: code ? code.value : null,
    name: input.name,
    name_key: foldName(input.name),
    area_code: input.areaCode,
    address: input.address,
    park: input.park,
    industry: input.industry,
    ownership: input.ownership,
    unit_class: input.unitClass,
    headcount: input.headcount,
    female_count: input.femaleCount,
    migrant_count: input.migrantCount,
    new_form_count: input.newFormCount,
    non_quota_count: input.nonQuotaCount,
    has_party_organisation: input.hasPartyOrganisation,
    founded_on: input.foundedOn,
  }
}

async function refuseTwin(ctx: TenantContext, creditCode: string | null, except = 0): Promise<void> {
  if (creditCode === null) return
  const twin = await ctx.db
    .selectFrom('organisation.employer')
    .select('id')
    .where('tenant_id', '=', ctx.tenantId)
    .where('credit_code', '=', creditCode)
    .where('id', '<>', except)
    .executeTakeFirst()
  if (twin) throw refuse('creditCode', 'organisation.employer.codeTaken', 'conflict')
}

/** An employer of the body's own, held until the end of the transaction. */
export async function holdEmployer(ctx: TenantContext, employerId: number, version?: number): Promise<EmployerRow> {
  const row = found(
    await ctx.db
      .selectFrom('organisation.employer')
      .selectAll()
      .where('id', '=', employerId)
      .where('tenant_id', '=', ctx.tenantId)
      .forUpdate()
      .executeTakeFirst(),
    'organisation.employer.notFound',
  )
  if (version !== undefined && row.version !== version) throw new DomainError('conflict', 'errors.conflict')
  return row
}

/**
 * Locks the unions that cover employers: their headcounts follow what the employers say (0052). Before the employers are locked, in the order of whoever
 * covers employers with a union it has locked.
 */
export async function lockUnionsOf(ctx: TenantContext, employerIds: RawBuilder<unknown>): Promise<void> {
  await sql`
    select from organisation.trade_union
    where tenant_id = ${ctx.tenantId} and ended_on is null and id in (
      select id from organisation.trade_union where tenant_id = ${ctx.tenantId} and employer_id in (${employerIds})
      union select union_id from organisation.covered_unit where employer_id in (${employerIds}) and valid_to is null)
    order by id for no key update`.execute(ctx.db)
}

/**
 * One employer with what happened to it.
 *
 * @throws DomainError not_found
 */
export async function getEmployer(
  ctx: TenantContext,
  employerId: number,
): Promise<{ employer: EmployerRow; steps: Step[] }> {
  requirePermission(ctx, 'organisation:read')
  const employer = found(
    await ctx.db.selectFrom('organisation.employer').selectAll().where('id', '=', employerId).executeTakeFirst(),
    'organisation.employer.notFound',
  )
  return { employer, steps: await listSteps(ctx, 'employer', employerId) }
}

/**
 * Enters an employer into the body's register.
 *
 * @throws DomainError invalid for a wrong credit code or parts above the whole; conflict organisation.employer.codeTaken
 */
export async function registerEmployer(
  ctx: TenantContext,
  input: z.output<typeof RegisterEmployer>,
): Promise<{ employerId: number; version: number }> {
  requirePermission(ctx, 'organisation:write')
  const fields = checkFields(ctx, input)
  await refuseTwin(ctx, fields.credit_code)
  const row = await ctx.db
    .insertInto('organisation.employer')
    .values({ ...fields, tenant_id: ctx.tenantId, source: 'register' })
    // Somebody may register the same code at this moment.
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'version'])
    .executeTakeFirst()
  if (!row) throw refuse('creditCode', 'organisation.employer.codeTaken', 'conflict')
  await recordStep(ctx, { kind: 'employer', id: row.id, from: '', to: 'operating' })
  return { employerId: row.id, version: row.version }
}

/**
 * Corrects an employer; a former name stays on record, so that lists which still carry it match. The headcounts of the unions that cover it follow.
 *
 * @throws DomainError invalid for a wrong credit code or parts above the whole; conflict organisation.employer.codeTaken
 */
export async function changeEmployer(
  ctx: TenantContext,
  input: z.output<typeof ChangeEmployer>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:write')
  await lockUnionsOf(ctx, sql`${input.employerId}::bigint`)
  const before = await holdEmployer(ctx, input.employerId, input.version)
  const fields = checkFields(ctx, input)
  await refuseTwin(ctx, fields.credit_code, before.id)
  const isRenamed = before.name_key !== fields.name_key
  const row = await ctx.db
    .updateTable('organisation.employer')
    .set({
      ...fields,
      version: before.version + 1,
      ...(isRenamed
        ? { former_names: [...before.former_names, before.name], former_keys: [...before.former_keys, before.name_key] }
        : {}),
    })
    .where('id', '=', before.id)
    .returning('version')
    .executeTakeFirstOrThrow()
  await recordAudit(ctx, {
    action: 'employer.change',
    objectKind: 'employer',
    objectId: before.id,
    before: { name: before.name, headcount: before.headcount, creditCode: before.credit_code },
    after: { name: fields.name, headcount: fields.headcount, creditCode: fields.credit_code },
  })
  wakeFeeds(ctx)
  return { version: row.version }
}

/**
 * Suspends, reopens, closes or moves away an employer. A union of a closed one stays until every member and its property are settled
 * (ORG-04): it is put into restructuring, where it waits to be revoked or merged.
 *
 * @throws DomainError conflict for one that is closed already
 */
export async function closeEmployer(
  ctx: TenantContext,
  input: z.output<typeof CloseEmployer>,
): Promise<{ version: number; unionIds: number[] }> {
  requirePermission(ctx, 'organisation:write')
  const before = await holdEmployer(ctx, input.employerId, input.version)
  if (before.status === 'closed' || before.status === 'moved' || before.status === input.status)
    throw new DomainError('conflict', 'organisation.employer.closed')
  if (input.on > ctx.today) throw refuse('on', 'organisation.future')
  const isEnd = input.status === 'closed' || input.status === 'moved'
  const row = await ctx.db
    .updateTable('organisation.employer')
    .set({ status: input.status, ended_on: isEnd ? input.on : null, version: before.version + 1 })
    .where('id', '=', before.id)
    .returning('version')
    .executeTakeFirstOrThrow()
  await recordStep(ctx, {
    kind: 'employer',
    id: before.id,
    from: before.status,
    to: input.status,
    reason: input.reason,
  })
  const unionIds = isEnd ? await unsettleUnions(ctx, before.id, input) : []
  if (isEnd) await closeLead(ctx, before.id, input)
  return { version: row.version, unionIds }
}

async function closeLead(ctx: TenantContext, employerId: number, input: { on: string; reason: string }): Promise<void> {
  const lead = await ctx.db
    .selectFrom('organisation.lead')
    .select(['id', 'state'])
    .where('employer_id', '=', employerId)
    .where('ended_on', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (!lead) return
  await ctx.db
    .updateTable('organisation.lead')
    .set({ state: 'closed', ended_on: input.on, end_reason: input.reason, version: sql<number>`version + 1` })
    .where('id', '=', lead.id)
    .execute()
  await recordStep(ctx, { kind: 'lead', id: lead.id, from: lead.state, to: 'closed', reason: input.reason })
}

/** The active unions of an employer go into restructuring. */
export async function unsettleUnions(
  ctx: TenantContext,
  employerId: number,
  input: { on: string; reason: string },
): Promise<number[]> {
  const unions = await ctx.db
    .updateTable('organisation.trade_union')
    .set({ state: 'restructuring', version: sql<number>`version + 1` })
    .where('employer_id', '=', employerId)
    .where('tenant_id', '=', ctx.tenantId)
    .where('state', '=', 'active')
    .where('kind', '<>', 'GROUP')
    .returning('id')
    .execute()
  for (const union of unions)
    await recordStep(ctx, {
      kind: 'union',
      id: union.id,
      from: 'active',
      to: 'restructuring',
      reason: input.reason,
      details: { on: input.on },
    })
  return unions.map((union) => union.id)
}

/** An employer of the own register by its code, else by its name where no other code stands there; null: it is not there. */
export async function findEmployerOf(
  ctx: TenantContext,
  { creditCode, name }: { creditCode: string | null; name: string },
): Promise<number | null> {
  const key = foldName(name)
  const rows = await ctx.db
    .selectFrom('organisation.employer')
    .select(['id', 'credit_code'])
    .where('tenant_id', '=', ctx.tenantId)
    .where((eb) =>
      creditCode === null
        ? eb('name_key', '=', key)
        : eb.or([eb('credit_code', '=', creditCode), eb('name_key', '=', key)]),
    )
    .orderBy('id')
    .limit(20)
    .execute()
  const byCode = creditCode === null ? undefined : rows.find((row) => row.credit_code === creditCode)
  const byName = rows.find((row) => creditCode === null || row.credit_code === null)
  return byCode?.id ?? byName?.id ?? null
}
