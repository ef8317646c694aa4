import { Link } from '@remix-run/react'
import { EmptyState, EntryGrid, useLocale, useText } from '@gonglian/ui'
import { useMemo } from 'react'
import { reviewPath } from '../addresses.ts'
import { ChangedBelowNotice } from '../changed-below.tsx'
import { ReviewerNotice } from '../reviewer-notice.tsx'
import { readEntries } from './cells.ts'
import { checkSheet, listEntryItems, showValues, type Report } from './report.ts'

const keep = () => undefined

/** A report as those above its owner read it: what was handed in, nothing of what is being typed. */
export function ReadSheet({ report }: { readonly report: Report }) {
  const text = useText()
  const locale = useLocale()
  const values = useMemo(() => readEntries(report.sheet), [report.sheet])
  const items = useMemo(() => listEntryItems(report, values, locale), [report, values, locale])
  const problems = useMemo(
    () => (report.submittedAt === null ? [] : checkSheet(report, report.sheet, locale)),
    [report, locale],
  )
  if (report.submittedAt === null) {
    return <EmptyState title={text('reports.read.none')} text={text('reports.read.noneText')} />
  }
  return (
    <>
      {report.reportId === null ? null : (
        <p className="report-notice">
          <Link to={reviewPath(report.reportId, report.period)}>{text('reports.read.review')}</Link>
        </p>
      )}
      <ReviewerNotice report={report} superior={report.isDirectlyBelow && !report.isReviewer} />
      <ChangedBelowNotice report={report} onAccept={null} busy={false} refusal={null} />
      <EntryGrid items={items} values={showValues(items, values)} onChange={keep} problems={problems} readOnly />
    </>
  )
}
