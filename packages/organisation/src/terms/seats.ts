import { recordAudit, type TenantContext } from '@gonglian/tenancy'
import { sql, type Insertable, type Selectable } from 'kysely'
import type { DB } from '@gonglian/db'
import type { ElectedBody } from './slates.ts'

type Officer = Selectable<DB['organisation.officer']>
type Post = Officer['post']
type Stood = 'chair' | 'vice_chair' | 'member'

/** The post that somebody elected into a body holds from then on. */
export const seatPosts = {
  union_committee: { chair: 'chair', vice_chair: 'vice_chair', member: 'committee_member' },
  audit_committee: { chair: 'audit_chair', vice_chair: 'audit_vice_chair', member: 'audit_member' },
  women_committee: { chair: 'women_chair', vice_chair: 'women_vice_chair', member: 'women_member' },
} as const satisfies Record<ElectedBody, Record<Stood, Post>>

export type Elected = {
  readonly body: ElectedBody
  readonly name: string
  readonly gender: 'female' | 'male' | null
  readonly stood: Stood
  readonly votes: number
}

/**
 * Who holds which post. A body has one chair: of several elected who stood for it the one with the most votes, of equals nobody; the
 * others are members.
 */
export function assignPosts(elected: readonly Elected[]): (Elected & { readonly post: Post })[] {
  return elected.map((one) => {
    const rivals = elected.filter((other) => other !== one && other.body === one.body && other.stood === 'chair')
    const isBeaten = one.stood === 'chair' && rivals.some((other) => other.votes >= one.votes)
    return { ...one, post: seatPosts[one.body][isBeaten ? 'member' : one.stood] }
  })
}

/**
 * Whoever a confirmed election brought into a body holds the post from the day of the meeting; the posts of the term before end the day
 * before. What is known of somebody who stays (rank, engagement, other office, post on the establishment) goes along; of a newcomer
 * nothing is known but the ballot, so that he counts as part-time until somebody says otherwise (`amendOfficer`).
 */
export async function seatElected(
  ctx: TenantContext,
  input: { electionId: number; unionId: number | null; on: string },
): Promise<void> {
  const { unionId, on } = input
  const elected = await ctx.db
    .selectFrom('organisation.election_candidate as c')
    .innerJoin('organisation.election_body as b', 'b.id', 'c.election_body_id')
    .select(['b.body', 'c.name', 'c.gender', 'c.post as stood', sql<number>`coalesce(c.votes, 0)`.as('votes')])
    .where('b.election_id', '=', input.electionId)
    .where('c.is_elected', '=', true)
    .orderBy('c.id')
    .execute()
  const bodies = new Set(elected.map((one) => one.body))
  const before = await holdSeats(ctx, unionId, [...bodies])
  const seats = assignPosts(elected)
  // Typed in by hand after the meeting and before its confirmation: already there.
  const isSeated = (officer: Officer) =>
    officer.valid_from >= on && seats.some((seat) => seat.post === officer.post && seat.name === officer.name)
  const left = before.filter((officer) => !isSeated(officer))
  await endSeats(ctx, left, sql<string>`${on}::date - 1`)
  const present = before.filter(isSeated)
  const missing = seats.filter(
    (seat) => !present.some((officer) => officer.post === seat.post && officer.name === seat.name),
  )
  const rows = missing.map((seat) => {
    const known =
      left.find((one) => one.name === seat.name && one.post === seat.post) ?? left.find((one) => one.name === seat.name)
    return seatOf(ctx, { unionId, on, seat, ...(known ? { known } : {}) })
  })
  if (rows.length > 0) await ctx.db.insertInto('organisation.officer').values(rows).execute()
  await recordAudit(ctx, {
    action: 'election.seat',
    objectKind: 'election',
    objectId: input.electionId,
    after: { on, seated: rows.length, ended: left.length },
  })
}

function seatOf(
  ctx: TenantContext,
  input: { unionId: number | null; on: string; seat: ReturnType<typeof assignPosts>[number]; known?: Officer },
): Insertable<DB['organisation.officer']> {
  const { seat, known } = input
  return {
    tenant_id: ctx.tenantId,
    union_id: input.unionId,
    name: seat.name,
    gender: seat.gender ?? known?.gender ?? null,
    post: seat.post,
    engagement: known?.engagement ?? 'part_time',
    concurrent_post: known?.concurrent_post ?? '',
    rank: known?.rank ?? 'none',
    appointed_by: 'elected',
    // One place on the establishment for one person, also in two posts.
    quota_id: known?.post === seat.post ? known.quota_id : null,
    is_near_relative: false,
    is_party_committee: known?.is_party_committee ?? false,
    contract_ends_on: known?.contract_ends_on ?? null,
    valid_from: input.on,
  }
}

/** The open posts in the given bodies, held until the end of the transaction. */
async function holdSeats(ctx: TenantContext, unionId: number | null, bodies: readonly ElectedBody[]) {
  const posts = bodies.flatMap((body): Post[] => Object.values(seatPosts[body]))
  let query = ctx.db
    .selectFrom('organisation.officer')
    .selectAll()
    .where('tenant_id', '=', ctx.tenantId)
    .where('valid_to', 'is', null)
    .where('post', '=', sql<Post>`any (${posts}::text[])`)
  query = unionId === null ? query.where('union_id', 'is', null) : query.where('union_id', '=', unionId)
  return query.orderBy('id').forUpdate().execute()
}

async function endSeats(ctx: TenantContext, officers: readonly Officer[], day: ReturnType<typeof sql<string>>) {
  await ctx.db
    .updateTable('organisation.officer')
    .set({ valid_to: sql<string>`greatest(${day}, valid_from)`, version: sql<number>`version + 1` })
    .where('id', '=', sql<number>`any (${officers.map((one) => one.id)}::bigint[])`)
    .execute()
}

/** Ends every open post in a union that ends itself. */
export async function endUnionPosts(
  ctx: TenantContext,
  input: { unionId: number; on: string; reason: string },
): Promise<void> {
  await ctx.db
    .updateTable('organisation.officer')
    .set({
      valid_to: sql<string>`greatest(${input.on}::date, valid_from)`,
      end_reason: input.reason.slice(0, 200),
      version: sql<number>`version + 1`,
    })
    .where('union_id', '=', input.unionId)
    .where('valid_to', 'is', null)
    .execute()
}

/** A union has the bodies that were elected: those it lacked are formed on the day, a women's committee takes the place of a woman member. */
export async function formElectedBodies(
  ctx: TenantContext,
  input: { unionId: number; bodies: readonly ElectedBody[]; on: string },
): Promise<void> {
  const open = ctx.db.selectFrom('organisation.companion_body').where('union_id', '=', input.unionId)
  const present = await open.select(['id', 'kind', 'formed_on']).where('ended_on', 'is', null).forUpdate().execute()
  const missing = input.bodies.filter((body) => !present.some((one) => one.kind === body))
  if (missing.includes('women_committee'))
    await ctx.db
      .updateTable('organisation.companion_body')
      .set({ ended_on: sql<string>`greatest(${input.on}::date, formed_on)` })
      .where('union_id', '=', input.unionId)
      .where('kind', '=', 'women_member')
      .where('ended_on', 'is', null)
      .execute()
  if (missing.length > 0)
    await ctx.db
      .insertInto('organisation.companion_body')
      .values(missing.map((kind) => ({ tenant_id: ctx.tenantId, union_id: input.unionId, kind, formed_on: input.on })))
      .execute()
}
