import { getFormById, type Form } from '@gonglian/indicators'
import {
  DomainError,
  actorName,
  recordAudit,
  requirePermission,
  type FieldError,
  type TenantContext,
} from '@gonglian/tenancy'
import { z } from 'zod'
import {
  CellInput,
  isSameCell,
  readSheet,
  refuseFaultyCells,
  showFigure,
  typeCells,
  writeSheet,
  type Sheet,
} from './cells.ts'
import { ReportId, Version, findDraft, lockReport, type DraftRow, type ReportRow } from './reports.ts'
import { isEditable, refuseMeanwhile } from './states.ts'

export const SaveDraft = z.object({ reportId: ReportId, version: Version, cells: z.array(CellInput).max(4000) })

/** What somebody else typed since the page was loaded, to be shown without a reload. */
export type MergedCell = { position: number; value: number | null; mark: number; upper: number | null; note: string }

/** The sheet being typed: the draft, or what was last submitted while nobody has typed since. */
export function readTyped(report: ReportRow, draft: DraftRow | undefined, width: number): Sheet {
  return readSheet(draft ?? report, width)
}

/**
 * Keeps what was typed. Cells that others changed meanwhile are merged; a cell that both changed is a conflict, shown with both
 * values, and nothing is saved.
 *
 * @returns the new version, and what others typed since the given one
 * @throws DomainError conflict errors.reportConflict (fields `cells.<position>`) or what happened to the report meanwhile
 * @throws DomainError invalid errors.invalid (fields `cells.<position>`)
 */
export async function saveDraft(
  ctx: TenantContext,
  input: z.output<typeof SaveDraft>,
): Promise<{ version: number; merged: MergedCell[] }> {
  requirePermission(ctx, 'report:fill')
  const report = await lockReport(ctx, input.reportId, { own: true })
  if (!isEditable(report.state)) throw refuseMeanwhile(report)
  const form = await getFormById(ctx, report.form_id)
  refuseFaultyCells(input.cells, form.items)
  const draft = await findDraft(ctx, report.id)
  refuseOldPage(report, draft, input.version)

  const before = readTyped(report, draft, form.items.length)
  const after = typeCells(before, input.cells)
  const changed = input.cells.map((cell) => cell.position).filter((position) => !isSameCell(before, after, position))
  const others = listChangedSince(draft, input.version)
  refuseSameCells(form, {
    before,
    after,
    positions: changed.filter((position) => others.includes(position)),
    by: draft?.saved_by ?? '',
  })
  const merged = others.map((position) => readCell(after, position))
  if (changed.length === 0) return { version: report.version, merged }

  const version = report.version + 1
  await ctx.db.updateTable('reporting.report').set({ version }).where('id', '=', report.id).execute()
  const cellVersions = form.items.map((item, index) =>
    changed.includes(item.position) ? version : (draft?.cell_versions[index] ?? 0),
  )
  const content = {
    ...writeSheet(after),
    cell_versions: cellVersions,
    saved_at: ctx.now,
    saved_by: actorName(ctx.actor),
  }
  await ctx.db
    .insertInto('reporting.draft')
    .values({ report_id: report.id, tenant_id: report.tenant_id, since_version: report.version, ...content })
    .onConflict((conflict) => conflict.column('report_id').doUpdateSet(content))
    .execute()
  await recordAudit(ctx, {
    action: 'report.save',
    objectKind: 'report',
    objectId: report.id,
    after: { version, positions: changed },
  })
  return { version, merged }
}

/** A page from before the report was submitted, returned or withdrawn: its cells say nothing about the present ones. */
function refuseOldPage(report: ReportRow, draft: DraftRow | undefined, seen: number): void {
  const oldest = draft?.since_version ?? report.version
  if (seen < oldest || seen > report.version) throw refuseMeanwhile(report)
}

/** Positions typed in after the given version. */
export function listChangedSince(draft: DraftRow | undefined, version: number): number[] {
  return (draft?.cell_versions ?? []).flatMap((cellVersion, index) => (cellVersion > version ? [index + 1] : []))
}

function readCell(sheet: Sheet, position: number): MergedCell {
  return {
    position,
    value: sheet.figures[position - 1] ?? null,
    mark: sheet.marks[position - 1] ?? 0,
    upper: sheet.upper[position - 1] ?? null,
    note: sheet.notes[String(position)] ?? '',
  }
}

function refuseSameCells(
  form: Form,
  both: { before: Sheet; after: Sheet; positions: readonly number[]; by: string },
): void {
  const fields: FieldError[] = form.items
    .filter((item) => both.positions.includes(item.position))
    .map((item) => ({
      path: `cells.${item.position}`,
      key: 'errors.cellConflict',
      params: { mine: showFigure(both.after, item), theirs: showFigure(both.before, item), by: both.by },
    }))
  if (fields.length > 0)
    throw new DomainError('conflict', 'errors.reportConflict', {
      params: { by: both.by, count: fields.length },
      fields,
    })
}
