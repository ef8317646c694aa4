import pg from 'pg'
import { aForm } from '@gonglian/indicators/testing'
import { withTenant, systemActor } from '@gonglian/tenancy'
import { aSmallTree, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, beforeEach, expect, test, vi } from 'vitest'
import { announce, drainDirty, listenLive, type LiveEvent } from './index.ts'
import { expectNoDrift, putReports } from './testing.ts'

const { deps, appUrl, ownerUrl, close } = await openTestDeps()
const tree = await aSmallTree(deps)
const nation = idOf(tree, '00')
const form = await aForm(deps, nation, { items: 1 })
let heard: LiveEvent[] = []
let gaps = 0
const listener = await listenLive(appUrl, (event) => heard.push(event), { onGap: () => gaps++ })
beforeEach(() => {
  heard = []
})
afterAll(async () => {
  await expectNoDrift(deps)
  await listener.close()
  await close()
})
const say = (tenantId: number) =>
  withTenant(deps, systemActor('test', nation), (ctx) =>
    announce(ctx, [{ tenantId, formId: form.id, period: '2026-Q3' }]),
  )

test('a report is heard of at its own body and, when the worker is done, at every body above', async () => {
  await putReports(deps, nation, form, '2026-Q3', [{ tenantId: idOf(tree, '513221100'), figures: [1] }])
  await vi.waitFor(() => expect(heard.map((event) => event.tenantId)).toEqual([idOf(tree, '513221100')]))
  await drainDirty(deps)
  await vi.waitFor(() => {
    const bodies = new Set(heard.map((event) => event.tenantId))
    for (const code of ['513221', '5132', '51', '00']) expect(bodies).toContain(idOf(tree, code))
  })
})

test('what is rolled back is never heard of', async () => {
  const failing = withTenant(deps, systemActor('test', nation), async (ctx) => {
    await announce(ctx, [{ tenantId: 1, formId: form.id, period: '2026-Q1' }])
    throw new Error('no')
  })
  await expect(failing).rejects.toThrow('no')
  await say(2)
  await vi.waitFor(() => expect(heard).toEqual([{ tenantId: 2, formId: form.id, period: '2026-Q3' }]))
})

test('what is no event of ours is passed over', async () => {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query(`select pg_notify('gonglian_live', 'no json'), pg_notify('gonglian_live', '{"tenantId":"x"}')`)
  await client.end()
  await say(3)
  await vi.waitFor(() => expect(heard.map((event) => event.tenantId)).toEqual([3]))
})

test('a cut line is mended, and who listens is told of the gap', async () => {
  const client = new pg.Client({ connectionString: ownerUrl })
  await client.connect()
  await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'gonglian live' and datname = current_database()`,
  )
  await client.end()
  await vi.waitFor(() => expect(gaps).toBe(1), { timeout: 20_000 })
  await say(4)
  await vi.waitFor(() => expect(heard.map((event) => event.tenantId)).toEqual([4]))
})
