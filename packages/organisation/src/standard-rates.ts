import { actorName, findFederations, recordAudit, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { getChecklist } from './checklists.ts'
import { compareUnions } from './compared-unions.ts'
import { shareOf } from './ledgers.ts'
import { listAddressees, listWithin, narrow, paging, within } from './scope.ts'

export type Compliance = {
  /** Unions that have every item of the list. */
  readonly numerator: number
  /** Unions for which the list holds. */
  readonly denominator: number
  /** Hundredths of a percent, computed from the two; null without a union. */
  readonly rate: number | null
}

type Counted = { numerator: number; denominator: number; tenant_id: number }

async function countByBody(
  ctx: TenantContext,
  checklistId: number,
  on: string,
  bodies: number[] | null,
): Promise<Counted[]> {
  const { rows } = await sql<Counted>`
    select tenant_id, count(*)::int as denominator, count(*) filter (where has_all)::int as numerator
    from (${compareUnions(on, sql`rules.id = ${checklistId}`, bodies)}) compared group by tenant_id`.execute(ctx.db)
  return rows
}

export const CountCompliance = z.object({
  checklistId: z.int().positive(),
  on: z.iso.date().optional(),
  ...within,
})

/**
 * How many of the unions that a list is meant for have all of it, on a day: 基层工会规范率 (M152), “双亮”覆盖率 (M205). Rates of bodies
 * are never averaged: what comes back are two counts.
 */
export async function countCompliance(
  ctx: TenantContext,
  input: z.output<typeof CountCompliance>,
): Promise<Compliance & { bodies: (Compliance & { body: string; name: string })[] }> {
  requirePermission(ctx, 'organisation:read')
  const { issuerId, checklistId } = await getChecklist(ctx, { checklistId: input.checklistId })
  const bodies = narrow(await listWithin(ctx, input.body), await listAddressees(ctx, issuerId))
  const rows = await countByBody(ctx, checklistId, input.on ?? ctx.today, bodies)
  const names = await findFederations(
    ctx,
    rows.map((row) => row.tenant_id),
  )
  const total = rows.reduce(
    (sum, row) => ({ numerator: sum.numerator + row.numerator, denominator: sum.denominator + row.denominator }),
    { numerator: 0, denominator: 0 },
  )
  const withRate = ({ numerator, denominator }: { numerator: number; denominator: number }): Compliance => ({
    numerator,
    denominator,
    rate: shareOf(numerator, denominator),
  })
  return {
    ...withRate(total),
    bodies: rows
      .map((row) => ({
        ...withRate(row),
        body: names.get(row.tenant_id)?.code ?? '',
        name: names.get(row.tenant_id)?.name ?? '',
      }))
      .toSorted((a, b) => (a.body < b.body ? -1 : 1)),
  }
}

export const FreezeCompliance = z.object({ checklistId: z.int().positive(), on: z.iso.date().optional() })

/** Keeps the two counts of a day as they were reported; nobody changes them later. */
export async function freezeCompliance(
  ctx: TenantContext,
  input: z.output<typeof FreezeCompliance>,
): Promise<Compliance> {
  requirePermission(ctx, 'organisation:write')
  const { numerator, denominator, rate } = await countCompliance(ctx, input)
  const { id } = await ctx.db
    .insertInto('organisation.rate_snapshot')
    .values({
      tenant_id: ctx.tenantId,
      checklist_id: input.checklistId,
      taken_on: input.on ?? ctx.today,
      numerator,
      denominator,
      taken_by: actorName(ctx.actor),
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await recordAudit(ctx, {
    action: 'compliance.freeze',
    objectKind: 'rate_snapshot',
    objectId: id,
    after: { checklistId: input.checklistId, numerator, denominator },
  })
  return { numerator, denominator, rate }
}

export const ListCompliance = z.object({ checklistId: z.int().positive(), ...paging })

/** The counts the own body has kept of a list, newest first. */
export async function listCompliance(ctx: TenantContext, input: z.output<typeof ListCompliance>) {
  requirePermission(ctx, 'organisation:read')
  const mine = ctx.db
    .selectFrom('organisation.rate_snapshot')
    .where('tenant_id', '=', ctx.tenantId)
    .where('checklist_id', '=', input.checklistId)
  const rows = await mine
    .select(['taken_on as takenOn', 'numerator', 'denominator', 'taken_by as takenBy'])
    .orderBy('id', 'desc')
    .limit(input.pageSize)
    .offset((input.page - 1) * input.pageSize)
    .execute()
  const { total } = await mine.select((eb) => eb.fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
  return { rows: rows.map((row) => ({ ...row, rate: shareOf(row.numerator, row.denominator) })), total }
}
