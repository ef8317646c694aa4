/** The day whose values are asked for, as the address says; none: today. */
export function readDay(params: URLSearchParams): string | undefined {
  const on = params.get('on')
  return on !== null && /^\d{4}-\d{2}-\d{2}$/.test(on) && !Number.isNaN(Date.parse(on)) ? on : undefined
}
