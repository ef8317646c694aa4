import type { LoaderFunctionArgs } from '@remix-run/node'
import { formatDate } from '@gonglian/ui'

/** The year of a register: `?year=`, else the one of today. */
export function readYear({ request, context }: Pick<LoaderFunctionArgs, 'request' | 'context'>): number {
  const asked = new URL(request.url).searchParams.get('year') ?? ''
  return /^20\d\d$/.test(asked) ? Number(asked) : Number(formatDate(context.now).slice(0, 4))
}

/** A number of the address; null where it is none. */
export function readNumber(text: string | null | undefined): number | null {
  const number = Number(text ?? '')
  return Number.isInteger(number) && number > 0 ? number : null
}

/** What was typed into a field for a number; nothing typed is no number. */
export function readTyped(text: string | undefined): number {
  return text === undefined || text === '' ? Number.NaN : Number(text)
}

/** Who did what was done before the records were kept here. */
export const takeover = 'takeover'
