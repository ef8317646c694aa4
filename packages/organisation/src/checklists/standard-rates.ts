import {
  actorName,
  listAddressees,
  listWithin,
  narrow,
  paging,
  recordAudit,
  requirePermission,
  type TenantContext,
  within,
} from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { getChecklist } from './checklists.ts'
import { compareUnions } from '../unions/compared-unions.ts'
import { shareOf } from './ledgers.ts'
import { readPage } from '../pages.ts'

export type Compliance = {
  /** Unions that have every item of the list. */
  readonly numerator: number
  /** Unions for which the list holds. */
  readonly denominator: number
  /** Hundredths of a percent, computed from the two; null without a union. */
  readonly rate: number | null
}

export const CountCompliance = z.object({
  checklistId: z.int().positive(),
  on: z.iso.date().optional(),
  ...within,
  ...paging,
})

/**
 * How many of the unions that a list is meant for have all of it, on a day: 基层工会规范率 (M152), “双亮”覆盖率 (M205), with the bodies that keep
 * them a page at a time. Rates of bodies are never averaged: what comes back are two counts.
 */
export async function countCompliance(
  ctx: TenantContext,
  input: z.output<typeof CountCompliance>,
): Promise<Compliance & { bodies: (Compliance & { body: string; name: string })[]; total: number }> {
  requirePermission(ctx, 'organisation:read')
  const { issuerId, checklistId } = await getChecklist(ctx, { checklistId: input.checklistId })
  const bodies = narrow(await listWithin(ctx, input.body), await listAddressees(ctx, issuerId))
  type Counts = { numerator: number; denominator: number }
  const withRate = <Row extends Counts>(row: Row) => ({ ...row, rate: shareOf(row.numerator, row.denominator) })
  const { rows, numerator, denominator, total } = await readPage<
    Counts & { body: string; name: string },
    Counts & { total: number }
  >(ctx, {
    list: sql`
      with counted as materialized (
        select tenant_id, count(*) as denominator, count(*) filter (where has_all) as numerator
        from (${compareUnions(input.on ?? ctx.today, sql`rules.id = ${checklistId}`, bodies)}) compared group by tenant_id
      ), wanted as (
        select c.numerator, c.denominator, f.code as body, f.name from counted c join tenancy.federation f on f.id = c.tenant_id
      )`,
    from: 'wanted',
    order: sql`body`,
    sums: sql`(select coalesce(sum(numerator), 0)::bigint from counted) as numerator,
      (select coalesce(sum(denominator), 0)::bigint from counted) as denominator, (select count(*) from counted) as total`,
    ...input,
  })
  return { ...withRate({ numerator, denominator }), bodies: rows.map(withRate), total }
}

export const FreezeCompliance = z.object({ checklistId: z.int().positive(), on: z.iso.date().optional() })

/** Keeps the two counts of a day as they were reported; nobody changes them later. */
export async function freezeCompliance(
  ctx: TenantContext,
  input: z.output<typeof FreezeCompliance>,
): Promise<Compliance> {
  requirePermission(ctx, 'organisation:write')
  const { numerator, denominator, rate } = await countCompliance(ctx, CountCompliance.parse(input))
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
