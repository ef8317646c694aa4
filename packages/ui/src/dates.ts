const day = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Shanghai', dateStyle: 'short' })
const clock = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', minute: '2-digit' })

function readInstant(instant: Date | string): Date | null {
  const date = typeof instant === 'string' ? new Date(instant) : instant
  return Number.isNaN(date.getTime()) ? null : date
}

/** 2026-09-05, by the calendar of Asia/Shanghai. A date without a time (`2026-09-05`) comes back as it is. */
export function formatDate(instant: Date | string): string {
  if (typeof instant === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(instant)) return instant
  const date = readInstant(instant)
  return date ? day.format(date) : '—'
}

/** 14:30 in Shanghai. */
export function formatTime(instant: Date | string): string {
  const date = readInstant(instant)
  return date ? clock.format(date) : '—'
}

/** 2026-09-05 14:30 in Shanghai. */
export function formatDateTime(instant: Date | string): string {
  const date = readInstant(instant)
  return date ? `${day.format(date)} ${clock.format(date)}` : '—'
}
