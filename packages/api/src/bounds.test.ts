import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { SignedIn } from '@gonglian/auth'
import { copies, multiplyRecords } from '@gonglian/organisation/testing'
import { openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { createContext } from './context.ts'
import { describeError } from './refusal.ts'
import { appRouter, createCaller } from './router.ts'
import { business, type Entry } from './tests/entry.ts'
import { entries } from './tests/entries.ts'
import { bounds, innerBounds, longLists } from './tests/bounds.ts'
import { county, plantFixture, signedIn, type Fixture } from './tests/fixture.ts'

/** One: a page that is not cut shows where there are only two rows. */
const pageSize = 1
/** Items of an array inside a row, where nothing else is said. */
const mostInside = 3
let house: TestDeps
let fixture: Fixture
let copied: string[] = []
const actors = new Map<string, SignedIn>()

beforeAll(async () => {
  house = await openTestDeps()
  fixture = await plantFixture(house.deps)
  copied = await multiplyRecords(house)
  for (const code of ['00', county]) {
    actors.set(`${code} business`, await signedIn(fixture, code, 'bounds', ...business))
    for (const role of ['sysadmin', 'secadmin', 'auditadmin'] as const)
      actors.set(`${code} ${role}`, await signedIn(fixture, code, `bounds-${role}`, role))
  }
})
afterAll(() => house.close())

const Procedure = z.object({ _def: z.object({ type: z.string(), inputs: z.array(z.instanceof(z.ZodType)) }) })
const Callable = z.custom<(input: unknown) => Promise<unknown>>((value) => typeof value === 'function')
const describeProcedure = (path: string) =>
  // A procedure is a function that carries its definition.
  Procedure.parse({ _def: Reflect.get(Object(Reflect.get(appRouter._def.procedures, path)), '_def') })._def

const queries = Object.keys(appRouter._def.procedures)
  .filter((path) => describeProcedure(path).type === 'query')
  .toSorted()

/** Whether the caller says how many rows at most. */
function findLimit(path: string): 'pageSize' | 'limit' | null {
  for (const input of describeProcedure(path).inputs) {
    const { properties = {} } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })
    if ('pageSize' in properties) return 'pageSize'
    if ('limit' in properties) return 'limit'
  }
  return null
}

/** The length of the longest array at each place of an answer; items of arrays are one place. */
function measureArrays(value: unknown, place = '', found = new Map<string, number>()): Map<string, number> {
  if (Array.isArray(value)) {
    found.set(place, Math.max(found.get(place) ?? 0, value.length))
    for (const item of value) measureArrays(item, `${place}[]`, found)
  } else if (value !== null && typeof value === 'object' && !(value instanceof Date) && !ArrayBuffer.isView(value)) {
    for (const [name, inner] of Object.entries(value)) measureArrays(inner, `${place}.${name}`, found)
  }
  return found
}

function pickActor(code: string, entry: Entry): SignedIn | null {
  const role = entry.allowed[0] ?? 'leader'
  const shape = business.some((one) => one === role) ? 'business' : role
  return actors.get(`${code} ${shape}`) ?? null
}

/** Answers of the nation and of the county whose records the inputs name. */
async function collect(path: string): Promise<{ answers: unknown[]; refusals: string[] }> {
  const limit = findLimit(path)
  const answers: unknown[] = []
  const refusals: string[] = []
  const [routerName = '', name = ''] = path.split('.')
  for (const entry of [entries[path] ?? []].flat()) {
    if ((entry.same ?? 'ok') !== 'ok' && path !== 'queue.readQueue') continue
    const given = entry.input?.(fixture)
    const input = limit === null ? given : { ...Object(given), [limit]: pageSize }
    for (const code of ['00', county]) {
      const context = createContext({
        deps: house.deps,
        actor: pickActor(code, entry),
        translate: (_locale, key) => key,
      })
      const call = Callable.parse(Reflect.get(Reflect.get(createCaller(context), routerName), name))
      try {
        answers.push(await call(input))
      } catch (error) {
        const refusal = describeError(error, context)
        if (refusal.code === 'fault') throw error
        refusals.push(`${code}: ${refusal.code}`)
      }
    }
  }
  return { answers, refusals }
}

test('the records were multiplied', () => {
  expect(copied.length).toBeGreaterThan(20)
})

/** What nobody but one person may ask; its bound is a limit in its SQL. */
const personal = ['imports.readFaultyRows']

describe('no answer grows with the number of bodies, unions or members', () => {
  test.each(queries.filter((path) => !personal.includes(path)))('%s', async (path) => {
    const { answers, refusals } = await collect(path)
    expect(answers, refusals.join(', ')).not.toEqual([])
    const limit = findLimit(path)
    const own = bounds[path]
    if (limit !== null) expect(own, 'what is paged needs no bound').toBeUndefined()
    for (const answer of answers)
      for (const [place, length] of measureArrays(answer)) {
        const ofPage = place.includes('[]') ? mostInside : pageSize
        const bound = innerBounds[`${path}${place}`] ?? (limit === null ? own?.atMost : ofPage)
        expect(
          bound,
          `${path}${place} holds ${length} items: page it, or say in tests/bounds.ts what bounds it`,
        ).toBeDefined()
        expect(length, `${path}${place}`).toBeLessThanOrEqual(bound ?? 0)
      }
  })
})

test.each(longLists)('%s is long, and its total counts all of it', async (path, more) => {
  const context = createContext({
    deps: house.deps,
    actor: actors.get('00 business') ?? null,
    translate: (_locale, key) => key,
  })
  const [routerName = '', name = ''] = path.split('.')
  const call = Callable.parse(Reflect.get(Reflect.get(createCaller(context), routerName), name))
  const Page = z.object({ rows: z.array(z.unknown()), total: z.number() })
  const [first, late, beyond] = [
    Page.parse(await call({ ...more, pageSize: 200 })),
    Page.parse(await call({ ...more, pageSize: 200, page: 2 })),
    Page.parse(await call({ ...more, pageSize: 200, page: 1000 })),
  ]
  expect(first.total).toBeGreaterThanOrEqual(copies)
  expect(first.rows).toHaveLength(200)
  expect(late.rows).toHaveLength(Math.min(200, first.total - 200))
  // Ordered by something unique: no row stands on two pages.
  const seen = new Set([...first.rows, ...late.rows].map((row) => JSON.stringify(row)))
  expect(seen.size).toBe(200 + late.rows.length)
  expect(beyond).toMatchObject({ rows: [], total: first.total })
})

/** The most that whoever asks may ask for at once. */
function findMost(path: string, limit: 'pageSize' | 'limit'): number {
  const Limited = z.object({ properties: z.object({ [limit]: z.object({ maximum: z.number() }) }) })
  const schemas = describeProcedure(path).inputs.map((input) =>
    Limited.safeParse(z.toJSONSchema(input, { io: 'input', unrepresentable: 'any' })),
  )
  return Math.min(...schemas.map(({ data }) => data?.properties[limit]?.maximum ?? Infinity))
}

test('nobody asks for more than 500 rows at once', () => {
  const paged = queries.flatMap((path) => {
    const limit = findLimit(path)
    return limit === null ? [] : [{ path, most: findMost(path, limit) }]
  })
  expect(paged.length).toBeGreaterThan(50)
  expect(paged.filter(({ most }) => most > 500)).toEqual([])
})

test('bounds are said only of what exists', () => {
  expect(personal.filter((path) => [entries[path] ?? []].flat().every(({ same }) => same === 'forbidden'))).toEqual(
    personal,
  )
  expect(Object.keys(bounds).filter((path) => !queries.includes(path))).toEqual([])
})
