import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { SignedIn } from '@gonglian/auth'
import { domains } from '@gonglian/domains'
import { listDeclared } from '@gonglian/records'
import type { Role } from '@gonglian/tenancy'
import { openRehearsal, openTestDeps, type Rehearsal, type TestDeps } from '@gonglian/tenancy/testing'
import { createContext, type ApiContext } from './context.ts'
import { describeError } from './refusal.ts'
import { appRouter, createCaller } from './router.ts'
import { entries } from './tests/entries.ts'
import type { Entry } from './tests/entry.ts'
import { countLines } from './tests/audited.ts'
import { county, plantFixture, signedIn, type Fixture } from './tests/fixture.ts'

let testDeps: TestDeps
let rehearsal: Rehearsal
let fixture: Fixture

beforeAll(async () => {
  testDeps = await openTestDeps()
  fixture = await plantFixture(testDeps.deps)
  rehearsal = await openRehearsal(testDeps.deps, testDeps.appUrl)
})
afterAll(async () => {
  await rehearsal.close()
  await testDeps.close()
})

const signedBefore = new Map<Role, SignedIn>()

const Callable = z.custom<(input: unknown) => Promise<unknown>>((value) => typeof value === 'function')

const Procedure = z.object({ _def: z.object({ meta: z.object({ needsProof: z.boolean() }).optional() }) })
const procedures: Readonly<Record<string, unknown>> = appRouter._def.procedures
const isDeclared = (path: string) =>
  // A procedure is a function that carries its definition.
  Procedure.parse({ _def: Reflect.get(Object(procedures[path]), '_def') })._def.meta?.needsProof === true
const paths = Object.keys(procedures).toSorted()
const proven = paths.filter(isDeclared)
/** Files of persons, accounts and the trail. */
const files = paths.filter((path) => /\.(export|startExport)/.test(path))

function findCall(context: ApiContext, path: string) {
  const [routerName = '', name = ''] = path.split('.')
  return Callable.parse(Reflect.get(Reflect.get(createCaller(context), routerName), name))
}

/** Somebody of the county in that role, who gave the password too long ago. */
async function actAs(role: Role): Promise<SignedIn> {
  const known = signedBefore.get(role) ?? (await signedIn(fixture, county, `stale-${role}`, role))
  signedBefore.set(role, known)
  return { ...known, isProved: false }
}

/** What somebody hears who may do it. */
async function askWithoutProof(path: string): Promise<string> {
  const [entry]: readonly (Entry | undefined)[] = [entries[path] ?? []].flat()
  if (entry === undefined) throw new Error(`${path} has no entry`)
  const [role = 'leader'] = entry.allowed.filter((one) => one !== 'officer' || entry.allowed.length === 1)
  return call(path, role, entry.input?.(fixture))
}

async function call(path: string, role: Role, input: unknown): Promise<string> {
  const context = createContext({ deps: rehearsal.deps, actor: await actAs(role), translate: (_locale, key) => key })
  try {
    await findCall(context, path)(input)
    return 'ok'
  } catch (error) {
    return describeError(error, context).key
  } finally {
    await rehearsal.undo()
  }
}

test.each(proven)('%s asks for a fresh proof', async (path) => {
  expect(await askWithoutProof(path)).toBe('errors.proofNeeded')
})

test('what asks for a fresh proof says so in its router', async () => {
  const asking: string[] = []
  for (const path of paths.filter((one) => !isDeclared(one)))
    if ((await askWithoutProof(path)) === 'errors.proofNeeded') asking.push(path)
  expect(asking).toEqual([])
})

test('every file of persons, accounts or the trail is among them', () => {
  expect(files.filter((path) => !isDeclared(path))).toEqual([])
  expect(files.length).toBeGreaterThan(9)
})

test.each(files)('%s stands in the trail', async (path) => {
  const [entry]: readonly (Entry | undefined)[] = [entries[path] ?? []].flat()
  const role = entry?.allowed[0] ?? 'leader'
  const context = createContext({
    deps: rehearsal.deps,
    actor: { ...(await actAs(role)), isProved: true },
    translate: (_locale, key) => key,
  })
  const lines = () => countLines(rehearsal.deps, fixture.ids.get('00') ?? 0)
  const before = await lines()
  try {
    await findCall(context, path)(entry?.input?.(fixture))
    expect(await lines()).toBe(before + 1)
  } finally {
    await rehearsal.undo()
  }
})

test('a declared list of persons asks when it is taken as a file', async () => {
  const keys: string[] = []
  for (const { isOfPersons, view } of listDeclared(domains, 'list'))
    if (isOfPersons === true) keys.push(await call('records.readFile', 'leader', { path: view.path, question: {} }))
  expect(keys.filter((key) => key !== 'errors.proofNeeded')).toEqual([])
})
