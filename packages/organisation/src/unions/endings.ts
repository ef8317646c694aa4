import { DomainError, found, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { countOpenMembers } from '../members/open-members.ts'
import { endUnionPapers } from '../papers/endings.ts'
import { endUnionPosts } from '../terms/seats.ts'
import { endTerms } from '../terms/term-turns.ts'
import { checkDay, holdUnion, moveUnion, type UnionRow } from './union-states.ts'

export const SettleUnion = z.object({
  unionId: z.int().positive(),
  subject: z.enum(['property', 'funds']),
  /** Fen. 0: there was none. */
  amountFen: z.int().min(0).max(Number.MAX_SAFE_INTEGER),
  receiver: z.string().trim().min(2).max(120),
  documentNo: z.string().trim().min(1).max(60),
  on: z.iso.date(),
})

/** Notes what becomes of a union's property or funds before it ends (ORG-04); entered again, the later entry holds. */
export async function settleUnion(ctx: TenantContext, input: z.output<typeof SettleUnion>): Promise<void> {
  requirePermission(ctx, 'organisation:write')
  const union = await holdUnion(ctx, input.unionId)
  if (union.ended_on !== null) throw new DomainError('conflict', 'organisation.union.ended')
  checkDay(ctx, 'on', input.on, union.founded_on)
  const values = {
    amount_fen: input.amountFen,
    receiver: input.receiver,
    document_no: input.documentNo,
    settled_on: input.on,
  }
  await ctx.db
    .insertInto('organisation.settlement')
    .values({ ...values, tenant_id: ctx.tenantId, union_id: union.id, subject: input.subject })
    .onConflict((conflict) => conflict.columns(['union_id', 'subject']).doUpdateSet(values))
    .execute()
  await recordAudit(ctx, {
    action: 'union.settle',
    objectKind: 'union',
    objectId: union.id,
    after: { subject: input.subject, amountFen: input.amountFen, receiver: input.receiver, document: input.documentNo },
  })
}

/** What still stands in the way of a union's end. */
/** `members` is the owner's to know: null for superiors. */
export type Obstacles = { members: number | null; property: boolean; funds: boolean; groups: number }

/** What must be done before a union may be merged or revoked (ORG-04, M008): every member placed, property and funds settled, no groups. */
export async function findObstacles(ctx: TenantContext, unionId: number): Promise<Obstacles> {
  requirePermission(ctx, 'organisation:read')
  const { rows } = await sql<{ tenant_id: number; property: boolean; funds: boolean; groups: number }>`
    select u.tenant_id, not exists (select 1 from organisation.settlement where union_id = ${unionId} and subject = 'property') as property,
      not exists (select 1 from organisation.settlement where union_id = ${unionId} and subject = 'funds') as funds,
      (select count(*) from organisation.trade_union where parent_union_id = ${unionId} and kind = 'GROUP' and ended_on is null) as groups
    from organisation.trade_union u where u.id = ${unionId}`.execute(ctx.db)
  const { tenant_id: ownerId, ...left } = found(rows[0], 'organisation.union.notFound')
  return { ...left, members: ownerId === ctx.tenantId ? await countOpenMembers(ctx, unionId) : null }
}

async function checkObstacles(ctx: TenantContext, union: UnionRow): Promise<void> {
  const left = await findObstacles(ctx, union.id)
  if ((left.members ?? 1) > 0)
    throw new DomainError('conflict', 'organisation.end.members', { params: { count: left.members ?? 1 } })
  if (left.groups > 0) throw new DomainError('conflict', 'organisation.end.groups', { params: { count: left.groups } })
  if (left.property) throw new DomainError('conflict', 'organisation.end.property')
  if (left.funds) throw new DomainError('conflict', 'organisation.end.funds')
}

const fields = {
  unionId: z.int().positive(),
  version: z.int().min(1),
  on: z.iso.date(),
  reason: z.string().trim().min(2).max(300),
  /** The report to the superior (ORG-04). */
  documentNo: z.string().trim().min(1).max(60),
}
export const RevokeUnion = z.object(fields)
export const MergeUnion = z.object({ ...fields, intoId: z.int().positive() })

async function endUnion(
  ctx: TenantContext,
  union: UnionRow,
  to: 'merged' | 'revoked',
  input: { on: string; reason: string; documentNo: string; intoId?: number },
): Promise<number> {
  const version = await moveUnion(
    ctx,
    union,
    to,
    {
      ended_on: input.on,
      end_reason: input.reason,
      ...(input.intoId === undefined ? {} : { merged_into_id: input.intoId }),
    },
    {
      reason: input.reason,
      details: {
        on: input.on,
        document: input.documentNo,
        ...(input.intoId === undefined ? {} : { into: input.intoId }),
      },
    },
  )
  const day = sql<string>`greatest(${input.on}::date, valid_from + 1)`
  await ctx.db
    .updateTable('organisation.covered_unit')
    .set({ valid_to: day })
    .where('union_id', '=', union.id)
    .where('valid_to', 'is', null)
    .execute()
  await ctx.db
    .updateTable('organisation.association_member')
    .set({ valid_to: day })
    .where((eb) => eb.or([eb('union_id', '=', union.id), eb('association_id', '=', union.id)]))
    .where('valid_to', 'is', null)
    .execute()
  await ctx.db
    .updateTable('organisation.companion_body')
    .set({ ended_on: sql<string>`greatest(${input.on}::date, formed_on)` })
    .where('union_id', '=', union.id)
    .where('ended_on', 'is', null)
    .execute()
  await endTerms(ctx, { unionId: union.id, on: input.on, reason: input.reason })
  await endUnionPosts(ctx, { unionId: union.id, on: input.on, reason: input.reason })
  await ctx.db
    .updateTable('organisation.election')
    .set({ state: 'withdrawn', version: sql<number>`version + 1` })
    .where('union_id', '=', union.id)
    .where('state', 'in', ['asked', 'approved', 'held'])
    .execute()
  await endUnionPapers(ctx, union.id, input.reason)
  return version
}

/**
 * Revokes a union: its employer ended, its project is over, or it was never founded. Nobody does so at will (ORG-04): the leader decides,
 * a report to the superior is attached, every member is placed first (M008), property and funds are settled. A project union ends so too
 * (M012).
 *
 * @throws DomainError conflict organisation.end.* with what is left to do
 */
export async function revokeUnion(
  ctx: TenantContext,
  input: z.output<typeof RevokeUnion>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:approve')
  const union = await holdUnion(ctx, input.unionId, input.version)
  checkDay(ctx, 'on', input.on, union.founded_on ?? union.applied_on)
  if (union.kind === 'GROUP')
    throw new DomainError('conflict', 'organisation.union.move', { params: { from: union.state, to: 'revoked' } })
  if (union.state === 'active' && union.kind !== 'BASIC_PROJECT' && (await hasLivingEmployer(ctx, union)))
    throw new DomainError('conflict', 'organisation.end.employerLives')
  const wasFounded = union.founded_on !== null
  if (wasFounded) await checkObstacles(ctx, union)
  return { version: await endUnion(ctx, union, 'revoked', input) }
}

/** ORG-04: while the employer is there, its own union is not revoked at will; restructuring comes first. */
async function hasLivingEmployer(ctx: TenantContext, union: UnionRow): Promise<boolean> {
  if (union.kind !== 'BASIC_SINGLE' || union.employer_id === null) return false
  const employer = await ctx.db
    .selectFrom('organisation.employer')
    .select('status')
    .where('id', '=', union.employer_id)
    .executeTakeFirst()
  return employer?.status === 'operating'
}

/**
 * Merges a union into another of the body's (M008). Its members were transferred there or placed otherwise before; its units go along,
 * as far as the other covers units.
 *
 * @throws DomainError conflict organisation.end.*; invalid for a union that is not at work
 */
export async function mergeUnion(ctx: TenantContext, input: z.output<typeof MergeUnion>): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:approve')
  const union = await holdUnion(ctx, input.unionId, input.version)
  const into = await holdUnion(ctx, input.intoId)
  checkDay(ctx, 'on', input.on, union.founded_on)
  if (into.id === union.id || into.state !== 'active' || into.kind === 'GROUP' || union.kind === 'GROUP')
    throw new DomainError('invalid', 'organisation.end.into', {
      fields: [{ path: 'intoId', key: 'organisation.end.into' }],
    })
  await checkObstacles(ctx, union)
  const version = await endUnion(ctx, union, 'merged', input)
  const mode = into.kind === 'BASIC_JOINT' ? 'joint' : into.kind.startsWith('UNION_ASSOC') ? 'association' : null
  if (mode !== null)
    await sql`
      insert into organisation.covered_unit (tenant_id, union_id, employer_id, mode, valid_from, note)
      select ${ctx.tenantId}, ${into.id}, c.employer_id, ${mode}, c.valid_to, ${union.name}
      from organisation.covered_unit c join organisation.employer e on e.id = c.employer_id
      where c.union_id = ${union.id} and c.valid_to >= ${input.on}::date and c.mode <> 'custody' and e.ended_on is null
      on conflict do nothing`.execute(ctx.db)
  return { version }
}
