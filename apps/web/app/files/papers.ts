import type { Translate } from '@gonglian/ui/messages'
import type { ActField } from '../act-dialog.tsx'
import type { ActValues } from '../act-values.ts'
import { anyPapers, readAttached } from './attach-field.tsx'

/** Asks for the papers of an application: any, or those of one slot, which the body that decides elsewhere needs. */
export function attachPapers(
  text: Translate,
  slot?: 'form' | 'memberList' | 'candidateList' | 'certificate',
  { optional = slot === undefined }: { readonly optional?: boolean } = {},
): ActField {
  const name = slot === undefined ? 'files' : `files.${slot}`
  return {
    name,
    label: text(slot === undefined ? 'approvals.attach' : `approvals.slot.${slot}`),
    kind: 'attach',
    fileKind: 'application',
    ...anyPapers,
    ...(optional ? { optional } : {}),
    ...(slot === undefined ? {} : { slot }),
  }
}

/** The papers that were attached in any of the fields. */
export function readPapers(values: ActValues): { fileId: number; slot: string }[] {
  return Object.entries(values)
    .filter(([name]) => name === 'files' || name.startsWith('files.'))
    .flatMap(([, value]) => readAttached(value).map(({ fileId, slot }) => ({ fileId, slot })))
}
