import type { Translate } from '@gonglian/ui/messages'

/** Why a field was opened: what the person wrote, or what the system notes by itself, in words. */
export function sayReason(opening: { readonly reason: string; readonly objectId: string }, text: Translate): string {
  const { reason, objectId } = opening
  if (reason === 'member.check') return text('openings.reason.member.check', { count: objectId })
  if (reason === 'member.search' || reason === 'evidence.read' || reason === 'file.read')
    return text(`openings.reason.${reason}`)
  return reason
}
