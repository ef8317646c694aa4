import type { RouterOutputs } from '@gonglian/api'

export type Evidence = RouterOutputs['checklists']['listEvidence']['rows'][number]

/** What kind of file it is, as its ending. */
export function nameMedia(media: string): string {
  return (media.split('/')[1] ?? media).toUpperCase()
}
