import { expect, test } from 'vitest'
import { jsonBudget, keepsJsonBudget } from './json-budget.ts'
import { transformer } from './wire.ts'

const over = (value: unknown): unknown => {
  const text = JSON.stringify(transformer.serialize(value))
  return transformer.deserialize(JSON.parse(text))
}

test('what the product says crosses the wire unchanged', () => {
  const value = { at: new Date('2026-01-15T08:00:00.000Z'), rows: [{ code: '51', figure: 12, none: null, is: true }] }
  expect(over(value)).toEqual(value)
  expect(over(undefined)).toBeUndefined()
  expect(over({ kept: 1, left: undefined })).toEqual({ kept: 1 })
})

test.each([
  new Map(),
  new Set(),
  5n,
  Number.POSITIVE_INFINITY,
  () => 1,
  Symbol('x'),
  /x/,
  new URL('http://own.invalid'),
])('what is no plain value does not leave: %s', (value) =>
  expect(() => transformer.serialize({ deep: [value] })).toThrow(/wire/),
)

test('SEC-C1 names of types, references and paths of superjson are refused, not followed', () => {
  const wide = JSON.stringify({
    json: Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`k${at}`, []])),
    meta: { referentialEqualities: { k0: Array.from({ length: 300 }, (_, at) => `k${at % 60}.0.0`) } },
  })
  expect(() => transformer.deserialize(JSON.parse(wide))).toThrow()
  for (const text of [
    '{"json":{"a":"1"},"meta":{"values":{"a":["bigint"]}}}',
    '{"json":{"a":"x"},"meta":{"values":{"a":["regexp"]}}}',
    '{"meta":{}}',
    '[]',
    '"json"',
    'null',
    '{"json":{"__proto__":{"roles":["leader"]}}}',
    '{"json":{"$time":"0"}}',
    '{"json":{"$time":"2026-13-45T00:00:00.000Z"}}',
    '{"json":{"$time":{}}}',
  ])
    expect(() => transformer.deserialize(JSON.parse(text)), text).toThrow()
  const clean = transformer.deserialize(JSON.parse('{"json":{"constructor":{"prototype":{"polluted":1}}}}'))
  expect(Reflect.get({}, 'polluted')).toBeUndefined()
  expect(clean).toEqual({ constructor: { prototype: { polluted: 1 } } })
})

test('SEC-C1 a text too deep or with too many values is known before it is parsed', () => {
  const megabytes = 10 * 1024 * 1024
  expect(keepsJsonBudget('['.repeat(megabytes), jsonBudget)).toBe(false)
  expect(keepsJsonBudget('{"a":'.repeat(megabytes / 5), jsonBudget)).toBe(false)
  expect(keepsJsonBudget(`[${'0,'.repeat(megabytes / 2)}0]`, jsonBudget)).toBe(false)
  expect(keepsJsonBudget(`["${'[{,'.repeat(1000)}\\"${'['.repeat(100)}"]`, jsonBudget)).toBe(true)
  expect(keepsJsonBudget(`{"file":"${'A'.repeat(megabytes)}"}`, jsonBudget)).toBe(true)
  expect(keepsJsonBudget('[[1]]', { depth: 2, nodes: 3 })).toBe(true)
  expect(keepsJsonBudget('[[1]]', { depth: 1, nodes: 3 })).toBe(false)
  expect(keepsJsonBudget('[1,2]', { depth: 2, nodes: 2 })).toBe(false)
})

test('what is no number arrives as none, so that it is refused beside its field', () => {
  expect(transformer.deserialize(JSON.parse(JSON.stringify(transformer.serialize({ count: NaN }))))).toEqual({
    count: NaN,
  })
})
