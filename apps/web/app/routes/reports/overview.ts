import type { Caller, RouterOutputs } from '@gonglian/api'

export type MyReport = RouterOutputs['reports']['listMyReports'][number]
export type ReviewWork = RouterOutputs['reviews']['listReviewWork'][number]

/** Still the owner's turn. */
export function isOpenReport(report: MyReport): boolean {
  return ['not_started', 'draft', 'returned', 'correcting'].includes(report.state)
}

/** The reports of the working period, and before them what is unfinished of today's and the last one, whatever period one works in. */
export async function listMine(api: Caller, period: string): Promise<MyReport[]> {
  const asked = await api.reports.listMyReports({ period })
  const around = await api.reports.listMyReports({})
  const isKnown = (report: MyReport) =>
    asked.some((other) => other.form.id === report.form.id && other.period === report.period)
  const unfinished = around.filter((report) => isOpenReport(report) && !isKnown(report))
  return [...unfinished, ...asked].toSorted(
    (a, b) =>
      Number(isOpenReport(b)) - Number(isOpenReport(a)) ||
      (a.dueOn ?? '9999').localeCompare(b.dueOn ?? '9999') ||
      a.form.id - b.form.id,
  )
}
