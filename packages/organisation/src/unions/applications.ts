import { applyFor } from '@gonglian/approvals'
import { GivenFiles } from '@gonglian/files'
import { addDays, dueOn, readCalendar } from '@gonglian/indicators'
import {
  actorName,
  DomainError,
  listWithin,
  paging,
  requirePermission,
  type TenantContext,
  within,
} from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { findLevel } from '../approvals/levels.ts'
import { FoundingCongress, unionFounding } from '../approvals/union-founding.ts'
import { checkSlate } from '../terms/slates.ts'
import { followLead } from './founding-steps.ts'
import { readLimit } from '../limits.ts'
import { likeName } from '../numbers/names.ts'
import { associationKinds, basicKinds, holdUnion, isOneOf, moveUnion, type UnionRow } from './union-states.ts'
import { unionLimits } from './union-limits.ts'

export const ApplyUnion = z.object({
  unionId: z.int().positive(),
  version: z.int().min(1),
  /** Signed up so far (ORG-01). */
  members: z.int().min(0).max(2_000_000),
  papers: z.object({ form: z.boolean(), memberList: z.boolean(), candidateList: z.boolean() }),
  congress: FoundingCongress,
  /** The papers themselves: needed where the superior decides. */
  files: GivenFiles.default([]),
})

const paperKinds = ['form', 'memberList', 'candidateList'] as const

const refuse = (path: string, key: string, params?: Record<string, number>) =>
  new DomainError('invalid', key, {
    ...(params ? { params } : {}),
    fields: [{ path, key, ...(params ? { params } : {}) }],
  })

/** Covered employers a joint union or association has so far. */
async function countCovered(ctx: TenantContext, unionId: number): Promise<number> {
  const { count } = await ctx.db
    .selectFrom('organisation.covered_unit')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('union_id', '=', unionId)
    .where('valid_to', 'is', null)
    .executeTakeFirstOrThrow()
  return count
}

async function checkKind(ctx: TenantContext, union: UnionRow, input: z.output<typeof ApplyUnion>): Promise<void> {
  if (union.kind === 'PREPARATORY') throw refuse('kind', 'organisation.union.kindOpen')
  const least = await readLimit(ctx, unionLimits.mustFoundFrom)
  if (union.kind === 'ORGANISER_ONLY' && input.members >= least)
    throw refuse('members', 'organisation.union.needsCommittee', { least })
  await checkCongress(ctx, union, input)
  if (isOneOf([...basicKinds, 'ORGANISER_ONLY'], union.kind) && input.members === 0)
    throw refuse('members', 'organisation.union.noMembers')
  const needed = union.kind === 'BASIC_JOINT' ? 2 : isOneOf(associationKinds, union.kind) ? 1 : 0
  if (needed > 0 && (await countCovered(ctx, union.id)) < needed)
    throw refuse('unionId', 'organisation.union.fewUnits', { least: needed })
}

/** Who is to be elected at the founding: nobody into a body that is dispatched (工委), the committee at least into any other. */
async function checkCongress(ctx: TenantContext, union: UnionRow, input: z.output<typeof ApplyUnion>): Promise<void> {
  const { congress } = input
  const isElected = union.kind !== 'WORK_COMMITTEE'
  if (congress === null) {
    if (isElected) throw refuse('congress', 'organisation.union.noCandidates')
    return
  }
  if (!isElected || !congress.bodies.some(({ body }) => body === 'union_committee'))
    throw refuse('congress', 'organisation.union.congress')
  const isFederation = union.kind === 'FEDERATION_TOWNSHIP' || isOneOf(associationKinds, union.kind)
  await checkSlate(ctx, { ...congress, memberCount: input.members }, { isFederation })
}

/**
 * Applies for the founding of a union: preparatory -> applied. The papers are complete, the form fits the number of members (ORG-01), and who stands at the
 * founding congress fits the rules (`checkSlate`: ORG-05, ORG-06, ORG-15, ORG-16, ORG-17).
 *
 * @throws DomainError invalid with the paper, candidate or number that is missing
 */
