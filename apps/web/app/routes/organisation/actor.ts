import type { Translate } from '@gonglian/ui/messages'

/** Who did something, as people read it: an account, or the product itself. */
export function nameActor(text: Translate, actor: string): string {
  return actor.startsWith('system') ? text('records.bySystem') : actor
}
