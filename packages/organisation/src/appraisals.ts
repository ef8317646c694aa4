import { randomInt } from 'node:crypto'
import {
  DomainError,
  actorName,
  found,
  requirePermission,
  type FieldError,
  type TenantContext,
} from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { findUnion, shareOf } from './ledgers.ts'
import { limits, readLimit } from './limits.ts'
import { listWithin, paging, within } from './scope.ts'
import { recordStep } from './steps.ts'
import { ballotChoices as choices } from './codes/ratings.ts'
export { ballotChoices as choices } from './codes/ratings.ts'

export type Choice = (typeof choices)[number]
export type Counts = Readonly<Record<Choice, number>>

/** One letter each, so that a sealed ballot is as long as any other. */
const letters: Readonly<Record<Choice, string>> = { satisfied: 's', basic: 'b', unsatisfied: 'u', invalid: 'i' }
const sealedField = 'appraisal.ballot'

export function sealChoice(ctx: Pick<TenantContext, 'vault'>, choice: Choice): Buffer {
  return ctx.vault.seal(sealedField, letters[choice])
}

export function openChoice(ctx: TenantContext, sealed: Uint8Array): Choice {
  const letter = ctx.vault.open(sealedField, sealed)
  return choices.find((choice) => letters[choice] === letter) ?? 'invalid'
}

/** 满意率: satisfied and basically satisfied of the valid votes, hundredths of a percent; null without a valid vote. */
export function readSatisfaction({ satisfied, basic, unsatisfied }: Omit<Counts, 'invalid'>): number | null {
  return shareOf(satisfied + basic, satisfied + basic + unsatisfied)
}

/** Another order, each as likely as any other. */
export function shuffle<T>(things: readonly T[], draw: (below: number) => number = randomInt): T[] {
  const mixed = [...things]
  for (let last = mixed.length - 1; last > 0; last--) {
    const other = draw(last + 1)
    const [a, b] = [mixed[last], mixed[other]]
    if (a !== undefined && b !== undefined) [mixed[last], mixed[other]] = [b, a]
  }
  return mixed
}

export const OpenAppraisal = z.object({
  unionId: z.int().positive(),
  closesOn: z.iso.date(),
  /** The session it was put to (M212). */
  congressId: z.int().positive().nullable().default(null),
  groupSize: z.int().min(1).max(20),
  members: z.int().min(1).max(2_000_000),
  /** Who may vote: all members, or the representatives. */
  eligible: z.int().min(1).max(2_000_000),
  /** Front-line workers among them, when representatives vote. */
  frontLine: z.int().min(0).nullable().default(null),
})

/**
 * Opens this year's appraisal of a union by its members (会员评家): once a year, with a working group, by enough of the members and
 * enough front-line workers among representatives (parameters appraisal.*).
 *
 * @throws DomainError invalid with fields; conflict organisation.appraisedAlready
 */
