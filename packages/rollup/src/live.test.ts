import { systemActor, withTenant } from '@gonglian/tenancy'
import { aSmallTree, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { announce, listenLive, type LiveEvent } from './live.ts'
import { readBacklog } from './dirty.ts'
import { rollupJobs } from './jobs.ts'

let house: TestDeps
let root: number

beforeAll(async () => {
  house = await openTestDeps()
  root = idOf(await aSmallTree(house.deps), '00')
})
afterAll(() => house.close())

test('pages hear of a change when it is committed, and never of one that was taken back', async () => {
  const heard: LiveEvent[] = []
  const listener = await listenLive(house.appUrl, (event) => heard.push(event))
  const event = (period: string) => ({ tenantId: root, formId: 1, period })
  await expect(
    withTenant(house.deps, systemActor('test', root), async (ctx) => {
      await announce(ctx, [event('2026-01')])
      throw new Error('taken back')
    }),
  ).rejects.toThrow('taken back')
  await withTenant(house.deps, systemActor('test', root), (ctx) => announce(ctx, [event('2026-02')]))
  for (let round = 0; round < 200 && heard.length === 0; round++)
    await new Promise((resolve) => setTimeout(resolve, 10))
  await listener.close()
  expect(heard).toEqual([event('2026-02')])
})

test('the backlog counts marks and tells the oldest; nothing marked is no backlog', async () => {
  expect(await readBacklog(house.deps)).toEqual({ marks: 0, oldest: null })
})

test('every job has one handler', () => {
  const names = rollupJobs.map((handler) => handler.name)
  expect(new Set(names).size).toBe(names.length)
  expect(names).toContain('rollup.sweep')
})
