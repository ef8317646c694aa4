import { sql } from 'kysely'
import { z } from 'zod'
import {
  DomainError,
  actorName,
  findFederations,
  recordAudit,
  requirePermission,
  type TenantContext,
} from '@gonglian/tenancy'
import { listItems } from './items.ts'
import { composeLetter, digestLetter, writeCanonical } from './letters/letter-text.ts'
import { findPlan, nameParty } from './plans.ts'

/** A share as a loader knows it: who gave it to whom, and what its receiver keeps back if it has split it. */
export type ImportedShare = {
  itemId: number
  issuerId: number
  receiverId: number
  value: number
  reserve: number | null
  state: 'issued' | 'accepted' | 'signed'
  exemption?: string
}

export const ImportAllocations = z.object({
  planId: z.int().positive(),
  /** When they were issued, accepted and signed. */
  at: z.date(),
})

/**
 * Loads the shares of a whole plan, all levels at once: the plan must be issued and unsplit, and the root is given by its
 * `reserve`. For loaders, so only system actors that see the whole tree of the plan; a country of 44,704 bodies takes one statement.
 * The database checks places and conservation (P1) as it does for everybody.
 *
 * @param rootReserves by item, what the plan's issuer keeps back
 */
export async function importAllocations(
  ctx: TenantContext,
  input: z.output<typeof ImportAllocations>,
  shares: readonly ImportedShare[],
  rootReserves: ReadonlyMap<number, number>,
): Promise<{ imported: number; letters: number }> {
  requirePermission(ctx, 'target:issue')
  if (ctx.actor.kind !== 'system')
    throw new DomainError('forbidden', 'errors.forbidden', { params: { permission: 'target:issue' } })
  const plan = await findPlan(ctx, input.planId)
  if (plan.state !== 'issued') throw new DomainError('conflict', 'errors.planNotIssued')
  const letters = await importLetters(ctx, input, shares)
  const by = actorName(ctx.actor)
  // Arrays instead of a JSON text: half a million shares stay one statement of some ten megabytes.
  await sql`
    insert into targets.allocation (item_id, tenant_id, receiver_id, value, reserve, state, exemption, issued_at, issued_by, answered_at, answered_by, letter_id)
    select s.item_id, s.issuer_id, s.receiver_id, s.value, s.reserve, s.state, s.exemption, ${input.at}, ${by},
      case when s.state <> 'issued' then ${input.at}::timestamptz end, case when s.state <> 'issued' then ${by} end,
      case when s.state = 'signed' then s.letter_id end
    from unnest(${shares.map((share) => share.itemId)}::bigint[], ${shares.map((share) => share.issuerId)}::int[],
      ${shares.map((share) => share.receiverId)}::int[], ${shares.map((share) => share.value)}::bigint[],
      ${shares.map((share) => share.reserve)}::bigint[], ${shares.map((share) => share.state)}::text[],
      ${shares.map((share) => share.exemption ?? '')}::text[], ${shares.map((share) => letters.get(share.receiverId) ?? null)}::bigint[])
      as s(item_id, issuer_id, receiver_id, value, reserve, state, exemption, letter_id)`.execute(ctx.db)
  await sql`
    update targets.allocation a set reserve = r.reserve
    from unnest(${[...rootReserves.keys()]}::bigint[], ${[...rootReserves.values()]}::bigint[]) as r(item_id, reserve)
    where a.item_id = r.item_id and a.receiver_id = ${plan.issuer.id}`.execute(ctx.db)
  await recordAudit(ctx, {
    action: 'share.import',
    objectKind: 'plan',
    objectId: plan.id,
    after: { imported: shares.length, letters: letters.size },
  })
  return { imported: shares.length, letters: letters.size }
}

/** One letter for each body that has signed shares; returns its number by body. */
async function importLetters(
  ctx: TenantContext,
  input: z.output<typeof ImportAllocations>,
  shares: readonly ImportedShare[],
): Promise<Map<number, number>> {
  const signed = new Map<number, ImportedShare[]>()
  for (const share of shares) {
    const own = signed.get(share.receiverId)
    if (share.state === 'signed' && own) own.push(share)
    else if (share.state === 'signed') signed.set(share.receiverId, [share])
  }
  if (signed.size === 0) return new Map()
  const plan = await findPlan(ctx, input.planId)
  const items = new Map((await listItems(ctx, input.planId)).map((item) => [item.id, item]))
  const bodies = await findFederations(ctx, [
    ...new Set([...signed.values()].flat().flatMap((share) => [share.receiverId, share.issuerId])),
  ])
  const texts = [...signed].map(([receiverId, own]) => {
    const issuerId = own[0]?.issuerId ?? receiverId
    const lines = own.flatMap((share) => {
      const item = items.get(share.itemId)
      return item ? [{ item, value: share.value, exemption: share.exemption ?? '' }] : []
    })
    lines.sort((a, b) => a.item.position - b.item.position)
    return {
      receiverId,
      issuerId,
      text: writeCanonical(composeLetter(plan, nameParty(bodies, issuerId), nameParty(bodies, receiverId), lines)),
    }
  })
  const { rows } = await sql<{ id: number; tenant_id: number }>`
    insert into targets.letter (tenant_id, plan_id, issuer_id, text, hash, signed_by, signed_at)
    select l.receiver_id, ${plan.id}, l.issuer_id, l.text, l.hash, ${actorName(ctx.actor)}, ${input.at}
    from unnest(${texts.map((letter) => letter.receiverId)}::int[], ${texts.map((letter) => letter.issuerId)}::int[],
      ${texts.map((letter) => letter.text)}::text[], ${texts.map((letter) => digestLetter(letter.text))}::text[]) as l(receiver_id, issuer_id, text, hash)
    returning id, tenant_id`.execute(ctx.db)
  return new Map(rows.map((row) => [row.tenant_id, row.id]))
}
