import { feeds } from '@gonglian/domains/feeds'
import { nameFeeds } from '@gonglian/indicators'
import type { ReportView } from '@gonglian/reporting'

/** Says of each figure of a report which feed counts it, so that a page can lead to the records. */
export function nameSources(report: ReportView): ReportView & { readonly fedBy: readonly (string | null)[] } {
  return { ...report, fedBy: nameFeeds(feeds, report.form.items) }
}
