import { actorName, listWithin, paging, requirePermission, type TenantContext, within } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { readSatisfaction } from './appraisals.ts'
import { shareOf } from '../checklists/ledgers.ts'

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
      'a.group_size as groupSize',
    ])
    .select(['a.satisfied', 'a.basic', 'a.unsatisfied', 'a.invalid', 'a.closes_on as closesOn', 'a.rectification'])
    .select(['a.round', 'a.early_by as earlyBy', 'a.early_reason as earlyReason'])
    .select(sql<boolean>`a.group_key is not null`.as('isKeyMade'))
    .select((eb) => [
      eb
        .selectFrom('organisation.group_member as g')
        .select((of) => of.fn.count<number>('g.public_key').as('kept'))
        .whereRef('g.appraisal_id', '=', 'a.id')
        .as('groupKept'),
      eb
        .selectFrom('organisation.group_member as g')
        .select('g.username')
        .whereRef('g.appraisal_id', '=', 'a.id')
        .where('g.username', '=', actorName(ctx.actor))
        .as('groupMe'),
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