export async function openAppraisal(
  ctx: TenantContext,
  input: z.output<typeof OpenAppraisal>,
): Promise<{ appraisalId: number }> {
  requirePermission(ctx, 'organisation:write')
  const union = await findUnion(ctx, input.unionId, { own: true })
  const group = await readLimit(ctx, limits.workingGroup)
  const participation = (await readLimit(ctx, limits.participation)) * 100
  const frontLine = (await readLimit(ctx, limits.frontLine)) * 100
  const smallest = await readLimit(ctx, limits.smallestAppraisal)
  const isOfRepresentatives = input.eligible < input.members
  const faults: FieldError[] = [
    input.groupSize < group.from || input.groupSize > group.to
      ? [{ path: 'groupSize', key: 'organisation.groupSize', params: group }]
      : [],
    input.eligible > input.members
      ? [{ path: 'eligible', key: 'errors.inputLarge', params: { limit: input.members } }]
      : [],
    input.eligible < smallest
      ? [{ path: 'eligible', key: 'organisation.appraisalSmall', params: { limit: smallest } }]
      : [],
    (shareOf(input.eligible, input.members) ?? 0) < participation
      ? [{ path: 'eligible', key: 'organisation.participationLow', params: { needed: participation / 100 } }]
      : [],
    isOfRepresentatives && (shareOf(input.frontLine ?? 0, input.eligible) ?? 0) < frontLine
      ? [{ path: 'frontLine', key: 'organisation.frontLineLow', params: { needed: frontLine / 100 } }]
      : [],
    input.closesOn < ctx.today ? [{ path: 'closesOn', key: 'organisation.dayPast' }] : [],
  ].flat()
  if (input.congressId !== null) {
    const session = await ctx.db
      .selectFrom('organisation.congress')
      .select('id')
      .where('id', '=', input.congressId)
      .where('union_id', '=', union.id)
      .executeTakeFirst()
    if (!session) faults.push({ path: 'congressId', key: 'organisation.congressOther' })
  }
  if (faults.length > 0) throw new DomainError('invalid', 'errors.invalid', { fields: faults })
  const opened = await ctx.db
    .insertInto('organisation.appraisal')
    .values({
      tenant_id: union.tenant_id,
      union_id: union.id,
      year: Number(ctx.today.slice(0, 4)),
      congress_id: input.congressId,
      group_size: input.groupSize,
      members: input.members,
      eligible: input.eligible,
      front_line: input.frontLine,
      // Of the eligible: representatives stand for members who do not vote themselves.
      participation: Math.min(10_000, Math.ceil((participation * input.members) / input.eligible)),
      opened_on: ctx.today,
      closes_on: input.closesOn,
      // A round that came to nothing stays on record beside this one.
      round: sql<number>`1 + (select count(*)::int from organisation.appraisal a where a.union_id = ${union.id} and a.year = ${Number(
        ctx.today.slice(0, 4),
      )})`,
    })
    .onConflict((conflict) => conflict.columns(['union_id', 'year']).where('state', '<>', 'void').doNothing())
    .returning('id')
    .executeTakeFirst()
  if (!opened) throw new DomainError('conflict', 'organisation.appraisedAlready')
  await recordStep(ctx, {
    kind: 'appraisal',
    id: opened.id,
    from: '',
    to: 'open',
    details: { eligible: input.eligible, members: input.members },
  })
  return { appraisalId: opened.id }
}

/** @throws DomainError not_found organisation.appraisalNotFound; conflict errors.conflict, organisation.appraisalState */
export async function lockAppraisal(
  ctx: TenantContext,
  ref: { appraisalId: number; version?: number },
  ...states: readonly ('open' | 'closed' | 'published')[]
) {
  const row = found(
    await ctx.db
      .selectFrom('organisation.appraisal')
      .selectAll()
      .where('id', '=', ref.appraisalId)
      .$if(ctx.actor.kind !== 'system', (query) => query.where('tenant_id', '=', ctx.tenantId))
      .forUpdate()
      .executeTakeFirst(),
    'organisation.appraisalNotFound',
  )
  if (ref.version !== undefined && ref.version !== row.version) throw new DomainError('conflict', 'errors.conflict')
  if (!states.some((state) => state === row.state))
    throw new DomainError('conflict', 'organisation.appraisalState', { params: { state: row.state } })
  return row
}

/** The sealed ballots of an open appraisal in random order; until the commit nobody votes. */
export async function takeBallots(ctx: TenantContext, appraisalId: number): Promise<Buffer[]> {
  const { rows } = await sql<{ sealed: Buffer }>`
    select sealed from organisation.take_ballots(${appraisalId}) as taken(sealed)`.execute(ctx.db)
  return rows.map((row) => row.sealed)
}

export const AskEarlyClosing = z.object({
  appraisalId: z.int().positive(),
  reason: z.string().trim().min(4).max(300),
})

/**
 * Asks for closing the voting before its last day; somebody else closes. Asked once: the reason stays on record.
 *
 * @throws DomainError conflict organisation.earlyAsked
 */
export async function askEarlyClosing(ctx: TenantContext, input: z.output<typeof AskEarlyClosing>): Promise<void> {
  requirePermission(ctx, 'organisation:write')
  const row = await lockAppraisal(ctx, input, 'open')
  if (row.early_by !== '') throw new DomainError('conflict', 'organisation.earlyAsked')
  await ctx.db
    .updateTable('organisation.appraisal')
    .set({ early_by: actorName(ctx.actor), early_reason: input.reason, version: row.version + 1 })
    .where('id', '=', row.id)
    .execute()
  await recordStep(ctx, {
    kind: 'appraisal',
    id: row.id,
    from: 'open',
    to: 'early_asked',
    reason: input.reason,
    details: { closesOn: row.closes_on },
  })
}

