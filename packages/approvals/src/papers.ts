import { readLimit } from '@gonglian/indicators'
import type { TenantContext } from '@gonglian/tenancy'
import { sql } from 'kysely'
import { paperPrefix } from './approval.ts'

/**
 * The next number of a paper (文号) of the body and year: 阿坝工复〔2026〕3号. Two approvals at once queue on the row of the series, and a rollback gives
 * its number back: the numbers have no gap.
 */
export async function takePaperNumber(ctx: TenantContext): Promise<{ paperNo: string; year: number; serial: number }> {
  const year = Number(ctx.today.slice(0, 4))
  const { rows } = await sql<{ serial: number; name: string }>`
    insert into approvals.paper_series as s (tenant_id, year, last_serial) values (${ctx.tenantId}, ${year}, 1)
    on conflict (tenant_id, year) do update set last_serial = s.last_serial + 1
    returning last_serial as serial, (select short_name from tenancy.federation where id = ${ctx.tenantId}) as name`.execute(
    ctx.db,
  )
  const [row] = rows
  if (row === undefined) throw new Error('the series gave no number')
  const prefix = (await readLimit(ctx, paperPrefix)).replaceAll('□', row.name)
  return { paperNo: `${prefix}〔${year}〕${row.serial}号`, year, serial: row.serial }
}
