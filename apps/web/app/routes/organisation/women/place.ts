import type { ActField, ActValues } from '../../../act-dialog.tsx'
import { readTyped } from '../day.ts'
import { findUnions } from '../find-union.ts'

/** The two fields that say whose it is: the body's own, or one of its unions'. */
export function askPlace(words: { place: string; itself: string; union: string }): readonly ActField[] {
  return [
    {
      name: 'place',
      label: words.place,
      kind: 'choice',
      initial: 'body',
      options: [
        { value: 'body', label: words.itself },
        { value: 'union', label: words.union },
      ],
    },
    {
      name: 'unionId',
      label: words.union,
      kind: 'find',
      find: findUnions,
      when: ({ place }) => place === 'union',
    },
  ]
}

/** Null: the body itself. */
export function readPlace(values: ActValues): number | null {
  return values['place'] === 'union' ? readTyped(values['unionId']) : null
}
