import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineJob } from '@gonglian/jobs'
import { reachOf, systemActor, type Actor, type Reach } from './actor.ts'
import { shanghaiDay, withTenant, type Deps } from './context.ts'
import { addFederations } from './tree.ts'
import { roles } from './permissions.ts'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from './testing.ts'

const Wake = defineJob({ name: 'test.wake', schema: z.object({ body: z.int() }) })

let house: TestDeps
let body: number

beforeAll(async () => {
  house = await openTestDeps()
  body = idOf(await aSmallTree(house.deps), '51')
})
afterAll(() => house.close())

const countWaiting = async () => (await house.deps.queue.countJobs()).waiting
const settings = (deps: Deps, actor: Actor) =>
  withTenant(deps, actor, async (ctx) => {
    const { rows } = await sql<{ tenant: string; reach: string }>`
      select current_setting('app.tenant') as tenant, current_setting('app.reach') as reach`.execute(ctx.db)
    return rows[0]
  })

describe('a job', () => {
  test('leaves when the act is committed, not before', async () => {
    const before = await countWaiting()
    await withTenant(house.deps, aUser(body), async (ctx) => {
      ctx.enqueue(Wake, { body })
      expect(await countWaiting()).toBe(before)
    })
    expect(await countWaiting()).toBe(before + 1)
  })

  test('stays when the act is taken back, by an error or at the commit itself', async () => {
    const before = await countWaiting()
    const failing = withTenant(house.deps, aUser(body), (ctx) => {
      ctx.enqueue(Wake, { body })
      return Promise.reject(new Error('taken back'))
    })
    await expect(failing).rejects.toThrow('taken back')
    const swallowed = withTenant(house.deps, aUser(body), async (ctx) => {
      ctx.enqueue(Wake, { body })
      await sql`select 1 / 0`.execute(ctx.db).catch(() => undefined)
      await sql`select 1`.execute(ctx.db)
    })
    await expect(swallowed).rejects.toThrow('aborted')
    expect(await countWaiting()).toBe(before)
  })

  test('that could not be sent does not undo the act; somebody hears of it', async () => {
    const lost: unknown[] = []
    const send = () => Promise.reject(new Error('no queue'))
    const deps: Deps = {
      ...house.deps,
      queue: { ...house.deps.queue, send },
      onLostEffect: (error) => lost.push(error),
    }
    expect(await withTenant(deps, aUser(body), (ctx) => Promise.resolve(ctx.enqueue(Wake, { body })))).toBeUndefined()
    expect(lost).toEqual([new Error('no queue')])
  })
})

describe('the context', () => {
  test('tells the database who acts', async () => {
    expect(await settings(house.deps, aUser(body, 'officer'))).toEqual({ tenant: String(body), reach: 'business' })
    expect(await settings(house.deps, systemActor('test', body))).toEqual({ tenant: String(body), reach: 'system' })
  })

  test('gives business reach to business roles alone', () => {
    const reaches = Object.fromEntries(roles.map((role) => [role, reachOf(aUser(body, role))]))
    const expected: Record<string, Reach> = {
      leader: 'business',
      officer: 'business',
      reviewer: 'business',
      finance: 'business',
      auditor: 'business',
      sysadmin: 'administration',
      secadmin: 'administration',
      auditadmin: 'administration',
    }
    expect(reaches).toEqual(expected)
    // Should the three ever come together with another role, the narrower reach holds.
    expect(reachOf(aUser(body, 'leader', 'sysadmin'))).toBe('administration')
    expect(reachOf({ ...aUser(body), roles: [] })).toBe('administration')
  })

  test.each([
    ['2026-09-04T15:59:59Z', '2026-09-04'],
    ['2026-09-04T16:00:00Z', '2026-09-05'],
    ['2026-12-31T16:00:00Z', '2027-01-01'],
    ['1988-07-01T14:59:59Z', '1988-07-01'],
  ])('at %s it is %s in Shanghai', (instant, day) => {
    expect(shanghaiDay(new Date(instant))).toBe(day)
  })
})

describe('who sees many bodies', () => {
  test('takes rows by an index on the body, until the transaction ends; others and the system as the planner likes', async () => {
    const readsRowByRow = (tenantId: number, actor: Actor = aUser(tenantId)) =>
      withTenant(house.deps, actor, async (ctx) => {
        const { rows } = await sql<{ way: string }>`select current_setting('enable_seqscan') as way`.execute(ctx.db)
        return rows[0]?.way
      })
    const bodies = Array.from({ length: 1000 }, (_, index) => ({
      code: `W${index}`,
      name: `第${index}总工会`,
      shortName: `第${index}`,
      level: 'township' as const,
      validFrom: '1990-01-01',
      parentCode: index === 0 ? '51' : 'W0',
    }))
    expect(await readsRowByRow(body)).toBe('on')
    const ids = await withTenant(house.deps, systemActor('test', 0), async (ctx) => {
      await addFederations(ctx, bodies)
      const { rows } = await sql<{ code: string; id: number }>`
        select code, id from tenancy.federation where code in ('W0', 'W1')`.execute(ctx.db)
      return new Map(rows.map((row) => [row.code, row.id]))
    })
    expect(await readsRowByRow(body)).toBe('off')
    // A thousand and no more, itself included.
    expect(await readsRowByRow(idOf(ids, 'W0'))).toBe('on')
    expect(await readsRowByRow(idOf(ids, 'W1'))).toBe('on')
    expect(await readsRowByRow(body, systemActor('test', body))).toBe('on')
  })
})
