import { expect, test } from 'vitest'
import { z } from 'zod'
import { defineForm, field, readTyped, writeTyped } from './declared.ts'

const form = defineForm({
  path: 'visits.recordVisit',
  noun: 'visits',
  permission: 'report:fill',
  fields: {
    place: field.choice(['employer', 'park'], { initial: 'employer' }),
    employerId: field.optionalFind('employers', { when: ({ place }) => place === 'employer' }),
    park: field.optionalLine({ max: 5, when: ({ place }) => place === 'park' }),
    name: field.line({ max: 5 }),
    on: field.date(),
    people: field.whole({ min: 1, max: 500 }),
    cost: field.yuan({ maxFen: 1_000_00 }),
    topics: field.many(['pay', 'safety']),
    urgent: field.check(),
  },
  given: { version: z.int() },
  refuse: ({ place, park }) => (place === 'park' && park === '' ? { path: 'park', key: 'errors.inputMissing' } : null),
})
const typed = {
  place: 'employer',
  employerId: '7',
  park: '不问',
  name: ' 某甲 ',
  on: '2026-11-29',
  people: '１，２００',
  cost: '12.5',
  topics: 'pay,safety',
  urgent: 'yes',
}
const faultsOf = (input: unknown) =>
  form.schema.safeParse(input).error?.issues.map(({ path, message }) => [path.join('.'), message]) ?? []

test('what was typed becomes the input: widths, thousands, fen, ticks; what is not asked stays away', () => {
  const input = readTyped(form, { ...typed, people: '１２' }, { version: 3 })
  expect(input).toEqual({
    version: 3,
    place: 'employer',
    employerId: 7,
    name: '某甲',
    on: '2026-11-29',
    people: 12,
    cost: 1250,
    topics: ['pay', 'safety'],
    urgent: true,
  })
  expect(faultsOf(input)).toEqual([])
})

test('limits, numbers and rules over several fields are refused beside their field', () => {
  const wrong = readTyped(
    form,
    { ...typed, place: 'park', park: '', people: typed.people, name: '六个字的名称', cost: '1.234' },
    { version: 3 },
  )
  expect(faultsOf(wrong).map(([path]) => path)).toEqual(['name', 'people', 'cost'])
  const empty = readTyped(form, { ...typed, people: '2', place: 'park', park: '' }, { version: 3 })
  expect(faultsOf(empty)).toEqual([['park', 'errors.inputMissing']])
})

test('what the page gives counts as typed for the conditions of other fields, and is not overwritten', () => {
  const { place, ...rest } = typed
  expect(place).toBe('employer')
  const input = readTyped(form, { ...rest, park: '某园' }, { version: 1, place: 'park' })
  expect(input).toMatchObject({ place: 'park', park: '某园' })
  expect(input).not.toHaveProperty('employerId')
})

test('several texts are typed one on each line, and a number that is not known is null', () => {
  const letter = defineForm({
    path: 'letters.sendLetter',
    noun: 'letters',
    permission: 'report:fill',
    fields: { departments: field.each({ min: 2, max: 5, most: 2 }), goal: field.optionalWhole({ min: 0, max: 9 }) },
  })
  const read = (departments: string, goal = '') => letter.schema.safeParse(readTyped(letter, { departments, goal }))
  expect(read(' 税务局\n\n人社局 ').data).toEqual({ departments: ['税务局', '人社局'], goal: null })
  expect(read('税务局', '９').data).toEqual({ departments: ['税务局'], goal: 9 })
  expect(read('', '九').error?.issues.map(({ path }) => path.join('.'))).toEqual(['departments', 'goal'])
  expect(read('税务局\n人社局\n组织部').success).toBe(false)
})

test('what a record holds is typed so that it reads the same again', () => {
  const record = {
    place: 'park',
    park: '园区',
    name: '某甲',
    on: '2026-11-29',
    people: 3,
    cost: 1250,
    topics: ['pay'],
    urgent: true,
  }
  const written = writeTyped(form, { ...record, body: '不问' })
  expect(written).toMatchObject({ place: 'park', park: '园区', name: '某甲', people: '3', topics: 'pay' })
  expect(readTyped(form, written)).toEqual(record)
})
