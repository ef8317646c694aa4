import { convertPeriod, findPeriodAt, readPeriod, writePeriod } from '@gonglian/ui'

/** The working period an address asks for, else this month: what the frame proposes too. */
export function readWorkingPeriod(params: URLSearchParams, now: Date): string {
  const asked = params.get('period')
  return asked !== null && readPeriod(asked) ? asked : writePeriod(findPeriodAt(now, 'month'))
}

/** Whether one of the periods lies in the other. */
export function isWithin(a: string, b: string): boolean {
  const first = readPeriod(a)
  const second = readPeriod(b)
  if (!first || !second) return false
  return writePeriod(convertPeriod(first, second.kind)) === b || writePeriod(convertPeriod(second, first.kind)) === a
}

/** A period in the rhythm of another. */
export function inRhythmOf(period: string, model: string): string {
  const from = readPeriod(period)
  const to = readPeriod(model)
  return from && to ? writePeriod(convertPeriod(from, to.kind)) : model
}

// The period stands in the path for the server and behind it for the picker of the frame.
const write = (path: string, period: string, more: Readonly<Record<string, string>> = {}) =>
  `${path}?${new URLSearchParams({ ...more, period }).toString()}`

export function entryPath(form: string, period: string, body?: string): string {
  return write(`/reports/${form}/${period}`, period, body === undefined ? {} : { body })
}

export function queuePath(form: string, period: string): string {
  return write(`/reports/review/${form}/${period}`, period)
}

export function reviewPath(reportId: number, period: string): string {
  return write(`/reports/review/report/${reportId}`, period)
}

export function absentPath(form: string, period: string): string {
  return write(`/reports/missing/${form}/${period}`, period)
}
