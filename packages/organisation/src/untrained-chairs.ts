import { requirePermission, type TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { z } from 'zod'
import { addMonths } from './committee-sizes.ts'
import { shareOf } from './ledgers.ts'
import { limits, readLimit } from './limits.ts'
import { listWithin, paging, within } from './scope.ts'

export const ListUntrainedChairs = z.object({ on: z.iso.date().optional(), ...within, ...paging })

/**
 * Chairs new in their post (not elected again) and not yet trained as such, with the day by which they should be (M251), and the rate of those who are: of
 * the chairs whose time is up or who are trained, not of those still within it.
 */
export async function listUntrainedChairs(ctx: TenantContext, input: z.output<typeof ListUntrainedChairs>) {
  requirePermission(ctx, 'organisation:read')
  const on = input.on ?? ctx.today
  const months = await readLimit(ctx, limits.trainingMonths, { on })
  const bodies = await listWithin(ctx, input.body)
  const { rows } = await sql<{
    officerId: number
    name: string
    unionName: string | null
    body: string
    bodyName: string
    validFrom: string
    isTrained: boolean
  }>`
    select o.id as "officerId", o.name, u.name as "unionName", f.code as body, f.name as "bodyName", o.valid_from::text as "validFrom",
      exists (select from organisation.attendance a join organisation.training t on t.id = a.training_id
        where a.officer_id = o.id and a.result in ('attended', 'passed') and t.topic = 'new_chair' and t.state = 'held'
          and t.starts_on >= o.valid_from and t.starts_on <= ${on}) as "isTrained"
    from organisation.officer o join tenancy.federation f on f.id = o.tenant_id left join organisation.trade_union u on u.id = o.union_id
    where o.post = 'chair' and o.valid_from <= ${on} and (o.valid_to is null or o.valid_to >= ${on})
      and o.valid_from > (${on}::date - make_interval(months => ${months * 2}::int))::date
      and not exists (select from organisation.officer p where p.tenant_id = o.tenant_id and p.union_id is not distinct from o.union_id
        and p.post = 'chair' and p.name = o.name and p.valid_to between o.valid_from - 1 and o.valid_from and p.id <> o.id)
      and (${bodies}::int[] is null or o.tenant_id = any (${bodies}::int[]))
    order by o.valid_from, o.id`.execute(ctx.db)
  const chairs = rows.map((row) => {
    const dueOn = addMonths(row.validFrom, months)
    return { ...row, dueOn, isOverdue: !row.isTrained && dueOn < on }
  })
  const open = chairs.filter((row) => !row.isTrained)
  const trained = chairs.length - open.length
  const judged = trained + open.filter((row) => row.isOverdue).length
  const from = (input.page - 1) * input.pageSize
  return {
    rows: open.slice(from, from + input.pageSize),
    total: open.length,
    chairs: chairs.length,
    trained,
    complianceRate: shareOf(trained, judged),
  }
}
