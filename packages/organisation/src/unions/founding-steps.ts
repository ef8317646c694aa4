import { randomInt } from 'node:crypto'
import type { TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { holdLead, moveLead } from '../census/leads.ts'

/** A lead whose union is applied for moves with it. */
export async function followLead(
  ctx: TenantContext,
  unionId: number,
  to: 'applied' | 'approved' | 'preparing' | 'founded',
  on: string,
  reason?: string,
): Promise<void> {
  const lead = await ctx.db
    .selectFrom('organisation.lead')
    .select('id')
    .where('union_id', '=', unionId)
    .where('ended_on', 'is', null)
    .executeTakeFirst()
  if (!lead) return
  const held = await holdLead(ctx, lead.id)
  await moveLead(ctx, held, to, {
    on: on < held.found_on ? held.found_on : on,
    ...(reason === undefined ? {} : { reason }),
  })
}

/** Without signs that are taken for each other on paper. */
const checkSigns = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** The next number of the register: the body's code, a serial of five digits and four random signs, so that nobody lists unions by counting up. The serial lies above those that came from a register kept elsewhere. Two approvals at once queue on the body's row. */
export async function takeCode(ctx: TenantContext): Promise<string> {
  const { rows } = await sql<{ serial: number; code: string }>`
    insert into organisation.register as r (tenant_id, last_serial)
    select ${ctx.tenantId}, coalesce(max(substring(code from '-([0-9]{5,9})(?:-[0-9A-Z]{4})?$')::int), 0) + 1
    from organisation.trade_union where tenant_id = ${ctx.tenantId}
    on conflict (tenant_id) do update set last_serial = greatest(r.last_serial + 1, excluded.last_serial)
    returning last_serial as serial, (select code from tenancy.federation where id = ${ctx.tenantId}) as code`.execute(
    ctx.db,
  )
  const [row] = rows
  if (!row) throw new Error('the register gave no number')
  const check = Array.from({ length: 4 }, () => checkSigns[randomInt(checkSigns.length)] ?? '').join('')
  return `${row.code}-${String(row.serial).padStart(5, '0')}-${check}`
}
