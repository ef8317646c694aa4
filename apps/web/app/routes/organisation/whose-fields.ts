import type { Translate } from '@gonglian/ui/messages'
import type { ActField } from '../../act-dialog.tsx'
import { findUnions } from './finders.ts'

/** Asks whether it is of the body itself or of one of its unions, and of which. `first`: what is meant mostly. */
export function listWhoseFields(text: Translate, bodyId: number, first: 'own' | 'union'): readonly ActField[] {
  const offered = first === 'own' ? (['own', 'union'] as const) : (['union', 'own'] as const)
  return [
    {
      name: 'whose',
      label: text('terms.whose'),
      kind: 'choice',
      initial: first,
      options: offered.map((value) => ({ value, label: text(`terms.whose.${value}`) })),
    },
    {
      name: 'unionId',
      label: text('unions.name'),
      kind: 'find',
      find: findUnions(bodyId),
      when: (values) => values['whose'] === 'union',
    },
  ]
}
