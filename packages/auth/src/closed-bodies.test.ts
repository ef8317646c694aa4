import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase } from '@gonglian/db'
import { ReorganisationPlan, applyPlan, withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { validateSession } from './sessions.ts'
import { signIn } from './sign-in.ts'
import { anAccount, testPassword } from './testing.ts'

let house: TestDeps
let tree: Map<string, number>

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
})
afterAll(() => house.close())

const request = { requestId: 'r1', address: '203.0.113.9', agent: 'browser' }
const enter = (username: string) => signIn(house.deps, { username, password: testPassword, ...request })
const close = (body: string) =>
  withTenant(house.deps, aUser(idOf(tree, '51'), 'leader'), (ctx) =>
    applyPlan(ctx, ReorganisationPlan.parse({ kind: 'close', body, day: '2026-11-16', reason: '撤乡并镇' })),
  )

test('with a body end the sessions of its people, and nobody signs in for it any more; others go on', async () => {
  await anAccount(house.deps, idOf(tree, '513222100'), 'closing-officer', 'officer')
  await anAccount(house.deps, idOf(tree, '513222'), 'staying-officer', 'officer')
  const closing = await enter('closing-officer')
  const staying = await enter('staying-officer')
  await close('513222100')
  expect(await validateSession(house.deps, closing.sessionId, request)).toBeNull()
  expect(await validateSession(house.deps, staying.sessionId, request)).toMatchObject({ username: 'staying-officer' })
  await expect(enter('closing-officer')).rejects.toMatchObject({
    code: 'unauthenticated',
    key: 'errors.bodyClosedSignIn',
  })
  // The reason is told only to whoever has the password.
  await expect(
    signIn(house.deps, { username: 'closing-officer', password: 'wrong', ...request }),
  ).rejects.toMatchObject({
    key: 'errors.wrongCredentials',
  })
})

test('a session whose row came in while the body was being closed is none', async () => {
  await anAccount(house.deps, idOf(tree, '513221102'), 'late-officer', 'officer')
  const { sessionId } = await enter('late-officer')
  const { db, pool } = createDatabase(house.ownerUrl, 1)
  // The deletion has not seen it: kept aside, put back.
  await sql`create temp table late as select * from auth.session`.execute(db)
  await close('513221102')
  await sql`insert into auth.session select * from late where id not in (select id from auth.session)`.execute(db)
  await pool.end()
  expect(await validateSession(house.deps, sessionId, request)).toBeNull()
})
