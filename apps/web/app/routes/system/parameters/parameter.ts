import type { RouterOutputs } from '@gonglian/api'
import { hasMessage, translateUnknown, type Locale, type Translate } from '@gonglian/ui/messages'
import { readCalendar } from './holidays.ts'

export type Parameter = RouterOutputs['parameters']['listParameters'][number]

/** The parameter's name in words, its key where it has none yet. */
export function nameParameter(key: string, locale: Locale): string {
  const known = `parameters.key.${key}`
  return hasMessage(locale, known) ? translateUnknown(locale, known) : key
}

/** What a parameter is for; null where nothing is written. */
export function explainParameter(key: string, locale: Locale): string | null {
  const known = `parameters.key.${key}.text`
  return hasMessage(locale, known) ? translateUnknown(locale, known) : null
}

/** A value in a line: the years of a calendar, a number or text as it is, anything deeper as it is stored. */
export function writeValue({ value }: Parameter, text: Translate): string {
  const calendar = readCalendar(value)
  if (calendar) return text('holidays.years', { years: calendar.years.map(({ year }) => year).join(' · ') })
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Keys that the domain lets a leader set. */
export const settable: readonly string[] = ['calendar.holidays']
