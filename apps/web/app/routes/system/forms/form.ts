import type { RouterOutputs } from '@gonglian/api'
import type { Translate } from '@gonglian/ui/messages'

export type FormHead = RouterOutputs['forms']['listForms'][number]
export type Form = RouterOutputs['forms']['getForm']
export type FormItem = Form['items'][number]
export type Rule = Form['rules'][number]

/** The rule for the deadline in words (DL-01). */
export function describeDue(due: FormHead['due'], text: Translate): string {
  if (due === null) return text('forms.due.none')
  switch (due.kind) {
    case 'working':
    case 'calendar':
      return text(`forms.due.${due.kind}`, { days: due.days })
    case 'months':
      return text('forms.due.months', { months: due.months })
    case 'fixed':
      return text('forms.due.fixed', { month: due.month, day: due.day })
  }
}

const levels = ['province', 'city', 'county', 'township'] as const

/** Which bodies fill the form in, in words. */
export function describeFillers(fillerLevels: readonly string[], text: Translate): string {
  const named = levels.filter((level) => fillerLevels.includes(level)).map((level) => text(`bodies.level.${level}`))
  return named.length === 0 ? text('forms.fillers.none') : named.join(' · ')
}
