import { sql, type Selectable } from 'kysely'
import { z } from 'zod'
import type { DB } from '@gonglian/db'
import {
  OpeningReason,
  found,
  maskIdNumber,
  maskPhone,
  recordOpening,
  requirePermission,
  type TenantContext,
} from '@gonglian/tenancy'
import type { MemberKind, MemberState, Sex } from './facets.ts'
import { ageOn } from '../numbers/id-numbers.ts'
import { listSteps, type Step } from '../steps.ts'
import { openableFields } from '../codes/members.ts'

/** What a complete record holds beside name and union (M010): which of it is missing is listed until it is there. */
export type MissingPart = 'idNumber' | 'mobile' | 'hukou' | 'consent'

/** A membership as its owner reads it in lists: numbers masked, birth told as an age (the number's middle is the birth). */
export type Member = {
  readonly id: number
  readonly unionId: number
  readonly unionName: string
  readonly state: MemberState
  readonly name: string
  readonly idNumber: string | null
  readonly mobile: string | null
  readonly sex: Sex | null
  readonly age: number | null
  readonly kind: MemberKind
  readonly employment: 'quota' | 'non_quota' | 'contract' | 'dispatch'
  readonly hukou: 'urban' | 'rural' | null
  readonly hukouArea: string
  readonly education: string
  readonly job: string
  readonly group: string
  readonly employerId: number | null
  readonly custodyEmployerId: number | null
  readonly destination: string
  readonly destinationOn: string | null
  readonly channel: string
  readonly origin: 'enrolled' | 'transferred'
  readonly appliedOn: string
  readonly joinedOn: string | null
  readonly leftOn: string | null
  readonly retainedFor: string
  readonly endReason: string
  readonly cardNo: string | null
  readonly cardOn: string | null
  readonly consent: { readonly version: string; readonly on: string; readonly channel: string } | null
  readonly missing: readonly MissingPart[]
  /** MEM-07: the retained neither vote nor stand nor pay. */
  readonly votes: boolean
  readonly pays: boolean
  readonly version: number
}

export type MemberRow = Selectable<DB['organisation.member']> & { union_name: string }

export const memberId = z.int().positive()

/** What a state of membership carries (MEM-07). */
export function rightsOf(state: MemberState): { votes: boolean; pays: boolean } {
  return { votes: state === 'active', pays: state === 'active' }
}

/** The yearly or monthly fee in fen of a wage in fen: 0.5%, rounded down to the fen (MEM-10); none for who does not pay (MEM-07). */
export function memberFee(wage: number, state: MemberState): number {
  return rightsOf(state).pays ? Math.floor(wage / 200) : 0
}

export function listMissingParts(
  row: Pick<MemberRow, 'id_sealed' | 'mobile_sealed' | 'hukou' | 'consent_on'>,
): MissingPart[] {
  const missing: MissingPart[] = []
  if (row.id_sealed === null) missing.push('idNumber')
  if (row.mobile_sealed === null) missing.push('mobile')
  if (row.hukou === null) missing.push('hukou')
  if (row.consent_on === null) missing.push('consent')
  return missing
}

export function toMember(ctx: TenantContext, row: MemberRow): Member {
  return {
    id: row.id,
    unionId: row.union_id,
    unionName: row.union_name,
    state: row.state,
    name: row.name,
    idNumber: row.id_sealed && maskIdNumber(ctx.vault.open('member.id_number', row.id_sealed)),
    mobile: row.mobile_sealed && maskPhone(ctx.vault.open('member.mobile', row.mobile_sealed)),
    sex: row.sex,
    age: row.birth === null ? null : ageOn(row.birth, ctx.today),
    kind: row.kind,
    employment: row.employment,
    hukou: row.hukou,
    hukouArea: row.hukou_area,
    education: row.education,
    job: row.job,
    group: row.group_name,
    employerId: row.employer_id,
    custodyEmployerId: row.custody_employer_id,
    destination: row.destination,
    destinationOn: row.destination_on,
    channel: row.channel,
    origin: row.origin,
    appliedOn: row.applied_on,
    joinedOn: row.joined_on,
    leftOn: row.left_on,
    retainedFor: row.retained_for,
    endReason: row.end_reason,
    cardNo: row.card_no,
    cardOn: row.card_on,
    consent:
      row.consent_on === null
        ? null
        : { version: row.consent_version, on: row.consent_on, channel: row.consent_channel },
    missing: listMissingParts(row),
    ...rightsOf(row.state),
    version: row.version,
  }
}

/** Rows of the asking body with the name of their union; row-level security lets no other through. */
export function selectMembers(ctx: TenantContext) {
  return ctx.db
    .selectFrom('organisation.member as m')
    .innerJoin('organisation.trade_union as u', 'u.id', 'm.union_id')
    .selectAll('m')
    .select('u.name as union_name')
}

