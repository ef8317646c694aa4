const clock = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Asia/Shanghai',
  dateStyle: 'short',
  timeStyle: 'medium',
  hourCycle: 'h23',
})

/** To the second, in Shanghai: 2026-09-05 14:30:05. */
export function formatMoment(at: Date): string {
  return clock.format(at).replace(', ', ' ')
}
