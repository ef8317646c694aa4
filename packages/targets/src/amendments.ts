import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { z } from 'zod'
import {
  DomainError,
  actorName,
  found,
  recordAudit,
  requirePermission,
  type FieldError,
  type TenantContext,
} from '@gonglian/tenancy'
import {
  holdShare,
  readSplitVersion,
  shareColumns,
  toShare,
  type AllocationState,
  type HeldShare,
  type Share,
} from './allocations.ts'
import { checkFamily, type Family } from './families.ts'
import { holdFamilies, refuseFamily } from './faults.ts'
import { TargetFigure, readTarget, writeTarget } from './measures.ts'
import { findLimit, findRemainder } from './splits.ts'

export type AmendmentKind = 'settlement' | 'change' | 'amendment'
/** One change of a share after it was issued, both lines kept (GOV-04). */
export type Amendment = {
  itemId: number
  receiverId: number
  /** settlement: of a dispute; change: before the signature; amendment: after it. */
  kind: AmendmentKind
  from: number
  to: number
  counterValue: number | null
  request: string
  reason: string
  actor: string
  hash: string | null
  at: Date
}

export const AmendAllocations = z.object({
  itemId: z.int().positive(),
  /** Of the split, as its editor saw it. */
  version: z.int().min(0),
  changes: z
    .array(
      z.object({
        receiverId: z.int().positive(),
        toValue: TargetFigure,
        exemption: z.string().trim().max(500).default(''),
      }),
    )
    .min(1)
    .max(5000),
  reason: z.string().trim().min(2).max(500),
})
export const SettleAllocation = z.object({
  itemId: z.int().positive(),
  receiverId: z.int().positive(),
  /** Of the disputed share, as the issuer saw it. */
  version: z.int(),
  value: TargetFigure,
  reply: z.string().trim().min(2).max(500),
  exemption: z.string().trim().max(500).default(''),
})

/**
 * Changes shares that were issued. What the children get more or less goes into the issuer's reserve, and what a child had
 * already split keeps its sum by the child's own reserve (P1). Signed shares stay signed, both lines in the file; whoever
 * had accepted another value and not signed is asked again. The plan's issuer may change its own root in the same step.
 *
 * @throws DomainError invalid naming the cell; conflict when the split was changed meanwhile or a share stands in dispute
 */
export async function amendAllocations(
  ctx: TenantContext,
  input: z.output<typeof AmendAllocations>,
): Promise<{ version: number; changed: number }> {
  requirePermission(ctx, 'target:amend')
  const held = await holdShare(ctx, input)
  const shares = await holdChildren(ctx, held)
  const moves: Move[] = []
  const fields: FieldError[] = []
  for (const [index, change] of input.changes.entries()) {
    const share = shares.get(change.receiverId)
    const path = `changes.${index}.toValue`
    const value = readTarget(held.item.measure, change.toValue)
    if (!share) fields.push({ path: `changes.${index}.receiverId`, key: 'errors.shareNotFound' })
    else if (moves.some((move) => move.share === share))
      fields.push({ path: `changes.${index}.receiverId`, key: 'errors.splitTwice' })
    else if (share.state === 'draft') fields.push({ path, key: 'errors.amendDraft' })
    else if (share.state === 'disputed') fields.push({ path, key: 'errors.amendDisputed' })
    else if (!value.ok) fields.push({ path, key: value.key, params: value.params })
    else if (value.value !== share.value)
      moves.push({ share, path, to: value.value, exemption: change.exemption || share.exemption, reason: input.reason })
  }
  if (fields.length > 0) throw new DomainError('invalid', fields[0]?.key ?? 'errors.invalid', { fields })
  if (moves.length === 0)
    throw new DomainError('invalid', 'errors.amendNothing', {
      fields: [{ path: 'changes', key: 'errors.amendNothing' }],
    })
  await moveShares(ctx, held, shares, moves)
  await recordAudit(ctx, {
    action: 'share.amend',
    objectKind: 'item',
    objectId: held.item.id,
    before: { reserve: held.share.reserve },
    after: {
      reason: input.reason,
      changed: moves.length,
      changes: moves.slice(0, 500).map((move) => [move.share.receiverId, move.share.value, move.to]),
    },
  })
  return { version: await readSplitVersion(ctx, held.item.id), changed: moves.length }
}

/**
 * Answers a dispute with a value that then stands: the old one, the one asked for, or one between. The difference goes into the
 * issuer's reserve.
 *
 * @throws DomainError conflict when the share is not in dispute or was changed meanwhile
 */
