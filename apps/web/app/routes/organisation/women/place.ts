import type { ActField, ActValues } from '../../../act-dialog.tsx'
import { readWhole } from '../../../act-values.ts'
import { findUnions } from '../finders.ts'

/** The two fields that say whose it is: the body's own, or one of its unions'. */
export function askPlace(words: { place: string; itself: string; union: string }, bodyId: number): readonly ActField[] {
  return [
    {
      name: 'whose',
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
      find: findUnions(bodyId),
      when: ({ whose }) => whose === 'union',
    },
  ]
}

/** Null: the body itself. Nothing chosen is no union: refused beside the field. */
export function readPlace(values: ActValues): number | null {
  return values['whose'] === 'union' ? readWhole(values['unionId']) : null
}
