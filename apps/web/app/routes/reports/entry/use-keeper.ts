import { useRevalidator } from '@remix-run/react'
import type { EntryValue } from '@gonglian/ui'
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { api, readRefusal } from '../../../act.ts'
import { readEntries } from './cells.ts'
import { useClock } from '../../../clock.tsx'
import { Refused, createKeeper, type KnownReport, type ReportServer } from './keeper.ts'
import type { Report } from './report.ts'

function toKnown(report: Report): KnownReport {
  const { draft, sheet, reportId, version } = report
  return {
    reportId,
    version,
    entries: readEntries(draft ?? sheet),
    savedBy: draft?.savedBy ?? report.submittedBy ?? '',
    savedAt: (draft?.savedAt ?? report.submittedAt)?.toISOString() ?? null,
  }
}

const toCell = ([key, entry]: readonly [string, EntryValue]) => ({
  position: Number(key),
  value: entry.value,
  mark: entry.mark,
  upper: entry.upper ?? null,
  note: entry.note,
})

async function say<T>(question: Promise<T>): Promise<T> {
  try {
    return await question
  } catch (error) {
    throw new Refused(readRefusal(error))
  }
}

function createServer(form: string, period: string): ReportServer {
  return {
    open: () => say(api.reports.openReport.mutate({ form, period })),
    read: async () => toKnown(await say(api.reports.getReport.query({ form, period }))),
    save: async (report, cells) => {
      const saved = await say(api.reports.saveDraft.mutate({ ...report, cells: Object.entries(cells).map(toCell) }))
      const merged = saved.merged.map(({ position, ...entry }) => [String(position), entry] as const)
      return { version: saved.version, merged: Object.fromEntries(merged) }
    },
  }
}

/** What one types into this report, kept. The page's own reloads are taken over too, so that others' cells appear. */
export function useKeeper(report: Report) {
  const clock = useClock()
  const latest = useRef(clock)
  latest.current = clock
  const keeper = useMemo(
    () => createKeeper(createServer(report.form.code, report.period), toKnown(report), () => latest.current()),
    [report.form.code, report.period, report.body.code],
  )
  const kept = useSyncExternalStore(keeper.subscribe, keeper.read, keeper.read)
  const { revalidate } = useRevalidator()

  useEffect(() => {
    keeper.absorb(toKnown(report))
    if (report.isEditable) keeper.resume()
  }, [keeper, report])

  // Somebody handed it in or took it back meanwhile: the page shows what it is now, with one's own cells kept.
  const stoppedBy = kept.refusal?.key
  useEffect(() => {
    if (stoppedBy !== undefined) revalidate()
  }, [stoppedBy, revalidate])

  // The first cell typed has begun the report.
  const begun = kept.reportId !== null && report.reportId === null
  useEffect(() => {
    if (begun) revalidate()
  }, [begun, revalidate])

  const unreadable = useRef(false)
  useEffect(() => {
    const flush = () => void keeper.flush()
    const hide = () => {
      if (document.visibilityState === 'hidden') flush()
    }
    const warn = (event: BeforeUnloadEvent) => {
      if (keeper.isDirty() || unreadable.current) event.preventDefault()
    }
    document.addEventListener('visibilitychange', hide)
    window.addEventListener('beforeunload', warn)
    return () => {
      document.removeEventListener('visibilitychange', hide)
      window.removeEventListener('beforeunload', warn)
      flush()
    }
  }, [keeper])
  return { keeper, kept, unreadable }
}