export const CloseAppraisal = z.object({ appraisalId: z.int().positive() })

/**
 * Closes the voting and counts. The ballots are opened, mixed and written anew; slips are gone. Too few ballots: the appraisal is void,
 * and how those few voted is thrown away; that it was held, and how many took part, stays. Before the last day is over, and while some have
 * not voted, it takes two: one who asked for it with a reason, and another who closes.
 *
 * @throws DomainError conflict organisation.earlyNotAsked; forbidden organisation.fourEyes
 */
export async function closeAppraisal(
  ctx: TenantContext,
  input: z.output<typeof CloseAppraisal>,
): Promise<{ state: 'closed' | 'void'; cast: number; counts: Counts | null; satisfaction: number | null }> {
  requirePermission(ctx, 'organisation:approve')
  const row = await lockAppraisal(ctx, input, 'open')
  const sealed = await takeBallots(ctx, row.id)
  const isEarly = ctx.today <= row.closes_on && sealed.length < row.eligible
  if (isEarly && row.early_by === '') throw new DomainError('conflict', 'organisation.earlyNotAsked')
  if (isEarly && row.early_by === actorName(ctx.actor)) throw new DomainError('forbidden', 'organisation.fourEyes')
  const smallest = await readLimit(ctx, limits.smallestAppraisal)
  const opened = shuffle(sealed.map((ballot) => openChoice(ctx, ballot)))
  await sql`select organisation.close_appraisal(${row.id}, ${opened}::text[], ${ctx.today}, ${smallest}::int)`.execute(
    ctx.db,
  )
  const after = await ctx.db
    .selectFrom('organisation.appraisal')
    .select(['state', 'satisfied', 'basic', 'unsatisfied', 'invalid'])
    .where('id', '=', row.id)
    .executeTakeFirstOrThrow()
  const { satisfied, basic, unsatisfied, invalid } = after
  const isVoid = satisfied === null || basic === null || unsatisfied === null || invalid === null
  await recordStep(ctx, {
    kind: 'appraisal',
    id: row.id,
    from: 'open',
    to: isVoid ? 'void' : 'closed',
    reason: isEarly ? row.early_reason : '',
    details: { cast: opened.length, eligible: row.eligible, round: row.round, slips: row.slips },
  })
  if (isVoid) return { state: 'void', cast: opened.length, counts: null, satisfaction: null }
  const counts = { satisfied, basic, unsatisfied, invalid }
  return { state: 'closed', cast: opened.length, counts, satisfaction: readSatisfaction(counts) }
}

const Ref = { appraisalId: z.int().positive(), version: z.int().positive() }
export const PublishAppraisal = z.object({ ...Ref, rectification: z.string().trim().max(2000).default('') })

/**
 * Publishes the result to the members, with what will be put right.
 *
 * @throws DomainError invalid organisation.rectificationMissing when somebody was not satisfied and nothing is promised
 */
export async function publishAppraisal(
  ctx: TenantContext,
  input: z.output<typeof PublishAppraisal>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:write')
  const row = await lockAppraisal(ctx, input, 'closed')
  if ((row.unsatisfied ?? 0) > 0 && input.rectification.length < 4)
    throw new DomainError('invalid', 'organisation.rectificationMissing', {
      fields: [{ path: 'rectification', key: 'organisation.rectificationMissing' }],
    })
  const version = row.version + 1
  await ctx.db
    .updateTable('organisation.appraisal')
    .set({ state: 'published', rectification: input.rectification, published_on: ctx.today, version })
    .where('id', '=', row.id)
    .execute()
  await recordStep(ctx, { kind: 'appraisal', id: row.id, from: row.state, to: 'published' })
  return { version }
}

export const FileAppraisal = z.object(Ref)

