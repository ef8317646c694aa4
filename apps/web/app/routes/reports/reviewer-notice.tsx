import { useText } from '@gonglian/ui'
import type { Report } from './entry/report.ts'

/** Says who reviews a report that its present superior only reads: after a move a period stays with the superior it had. */
export function ReviewerNotice({ report, superior }: { readonly report: Report; readonly superior: boolean }) {
  const text = useText()
  if (!superior || report.reviewer === null) return null
  return <p className="report-notice">{text('reports.reviewer.other', { body: report.reviewer.name })}</p>
}
