import { joinFeeds, nameFeeds } from '@gonglian/indicators'
import { organisationFeeds } from '@gonglian/organisation'
import type { ReportView } from '@gonglian/reporting'

/** What the domains count from their records, all together: no figure from two of them. */
export const feeds = joinFeeds(organisationFeeds)

/** Says of each figure of a report which feed counts it, so that a page can lead to the records. */
export function nameSources(report: ReportView): ReportView & { readonly fedBy: readonly (string | null)[] } {
  return { ...report, fedBy: nameFeeds(feeds, report.form.items) }
}
