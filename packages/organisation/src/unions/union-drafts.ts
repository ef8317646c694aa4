import { wakeFeeds } from '@gonglian/indicators'
import {
  DomainError,
  getFederation,
  recordAudit,
  requirePermission,
  FederationCode,
  type TenantContext,
} from '@gonglian/tenancy'
import { z } from 'zod'
import { holdEmployer, ownerships, unitClasses } from '../census/employers.ts'
import { holdLead } from '../census/leads.ts'
import { foldName } from '../numbers/names.ts'
import { recordStep } from '../steps.ts'
import { fillHeadcount, refuseOtherHeadcount } from './union-headcounts.ts'
import { holdUnion, unionKinds, type UnionKind } from './union-states.ts'

export const UnionFields = z.object({
  name: z.string().trim().min(2).max(120),
  kind: z.enum(unionKinds).exclude(['GROUP']),
  /** Of a union of one employer, or of the client whose project it is. */
  employerId: z.int().positive().nullable().default(null),
  isVillage: z.boolean().default(false),
  unitClass: z.enum(unitClasses).default('enterprise'),
  ownership: z.enum(ownerships).default('private'),
  industry: z
    .string()
    .regex(/^[A-T]?$/)
    .default(''),
  areaCode: z
    .string()
    .trim()
    .regex(/^\d{0,12}$/)
    .default(''),
  headcount: z.int().min(0).max(2_000_000).default(0),
  femaleHeadcount: z.int().min(0).max(2_000_000).default(0),
  hasPartyOrganisation: z.boolean().nullable().default(null),
  expectedEndOn: z.iso.date().nullable().default(null),
  /** 业务指导: the industry union that guides it. */
  lineGuide: FederationCode.nullable().default(null),
  office: z.string().trim().max(200).default(''),
  phone: z.string().trim().max(40).default(''),
})

export const DraftUnion = UnionFields.extend({ leadId: z.int().positive().optional() })
export const ChangeUnion = UnionFields.extend({ unionId: z.int().positive(), version: z.int().min(1) })

const refuse = (path: string, key: string, code: 'invalid' | 'conflict' = 'invalid') =>
  new DomainError(code, key, { fields: [{ path, key }] })

/** A name is one union's under its superior while that union lives (5.5). */
export async function refuseTakenName(ctx: TenantContext, nameKey: string, except = 0): Promise<void> {
  const twin = await ctx.db
    .selectFrom('organisation.trade_union')
    .select('id')
    .where('tenant_id', '=', ctx.tenantId)
    .where('name_key', '=', nameKey)
    .where('state', 'not in', ['merged', 'revoked'])
    .where('id', '<>', except)
    .executeTakeFirst()
  if (twin) throw refuse('name', 'organisation.union.nameTaken', 'conflict')
}

/** The area a body is responsible for, as digits; none for one whose code says no area. */
async function findArea(ctx: TenantContext): Promise<string> {
  const own = await ctx.db
    .selectFrom('tenancy.federation')
    .select('code')
    .where('id', '=', ctx.tenantId)
    .executeTakeFirstOrThrow()
  return /^(?:00)?(\d*)/.exec(own.code)?.[1] ?? ''
}

/** The columns of a union from what was typed, checked. */
export async function readFields(ctx: TenantContext, input: z.output<typeof UnionFields>) {
  if (input.femaleHeadcount > input.headcount) throw refuse('femaleHeadcount', 'organisation.employer.partExceeds')
  const needsEmployer: readonly UnionKind[] = ['BASIC_SINGLE']
  if (needsEmployer.includes(input.kind) && input.employerId === null)
    throw refuse('employerId', 'organisation.union.needsEmployer')
  if ((input.kind === 'BASIC_PROJECT') !== (input.expectedEndOn !== null))
    throw refuse('expectedEndOn', 'organisation.union.projectEnd')
  const area = await findArea(ctx)
  // M012: where the project lies, there it belongs.
  if (input.areaCode !== '' && !input.areaCode.startsWith(area)) throw refuse('areaCode', 'organisation.union.area')
  const employer = input.employerId === null ? null : await holdEmployer(ctx, input.employerId)
  if (employer && employer.ended_on !== null) throw refuse('employerId', 'organisation.employer.closed')
  const guide = input.lineGuide === null ? null : await getFederation(ctx, input.lineGuide)
  if (guide && guide.kind !== 'industry') throw refuse('lineGuide', 'organisation.union.lineGuide')
  return {
    name: input.name,
    name_key: foldName(input.name),
    kind: input.kind,
    employer_id: employer?.id ?? null,
    line_guide_id: guide?.id ?? null,
    is_village: input.isVillage,
    unit_class: employer?.unit_class ?? input.unitClass,
    ownership: employer?.ownership ?? input.ownership,
    industry: employer?.industry ?? input.industry,
    area_code: input.areaCode === '' ? area : input.areaCode,
    headcount: input.headcount,
    female_headcount: input.femaleHeadcount,
    has_party_organisation: input.hasPartyOrganisation ?? employer?.has_party_organisation ?? null,
    expected_end_on: input.expectedEndOn,
    office: input.office,
    phone: input.phone,
  }
}

