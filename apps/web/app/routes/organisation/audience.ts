import type { Translate } from '@gonglian/ui/messages'
import type { ActField, ActValues } from '../../act-dialog.tsx'
import { readMany, readWhole, readWholeOrNull } from '../../act-values.ts'
import { kinds, knownOf, unitClasses } from './unions/union.ts'

type Audience = {
  readonly kinds: readonly string[]
  readonly unitClasses: readonly string[]
  readonly minHeadcount: number
  readonly maxHeadcount: number | null
}

/** What counts as a basic union, for which most lists and schemes hold. */
const basicKinds = [
  'BASIC_SINGLE',
  'BASIC_JOINT',
  'BASIC_PROJECT',
  'UNION_ASSOC_BASIC',
  'UNION_ASSOC_INDUSTRY',
] as const

/** For which unions a list or a scheme holds: kinds, classes of unit, size. */
export function listAudienceFields(text: Translate, before: Audience | null): ActField[] {
  return [
    {
      name: 'kinds',
      label: text('audience.kinds'),
      kind: 'many',
      initial: (before?.kinds ?? basicKinds).join(','),
      options: kinds.map((value) => ({ value, label: text(`unions.kind.${value}`) })),
    },
    {
      name: 'unitClasses',
      optional: true,
      label: text('audience.unitClasses'),
      kind: 'many',
      initial: (before?.unitClasses ?? []).join(','),
      hint: text('audience.unitClasses.hint'),
      options: unitClasses.map((value) => ({ value, label: text(`unions.unitClass.${value}`) })),
    },
    {
      name: 'minHeadcount',
      label: text('audience.minHeadcount'),
      kind: 'number',
      initial: String(before?.minHeadcount ?? 0),
    },
    {
      name: 'maxHeadcount',
      label: text('audience.maxHeadcount'),
      kind: 'number',
      optional: true,
      initial: before?.maxHeadcount === null || before === null ? '' : String(before.maxHeadcount),
      hint: text('audience.maxHeadcount.hint'),
    },
  ]
}

/** What was typed of them, as the API takes it. */
export function readAudience(values: ActValues) {
  return {
    kinds: readMany(values['kinds']).flatMap((kind) => knownOf(kinds, kind) ?? []),
    unitClasses: readMany(values['unitClasses']),
    minHeadcount: readWhole(values['minHeadcount']),
    maxHeadcount: readWholeOrNull(values['maxHeadcount']),
  }
}
