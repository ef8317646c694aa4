import { expect, test } from 'vitest'
import { checkMessages } from './messages.ts'
import { checkFiles, manifest } from './testing.ts'

const house = {
  'packages/ui/package.json': manifest(),
  'packages/ui/src/messages/zh-CN/errors.ts': `export const errors = { 'errors.both': '都有', 'errors.chinese': '只有中文' }`,
  'packages/ui/src/messages/en/errors.ts': `export const errors = { 'errors.both': 'both' }`,
  'packages/targets/package.json': manifest(),
}

const check = (text: string) => checkFiles(checkMessages, { ...house, 'packages/targets/src/plans.ts': text })

test.each([
  `throw new DomainError('invalid', 'targets.nothing')`,
  `fields.push({ path: 'name', key: 'targets.nothing' })`,
  `const key = short ? 'errors.nothing' : 'errors.both'`,
])('a key without a text is found in %s', (text) => {
  expect(check(text)).toEqual([
    expect.stringMatching(/^packages\/targets\/src\/plans\.ts:1 .* has no text in zh-CN and en$/),
  ])
})

test('a key without an English text is found', () => {
  expect(check(`throw new DomainError('invalid', 'errors.chinese')`)).toEqual([
    expect.stringMatching(/has no text in en$/),
  ])
})

test('a key with both is fine, and each use counts once', () => {
  expect(
    check(`throw new DomainError('invalid', 'errors.both', { fields: [{ path: 'a', key: 'errors.both' }] })`),
  ).toEqual([])
  expect(
    check(`throw new DomainError('invalid', 'errors.no', { fields: [{ path: 'a', key: 'errors.no' }] })`),
  ).toHaveLength(2)
})
