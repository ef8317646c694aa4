import { texts as organisation } from '@gonglian/organisation/texts/zh-CN'
import type {} from '@gonglian/ui/messages'
import { messages as platform } from '@gonglian/ui/messages/zh-CN'

/** Every text of the product in Chinese: those of the platform and of each domain. */
export const messages = { ...platform, ...organisation } as const

type AllTexts = typeof messages

declare module '@gonglian/ui/messages' {
  // What `text(…)` accepts, and the placeholders it asks for.
  interface Texts extends AllTexts {}
}
