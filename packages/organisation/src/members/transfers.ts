import { sql } from 'kysely'
import { z } from 'zod'
import { wakeFeeds } from '@gonglian/indicators'
import {
  DomainError,
  actorName,
  exportPersons,
  found,
  maskIdNumber,
  requirePermission,
  type TenantContext,
} from '@gonglian/tenancy'
import type { MemberKind, Sex } from './facets.ts'
import { ageOn } from '../numbers/id-numbers.ts'
import { readLimit } from '../limits.ts'
import { noteLookup } from './lookups.ts'
import { memberLimits } from './member-limits.ts'
import { memberId } from './members.ts'
import { transferStates } from '../codes/members.ts'

const RegisterCode = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[0-9A-Z][0-9A-Z-]{3,31}$/, 'organisation.transfer.code')

export const FindUnion = z.object({ code: RegisterCode })
const Asked = z.object({
  /** The receiving union's exact number of the register. */
  toUnion: RegisterCode,
  reason: z.string().trim().min(2).max(200),
  /** MEM-05: one without work whose employer closed stays retained at the union of residence. */
  staysRetained: z.boolean().default(false),
})
export const RequestTransfers = Asked.extend({ memberIds: z.array(memberId).min(1).max(2000) })
export const RequestTransfersOfUnion = Asked.extend({ unionId: z.int().positive() })

const Chosen = z.object({
  transfers: z
    .array(z.object({ transferId: z.int().positive(), version: z.int().positive() }))
    .min(1)
    .max(2000),
})
export const AcceptTransfers = Chosen
export const RejectTransfers = Chosen.extend({ reason: z.string().trim().min(2).max(200) })
export const WithdrawTransfers = Chosen

export const ListTransfers = z.object({
  direction: z.enum(['sent', 'received']),
  state: z.enum(transferStates).optional(),
  page: z.int().min(1).max(1000).default(1),
  pageSize: z.int().min(1).max(200).default(50),
})

export type NumberedUnion = {
  readonly code: string
  readonly name: string
  readonly body: string
  readonly isOwn: boolean
}

/**
 * The union behind an exact number of the register, wherever in the country; part of a number finds nothing, and nothing lists them.
 *
 * @throws DomainError not_found organisation.transfer.noUnion; too_many organisation.lookup.tooMany
 */
export async function findUnion(ctx: TenantContext, input: z.output<typeof FindUnion>): Promise<NumberedUnion> {
  requirePermission(ctx, 'member:write')
  await noteLookup(ctx, 'union')
  const { rows } = await sql<{ union_name: string; body_id: number; body_name: string }>`
    select union_name, body_id, body_name from organisation.find_union(${input.code})`.execute(ctx.db)
  const row = found(rows[0], 'organisation.transfer.noUnion')
  return { code: input.code, name: row.union_name, body: row.body_name, isOwn: row.body_id === ctx.tenantId }
}

