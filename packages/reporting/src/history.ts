import { Period, getForm } from '@gonglian/indicators'
import { FederationCode, found, getFederation, requirePermission, type TenantContext } from '@gonglian/tenancy'
import { z } from 'zod'
import { readSheet, type Sheet } from './cells.ts'
import { FormCode, ReportId } from './reports.ts'
import { readFaults, type Fault, type ReportEvent } from './versions.ts'

/** One step of a report's life: who, when, why. */
export type Step = {
  readonly version: number
  readonly event: ReportEvent
  readonly actor: string
  readonly at: Date
  readonly reason: string
  readonly faults: readonly Fault[]
}

export async function listSteps(ctx: TenantContext, reportId: number): Promise<Step[]> {
  const rows = await ctx.db
    .selectFrom('reporting.report_version')
    .select(['version', 'event', 'actor', 'at', 'reason', 'faults'])
    .where('report_id', '=', reportId)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...row, faults: readFaults(row.faults) }))
}

export const ListVersions = z.object({ reportId: ReportId })

/** The figures of a report whenever they were given, oldest first, each with what was decided about them. */
export async function listVersions(
  ctx: TenantContext,
  input: z.output<typeof ListVersions>,
): Promise<(Step & { sheet: Sheet; decisions: Step[] })[]> {
  requirePermission(ctx, 'report:read')
  found(
    await ctx.db.selectFrom('reporting.report').select('id').where('id', '=', input.reportId).executeTakeFirst(),
    'errors.reportNotFound',
  )
  const rows = await ctx.db
    .selectFrom('reporting.report_version')
    .selectAll()
    .where('report_id', '=', input.reportId)
    .orderBy('id')
    .execute()
  const versions: (Step & { sheet: Sheet; decisions: Step[] })[] = []
  for (const row of rows) {
    const { version, event, actor, at, reason } = row
    const step: Step = { version, event, actor, at, reason, faults: readFaults(row.faults) }
    if (row.figures) versions.push({ ...step, sheet: readSheet(row, row.figures.length), decisions: [] })
    else versions[versions.length - 1]?.decisions.push(step)
  }
  return versions
}

export const GetCellHistory = z.object({
  form: FormCode,
  period: Period,
  body: FederationCode,
  position: z.int().min(1).max(4000),
})

export type CellStep = Step & {
  readonly value: number | null
  readonly mark: number
  readonly upper: number | null
  readonly note: string
}

/** What one cell of a body's report was at every step (P5): a number on the national board leads here. */
export async function getCellHistory(ctx: TenantContext, input: z.output<typeof GetCellHistory>): Promise<CellStep[]> {
  requirePermission(ctx, 'report:read')
  const form = await getForm(ctx, input.form)
  const body = await getFederation(ctx, input.body)
  const rows = await ctx.db
    .selectFrom('reporting.report_version as v')
    .innerJoin('reporting.report as r', 'r.id', 'v.report_id')
    .select([
      'v.version',
      'v.event',
      'v.actor',
      'v.at',
      'v.reason',
      'v.faults',
      'v.figures',
      'v.marks',
      'v.upper_figures',
      'v.notes',
    ])
    .where('r.form_id', '=', form.id)
    .where('r.period', '=', input.period)
    .where('r.tenant_id', '=', body.id)
    .orderBy('v.id')
    .execute()
  let sheet = readSheet(undefined, form.items.length)
  return rows.map((row) => {
    if (row.figures) sheet = readSheet(row, form.items.length)
    const { version, event, actor, at, reason } = row
    return {
      ...{ version, event, actor, at, reason, faults: readFaults(row.faults) },
      value: sheet.figures[input.position - 1] ?? null,
      mark: sheet.marks[input.position - 1] ?? 0,
      upper: sheet.upper[input.position - 1] ?? null,
      note: sheet.notes[String(input.position)] ?? '',
    }
  })
}
