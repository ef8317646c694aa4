import { translate, type Locale } from '@gonglian/ui/messages'

/** Who did something, as the history keeps it: an account's name, or the system for what was imported. */
export function nameActor(actor: string | null, locale: Locale): string {
  if (actor === null) return ''
  return actor.startsWith('system:') ? translate(locale, 'reports.system') : actor
}