function addDays(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

export type TransferOutcome = { memberId: number; transferId: number }

async function askFor(
  ctx: TenantContext,
  memberIds: readonly number[],
  asked: z.output<typeof Asked>,
): Promise<TransferOutcome[]> {
  await noteLookup(ctx, 'union')
  const until = addDays(ctx.today, await readLimit(ctx, memberLimits.transferDays))
  const { rows } = await sql<{ member_id: number; transfer_id: number | null; outcome: string }>`
    select * from organisation.request_transfers(${memberIds}::bigint[], ${asked.toUnion}, ${asked.reason}, ${asked.staysRetained},
      ${ctx.today}, ${until}, ${actorName(ctx.actor)})`.execute(ctx.db)
  if (rows.length < new Set(memberIds).size) throw new DomainError('not_found', 'errors.notFound')
  return rows.map((row) => {
    if (row.outcome !== 'requested' || row.transfer_id === null)
      throw new DomainError(
        row.outcome === 'noUnion' ? 'not_found' : 'conflict',
        `organisation.transfer.${row.outcome}`,
      )
    return { memberId: row.member_id, transferId: row.transfer_id }
  })
}

/**
 * Asks another union, of whatever body, to take members over (MEM-01, M009). Until it accepts they count where they are.
 *
 * @throws DomainError not_found for another body's member or an unknown number; conflict when one of them can't be asked for (then none is)
 */
export async function requestTransfers(
  ctx: TenantContext,
  input: z.output<typeof RequestTransfers>,
): Promise<TransferOutcome[]> {
  requirePermission(ctx, 'member:write')
  return askFor(ctx, input.memberIds, input)
}

/** All members of a union at once, when it merges into another or ends; those already asked for are left as they are. */
export async function requestTransfersOfUnion(
  ctx: TenantContext,
  input: z.output<typeof RequestTransfersOfUnion>,
): Promise<TransferOutcome[]> {
  requirePermission(ctx, 'member:write')
  const { rows } = await sql<{ id: number }>`
    select id from organisation.member m where union_id = ${input.unionId} and tenant_id = ${ctx.tenantId} and state in ('active', 'retained')
      and not exists (select from organisation.transfer t where t.member_id = m.id and t.state = 'requested')`.execute(
    ctx.db,
  )
  if (rows.length === 0) throw new DomainError('conflict', 'organisation.transfer.nobody')
  return askFor(
    ctx,
    rows.map((row) => row.id),
    input,
  )
}

type Verdict = 'accepted' | 'rejected' | 'withdrawn'

async function settle(
  ctx: TenantContext,
  { transfers }: z.output<typeof Chosen>,
  verdict: Verdict,
  why: string,
): Promise<{ transferId: number; memberId: number | null }[]> {
  const { rows } = await sql<{ transfer_id: number; new_member_id: number | null; outcome: string }>`
    select * from organisation.settle_transfers(${transfers.map((one) => one.transferId)}::bigint[],
      ${transfers.map((one) => one.version)}::int[], ${verdict}, ${why}, ${ctx.today}, ${actorName(ctx.actor)})`.execute(
    ctx.db,
  )
  if (rows.length < transfers.length) throw new DomainError('not_found', 'errors.notFound')
  for (const { outcome } of rows) {
    if (outcome === 'changed') throw new DomainError('conflict', 'errors.conflict')
    if (outcome === 'notYours') throw new DomainError('not_found', 'errors.notFound')
    if (outcome !== verdict) throw new DomainError('conflict', `organisation.transfer.${outcome}`)
  }
  if (verdict === 'accepted') wakeFeeds(ctx)
  return rows.map((row) => ({ transferId: row.transfer_id, memberId: row.new_member_id }))
}

/**
 * Takes members over: in one statement the sender's row ends and ours begins, so that everybody is counted once on every day (MEM-01, M009).
 *
 * @throws DomainError not_found; conflict when one is no longer open, or too late (then none is taken)
 */
export async function acceptTransfers(ctx: TenantContext, input: z.output<typeof AcceptTransfers>) {
  requirePermission(ctx, 'member:write')
  return settle(ctx, input, 'accepted', '')
}

/** Sends back a request, with the reason; the member stays counted where it was. */
export async function rejectTransfers(ctx: TenantContext, input: z.output<typeof RejectTransfers>) {
  requirePermission(ctx, 'member:write')
  return settle(ctx, input, 'rejected', input.reason)
}

/** Takes back an own request that nobody has answered. */
export async function withdrawTransfers(ctx: TenantContext, input: z.output<typeof WithdrawTransfers>) {
  requirePermission(ctx, 'member:write')
  return settle(ctx, input, 'withdrawn', '')
}

/** Ends what was not answered in time. For the worker: acts on all bodies below the system actor's. Returns how many. */
export async function expireTransfers(ctx: TenantContext): Promise<number> {
  requirePermission(ctx, 'member:write')
  const { rows } = await sql<{ outcome: string }>`
    select s.outcome from (
      select array_agg(id) as ids, array_agg(version) as versions from organisation.transfer
      where state = 'requested' and expires_on < ${ctx.today}) late,
    organisation.settle_transfers(late.ids, late.versions, 'expired', '', ${ctx.today}, ${actorName(ctx.actor)}) s
    where late.ids is not null`.execute(ctx.db)
  return rows.filter((row) => row.outcome === 'expired').length
}

export type Transfer = {
  readonly id: number
  readonly state: 'requested' | 'accepted' | 'rejected' | 'expired' | 'withdrawn'
  readonly memberId: number | null
  readonly name: string
  /** Masked; of the own row, or while the request is open, for the receiver to compare. */
  readonly idNumber: string | null
  readonly sex: Sex | null
  readonly age: number | null
  readonly kind: MemberKind
  readonly fromBody: string
  readonly fromUnion: string
  readonly toBody: string
  readonly toUnion: string
  readonly staysRetained: boolean
  readonly reason: string
  readonly answer: string
  readonly requestedOn: string
  readonly expiresOn: string
  readonly decidedOn: string | null
  readonly version: number
}

const maskId = (ctx: TenantContext, sealed: Buffer | null) =>
  sealed && maskIdNumber(ctx.vault.open('member.id_number', sealed))
const readAge = (ctx: TenantContext, birth: string | null) => (birth === null ? null : ageOn(birth, ctx.today))

/** Transfers sent or received, newest first. `memberId` is the own row: of the sender the old, of the receiver the new. */
export async function listTransfers(
  ctx: TenantContext,
  input: z.output<typeof ListTransfers>,
): Promise<{ rows: Transfer[]; total: number }> {
  requirePermission(ctx, 'member:read')
  const sent = input.direction === 'sent'
  const query = ctx.db
    .selectFrom('organisation.transfer as transfer')
    .where(sent ? 'from_tenant_id' : 'to_tenant_id', '=', ctx.tenantId)
    .$if(input.state !== undefined, (some) => some.where('transfer.state', '=', input.state ?? 'requested'))
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  // What was not accepted keeps nobody's name: who it was is told by the own row alone.
  const rows = await query
    .leftJoin('organisation.member as m', 'm.id', sent ? 'transfer.member_id' : 'transfer.new_member_id')
    .selectAll('transfer')
    .select(['m.name as own_name', 'm.sex as own_sex', 'm.birth as own_birth', 'm.id_sealed as own_id'])
    .orderBy('transfer.id', 'desc')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return {
    total,
    rows: rows.map((row) => ({
      id: row.id,
      state: row.state,
      memberId: sent ? row.member_id : row.new_member_id,
      name: row.name || (row.own_name ?? ''),
      idNumber: maskId(ctx, row.id_sealed ?? row.own_id),
      sex: row.sex ?? row.own_sex,
      age: readAge(ctx, row.birth ?? row.own_birth),
      kind: row.kind,
      fromBody: row.from_body,
      fromUnion: row.from_union,
      toBody: row.to_body,
      toUnion: row.to_union,
      staysRetained: row.stays_retained,
      reason: row.reason,
      answer: row.answer,
      requestedOn: row.requested_on,
      expiresOn: row.expires_on,
      decidedOn: row.decided_on,
      version: row.version,
    })),
  }
}

export const ExportTransfers = ListTransfers.omit({ page: true, pageSize: true })

/** All of a direction and state, for a file. */
export async function exportTransfers(
  ctx: TenantContext,
  input: z.output<typeof ExportTransfers>,
): Promise<Transfer[]> {
  requirePermission(ctx, 'member:read')
  return exportPersons(ctx, 'transfers.listTransfers', (part) => listTransfers(ctx, { ...input, ...part }))
}
