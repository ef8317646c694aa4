import { defineTask } from '@gonglian/tasks'
import { expect, test } from 'vitest'
import { defineDomain, listTasks } from './domains.ts'

const task = (key: string) =>
  defineTask({
    key,
    step: 'handle',
    permission: 'report:fill',
    list: () => Promise.resolve({ rows: [], total: 0 }),
  })

test('a domain declares tasks under its own name', () => {
  expect(() => defineDomain({ name: 'aid', nouns: {}, tasks: [task('aid.cases')] })).not.toThrow()
  expect(() => defineDomain({ name: 'aid', nouns: {}, tasks: [task('rights.cases')] })).toThrow(
    'The task rights.cases is declared by aid',
  )
})

test('no two tasks have one key', () => {
  const aid = defineDomain({ name: 'aid', nouns: {}, tasks: [task('aid.cases'), task('aid.grants')] })
  expect(listTasks([aid]).map(({ key }) => key)).toEqual(['aid.cases', 'aid.grants'])
  expect(() => listTasks([aid, defineDomain({ name: 'aid', nouns: {}, tasks: [task('aid.cases')] })])).toThrow(
    'The task aid.cases is declared twice',
  )
})
