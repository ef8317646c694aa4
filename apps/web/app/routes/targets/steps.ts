import type { RouterOutputs } from '@gonglian/api'

type Amendment = RouterOutputs['targets']['listAmendments']['rows'][number]
type Share = NonNullable<RouterOutputs['targets']['getSplit']['rows'][number]['share']>

export type ThreadShare = Pick<
  Share,
  'value' | 'state' | 'counterValue' | 'reason' | 'issuedAt' | 'issuedBy' | 'answeredAt' | 'answeredBy'
>
type Said = {
  readonly at: Date | null
  readonly by: string
  readonly reason: string
  /** Who speaks: the one who issued, or the one who received. */
  readonly side: 'issuer' | 'receiver'
}
export type ThreadStep = Said &
  (
    | { readonly kind: 'issued' | 'disputed'; readonly value: number }
    | { readonly kind: 'accepted' | 'signed' }
    | { readonly kind: 'settlement' | 'change' | 'amendment'; readonly from: number; readonly to: number }
  )

/**
 * The story of a share from what is kept of it: its state and its file of changes. A dispute that was settled stands in the file
 * with what was asked for; who asked is kept only while the dispute is open.
 */
export function listSteps(share: ThreadShare, amendments: readonly Amendment[]): ThreadStep[] {
  const steps: ThreadStep[] = [
    {
      kind: 'issued',
      value: amendments[0]?.from ?? share.value,
      at: share.issuedAt,
      by: share.issuedBy ?? '',
      reason: '',
      side: 'issuer',
    },
  ]
  for (const line of amendments) {
    if (line.kind === 'settlement' && line.counterValue !== null) {
      steps.push({
        kind: 'disputed',
        value: line.counterValue,
        at: null,
        by: '',
        reason: line.request,
        side: 'receiver',
      })
    }
    steps.push({
      kind: line.kind,
      from: line.from,
      to: line.to,
      at: line.at,
      by: line.actor,
      reason: line.reason,
      side: 'issuer',
    })
  }
  const answer = { at: share.answeredAt, by: share.answeredBy ?? '', reason: '', side: 'receiver' as const }
  // What was answered before the last change is no answer to it.
  const last = amendments.at(-1)
  const answered = share.answeredAt !== null && (last === undefined || share.answeredAt > last.at)
  if (share.state === 'disputed' && share.counterValue !== null)
    steps.push({ ...answer, kind: 'disputed', value: share.counterValue, reason: share.reason })
  else if (answered && share.state === 'accepted') steps.push({ ...answer, kind: 'accepted' })
  else if (share.state === 'signed') {
    const place = steps.findIndex((step) => step.kind === 'amendment')
    steps.splice(place < 0 ? steps.length : place, 0, { ...answer, kind: 'signed', at: null, by: '' })
  }
  return steps
}
