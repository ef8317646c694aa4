import type { Form } from '@gonglian/indicators'
import { withTenant, type Deps } from '@gonglian/tenancy'
import { aUser } from '@gonglian/tenancy/testing'
import { saveDraft } from './drafts.ts'
import { openReport } from './reports.ts'
import { acceptReport } from './reviews.ts'
import { submitReport } from './submissions.ts'

export { aForm, itemCode, type FormOptions } from '@gonglian/indicators/testing'

export type ReportOptions = {
  form: Form
  period: string
  tenantId: number
  /** From position 1; missing positions stay empty. */
  figures: readonly (number | null)[]
  /** Marks by position. */
  marks?: Readonly<Record<number, number>>
}

export type MadeReport = { reportId: number; version: number }

/** A report that an officer has begun and typed figures into. */
export async function aDraftReport(
  deps: Deps,
  { form, period, tenantId, figures, marks = {} }: ReportOptions,
): Promise<MadeReport> {
  return withTenant(deps, aUser(tenantId, 'officer'), async (ctx) => {
    const { reportId, version } = await openReport(ctx, { form: form.code, period })
    const cells = figures.map((value, index) => ({
      position: index + 1,
      value,
      mark: marks[index + 1] ?? 0,
      upper: null,
    }))
    const saved = await saveDraft(ctx, { reportId, version, cells })
    return { reportId, version: saved.version }
  })
}

/** A report that waits for the superior. */
export async function aSubmittedReport(deps: Deps, options: ReportOptions): Promise<MadeReport> {
  const { reportId, version } = await aDraftReport(deps, options)
  return withTenant(deps, aUser(options.tenantId, 'officer'), async (ctx) => {
    const submitted = await submitReport(ctx, { reportId, version, confirmWarnings: true, zero: false })
    return { reportId, version: submitted.version }
  })
}

/** A report that the superior has accepted. */
export async function anAcceptedReport(
  deps: Deps,
  options: ReportOptions & { superiorId: number },
): Promise<MadeReport> {
  const { reportId, version } = await aSubmittedReport(deps, options)
  return withTenant(deps, aUser(options.superiorId, 'reviewer'), async (ctx) => {
    const accepted = await acceptReport(ctx, { reportId, version })
    return { reportId, version: accepted.version }
  })
}