/**
 * Enters a union that is being prepared (筹备). It has no number and counts nowhere until it is approved and founded (ORG-03).
 *
 * @throws DomainError conflict organisation.union.nameTaken; invalid for a single union without employer, a project union without end,
 * an area outside the body's, another headcount than its employer's
 */
export async function draftUnion(
  ctx: TenantContext,
  input: z.output<typeof DraftUnion>,
): Promise<{ unionId: number; version: number }> {
  requirePermission(ctx, 'organisation:write')
  const fields = await readFields(ctx, input)
  await refuseOtherHeadcount(ctx, null, fields)
  await refuseTakenName(ctx, fields.name_key)
  await fillHeadcount(ctx, fields)
  const union = await ctx.db
    .insertInto('organisation.trade_union')
    .values({ ...fields, tenant_id: ctx.tenantId })
    // Somebody may enter the same name at this moment.
    .onConflict((conflict) => conflict.doNothing())
    .returning(['id', 'version'])
    .executeTakeFirst()
  if (!union) throw refuse('name', 'organisation.union.nameTaken', 'conflict')
  if (input.leadId !== undefined) {
    const lead = await holdLead(ctx, input.leadId)
    if (lead.ended_on !== null || (fields.employer_id !== null && fields.employer_id !== lead.employer_id))
      throw refuse('leadId', 'organisation.lead.otherEmployer', 'conflict')
    await ctx.db
      .updateTable('organisation.lead')
      .set({ union_id: union.id, version: lead.version + 1 })
      .where('id', '=', lead.id)
      .execute()
  }
  await recordStep(ctx, { kind: 'union', id: union.id, from: '', to: 'preparatory', details: { kind: input.kind } })
  return { unionId: union.id, version: union.version }
}

/**
 * Corrects a union's data. What it is and whose stays once it was approved: that changes by merging or rebuilding.
 *
 * @throws DomainError conflict for a union that has ended, or whose kind or employer would change after approval
 */
export async function changeUnion(
  ctx: TenantContext,
  input: z.output<typeof ChangeUnion>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:write')
  const before = await holdUnion(ctx, input.unionId, input.version)
  if (before.ended_on !== null || before.kind === 'GROUP') throw new DomainError('conflict', 'organisation.union.ended')
  const fields = await readFields(ctx, input)
  await refuseOtherHeadcount(ctx, before.id, fields)
  const isFixed = before.state !== 'preparatory'
  if (isFixed && (before.kind !== fields.kind || before.employer_id !== fields.employer_id))
    throw refuse('kind', 'organisation.union.fixed', 'conflict')
  await refuseTakenName(ctx, fields.name_key, before.id)
  await fillHeadcount(ctx, fields)
  const version = before.version + 1
  await ctx.db
    .updateTable('organisation.trade_union')
    .set({ ...fields, version })
    .where('id', '=', before.id)
    .execute()
  await recordAudit(ctx, {
    action: 'union.change',
    objectKind: 'union',
    objectId: before.id,
    before: { name: before.name, headcount: before.headcount, office: before.office },
    after: { name: fields.name, headcount: fields.headcount, office: fields.office },
  })
  wakeFeeds(ctx)
  return { version }
}
