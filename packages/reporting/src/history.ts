import { Period, getForm } from '@gonglian/indicators'
import {
  FederationCode,
  findFederations,
  found,
  getFederation,
  requirePermission,
  type TenantContext,
} from '@gonglian/tenancy'
import { z } from 'zod'
import { readSheet, type Sheet } from './cells.ts'
import { FormCode, ReportId } from './reports.ts'
import { ReportEvent, readFaults, type Fault } from './versions.ts'

/** One step of a report's life: who, when, why. */
export type Step = {
  readonly version: number
  readonly event: ReportEvent
  readonly actor: string
  readonly at: Date
  readonly reason: string
  readonly faults: readonly Fault[]
  /** Of a step that tells of a change below: which body did what. */
  readonly below: { readonly bodyId: number; readonly name: string; readonly event: ReportEvent } | null
}

type StepRow = {
  version: number
  event: ReportEvent
  actor: string
  at: Date
  reason: string
  faults: unknown
  below_tenant_id: number | null
  below_event: string | null
}

function toStep(row: StepRow, names: ReadonlyMap<number, string>): Step {
  const { version, event, actor, at, reason } = row
  const told = ReportEvent.nullable().parse(row.below_event)
  const bodyId = row.below_tenant_id
  const below = bodyId === null || told === null ? null : { bodyId, name: names.get(bodyId) ?? '', event: told }
  return { version, event, actor, at, reason, faults: readFaults(row.faults), below }
}

/** Of bodies below that steps tell of; one that is out of sight by now has no name. */
async function nameBelow(ctx: TenantContext, rows: readonly StepRow[]): Promise<ReadonlyMap<number, string>> {
  const ids = rows.flatMap((row) => (row.below_tenant_id === null ? [] : [row.below_tenant_id]))
  const bodies = await findFederations(ctx, [...new Set(ids)])
  return new Map([...bodies].map(([id, body]) => [id, body.name]))
}

export async function listSteps(ctx: TenantContext, reportId: number): Promise<Step[]> {
  const rows = await ctx.db
    .selectFrom('reporting.report_version')
    .select(['version', 'event', 'actor', 'at', 'reason', 'faults', 'below_tenant_id', 'below_event'])
    .where('report_id', '=', reportId)
    .orderBy('id')
    .execute()
  const names = await nameBelow(ctx, rows)
  return rows.map((row) => toStep(row, names))
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
  const names = await nameBelow(ctx, rows)
  const versions: (Step & { sheet: Sheet; decisions: Step[] })[] = []
  for (const row of rows) {
    const step = toStep(row, names)
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
      'v.below_tenant_id',
      'v.below_event',
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
  const names = await nameBelow(ctx, rows)
  let sheet = readSheet(undefined, form.items.length)
  return rows.map((row) => {
    if (row.figures) sheet = readSheet(row, form.items.length)
    return {
      ...toStep(row, names),
      value: sheet.figures[input.position - 1] ?? null,
      mark: sheet.marks[input.position - 1] ?? 0,
      upper: sheet.upper[input.position - 1] ?? null,
      note: sheet.notes[String(input.position)] ?? '',
    }
  })
}
