// What the packages declare is known once they are loaded.
import '@gonglian/organisation'
import { listLimits } from '@gonglian/indicators'
import { hasMessage, locales, registerMessages, translate, type Translate } from '@gonglian/ui/messages'
import { messages as english } from '@gonglian/domains/texts/en'
import { messages as chinese } from '@gonglian/domains/texts/zh-CN'
import { describe, expect, test } from 'vitest'
import { formOfValue, writePlain } from './value-form.ts'

registerMessages('zh-CN', chinese)
registerMessages('en', english)
const text: Translate = (key, ...params) => translate('zh-CN', key, ...params)
const limits = listLimits()
// A table of levels, posts and ranks; set by whoever runs the installation.
const untyped = ['cadre.ranks']

test('there are parameters to speak of', () => expect(limits.length).toBeGreaterThan(20))

describe.each(limits.map((limit) => [limit.key, limit] as const))('%s', (key, { value }) => {
  test('has a name and an explanation in every language', () => {
    for (const locale of locales)
      for (const known of [`parameters.key.${key}`, `parameters.key.${key}.text`])
        expect([locale, known, hasMessage(locale, known)]).toEqual([locale, known, true])
  })

  test('comes out of its form as it went in, and is written without brackets', () => {
    const form = formOfValue(value, text)
    if (untyped.includes(key)) return expect(form).toBeNull()
    const typed = Object.fromEntries((form?.fields ?? []).map(({ name, initial }) => [name, initial ?? '']))
    expect(form?.read(typed)).toEqual(value)
    expect(writePlain(value, text)).not.toMatch(/[{}[\]"]/)
  })
})

test('what is no number is given on as none, for the server to refuse beside its field', () => {
  expect(formOfValue(25, text)?.read({ value: '二十五' })).toBeNaN()
  expect(formOfValue([25, 50], text)?.read({ value: '30，60、 x' })).toEqual([30, 60, Number.NaN])
})

test('what a limit rests on is cited as a reader knows it: no number of a rule, no Latin', () => {
  expect(limits.filter(({ rule }) => !/\p{Script=Han}/u.test(rule) || /[A-Za-z]|\d/.test(rule))).toEqual([])
})
