import { sql } from 'kysely'
import { z } from 'zod'
import { wakeFeeds } from '@gonglian/indicators'
import { DomainError, found, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { PersonName } from '../numbers/names.ts'
import { employments, memberKinds } from './facets.ts'
import { askTaken, noteLookup } from './lookups.ts'
import { listMissingParts, memberId, type MissingPart } from './members.ts'
import { sealPerson } from './persons.ts'
import { recordStep } from '../steps.ts'
import { consentChannels } from '../codes/members.ts'

const text = z.string().trim().max(80)
const day = z.iso.date()

export const Consent = z.object({
  /** Of the notice that was read out or shown (PIPL 17). */
  version: z.string().trim().min(1).max(40),
  on: day,
  channel: z.enum(['paper', 'online', 'oral']),
})

const PersonFields = z.object({
  name: PersonName,
  idNumber: z.string().max(40),
  mobile: z.string().max(40),
  kind: z.enum(memberKinds),
  employment: z.enum(employments),
  hukou: z.enum(['urban', 'rural']),
  hukouArea: text,
  education: text,
  job: text,
  group: text,
  employerId: z.int().positive().nullable(),
  /** The contractor whose worker the union keeps in custody (M011). */
  custodyEmployerId: z.int().positive().nullable(),
  /** Where an outgoing worker went, and when (M013). */
  destination: text,
  destinationOn: day.nullable(),
  consent: Consent,
})
const PersonInput = PersonFields.partial()
type PersonInput = z.output<typeof PersonInput>

const wholePerson = PersonInput.required({ name: true })

export const ApplyMember = wholePerson.extend({
  unionId: z.int().positive(),
  channel: z.enum(consentChannels).default('written'),
  appliedOn: day.optional(),
})
export const RegisterMember = ApplyMember.extend({ joinedOn: day.optional() })
export const MemberStep = z.object({ memberId, version: z.int().positive() })
export const ApproveMember = MemberStep.extend({ joinedOn: day.optional() })
export const ChangeMember = PersonInput.extend(MemberStep.shape)

/** No membership may be written twice for a person, here or in any other body: the refusal names nobody. */
function refuseTaken(where: 'here' | 'elsewhere'): DomainError {
  const key = where === 'here' ? 'organisation.member.takenHere' : 'organisation.member.takenElsewhere'
  return new DomainError('conflict', key, { fields: [{ path: 'idNumber', key }] })
}

/** The database has the last word when two bodies enrol one person at the same moment. */
async function keepOnce<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (error instanceof Error && 'constraint' in error) {
      if (error.constraint === 'member_once') throw refuseTaken('elsewhere')
      if (error.constraint === 'member_applied_once') throw refuseTaken('here')
    }
    throw error
  })
}

/**
 * The answer tells whether the person is a member somewhere: it is counted, and the body that keeps the membership reads who asked.
 *
 * @throws DomainError conflict; too_many organisation.lookup.tooMany
 */
async function requireFree(ctx: TenantContext, print: Buffer, asked: 'typed' | 'on record' = 'typed'): Promise<void> {
  // What stands on record was counted when it was typed.
  if (asked === 'typed') await noteLookup(ctx, 'enrolment')
  if ((await askTaken(ctx, [print])).size === 0) return
  const own = await ctx.db
    .selectFrom('organisation.member')
    .select('id')
    .where('id_print', '=', print)
    .where(sql<boolean>`state in ('active', 'retained')`)
    .executeTakeFirst()
  throw refuseTaken(own ? 'here' : 'elsewhere')
}

/** @throws DomainError not_found for another body's union; conflict when it may not take members (ORG-03: it must be approved) */
export async function requireUnion(ctx: TenantContext, unionId: number): Promise<{ id: number; name: string }> {
  const union = found(
    await ctx.db
      .selectFrom('organisation.trade_union')
      .select(['id', 'name', 'state'])
      .where('id', '=', unionId)
      .where('tenant_id', '=', ctx.tenantId)
      .executeTakeFirst(),
    'organisation.member.unionUnknown',
  )
  if (!['approved', 'active', 'restructuring'].includes(union.state))
    throw new DomainError('conflict', 'organisation.member.unionNotActive')
  return union
}

