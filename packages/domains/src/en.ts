import { texts as organisation } from '@gonglian/organisation/texts/en'
import { messages as platform } from '@gonglian/ui/messages/en'
import type { messages as chinese } from './zh-CN.ts'

/** The same in English: exactly the keys of the Chinese texts. */
export const messages = { ...platform, ...organisation } as const satisfies Record<keyof typeof chinese, string>
