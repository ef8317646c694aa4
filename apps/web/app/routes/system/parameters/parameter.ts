import type { RouterOutputs } from '@gonglian/api'
import { hasMessage, translateUnknown, type Locale, type Translate } from '@gonglian/ui/messages'
import { readCalendar } from './holidays.ts'
import { writePlain } from './value-form.ts'

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

/** A value in a line: the years of a calendar, what a domain lets differ in words. */
export function writeValue({ value }: Parameter, text: Translate): string {
  const calendar = readCalendar(value)
  if (calendar) return text('holidays.years', { years: calendar.years.map(({ year }) => year).join(' · ') })
  return writePlain(value, text)
}

/** Where nobody has set a value, the rule of the field's book stands behind it. */
export function writeSource({ from, source }: Parameter, text: Translate): string {
  if (from !== null) return source
  return /^(?:ORG-|M)\d/.test(source) ? text('parameters.unset.rule', { rule: source }) : '—'
}
