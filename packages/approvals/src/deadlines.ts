import { dueOn, readCalendar, readLimit } from '@gonglian/indicators'
import type { TenantContext } from '@gonglian/tenancy'
import { graceDays, type AnyApproval } from './approval.ts'

/** The last working day in time, and the day after which an application lapses (DL-01, DL-02), counted from today. */
export async function findDays(
  ctx: TenantContext,
  { days }: AnyApproval,
): Promise<{ dueOn: string; lapsesOn: string }> {
  const calendar = await readCalendar(ctx)
  const due = dueOn({ kind: 'working', days: await readLimit(ctx, days) }, ctx.today, calendar)
  return { dueOn: due, lapsesOn: dueOn({ kind: 'working', days: await readLimit(ctx, graceDays) }, due, calendar) }
}
