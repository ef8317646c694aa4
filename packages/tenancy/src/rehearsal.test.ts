import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { recordAudit, verifyAudit } from './audit.ts'
import { withTenant } from './context.ts'
import { aSmallTree, aUser, idOf, openRehearsal, openTestDeps, type Rehearsal, type TestDeps } from './testing.ts'

let house: TestDeps
let rehearsal: Rehearsal
let body: number

beforeAll(async () => {
  house = await openTestDeps()
  body = idOf(await aSmallTree(house.deps), '51')
  rehearsal = await openRehearsal(house.deps, house.appUrl)
})
afterAll(async () => {
  await rehearsal.close()
  await house.close()
})

const countLines = (deps = rehearsal.deps) =>
  withTenant(deps, aUser(body, 'auditadmin'), async (ctx) => (await verifyAudit(ctx)).lines)
const write = () =>
  withTenant(rehearsal.deps, aUser(body), (ctx) =>
    recordAudit(ctx, { action: 'test', objectKind: 'line', objectId: 1 }),
  )

test('what is done is seen by the next act, by nobody outside, and taken back by undo', async () => {
  await write()
  await Promise.all([write(), write()])
  expect(await countLines()).toBe(3)
  expect(await countLines(house.deps)).toBe(0)
  await rehearsal.undo()
  expect(await countLines()).toBe(0)
})

test('an act that fails takes only itself back', async () => {
  await write()
  await expect(
    withTenant(rehearsal.deps, aUser(body), async (ctx) => {
      await recordAudit(ctx, { action: 'test', objectKind: 'line', objectId: 2 })
      await sql`select 1 / 0`.execute(ctx.db)
    }),
  ).rejects.toThrow('division by zero')
  expect(await countLines()).toBe(1)
  await rehearsal.undo()
})

test('the body and reach of one act do not last into the next', async () => {
  await write()
  await expect(sql`select * from tenancy.audit`.execute(rehearsal.deps.db)).rejects.toThrow('invalid input syntax')
  await rehearsal.undo()
})
