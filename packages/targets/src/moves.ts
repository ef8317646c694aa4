import { sql } from 'kysely'
import { DomainError, actorName, type FieldError, type TenantContext } from '@gonglian/tenancy'
import type { HeldShare } from './allocations.ts'
import { hashAmendment, type AmendmentKind } from './amendments.ts'
import { checkFamily, type Family } from './families.ts'
import { holdFamilies, refuseFamily } from './faults.ts'
import { writeTarget } from './measures.ts'
import { shareColumns, toShare, type AllocationState, type Share } from './shares.ts'
import { findLimit, findRemainder } from './splits.ts'

/** One share and the value it is to have. */
export type Move = { share: Share; path: string; to: number; exemption: string; reason: string }

/** The body's share and those it gave, held in one order so that two changes never wait for each other. */
export async function holdChildren(ctx: TenantContext, held: HeldShare): Promise<Map<number, Share>> {
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
export async function moveShares(
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