export async function settleAllocation(ctx: TenantContext, input: z.output<typeof SettleAllocation>): Promise<void> {
  requirePermission(ctx, 'target:settle')
  const held = await holdShare(ctx, { itemId: input.itemId })
  const shares = await holdChildren(ctx, held)
  const share = found(
    input.receiverId === ctx.tenantId ? undefined : shares.get(input.receiverId),
    'errors.shareNotFound',
  )
  if (share.state !== 'disputed') throw new DomainError('conflict', 'errors.settleNotDisputed')
  if (share.version !== input.version) throw new DomainError('conflict', 'errors.shareChanged')
  const value = readTarget(held.item.measure, input.value)
  if (!value.ok)
    throw new DomainError('invalid', value.key, {
      params: value.params,
      fields: [{ path: 'value', key: value.key, params: value.params }],
    })
  await moveShares(ctx, held, shares, [
    { share, path: 'value', to: value.value, exemption: input.exemption || share.exemption, reason: input.reply },
  ])
  await recordAudit(ctx, {
    action: 'share.settle',
    objectKind: 'item',
    objectId: held.item.id,
    before: { receiverId: share.receiverId, value: share.value, counterValue: share.counterValue },
    after: { value: value.value, reply: input.reply },
  })
}

type Move = { share: Share; path: string; to: number; exemption: string; reason: string }

/** The body's share and those it gave, held in one order so that two changes never wait for each other. */
async function holdChildren(ctx: TenantContext, held: HeldShare): Promise<Map<number, Share>> {
  const rows = await ctx.db
    .selectFrom('targets.allocation')
    .select(shareColumns)
    .where('item_id', '=', held.item.id)
    .where('above_id', '=', ctx.tenantId)
    .orderBy('receiver_id')
    .forUpdate()
    .execute()
  const shares = new Map(rows.map((row) => [row.receiver_id, toShare(row)]))
  if (held.share.issuerId === ctx.tenantId) shares.set(ctx.tenantId, held.share)
  return shares
}

/** The family as it will stand, checked; then the lines of the file, then the shares. */
async function moveShares(
  ctx: TenantContext,
  held: HeldShare,
  shares: ReadonlyMap<number, Share>,
  moves: readonly Move[],
): Promise<void> {
  const { item, plan, share } = held
  const target = new Map(moves.map((move) => [move.share.receiverId, move]))
  const own = target.get(ctx.tenantId)?.to ?? share.value
  const children = [...shares.values()]
    .filter((child) => child.receiverId !== ctx.tenantId)
    .map((child) => ({
      receiverId: child.receiverId,
      value: target.get(child.receiverId)?.to ?? child.value,
      exemption: target.get(child.receiverId)?.exemption ?? child.exemption,
    }))
  const reserve =
    item.method === 'sum' && share.reserve !== null
      ? findRemainder(
          own,
          0,
          children.map((child) => child.value),
        )
      : share.reserve
  const family: Family = {
    method: item.method,
    direction: item.direction,
    share: own,
    reserve: reserve ?? 0,
    overAllocation: plan.overAllocation,
    children,
  }
  if (share.reserve !== null) {
    const fault = checkFamily(family)
    if (fault) throw refuseFamily(item, family, fault, (receiverId) => target.get(receiverId)?.path ?? 'changes')
  }
  refuseBeneath(held, moves)
  await writeAmendments(ctx, held, moves)
  await writeMoves(ctx, held, moves, reserve)
  await holdFamilies(ctx)
}

/** A share cannot fall below what its receiver has already given out: it must take that back first. */
function refuseBeneath(held: HeldShare, moves: readonly Move[]): void {
  const { item, plan } = held
  if (item.method !== 'sum') return
  const fields = moves.flatMap((move): FieldError[] => {
    if (move.share.reserve === null || move.share.receiverId === held.share.receiverId) return []
    const reserve = move.share.reserve + move.to - move.share.value
    if (-reserve <= findLimit(move.to, plan.overAllocation)) return []
    const params = { given: writeTarget(item.measure, move.share.value - move.share.reserve), unit: item.measure.unit }
    return [{ path: move.path, key: 'errors.amendBeneathSplit', params }]
  })
  if (fields.length > 0)
    throw new DomainError('conflict', 'errors.amendBeneathSplit', { params: fields[0]?.params ?? {}, fields })
}

const kindOf: Record<AllocationState, AmendmentKind> = {
  draft: 'change',
  issued: 'change',
  accepted: 'change',
  settled: 'change',
  disputed: 'settlement',
  signed: 'amendment',
}

