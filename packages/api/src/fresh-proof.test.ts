import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { openRehearsal, openTestDeps, type Rehearsal, type TestDeps } from '@gonglian/tenancy/testing'
import { createContext } from './context.ts'
import { describeError } from './refusal.ts'
import { createCaller } from './router.ts'
import { entries } from './tests/entries.ts'
import type { Entry } from './tests/entry.ts'
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

const Callable = z.custom<(input: unknown) => Promise<unknown>>((value) => typeof value === 'function')

/** What somebody hears who may do it and gave the password too long ago. */
async function askWithoutProof(path: string): Promise<string> {
  const [entry]: readonly (Entry | undefined)[] = [entries[path] ?? []].flat()
  if (entry === undefined) throw new Error(`${path} has no entry`)
  const [role] = entry.allowed.filter((one) => one !== 'officer' || entry.allowed.length === 1)
  const signed = await signedIn(fixture, county, `stale-${path.toLowerCase().replaceAll('.', '-')}`, role ?? 'leader')
  const context = createContext({
    deps: rehearsal.deps,
    actor: { ...signed, isProved: false },
    translate: (_locale, key) => key,
  })
  const [routerName = '', name = ''] = path.split('.')
  const call = Callable.parse(Reflect.get(Reflect.get(createCaller(context), routerName), name))
  try {
    await call(entry.input?.(fixture))
    return 'ok'
  } catch (error) {
    return describeError(error, context).key
  } finally {
    await rehearsal.undo()
  }
}

test.each([
  'targets.signAllocations',
  'ratings.awardRating',
  'members.openMember',
  'cadres.openOfficer',
  'members.startExport',
  'parameters.setParameter',
  'audit.exportAudit',
  'accounts.grantRole',
  'accounts.confirmAccount',
  'accounts.confirmRequest',
  'accounts.setSignInRule',
  'session.beginEnrolment',
  'session.replaceRecoveryCodes',
])('%s asks for a fresh proof', async (path) => {
  expect(await askWithoutProof(path)).toBe('errors.proofNeeded')
})

test('reading does not', async () => {
  expect(await askWithoutProof('targets.getLetter')).toBe('ok')
})
