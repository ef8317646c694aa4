import { registerMessages, translateUnknown, type Locale, type MessageKey } from '@gonglian/ui/messages'
import { messages as english } from '@gonglian/domains/texts/en'
import { messages as chinese } from '@gonglian/domains/texts/zh-CN'

registerMessages('zh-CN', chinese)
registerMessages('en', english)

/** A text of the catalogue as a Chinese reader sees it. */
export function zh(key: MessageKey, params: Readonly<Record<string, string | number>> = {}): string {
  return say('zh-CN', key, params)
}

/** A text of the catalogue in one language. */
export function say(locale: Locale, key: MessageKey, params: Readonly<Record<string, string | number>> = {}): string {
  return translateUnknown(locale, key, params)
}