/** M011: the union must have the contractor in custody, so that its workers are counted under one union only. */
async function requireCustody(ctx: TenantContext, unionId: number, employerId: number): Promise<void> {
  const custody = await ctx.db
    .selectFrom('organisation.covered_unit')
    .select('id')
    .where('tenant_id', '=', ctx.tenantId)
    .where('union_id', '=', unionId)
    .where('employer_id', '=', employerId)
    .where('mode', '=', 'custody')
    .where('valid_to', 'is', null)
    .executeTakeFirst()
  if (!custody) {
    const key = 'organisation.member.noCustody'
    throw new DomainError('invalid', key, { fields: [{ path: 'custodyEmployerId', key }] })
  }
}

async function toColumns(ctx: TenantContext, unionId: number, typed: PersonInput) {
  if (typeof typed.custodyEmployerId === 'number') await requireCustody(ctx, unionId, typed.custodyEmployerId)
  if (typeof typed.employerId === 'number') {
    found(
      await ctx.db
        .selectFrom('organisation.employer')
        .select('id')
        .where('id', '=', typed.employerId)
        .where('tenant_id', '=', ctx.tenantId)
        .executeTakeFirst(),
      'organisation.member.employerUnknown',
    )
  }
  return {
    ...sealPerson(ctx, typed),
    ...(typed.name === undefined ? {} : { name: typed.name }),
    ...(typed.kind === undefined ? {} : { kind: typed.kind }),
    ...(typed.employment === undefined ? {} : { employment: typed.employment }),
    ...(typed.hukou === undefined ? {} : { hukou: typed.hukou }),
    ...(typed.hukouArea === undefined ? {} : { hukou_area: typed.hukouArea }),
    ...(typed.education === undefined ? {} : { education: typed.education }),
    ...(typed.job === undefined ? {} : { job: typed.job }),
    ...(typed.group === undefined ? {} : { group_name: typed.group }),
    ...(typed.employerId === undefined ? {} : { employer_id: typed.employerId }),
    ...(typed.custodyEmployerId === undefined ? {} : { custody_employer_id: typed.custodyEmployerId }),
    ...(typed.destination === undefined ? {} : { destination: typed.destination }),
    ...(typed.destinationOn === undefined ? {} : { destination_on: typed.destinationOn }),
    ...(typed.consent === undefined
      ? {}
      : {
          consent_version: typed.consent.version,
          consent_on: typed.consent.on,
          consent_channel: typed.consent.channel,
        }),
  }
}

function requireDay(path: string, date: string, from: string | null, today: string): void {
  if (date <= today && (from === null || date >= from)) return
  throw new DomainError('invalid', 'organisation.member.day', {
    fields: [{ path, key: 'organisation.member.day', params: { from: from ?? '1925-05-01', to: today } }],
  })
}

export type Enrolled = { memberId: number; version: number; missing: MissingPart[] }

/**
 * Takes down an application (MEM-02, MEM-03): orally, in writing or online; of what is not known yet, nothing need be said but the name.
 *
 * @throws DomainError conflict organisation.member.takenHere or .takenElsewhere
 */
export async function applyMember(ctx: TenantContext, input: z.output<typeof ApplyMember>): Promise<Enrolled> {
  requirePermission(ctx, 'member:write')
  await requireUnion(ctx, input.unionId)
  const appliedOn = input.appliedOn ?? ctx.today
  requireDay('appliedOn', appliedOn, null, ctx.today)
  const columns = await toColumns(ctx, input.unionId, input)
  if (columns.id_print) await requireFree(ctx, columns.id_print)
  const row = await keepOnce(
    ctx.db
      .insertInto('organisation.member')
      .values({
        ...columns,
        name: input.name,
        tenant_id: ctx.tenantId,
        union_id: input.unionId,
        state: 'applied',
        channel: input.channel,
        applied_on: appliedOn,
      })
      .returning(['id', 'version', 'id_sealed', 'mobile_sealed', 'hukou', 'consent_on'])
      .executeTakeFirstOrThrow(),
  )
  await recordStep(ctx, { kind: 'member', id: row.id, from: '', to: 'applied' })
  return { memberId: row.id, version: row.version, missing: listMissingParts(row) }
}

