import { DomainError, found, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { wakeFeeds } from '@gonglian/indicators'
import { sql } from 'kysely'
import { z } from 'zod'
import { holdLead, moveLead } from './leads.ts'
import { escapeLike, likeName } from './names.ts'
import { listWithin, paging, within } from './scope.ts'
import { visitPurposes } from './codes/employers.ts'
export { visitPurposes } from './codes/employers.ts'

export const RecordVisit = z
  .object({
    employerId: z.int().positive().optional(),
    park: z.string().trim().max(80).default(''),
    visitedOn: z.iso.date(),
    purpose: z.enum(visitPurposes),
    visitors: z.int().min(1).max(500).default(1),
    foundOut: z.string().trim().max(1000).default(''),
    nextStep: z.string().trim().max(300).default(''),
  })
  .refine((input) => input.employerId !== undefined || input.park !== '', { path: ['park'] })

/**
 * Notes a visit to an enterprise or a park (进园区、进企业, M023). The first visit to an employer whose lead was only found, or that had
 * refused, makes contact.
 *
 * @throws DomainError invalid for a day to come; not_found for an employer of another body
 */
export async function recordVisit(
  ctx: TenantContext,
  input: z.output<typeof RecordVisit>,
): Promise<{ visitId: number; leadId: number | null }> {
  requirePermission(ctx, 'organisation:write')
  if (input.visitedOn > ctx.today)
    throw new DomainError('invalid', 'organisation.future', {
      fields: [{ path: 'visitedOn', key: 'organisation.future' }],
    })
  const employer =
    input.employerId === undefined
      ? undefined
      : found(
          await ctx.db
            .selectFrom('organisation.employer')
            .select(['id', 'park'])
            .where('id', '=', input.employerId)
            .where('tenant_id', '=', ctx.tenantId)
            .executeTakeFirst(),
          'organisation.employer.notFound',
        )
  const open = employer
    ? await ctx.db
        .selectFrom('organisation.lead')
        .select('id')
        .where('employer_id', '=', employer.id)
        .where('ended_on', 'is', null)
        .executeTakeFirst()
    : undefined
  const visit = await ctx.db
    .insertInto('organisation.visit')
    .values({
      tenant_id: ctx.tenantId,
      employer_id: employer?.id ?? null,
      lead_id: open?.id ?? null,
      park: input.park === '' ? (employer?.park ?? '') : input.park,
      visited_on: input.visitedOn,
      purpose: input.purpose,
      visitors: input.visitors,
      found_out: input.foundOut,
      next_step: input.nextStep,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordAudit(ctx, {
    action: 'visit.record',
    objectKind: 'visit',
    objectId: visit.id,
    after: { purpose: input.purpose, on: input.visitedOn },
  })
  wakeFeeds(ctx)
  if (open) {
    const lead = await holdLead(ctx, open.id)
    // A visit noted later than the lead was opened still is the first contact.
    const on = input.visitedOn < lead.found_on ? lead.found_on : input.visitedOn
    if (lead.state === 'found' || lead.state === 'refused') await moveLead(ctx, lead, 'contacted', { on })
  }
  return { visitId: visit.id, leadId: open?.id ?? null }
}

export const ListVisits = z.object({
  /** Of the employer's name or the park. */
  search: z.string().trim().max(80).default(''),
  employerId: z.int().positive().optional(),
  park: z.string().trim().max(80).default(''),
  purpose: z.enum(visitPurposes).optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  ...within,
  ...paging,
})

export type ListedVisit = {
  id: number
  /** The federation whose people went. */
  bodyName: string
  employerId: number | null
  employerName: string | null
  park: string
  visitedOn: string
  purpose: string
  visitors: number
  foundOut: string
  nextStep: string
}

/** Visits in sight, the latest first, and how many each park had. */
export async function listVisits(
  ctx: TenantContext,
  input: z.output<typeof ListVisits>,
): Promise<{ rows: ListedVisit[]; total: number; parks: { park: string; visits: number; employers: number }[] }> {
  requirePermission(ctx, 'organisation:read')
  const bodies = await listWithin(ctx, input.body)
  let query = ctx.db
    .selectFrom('organisation.visit as v')
    .leftJoin('organisation.employer as e', 'e.id', 'v.employer_id')
  if (bodies) query = query.where('v.tenant_id', '=', sql<number>`any (${bodies})`)
  if (input.employerId !== undefined) query = query.where('v.employer_id', '=', input.employerId)
  if (input.search !== '')
    query = query.where((eb) =>
      eb.or([eb('e.name_key', 'like', likeName(input.search)), eb('v.park', 'like', `%${escapeLike(input.search)}%`)]),
    )
  if (input.purpose) query = query.where('v.purpose', '=', input.purpose)
  if (input.from) query = query.where('v.visited_on', '>=', input.from)
  if (input.to) query = query.where('v.visited_on', '<=', input.to)
  const parks = await query
    .select([
      'v.park',
      (eb) => eb.fn.countAll<number>().as('visits'),
      (eb) => eb.fn.count<number>('v.employer_id').distinct().as('employers'),
    ])
    .where('v.park', '<>', '')
    .groupBy('v.park')
    .orderBy('visits', 'desc')
    .orderBy('v.park')
    .limit(200)
    .execute()
  const chosen = input.park === '' ? query : query.where('v.park', '=', input.park)
  const { total } = await chosen.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  const rows = await chosen
    .innerJoin('tenancy.federation as f', 'f.id', 'v.tenant_id')
    .select([
      'v.id',
      'f.short_name as bodyName',
      'v.employer_id as employerId',
      'e.name as employerName',
      'v.park',
      'v.visited_on as visitedOn',
      'v.purpose',
      'v.visitors',
      'v.found_out as foundOut',
      'v.next_step as nextStep',
    ])
    .orderBy('v.visited_on', 'desc')
    .orderBy('v.id', 'desc')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  return { rows, total, parks }
}
