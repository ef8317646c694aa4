import { expect, test } from 'vitest'
import { z } from 'zod'
import { fieldErrors } from './faults.ts'

test('a schema says what is wrong in words of its own area; what zod says by itself is told by kind', () => {
  const schema = z.object({
    code: z.string().regex(/^[a-z]+$/, 'organisation.ruleCode'),
    form: z.string().regex(/^[a-z]+$/, 'errors.formCode'),
    plain: z.string().regex(/^[a-z]+$/),
    count: z.int().max(3),
  })
  const read = schema.safeParse({ code: 'A b', form: '1', plain: '2', count: 4 })
  expect(read.success ? [] : fieldErrors(read.error)).toEqual([
    { path: 'code', key: 'organisation.ruleCode' },
    { path: 'form', key: 'errors.formCode' },
    { path: 'plain', key: 'errors.inputFormat' },
    { path: 'count', key: 'errors.inputLarge', params: { limit: '3' } },
  ])
})
