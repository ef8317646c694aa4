import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { SignedIn } from '@gonglian/auth'
import { openRehearsal, openTestDeps, type Rehearsal, type TestDeps } from '@gonglian/tenancy/testing'
import type { Role } from '@gonglian/tenancy'
import { createContext } from './context.ts'
import { business, everyRole, type Entry, type Outcome } from './tests/entry.ts'
import { entries } from './tests/entries.ts'
import { county, marks, plantFixture, signedIn, type Fixture } from './tests/fixture.ts'
import { countLines, elsewhere, isMutation, silent } from './tests/audited.ts'
import { describeError } from './refusal.ts'
import { appRouter, createCaller } from './router.ts'
import { transformer } from './wire.ts'

const procedures = Object.keys(appRouter._def.procedures).toSorted()
const listEntries = (path: string): readonly Entry[] => [entries[path] ?? []].flat()

/** Other bodies come with everything they have: all business roles in one person, and each administrator. */
const strangers = { sibling: '513222', child: '513221100', superior: '5132' } as const
type Stranger = keyof typeof strangers
const shapes = {
  business,
  sysadmin: ['sysadmin'],
  secadmin: ['secadmin'],
  auditadmin: ['auditadmin'],
} as const satisfies Record<string, readonly Role[]>

let house: TestDeps
let rehearsal: Rehearsal
let fixture: Fixture
const same = new Map<Role, SignedIn>()
const outside: { who: Stranger; roles: readonly Role[]; actor: SignedIn }[] = []

beforeAll(async () => {
  house = await openTestDeps()
  fixture = await plantFixture(house.deps)
  for (const role of everyRole) same.set(role, await signedIn(fixture, county, `walk-${role}`, role))
  for (const who of ['sibling', 'child', 'superior'] as const) {
    for (const [shape, roles] of Object.entries(shapes))
      outside.push({ who, roles, actor: await signedIn(fixture, strangers[who], `walk-${shape}`, ...roles) })
  }
  rehearsal = await openRehearsal(house.deps, house.appUrl)
})
afterAll(async () => {
  await rehearsal.close()
  await house.close()
})

const Callable = z.custom<(input: unknown) => Promise<unknown>>((value) => typeof value === 'function')

type Answer = { outcome: Outcome | 'fault'; text: string }

/** Asks one procedure, on the fixture as it was planted; afterwards all is as before. */
async function ask(path: string, entry: Entry, actor: SignedIn | null): Promise<Answer> {
  const context = createContext({
    deps: rehearsal.deps,
    actor,
    translate: (_locale, key, params) => `${key} ${JSON.stringify(params)}`,
  })
  const [routerName = '', name = ''] = path.split('.')
  const call = Callable.parse(Reflect.get(Reflect.get(createCaller(context), routerName), name))
  try {
    const result = await call(entry.input?.(fixture))
    return { outcome: 'ok', text: JSON.stringify(transformer.serialize(result)) }
  } catch (error) {
    const refusal = describeError(error, context)
    return { outcome: refusal.code, text: JSON.stringify(refusal) }
  } finally {
    await rehearsal.undo()
  }
}

const marksIn = (text: string) =>
  Object.values(marks)
    .flat()
    .filter((mark) => text.includes(mark))
const mayAsk = (entry: Entry, roles: readonly Role[]) =>
  entry.open !== undefined || roles.some((role) => entry.allowed.includes(role))

/** Marks that whoever asks must not get, whatever they ask. */
function forbiddenMarks(who: Stranger | 'same' | 'nobody', roles: readonly Role[]): string[] {
  const { staff, drafts, figures, townships, issued } = marks
  if (who === 'nobody' || who === 'sibling') return [...staff, ...drafts, ...figures, ...townships, ...issued]
  if (who === 'child') return [...staff, ...drafts, ...figures, ...townships]
  const isAdministrator = !roles.some((role) => business.some((one) => one === role))
  const noBusiness = isAdministrator
    ? [...drafts, ...figures, ...townships, ...(roles.includes('secadmin') ? [] : issued)]
    : []
  return who === 'superior' ? [...staff, ...drafts, ...noBusiness] : [...(isAdministrator ? [] : staff), ...noBusiness]
}

