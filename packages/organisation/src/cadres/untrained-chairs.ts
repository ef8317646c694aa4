import { exportPersons, listWithin, paging, requirePermission, type TenantContext, within } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { shareOf } from '../checklists/ledgers.ts'
import { limits, readLimit } from '../limits.ts'
import { readPage } from '../pages.ts'

export const ListUntrainedChairs = z.object({ on: z.iso.date().optional(), ...within, ...paging })

export type UntrainedChair = {
  officerId: number
  name: string
  unionName: string | null
  body: string
  bodyName: string
  validFrom: string
  isTrained: boolean
  dueOn: string
  isOverdue: boolean
}

/**
 * Chairs new in their post (not elected again) and not yet trained as such, with the day by which they should be (M251), and the rate of those who are: of
 * the chairs whose time is up or who are trained, not of those still within it.
 *
 * Plan: new chairs by officer_chair; who was chair before and what was taught are each read once and hashed. The page is cut before names are looked up.
 */
export async function listUntrainedChairs(ctx: TenantContext, input: z.output<typeof ListUntrainedChairs>) {
  requirePermission(ctx, 'organisation:read')
  const on = input.on ?? ctx.today
  const months = await readLimit(ctx, limits.trainingMonths, { on })
  const bodies = await listWithin(ctx, input.body)
  const list = sql`
    with young as materialized (
      select o.id, o.tenant_id, o.union_id, o.name, o.valid_from from organisation.officer o
      where o.post = 'chair' and o.valid_from <= ${on}::date and (o.valid_to is null or o.valid_to >= ${on}::date)
        and o.valid_from > (${on}::date - make_interval(months => ${months * 2}::int))::date
        and (${bodies}::int[] is null or o.tenant_id = any (${bodies}::int[]))
    ), before as materialized (
      select p.id, p.tenant_id, coalesce(p.union_id, 0) as union_id, p.name, p.valid_to from organisation.officer p
      where p.post = 'chair' and p.valid_to between (${on}::date - make_interval(months => ${months * 2}::int))::date and ${on}::date
        and p.tenant_id = any (array(select distinct tenant_id from young))
    ), taught as materialized (
      select a.officer_id, t.starts_on from organisation.training t join organisation.attendance a on a.training_id = t.id
      where t.topic = 'new_chair' and t.state = 'held' and a.result in ('attended', 'passed') and t.starts_on <= ${on}::date
        and t.starts_on > (${on}::date - make_interval(months => ${months * 2}::int))::date
    ), chairs as materialized (
      select y.*, (y.valid_from + make_interval(months => ${months}::int))::date as due_on,
        exists (select from taught t where t.officer_id = y.id and t.starts_on >= y.valid_from) as is_trained
      from young y where not exists (select from before p where p.tenant_id = y.tenant_id and p.union_id = coalesce(y.union_id, 0) and p.name = y.name
        and p.valid_to between y.valid_from - 1 and y.valid_from and p.id <> y.id)
    ), page as materialized (
      select * from chairs where not is_trained order by valid_from, id limit ${input.pageSize} offset ${(input.page - 1) * input.pageSize}
    ), wanted as (
      select o.id as "officerId", o.name, u.name as "unionName", f.code as body, f.name as "bodyName", o.valid_from as "validFrom", false as "isTrained",
        o.due_on as "dueOn", o.due_on < ${on}::date as "isOverdue"
      from page o join tenancy.federation f on f.id = o.tenant_id left join organisation.trade_union u on u.id = o.union_id
    )`
  const { rows, chairs, trained, judged } = await readPage<
    UntrainedChair,
    { chairs: number; trained: number; judged: number }
  >(ctx, {
    list,
    from: 'wanted',
    order: sql`"validFrom", "officerId"`,
    sums: sql`(select count(*) from chairs) as chairs, (select count(*) from chairs where is_trained) as trained,
      (select count(*) from chairs where is_trained or due_on < ${on}::date) as judged`,
    page: 1,
    pageSize: input.pageSize,
  })
  return { rows, total: chairs - trained, chairs, trained, complianceRate: shareOf(trained, judged) }
}

export const ExportUntrainedChairs = ListUntrainedChairs.omit({ page: true, pageSize: true })

/** All of them, for a file. */
export async function exportUntrainedChairs(ctx: TenantContext, input: z.output<typeof ExportUntrainedChairs>) {
  requirePermission(ctx, 'organisation:read')
  return exportPersons(ctx, 'cadres.listUntrainedChairs', (part) => listUntrainedChairs(ctx, { ...input, ...part }))
}
