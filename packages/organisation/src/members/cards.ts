import { sql } from 'kysely'
import { z } from 'zod'
import { DomainError, actorName, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { memberId } from './members.ts'

const day = z.iso.date()

export const IssueCards = z.object({ memberIds: z.array(memberId).min(1).max(5000), issuedOn: day.optional() })
export const IssueCardsOfUnion = z.object({ unionId: z.int().positive(), issuedOn: day.optional() })
export const ReplaceCard = z.object({
  memberId,
  for: z.enum(['lost', 'damaged', 'changed']),
  issuedOn: day.optional(),
})

export type IssuedCard = { readonly memberId: number; readonly cardNo: string }

/**
 * Gives the members their card numbers: the body's code and a running number, taken from a series that two officers at once share in
 * turn, so that no number is given twice in the country (M010).
 */
async function giveCards(ctx: TenantContext, memberIds: readonly number[], issuedOn: string): Promise<IssuedCard[]> {
  if (issuedOn > ctx.today) {
    const key = 'organisation.member.day'
    throw new DomainError('invalid', key, {
      fields: [{ path: 'issuedOn', key, params: { from: '1925-05-01', to: ctx.today } }],
    })
  }
  const { rows: series } = await sql<{ last_no: number }>`
    insert into organisation.card_series (tenant_id, last_no) values (${ctx.tenantId}, ${memberIds.length})
    on conflict (tenant_id) do update set last_no = card_series.last_no + excluded.last_no returning last_no`.execute(
    ctx.db,
  )
  const first = (series[0]?.last_no ?? 0) - memberIds.length + 1
  const { rows } = await sql<{ memberId: number; cardNo: string }>`
    with given as (
      select g.id, f.code || '-' || lpad((${first}::int + g.place - 1)::text, 8, '0') as card_no
      from unnest(${memberIds}::bigint[]) with ordinality as g (id, place), tenancy.federation f where f.id = ${ctx.tenantId}),
    written as (
      update organisation.member m set card_no = given.card_no, card_on = ${issuedOn}, version = version + 1
      from given where m.id = given.id and m.tenant_id = ${ctx.tenantId} returning m.id, m.card_no),
    noted as (
      insert into organisation.card (card_no, tenant_id, member_id, issued_on, actor)
      select card_no, ${ctx.tenantId}, id, ${issuedOn}::date, ${actorName(ctx.actor)} from written)
    select id as "memberId", card_no as "cardNo" from written order by card_no`.execute(ctx.db)
  await recordAudit(ctx, {
    action: 'card.issue',
    objectKind: 'card',
    objectId: rows[0]?.cardNo ?? '',
    after: { cards: rows.length, last: rows.at(-1)?.cardNo ?? '' },
  })
  return rows
}

/**
 * Issues cards, singly or to many (MEM-02, M010).
 *
 * @throws DomainError conflict organisation.card.notAll when some of them are no members of this body or hold a card
 */
export async function issueCards(ctx: TenantContext, input: z.output<typeof IssueCards>): Promise<IssuedCard[]> {
  requirePermission(ctx, 'member:write')
  const wanted = [...new Set(input.memberIds)].toSorted((a, b) => a - b)
  const { rows } = await sql<{ id: number }>`
    select id from organisation.member where id = any (${wanted}::bigint[]) and tenant_id = ${ctx.tenantId}
      and state in ('active', 'retained') and card_no is null order by id for update`.execute(ctx.db)
  if (rows.length !== wanted.length)
    throw new DomainError('conflict', 'organisation.card.notAll', { params: { count: wanted.length - rows.length } })
  return giveCards(ctx, wanted, input.issuedOn ?? ctx.today)
}

/** Cards for all members of a union who have none. */
export async function issueCardsOfUnion(
  ctx: TenantContext,
  input: z.output<typeof IssueCardsOfUnion>,
): Promise<IssuedCard[]> {
  requirePermission(ctx, 'member:write')
  const { rows } = await sql<{ id: number }>`
    select id from organisation.member where union_id = ${input.unionId} and tenant_id = ${ctx.tenantId}
      and state in ('active', 'retained') and card_no is null order by id for update`.execute(ctx.db)
  if (rows.length === 0) return []
  return giveCards(
    ctx,
    rows.map((row) => row.id),
    input.issuedOn ?? ctx.today,
  )
}

/** A new number for a card that was lost, damaged or no longer right; the old one stays on record as replaced. */
export async function replaceCard(ctx: TenantContext, input: z.output<typeof ReplaceCard>): Promise<IssuedCard> {
  requirePermission(ctx, 'member:write')
  const issuedOn = input.issuedOn ?? ctx.today
  const { rows } = await sql<{ card_no: string }>`
    select card_no from organisation.member where id = ${input.memberId} and tenant_id = ${ctx.tenantId}
      and state in ('active', 'retained') and card_no is not null for update`.execute(ctx.db)
  const old = rows[0]
  if (!old) throw new DomainError('conflict', 'organisation.card.none')
  await ctx.db
    .updateTable('organisation.card')
    .set({ replaced_on: issuedOn, replaced_for: input.for })
    .where('card_no', '=', old.card_no)
    .where('tenant_id', '=', ctx.tenantId)
    .execute()
  const [card] = await giveCards(ctx, [input.memberId], issuedOn)
  if (!card) throw new DomainError('conflict', 'organisation.card.none')
  return card
}

export type CardRecord = { cardNo: string; issuedOn: string; replacedOn: string | null; replacedFor: string }

/** The cards a member was given by this body, newest first. */
export async function listCards(ctx: TenantContext, input: { memberId: number }): Promise<CardRecord[]> {
  requirePermission(ctx, 'member:read')
  const rows = await ctx.db
    .selectFrom('organisation.card')
    .selectAll()
    .where('member_id', '=', input.memberId)
    .orderBy('card_no', 'desc')
    .execute()
  return rows.map((row) => ({
    cardNo: row.card_no,
    issuedOn: row.issued_on,
    replacedOn: row.replaced_on,
    replacedFor: row.replaced_for,
  }))
}