function expectNoMarks(answer: Answer, entry: Entry, who: Stranger | 'same' | 'nobody', roles: readonly Role[]): void {
  const exempt = who === 'same' || who === 'superior' ? (entry.exempt?.[who] ?? []) : []
  const leaked = forbiddenMarks(who, roles).filter((mark) => answer.text.includes(mark) && !exempt.includes(mark))
  expect(leaked, `${who} (${roles.join(' ')}) got ${answer.text.slice(0, 400)}`).toEqual([])
}

test('every procedure takes part, and nothing else does', () => {
  expect(Object.keys(entries).toSorted()).toEqual(procedures)
})

describe.each(procedures.flatMap((path) => listEntries(path).map((entry, index) => [path, index + 1, entry] as const)))(
  '%s, input %i',
  (path, _number, entry) => {
    test('nobody', async () => {
      const answer = await ask(path, entry, null)
      expect(answer.outcome).toBe(entry.open === 'public' ? 'ok' : 'unauthenticated')
      expectNoMarks(answer, entry, 'nobody', [])
    })

    test('each role of the county', async () => {
      const outcomes: Partial<Record<Role, string>> = {}
      for (const [role, actor] of same) {
        const answer = await ask(path, entry, actor)
        outcomes[role] = answer.outcome
        expectNoMarks(answer, entry, 'same', [role])
        if (answer.outcome === 'ok' && entry.shows !== undefined) expect(answer.text).toContain(entry.shows)
      }
      const expected = everyRole.map((role) => [role, mayAsk(entry, [role]) ? (entry.same ?? 'ok') : 'forbidden'])
      expect(outcomes).toEqual(Object.fromEntries(expected))
    })

    test.each(['sibling', 'child', 'superior'] as const)('%s', async (who) => {
      for (const { roles, actor } of outside.filter((one) => one.who === who)) {
        const answer = await ask(path, entry, actor)
        expectNoMarks(answer, entry, who, roles)
        // Whoever may not ask learns that, or that there is nothing. An administrator sees no rows of other bodies, names excepted.
        const isAdministrator = !roles.some((role) => business.some((one) => one === role))
        const expected = mayAsk(entry, roles)
          ? [entry[who], ...(isAdministrator ? ['not_found'] : [])]
          : ['forbidden', 'not_found']
        expect(expected, `${who} (${roles.join(' ')}) got ${answer.text.slice(0, 400)}`).toContain(answer.outcome)
      }
    })
  },
)

test('the marks are there to be seen: the county’s own people see each of them', async () => {
  const seen = new Set<string>()
  for (const path of procedures) {
    for (const entry of listEntries(path)) {
      for (const actor of same.values())
        for (const mark of marksIn((await ask(path, entry, actor)).text)) seen.add(mark)
    }
  }
  expect(
    Object.values(marks)
      .flat()
      .filter((mark) => !seen.has(mark)),
  ).toEqual([])
})

describe('every act that succeeds leaves a line in the trail', () => {
  const mutations = procedures.filter(isMutation)
  test('what is silent, or tested elsewhere, is a mutation, and there are many that are not', () => {
    const named = [...Object.keys(silent), ...Object.keys(elsewhere)]
    expect(named.filter((path) => !mutations.includes(path))).toEqual([])
    expect(new Set(named).size).toBe(named.length)
    expect(mutations.length).toBeGreaterThan(80)
  })

  test.each(Object.entries(elsewhere))(
    '%s is looked for in the trail by the test that does it',
    (path, { act, test: file }) => {
      const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
      expect(text).toContain(`'${act}'`)
      expect(text).toContain(path.slice(path.indexOf('.') + 1))
    },
  )

  const walked = mutations.filter((path) => silent[path] === undefined && elsewhere[path] === undefined)
  test.each(walked)('audit %s', async (path) => {
    let succeeded = 0
    const lines = () => countLines(rehearsal.deps, fixture.ids.get('00') ?? 0)
    for (const entry of listEntries(path)) {
      const actor = same.get(entry.allowed[0] ?? 'leader')
      if ((entry.same ?? 'ok') !== 'ok' || !actor) continue
      const before = await lines()
      const [routerName = '', name = ''] = path.split('.')
      const context = createContext({ deps: rehearsal.deps, actor, translate: (_locale, key) => key })
      try {
        await Callable.parse(Reflect.get(Reflect.get(createCaller(context), routerName), name))(entry.input?.(fixture))
        expect(await lines()).toBeGreaterThan(before)
        succeeded += 1
      } finally {
        await rehearsal.undo()
      }
    }
    expect(succeeded, 'no entry is ok: see tests/audited.ts').toBeGreaterThan(0)
  })
})
