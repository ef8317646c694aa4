import { listRecordApplications, type RecordApplication } from '@gonglian/approvals'
import { found, listWithin, paging, requirePermission, type TenantContext, within } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { electionResult, electionSlate } from '../approvals/elections.ts'
import { findLevel } from '../approvals/levels.ts'
import type { Election } from './election-states.ts'
import { foldName } from '../numbers/names.ts'
import type { ElectedBody } from './slates.ts'
import { listSteps, type Step } from '../steps.ts'

export const ListElections = z.object({
  states: z
    .array(z.enum(['asked', 'approved', 'returned', 'held', 'confirmed', 'failed', 'withdrawn']))
    .max(7)
    .default([]),
  unionId: z.int().positive().optional(),
  /** In the name of the union or of the body. */
  search: z.string().trim().max(80).default(''),
  sort: z.enum(['id', '-id', 'planned', '-planned', 'held', '-held']).default('-id'),
  ...within,
  ...paging,
})

export type ListedElection = Election & { bodyName: string; unionName: string | null; bodies: ElectedBody[] }

/** Elections in sight, the latest asked for first; `states: ['asked', 'held']` is what waits for a leader. */
export async function listElections(
  ctx: TenantContext,
  input: z.output<typeof ListElections>,
): Promise<{ rows: ListedElection[]; total: number }> {
  requirePermission(ctx, 'organisation:read')
  const bodies = await listWithin(ctx, input.body)
  let query = ctx.db
    .selectFrom('organisation.election as n')
    .innerJoin('tenancy.federation as f', 'f.id', 'n.tenant_id')
    .leftJoin('organisation.trade_union as u', 'u.id', 'n.union_id')
  if (bodies) query = query.where('n.tenant_id', '=', sql<number>`any (${bodies})`)
  if (input.states.length > 0) query = query.where('n.state', 'in', input.states)
  if (input.unionId !== undefined) query = query.where('n.union_id', '=', input.unionId)
  if (input.search !== '') {
    const like = (text: string) => `%${text.replaceAll(/[\\%_]/g, '\\$&')}%`
    query = query.where((eb) =>
      eb.or([eb('u.name_key', 'like', like(foldName(input.search))), eb('f.name', 'like', like(input.search))]),
    )
  }
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const isDown = input.sort.startsWith('-')
  const columns = { id: 'n.id', planned: 'n.planned_on', held: 'n.held_on' } as const
  const column = input.sort.endsWith('planned')
    ? columns.planned
    : input.sort.endsWith('held')
      ? columns.held
      : columns.id
  const rows = await query
    .selectAll('n')
    .select([
      'f.name as bodyName',
      'u.name as unionName',
      sql<
        ElectedBody[]
      >`array(select b.body from organisation.election_body b where b.election_id = n.id order by b.id)`.as('bodies'),
    ])
    .orderBy(column, (order) => (isDown ? order.desc() : order.asc()).nullsLast())
    .orderBy('n.id', 'desc')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return { rows, total }
}

export type ElectionView = {
  election: Election
  bodies: {
    body: ElectedBody
    seats: number
    candidates: {
      id: number
      name: string
      gender: 'female' | 'male' | null
      post: string
      votes: number | null
      isElected: boolean | null
    }[]
  }[]
  /** The superior of its body decides it. */
  isDecidedAbove: boolean
  /** What was applied for about it, for its body and whoever decides. */
  applications: RecordApplication[]
  steps: Step[]
}

/**
 * An election with its candidates and, once held, their votes.
 *
 * @throws DomainError not_found
 */
export async function getElection(ctx: TenantContext, electionId: number): Promise<ElectionView> {
  requirePermission(ctx, 'organisation:read')
  const election = found(
    await ctx.db.selectFrom('organisation.election').selectAll().where('id', '=', electionId).executeTakeFirst(),
    'organisation.election.notFound',
  )
  const bodies = await ctx.db
    .selectFrom('organisation.election_body')
    .select(['id', 'body', 'seats'])
    .where('election_id', '=', electionId)
    .orderBy('id')
    .execute()
  const candidates = await ctx.db
    .selectFrom('organisation.election_candidate')
    .select(['id', 'election_body_id', 'name', 'gender', 'post', 'votes', 'is_elected as isElected'])
    .where('election_body_id', '=', sql<number>`any (${bodies.map((one) => one.id)}::bigint[])`)
    .orderBy('id')
    .execute()
  return {
    election,
    bodies: bodies.map(({ id, body, seats }) => ({
      body,
      seats,
      candidates: candidates
        .filter((one) => one.election_body_id === id)
        .map(({ election_body_id: _body, ...candidate }) => candidate),
    })),
    isDecidedAbove: (await findLevel(ctx, { kind: 'federation', unionId: election.union_id })) === 'superior',
    applications: await listRecordApplications(ctx, [electionSlate, electionResult], electionId),
    steps: await listSteps(ctx, 'election', electionId),
  }
}
