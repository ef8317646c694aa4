import { expect, test } from 'vitest'
import { checkDecisions } from './decisions.ts'
import { checkFiles } from './testing.ts'

const whole = `# 0042: what was decided

Date: 2026-11-30 · Status: accepted

**Question.** What?

**Decision.** That.

**Why.** So.

**Price.** Much.
`
const find = (text: string, path = 'docs/decisions/0042-something.md') => checkFiles(checkDecisions, { [path]: text })

test('a decision by the template is none to object to', () => {
  expect(find(whole)).toEqual([])
  expect(find(whole.replace('accepted', 'superseded by 0043'))).toEqual([])
})

test.each(['# 0042: ', 'Date:', '**Question.', '**Decision.', '**Why.', '**Price.'])(
  'one without %s is found',
  (part) => {
    expect(find(whole.replace(part, ''))).toHaveLength(1)
  },
)

test('the template and other documents are not decisions', () => {
  expect(find('', 'docs/decisions/0000-template.md')).toEqual([])
  expect(find('', 'docs/security.md')).toEqual([])
})