/**
 * The union admits the applicant (MEM-02). Identity must be known, and the person may hold no membership anywhere (5.5).
 *
 * @throws DomainError invalid organisation.member.needsId; conflict as applyMember
 */
export async function approveMember(ctx: TenantContext, input: z.output<typeof ApproveMember>): Promise<Enrolled> {
  requirePermission(ctx, 'member:write')
  const row = found(
    await ctx.db
      .selectFrom('organisation.member')
      .selectAll()
      .where('id', '=', input.memberId)
      .forUpdate()
      .executeTakeFirst(),
  )
  if (row.version !== input.version || row.state !== 'applied') throw new DomainError('conflict', 'errors.conflict')
  if (row.id_print === null) {
    const key = 'organisation.member.needsId'
    throw new DomainError('invalid', key, { fields: [{ path: 'idNumber', key }] })
  }
  await requireUnion(ctx, row.union_id)
  await requireFree(ctx, row.id_print, 'on record')
  const joinedOn = input.joinedOn ?? ctx.today
  requireDay('joinedOn', joinedOn, row.applied_on, ctx.today)
  const done = await keepOnce(
    ctx.db
      .updateTable('organisation.member')
      .set({ state: 'active', joined_on: joinedOn, version: sql`version + 1` })
      .where('id', '=', row.id)
      .returning('version')
      .executeTakeFirstOrThrow(),
  )
  await recordStep(ctx, { kind: 'member', id: row.id, from: 'applied', to: 'active', details: { on: joinedOn } })
  return { memberId: row.id, version: done.version, missing: listMissingParts(row) }
}

/**
 * Quick registration (M010): whoever stands there with an id card is a member at once; what is missing is listed and completed later.
 * Without an id number it stays an application.
 */
export async function registerMember(ctx: TenantContext, input: z.output<typeof RegisterMember>): Promise<Enrolled> {
  requirePermission(ctx, 'member:write')
  const joinedOn = input.joinedOn ?? ctx.today
  const applied = await applyMember(ctx, { ...input, appliedOn: input.appliedOn ?? joinedOn })
  if (applied.missing.includes('idNumber')) return applied
  return approveMember(ctx, { ...applied, joinedOn })
}

/**
 * Completes or corrects a record. What is in the trail names the fields, never their content.
 *
 * @throws DomainError conflict errors.conflict; organisation.member.closed for memberships that ended
 */
export async function changeMember(ctx: TenantContext, input: z.output<typeof ChangeMember>): Promise<Enrolled> {
  requirePermission(ctx, 'member:write')
  const { memberId: id, version, ...typed } = input
  const row = found(
    await ctx.db.selectFrom('organisation.member').selectAll().where('id', '=', id).forUpdate().executeTakeFirst(),
  )
  if (row.version !== version) throw new DomainError('conflict', 'errors.conflict')
  if (row.left_on !== null) throw new DomainError('conflict', 'organisation.member.closed')
  const columns = await toColumns(ctx, row.union_id, typed)
  if (columns.id_print && !row.id_print?.equals(columns.id_print)) await requireFree(ctx, columns.id_print)
  const done = await keepOnce(
    ctx.db
      .updateTable('organisation.member')
      .set({ ...columns, version: sql`version + 1` })
      .where('id', '=', id)
      .returning(['version', 'id_sealed', 'mobile_sealed', 'hukou', 'consent_on'])
      .executeTakeFirstOrThrow(),
  )
  await recordAudit(ctx, {
    action: 'member.change',
    objectKind: 'member',
    objectId: id,
    after: { fields: Object.keys(typed) },
  })
  wakeFeeds(ctx)
  return { memberId: id, version: done.version, missing: listMissingParts(done) }
}
