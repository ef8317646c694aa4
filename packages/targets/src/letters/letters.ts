import { sql } from 'kysely'
import { z } from 'zod'
import {
  DomainError,
  actorName,
  findFederations,
  found,
  recordAudit,
  requireFreshProof,
  requirePermission,
  type TenantContext,
} from '@gonglian/tenancy'
import { issuePaper } from '@gonglian/documents'
import { hashAmendment, readAmendments, type Amendment } from '../amendments.ts'
import type { Method } from '../families.ts'
import { listItems, type Item } from '../items.ts'
import { letterPaper } from './letter-paper.ts'
import { LetterText, composeLetter, digestLetter, readCanonical, writeCanonical } from './letter-text.ts'
import { findPlan, nameParty, type Party, type Plan } from '../plans.ts'
import { shareColumns, toShare, type AllocationState } from '../shares.ts'

export type Letter = {
  plan: Plan
  issuer: Party
  receiver: Party
  lines: {
    item: Item
    method: Method
    value: number
    original: number
    state: AllocationState
    exemption: string
    letterId: number | null
    amendments: Amendment[]
  }[]
  /** What was signed, as it stood. `intact`: text, hash and the chain of its amendments agree. */
  signed: { id: number; text: LetterText; hash: string; signedBy: string; signedAt: Date; intact: boolean }[]
  /** What waits for the signature: its digest, and why it cannot be signed yet (a message key). Null: nothing. */
  pending: { digest: string; text: LetterText; blocked: string | null } | null
}

export const GetLetter = z.object({ planId: z.int().positive(), receiverId: z.int().positive().optional() })
export const SignAllocations = z.object({
  planId: z.int().positive(),
  /** Of the letter the leader read: what is signed is what was seen. */
  digest: z.string().regex(/^[0-9a-f]{64}$/, 'errors.letterChanged'),
})

/**
 * The responsibility letter (责任状) of a plan and a body: its own by default, or that of a body below. Data for print.
 *
 * @throws DomainError not_found where the body holds no share of the plan within sight
 */
export async function getLetter(ctx: TenantContext, input: z.output<typeof GetLetter>): Promise<Letter> {
  requirePermission(ctx, 'target:read')
  return readLetter(ctx, input.planId, input.receiverId ?? ctx.tenantId)
}

async function readLetter(ctx: TenantContext, planId: number, receiverId: number): Promise<Letter> {
  const plan = await findPlan(ctx, planId)
  const items = await listItems(ctx, planId)
  const rows = await ctx.db
    .selectFrom('targets.allocation')
    .select([...shareColumns, 'letter_id'])
    .where('receiver_id', '=', receiverId)
    .where('above_id', 'is not', null)
    .where('state', '<>', 'draft')
    .where('item_id', '=', sql<number>`any (${items.map((item) => item.id)}::bigint[])`)
    .execute()
  const first = found(rows[0], 'errors.letterNotFound')
  const bodies = await findFederations(ctx, [first.tenant_id, receiverId])
  const issuer = nameParty(bodies, first.tenant_id)
  const receiver = nameParty(bodies, receiverId)
  const amendments = await readAmendments(ctx, { itemIds: rows.map((row) => row.item_id), receiverId })
  const lines = items.flatMap((item) => {
    const row = rows.find((one) => one.item_id === item.id)
    if (!row) return []
    const share = toShare(row)
    const own = amendments.filter((amendment) => amendment.itemId === item.id)
    return [
      {
        item,
        method: item.method,
        value: share.value,
        original: own[0]?.from ?? share.value,
        state: share.state,
        exemption: share.exemption,
        letterId: row.letter_id,
        amendments: own,
      },
    ]
  })
  const letters = await ctx.db
    .selectFrom('targets.letter')
    .selectAll()
    .where('tenant_id', '=', receiverId)
    .where('plan_id', '=', planId)
    .orderBy('id')
    .execute()
  const open = lines.filter((line) => line.state !== 'signed')
  const text = open.length > 0 ? composeLetter(plan, issuer, receiver, open) : null
  return {
    plan,
    issuer,
    receiver,
    lines,
    signed: letters.map((letter) => {
      const signed = readCanonical(letter.text)
      return {
        id: letter.id,
        text: signed,
        hash: letter.hash,
        signedBy: letter.signed_by,
        signedAt: letter.signed_at,
        intact: isIntact(letter, signed, lines),
      }
    }),
    pending: text && { digest: digestLetter(writeCanonical(text)), text, blocked: findBlock(plan, open) },
  }
}