/** Files the published result with the superior, who sees counts and nothing else. */
export async function fileAppraisal(
  ctx: TenantContext,
  input: z.output<typeof FileAppraisal>,
): Promise<{ version: number }> {
  requirePermission(ctx, 'organisation:approve')
  const row = await lockAppraisal(ctx, input, 'published')
  const version = row.version + 1
  await ctx.db
    .updateTable('organisation.appraisal')
    .set({ state: 'filed', filed_on: ctx.today, version })
    .where('id', '=', row.id)
    .execute()
  await recordStep(ctx, { kind: 'appraisal', id: row.id, from: row.state, to: 'filed' })
  return { version }
}

export const ListAppraisals = z.object({
  year: z.int().min(2000).max(2100),
  /** Unions of which none was held that year: they cannot be recommended. */
  isMissing: z.boolean().default(false),
  /** Part of a union's name; the sums stay those of all. */
  search: z.string().trim().max(80).default(''),
  ...within,
  ...paging,
})

/** Unions in sight with their appraisal of a year, and the year's sums: votes are added up, rates never averaged (feeds 35, 36). */
export async function listAppraisals(ctx: TenantContext, input: z.output<typeof ListAppraisals>) {
  requirePermission(ctx, 'organisation:read')
  const bodies = await listWithin(ctx, input.body)
  const matching = ctx.db
    .selectFrom('organisation.trade_union as u')
    .leftJoin('organisation.appraisal as a', (join) =>
      join.onRef('a.union_id', '=', 'u.id').on('a.year', '=', input.year).on('a.state', '<>', 'void'),
    )
    .where('u.state', 'in', ['approved', 'active', 'restructuring'])
    .where('u.kind', '<>', 'GROUP')
    .$if(bodies !== null, (query) => query.where('u.tenant_id', '=', sql<number>`any (${bodies})`))
  const sums = await matching
    .select((eb) => [
      eb.fn.countAll<number>().as('unions'),
      sql<number>`count(*) filter (where a.satisfied is not null)`.as('held'),
      sql<number>`coalesce(sum(a.satisfied), 0)::int`.as('satisfied'),
      sql<number>`coalesce(sum(a.basic), 0)::int`.as('basic'),
      sql<number>`coalesce(sum(a.unsatisfied), 0)::int`.as('unsatisfied'),
      sql<number>`coalesce(sum(a.invalid), 0)::int`.as('invalid'),
    ])
    .executeTakeFirstOrThrow()
  const page = (
    input.isMissing ? matching.where('a.satisfied', 'is', null) : matching.where('a.id', 'is not', null)
  ).$if(input.search !== '', (query) =>
    query.where('u.name', 'ilike', `%${input.search.replaceAll(/[\\%_]/g, '\\$&')}%`),
  )
  const { total } = await page.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await page
    .select([
      'u.id as unionId',
      'u.name as unionName',
      'u.tenant_id as ownerId',
      'a.id as appraisalId',
      'a.version',
      'a.state',
      'a.eligible',
      'a.slips',
    ])
    .select(['a.satisfied', 'a.basic', 'a.unsatisfied', 'a.invalid', 'a.closes_on as closesOn', 'a.rectification'])
    .select(['a.round', 'a.early_by as earlyBy', 'a.early_reason as earlyReason'])
    .select((eb) => [
      eb
        .selectFrom('organisation.slip_order as o')
        .select((of) =>
          of.fn.coalesce(of.fn.sum<number>(sql`o.slips - coalesce(o.voided, 0)`), sql<number>`0`).as('slips'),
        )
        .whereRef('o.appraisal_id', '=', 'a.id')
        .as('ordered'),
      eb
        .selectFrom('organisation.slip_order as o')
        .select('o.id')
        .whereRef('o.appraisal_id', '=', 'a.id')
        .where('o.printed_by', 'is', null)
        .orderBy('o.id')
        .limit(1)
        .as('orderToPrint'),
      eb
        .selectFrom('organisation.slip_order as o')
        .select('o.id')
        .whereRef('o.appraisal_id', '=', 'a.id')
        .where('o.printed_by', 'is not', null)
        .where('o.voided', 'is', null)
        .orderBy('o.id', 'desc')
        .limit(1)
        .as('orderPrinted'),
    ])
    .orderBy('u.id')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return {
    rows,
    total,
    sums: { ...sums, heldRate: shareOf(sums.held, sums.unions), satisfaction: readSatisfaction(sums) },
  }
}
