import { actorName, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { writeSheet, type Sheet } from './cells.ts'

export type ReportEvent =
  | 'submitted'
  | 'withdrawn'
  | 'returned'
  | 'accepted'
  | 'correction_requested'
  | 'correction_refused'
  | 'reopened'
  | 'imported'

const Fault = z.object({ position: z.int(), reason: z.string() })
export type Fault = z.output<typeof Fault>

/** The cells sent back, as the database keeps them. */
export function readFaults(stored: unknown): Fault[] {
  return z.array(Fault).catch([]).parse(stored)
}

/** Adds a step to the history of a report (P5). Figures stand where they are given: on submission. */
export async function recordVersion(
  ctx: TenantContext,
  report: { id: number; tenant_id: number; version: number },
  step: {
    event: ReportEvent
    sheet?: Sheet
    fed?: (number | null)[] | null
    faults?: readonly Fault[]
    reason?: string
  },
): Promise<void> {
  await ctx.db
    .insertInto('reporting.report_version')
    .values({
      report_id: report.id,
      tenant_id: report.tenant_id,
      version: report.version,
      event: step.event,
      ...(step.sheet ? writeSheet(step.sheet) : { figures: null, marks: null, upper_figures: null, notes: '{}' }),
      fed_figures: step.fed ?? null,
      faults: JSON.stringify(step.faults ?? []),
      reason: step.reason ?? '',
      actor: actorName(ctx.actor),
      at: ctx.now,
    })
    .execute()
}
