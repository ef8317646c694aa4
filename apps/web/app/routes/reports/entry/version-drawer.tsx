import type { RouterOutputs } from '@gonglian/api'
import { Dialog, ErrorState, PageSkeleton, formatDateTime, useLocale, useText } from '@gonglian/ui'
import { useCallback, useEffect, useState } from 'react'
import { api } from '../../../act.ts'
import { nameActor } from '../actor.ts'
import { readEntries } from './cells.ts'
import { listEntryItems, type Report } from './report.ts'
import { SheetChanges } from './sheet-changes.tsx'

type Versions = RouterOutputs['reports']['listVersions']
type Props = { readonly report: Report; readonly open: boolean; readonly onClose: () => void }

/** Everything that ever happened to a report: each time figures were given, what changed in them, what was decided about them. */
export function VersionDrawer({ report, open, onClose }: Props) {
  const text = useText()
  const { reportId, version } = report
  const [versions, setVersions] = useState<Versions | null>(null)
  const [failed, setFailed] = useState(false)
  const load = useCallback(() => {
    if (reportId === null) return
    setFailed(false)
    api.reports.listVersions.query({ reportId }).then(setVersions, () => setFailed(true))
  }, [reportId])
  useEffect(() => {
    if (open) load()
  }, [open, load, version])
  return (
    <Dialog open={open} onClose={onClose} title={text('reports.versions')} place="side">
      {reportId === null || versions?.length === 0 ? (
        <p className="gl-hint">{text('reports.versions.none')}</p>
      ) : failed ? (
        <ErrorState onRetry={load} />
      ) : versions === null ? (
        <PageSkeleton shape="form" rows={6} />
      ) : (
        <Steps report={report} versions={versions} />
      )}
    </Dialog>
  )
}

function Steps({ report, versions }: { readonly report: Report; readonly versions: Versions }) {
  const text = useText()
  const locale = useLocale()
  const items = listEntryItems(report, {}, locale)
  const name = (position: number) => items.find((item) => item.key === String(position))?.label ?? String(position)
  return (
    <ol className="report-steps">
      {versions
        .map((given, index) => ({ given, before: versions[index - 1]?.sheet ?? null }))
        .toReversed()
        .map(({ given, before }) => (
          <li key={given.version}>
            {given.decisions.toReversed().map((step) => (
              <div
                key={`${step.version} ${step.event} ${String(step.at)} ${step.below?.bodyId ?? ''}`}
                className="report-step"
              >
                <p>
                  <strong>{text(`reports.event.${step.event}`)}</strong> {nameActor(step.actor, locale)}
                  <span className="gl-hint"> {formatDateTime(step.at)}</span>
                </p>
                {step.below === null ? null : (
                  <p>
                    {text('reports.changed.below', {
                      body: step.below.name || text('reports.changed.hidden'),
                      event: text(`reports.event.${step.below.event}`),
                    })}
                  </p>
                )}
                {step.reason === '' ? null : <p>{step.reason}</p>}
                {step.faults.length === 0 ? null : (
                  <ul>
                    {step.faults.map((fault) => (
                      <li key={fault.position}>
                        <strong>{name(fault.position)}</strong> {fault.reason}
                      </li>
                    ))}
                  </ul>
                )}
              </div>
            ))}
            <div className="report-step report-step-given">
              <p>
                <strong>{text(`reports.event.${given.event}`)}</strong> {nameActor(given.actor, locale)}
                <span className="gl-hint"> {formatDateTime(given.at)}</span>
              </p>
              {before ? (
                <SheetChanges
                  items={items}
                  after={readEntries(given.sheet)}
                  before={readEntries(before)}
                  title={text('reports.handIn.sinceLast')}
                />
              ) : (
                <p className="gl-hint">{text('reports.versions.first')}</p>
              )}
            </div>
          </li>
        ))}
    </ol>
  )
}