async function writeAmendments(ctx: TenantContext, held: HeldShare, moves: readonly Move[]): Promise<void> {
  const signed = moves.filter((move) => move.share.state === 'signed').map((move) => move.share.receiverId)
  const previous = await readHashes(ctx, held.item.id, signed)
  const rows = moves.map((move) => {
    const kind = kindOf[move.share.state]
    const last = previous.get(move.share.receiverId)
    return {
      receiverId: move.share.receiverId,
      kind,
      from: move.share.value,
      to: move.to,
      counterValue: kind === 'settlement' ? move.share.counterValue : null,
      request: kind === 'settlement' ? move.share.reason : '',
      reason: move.reason,
      hash:
        kind === 'amendment'
          ? hashAmendment({
              previous: last ?? '',
              itemId: held.item.id,
              receiverId: move.share.receiverId,
              from: move.share.value,
              to: move.to,
              reason: move.reason,
              actor: actorName(ctx.actor),
            })
          : null,
    }
  })
  await sql`
    insert into targets.amendment (item_id, receiver_id, tenant_id, kind, from_value, to_value, counter_value, request, reason, actor, hash)
    select ${held.item.id}, r."receiverId", ${ctx.tenantId}, r.kind, r."from", r."to", r."counterValue", r.request, r.reason, ${actorName(ctx.actor)}, r.hash
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(
      "receiverId" int, kind text, "from" bigint, "to" bigint, "counterValue" bigint, request text, reason text, hash text)`.execute(
    ctx.db,
  )
}

/** Of each signed share the hash that the next amendment continues: of its last amendment, or of the letter itself. */
async function readHashes(
  ctx: TenantContext,
  itemId: number,
  receiverIds: readonly number[],
): Promise<Map<number, string>> {
  if (receiverIds.length === 0) return new Map()
  const { rows } = await sql<{ receiver_id: number; hash: string }>`
    select a.receiver_id, coalesce((
      select m.hash from targets.amendment m where m.item_id = a.item_id and m.receiver_id = a.receiver_id and m.kind = 'amendment' order by m.id desc limit 1), l.hash) as hash
    from targets.allocation a join targets.letter l on l.id = a.letter_id
    where a.item_id = ${itemId} and a.receiver_id = any (${[...receiverIds]})`.execute(ctx.db)
  return new Map(rows.map((row) => [row.receiver_id, row.hash]))
}

/** sha256 over what an amendment says and what it continues: a chain that starts at the signed letter. */
export function hashAmendment(line: {
  previous: string
  itemId: number
  receiverId: number
  from: number
  to: number
  reason: string
  actor: string
}): string {
  return createHash('sha256')
    .update(JSON.stringify([line.previous, line.itemId, line.receiverId, line.from, line.to, line.reason, line.actor]))
    .digest('hex')
}

async function writeMoves(
  ctx: TenantContext,
  held: HeldShare,
  moves: readonly Move[],
  reserve: number | null,
): Promise<void> {
  const rows = moves
    .filter((move) => move.share.receiverId !== ctx.tenantId)
    .map((move) => ({
      receiverId: move.share.receiverId,
      to: move.to,
      exemption: held.item.method === 'floor' ? move.exemption : '',
      reply: move.reason,
    }))
  const own = moves.find((move) => move.share.receiverId === ctx.tenantId)
  // The reserve of a child that has split its share takes up the difference; its state tells whom to ask again.
  await sql`
    update targets.allocation a set value = r."to", exemption = r.exemption, version = a.version + 1,
      reserve = case when a.reserve is not null and ${held.item.method} = 'sum' then a.reserve + r."to" - a.value else a.reserve end,
      state = case a.state when 'disputed' then 'settled' when 'signed' then 'signed' else 'issued' end,
      reply = case a.state when 'disputed' then r.reply else a.reply end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r("receiverId" int, "to" bigint, exemption text, reply text)
    where a.item_id = ${held.item.id} and a.receiver_id = r."receiverId" and a.above_id = ${ctx.tenantId}`.execute(
    ctx.db,
  )
  await ctx.db
    .updateTable('targets.allocation')
    .set({
      reserve,
      split_version: sql<number>`split_version + 1`,
      ...(own ? { value: own.to, version: sql<number>`version + 1` } : {}),
    })
    .where('item_id', '=', held.item.id)
    .where('receiver_id', '=', ctx.tenantId)
    .execute()
}

/** The lines of a share's file, oldest first; of all shares of an item that are within sight when no receiver is named. */
export async function listAmendments(
  ctx: TenantContext,
  input: { itemIds: readonly number[]; receiverId?: number },
): Promise<Amendment[]> {
  requirePermission(ctx, 'target:read')
  if (input.itemIds.length === 0) return []
  let query = ctx.db
    .selectFrom('targets.amendment')
    .selectAll()
    .where('item_id', 'in', [...input.itemIds])
    .orderBy('id')
  if (input.receiverId !== undefined) query = query.where('receiver_id', '=', input.receiverId)
  const rows = await query.execute()
  return rows.map((row) => ({
    itemId: row.item_id,
    receiverId: row.receiver_id,
    kind: row.kind,
    from: row.from_value,
    to: row.to_value,
    counterValue: row.counter_value,
    request: row.request,
    reason: row.reason,
    actor: row.actor,
    hash: row.hash,
    at: row.at,
  }))
}