function findBlock(plan: Plan, open: readonly { state: AllocationState }[]): string | null {
  if (plan.state === 'closed') return 'errors.planClosed'
  return open.some((line) => line.state === 'issued' || line.state === 'disputed') ? 'errors.signOpenShares' : null
}

/** The hash is that of the text, and from each value in it an unbroken chain of amendments leads to today's share. */
function isIntact(
  letter: { id: number; text: string; hash: string },
  text: LetterText,
  lines: Letter['lines'],
): boolean {
  if (digestLetter(letter.text) !== letter.hash) return false
  return text.lines.every((signed) => {
    const line = lines.find((one) => one.item.id === signed.itemId && one.letterId === letter.id)
    if (!line) return false
    let { value } = signed
    let previous = letter.hash
    for (const amendment of line.amendments) {
      if (amendment.kind !== 'amendment') continue
      const hash = hashAmendment({
        previous,
        itemId: amendment.itemId,
        receiverId: amendment.receiverId,
        from: amendment.from,
        to: amendment.to,
        reason: amendment.reason,
        actor: amendment.actor,
      })
      if (amendment.hash !== hash || amendment.from !== value) return false
      value = amendment.to
      previous = hash
    }
    return value === line.value
  })
}

/**
 * Signs all accepted and settled shares of a plan at once: the letter is frozen as its text with its hash. Later changes are
 * amendments beside it. Its paper is issued in the same moment, with a code that anybody can check.
 *
 * @throws DomainError conflict when it is signed already, a share is still open, or the letter is no longer the one that was read
 */
export async function signAllocations(
  ctx: TenantContext,
  input: z.output<typeof SignAllocations>,
): Promise<{ letterId: number; hash: string; signed: number }> {
  requirePermission(ctx, 'target:sign')
  requireFreshProof(ctx)
  await ctx.db
    .selectFrom('targets.allocation as a')
    .innerJoin('targets.item as i', 'i.id', 'a.item_id')
    .select('a.item_id')
    .where('i.plan_id', '=', input.planId)
    .where('a.receiver_id', '=', ctx.tenantId)
    .orderBy('a.item_id')
    .forUpdate('a')
    .execute()
  const letter = await readLetter(ctx, input.planId, ctx.tenantId)
  if (!letter.pending) throw new DomainError('conflict', 'errors.alreadySigned')
  if (letter.pending.blocked) throw new DomainError('conflict', letter.pending.blocked)
  if (letter.pending.digest !== input.digest) throw new DomainError('conflict', 'errors.letterChanged')
  const text = writeCanonical(letter.pending.text)
  const hash = digestLetter(text)
  const row = await ctx.db
    .insertInto('targets.letter')
    .values({
      tenant_id: ctx.tenantId,
      plan_id: input.planId,
      issuer_id: letter.issuer.id,
      text,
      hash,
      signed_by: actorName(ctx.actor),
      signed_at: ctx.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  const open = letter.lines.filter((line) => line.state !== 'signed')
  await ctx.db
    .updateTable('targets.allocation')
    .set({ state: 'signed', letter_id: row.id, version: sql<number>`version + 1` })
    .where('receiver_id', '=', ctx.tenantId)
    .where(
      'item_id',
      'in',
      open.map((line) => line.item.id),
    )
    .execute()
  await recordAudit(ctx, {
    action: 'letter.sign',
    objectKind: 'plan',
    objectId: input.planId,
    after: { letterId: row.id, hash, signed: open.length },
  })
  await issuePaper(ctx, letterPaper, row.id)
  return { letterId: row.id, hash, signed: open.length }
}
