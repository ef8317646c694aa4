import { translateUnknown } from '@gonglian/ui/messages'
import { messages as en } from '@gonglian/domains/texts/en'
import { messages as zh } from '@gonglian/domains/texts/zh-CN'
import { registerMessages } from '@gonglian/ui/messages'
import { expect, test } from 'vitest'

registerMessages('zh-CN', zh)
registerMessages('en', en)

// What a whole file fails with; the page knows the limit of rows and nothing else.
test.each([
  ...[
    'notReadable',
    'locked',
    'noSheet',
    'noHead',
    'bodyClosed',
    'undo.refused',
    'badSigns',
    'tooLarge',
    'tooSlow',
    'empty',
    'broken',
    'unexpected',
  ],
])('why a file failed (%s) is said without gaps', (name) => {
  for (const locale of ['zh-CN', 'en'] as const) {
    const said = translateUnknown(locale, `organisation.import.${name}`, { rows: 100_000 })
    expect(said).not.toMatch(/[{}]/)
    expect(said).not.toBe(translateUnknown(locale, 'no such key'))
  }
})