export async function applyUnion(
  ctx: TenantContext,
  input: z.output<typeof ApplyUnion>,
): Promise<{ version: number; dueOn: string; applicationId: number }> {
  requirePermission(ctx, 'organisation:write')
  const union = await holdUnion(ctx, input.unionId, input.version)
  const { congress, members, papers } = input
  const missing = paperKinds.find(
    (paper) => !papers[paper] && (paper !== 'candidateList' || union.kind !== 'WORK_COMMITTEE'),
  )
  if (missing) throw refuse(`papers.${missing}`, 'organisation.union.paperMissing')
  await checkKind(ctx, union, input)
  const candidates = (congress?.bodies ?? []).reduce((sum, one) => sum + one.candidates.length, 0)
  const version = await moveUnion(
    ctx,
    union,
    'applied',
    { applied_on: ctx.today, proposed_by: actorName(ctx.actor) },
    { details: { on: ctx.today, members, candidates } },
  )
  await followLead(ctx, union.id, 'applied', ctx.today)
  const applied = await applyFor(ctx, unionFounding, {
    objectId: union.id,
    title: union.name,
    typed: {
      name: union.name,
      kind: union.kind,
      on: ctx.today,
      members,
      papers: paperKinds.filter((paper) => papers[paper]),
      congress,
    },
    files: input.files,
    level: await findLevel(ctx, { kind: 'founding' }),
  })
  return { version, ...applied }
}

/** The last working day on which an application is to be decided (20 days unless the place says otherwise). */
export async function findDueDay(ctx: TenantContext, appliedOn: string): Promise<string> {
  const days = await readLimit(ctx, unionLimits.approvalDays)
  return dueOn({ kind: 'working', days }, appliedOn, await readCalendar(ctx))
}

export type Application = {
  unionId: number
  tenantId: number
  /** The federation that keeps it. */
  bodyName: string
  name: string
  kind: string
  appliedOn: string
  dueOn: string
  isOverdue: boolean
  /** Who applied, and therefore doesn't decide. */
  proposedBy: string
  version: number
}

export const ListApplications = z.object({
  /** In the name of the union. */
  search: z.string().trim().max(80).default(''),
  /** Only those whose last day is over, or only those that are in time. */
  isOverdue: z.boolean().optional(),
  ...within,
  ...paging,
})

/** Applications that wait, the longest waiting first, each with its last day. */
export async function listApplications(
  ctx: TenantContext,
  input: z.output<typeof ListApplications>,
): Promise<{ rows: Application[]; total: number }> {
  requirePermission(ctx, 'organisation:read')
  const bodies = await listWithin(ctx, input.body)
  let query = ctx.db.selectFrom('organisation.trade_union as u').where('u.state', '=', 'applied')
  if (bodies) query = query.where('u.tenant_id', '=', sql<number>`any (${bodies})`)
  if (input.search !== '') query = query.where('u.name_key', 'like', likeName(input.search))
  const days = await readLimit(ctx, unionLimits.approvalDays)
  const calendar = await readCalendar(ctx)
  const findDue = (appliedOn: string) => dueOn({ kind: 'working', days }, appliedOn, calendar)
  if (input.isOverdue !== undefined) {
    // A later application is never due earlier: one day parts those that are overdue from those in time.
    let last = ctx.today
    while (findDue(last) >= ctx.today) last = addDays(last, -1)
    query = query.where('u.applied_on', input.isOverdue ? '<=' : '>', last)
  }
  const { total } = await query.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await query
    .innerJoin('tenancy.federation as f', 'f.id', 'u.tenant_id')
    .selectAll('u')
    .select('f.short_name as bodyName')
    .orderBy('u.applied_on')
    .orderBy('u.id')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return {
    total,
    rows: rows.map((row) => {
      const appliedOn = row.applied_on ?? ctx.today
      const due = findDue(appliedOn)
      return {
        unionId: row.id,
        tenantId: row.tenant_id,
        bodyName: row.bodyName,
        name: row.name,
        kind: row.kind,
        appliedOn,
        dueOn: due,
        isOverdue: due < ctx.today,
        proposedBy: row.proposed_by,
        version: row.version,
      }
    }),
  }
}