/** A membership with what happened to it, and the names of the employers its row only numbers. */
export type MemberDetails = Member & {
  readonly steps: Step[]
  readonly employerName: string | null
  readonly custodyName: string | null
  /** The last move to another union: what waits, or where somebody went. */
  readonly transfer: {
    readonly state: 'requested' | 'accepted' | 'rejected' | 'expired' | 'withdrawn'
    readonly toUnion: string
    readonly toBody: string
    readonly requestedOn: string
    readonly expiresOn: string
    readonly decidedOn: string | null
    readonly answer: string
  } | null
}

/** @throws DomainError not_found, also for rows of other bodies */
export async function getMember(ctx: TenantContext, input: { memberId: number }): Promise<MemberDetails> {
  requirePermission(ctx, 'member:read')
  const row = found(await selectMembers(ctx).where('m.id', '=', input.memberId).executeTakeFirst())
  const employers = await ctx.db
    .selectFrom('organisation.employer')
    .select(['id', 'name'])
    .where('id', 'in', [row.employer_id ?? 0, row.custody_employer_id ?? 0])
    .execute()
  const nameOf = (id: number | null) => employers.find((one) => one.id === id)?.name ?? null
  return {
    ...toMember(ctx, row),
    employerName: nameOf(row.employer_id),
    custodyName: nameOf(row.custody_employer_id),
    transfer: await readLastTransfer(ctx, row.id),
    steps: await listSteps(ctx, 'member', row.id),
  }
}

async function readLastTransfer(ctx: TenantContext, memberId: number): Promise<MemberDetails['transfer']> {
  const row = await ctx.db
    .selectFrom('organisation.transfer')
    .select(['state', 'to_union as toUnion', 'to_body as toBody', 'requested_on as requestedOn'])
    .select(['expires_on as expiresOn', 'decided_on as decidedOn', 'answer'])
    .where('from_tenant_id', '=', ctx.tenantId)
    .where('member_id', '=', memberId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ?? null
}

/**
 * Memberships of a person, past and present, of this body. Two index conditions, one for each of the partial indexes by fingerprint:
 * at a million members a fraction of a millisecond.
 */
export async function findByIdPrint(ctx: TenantContext, print: Buffer): Promise<Member[]> {
  const rows = await selectMembers(ctx)
    .where('m.id', 'in', (eb) =>
      eb
        .selectFrom('organisation.member')
        .select('id')
        .where('id_print', '=', print)
        .where(sql<boolean>`state in ('active', 'retained')`)
        .unionAll(
          eb
            .selectFrom('organisation.member')
            .select('id')
            .where('id_print', '=', print)
            .where(sql<boolean>`state not in ('active', 'retained')`),
        ),
    )
    .orderBy('m.since', 'desc')
    .limit(50)
    .execute()
  return rows.map((row) => toMember(ctx, row))
}

/** Memberships of this body under a phone number. */
export async function findByMobilePrint(ctx: TenantContext, print: Buffer): Promise<Member[]> {
  const rows = await selectMembers(ctx)
    .where('m.mobile_print', '=', print)
    .orderBy('m.since', 'desc')
    .limit(50)
    .execute()
  return rows.map((row) => toMember(ctx, row))
}

export const OpenMember = z.object({
  memberId,
  fields: z.array(z.enum(openableFields)).min(1).max(3),
  reason: OpeningReason,
})

export type OpenFields = { idNumber?: string | null; mobile?: string | null; birth?: string | null }

/**
 * Shows masked fields of an own member (14.1): asked for by name, with a reason, noted where the body reads who looked.
 *
 * @throws DomainError not_found
 */
export async function openMember(ctx: TenantContext, input: z.output<typeof OpenMember>): Promise<OpenFields> {
  requirePermission(ctx, 'member:open')
  const row = found(
    await ctx.db
      .selectFrom('organisation.member')
      .select(['tenant_id', 'id_sealed', 'mobile_sealed', 'birth'])
      .where('id', '=', input.memberId)
      .executeTakeFirst(),
  )
  const fields = [...new Set(input.fields)]
  await recordOpening(ctx, {
    ownerId: row.tenant_id,
    objectKind: 'member',
    objectId: input.memberId,
    fields,
    reason: input.reason,
  })
  const open: OpenFields = {}
  for (const field of fields) {
    if (field === 'idNumber') open.idNumber = row.id_sealed && ctx.vault.open('member.id_number', row.id_sealed)
    if (field === 'mobile') open.mobile = row.mobile_sealed && ctx.vault.open('member.mobile', row.mobile_sealed)
    if (field === 'birth') open.birth = row.birth
  }
  return open
}
