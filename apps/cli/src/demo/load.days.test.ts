import { expectNoDrift } from '@gonglian/rollup/testing'
import { listTree, nationalCode, systemActor, withTenant } from '@gonglian/tenancy'
import { openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { afterAll, expect, test } from 'vitest'
import { loadDemonstration } from './load.ts'

// By the machine's clock, not by that of the tests: at the end of a year, on leap days and in years without a notice of holidays (tooling/start/dates.mjs).
const house: TestDeps = await openTestDeps()
const deps = { ...house.deps, clock: () => new Date() }
afterAll(() => house.close())

test('the demonstration loads on any day, its totals are right, and a second load finds it there', async () => {
  const said: string[] = []
  const load = () =>
    loadDemonstration(deps, { ownerUrl: house.ownerUrl, province: '64', part: 'all', say: (line) => said.push(line) })
  const count = async () => {
    const tree = await withTenant(deps, systemActor('test', 0), listTree)
    const root = tree.find(({ code }) => code === nationalCode)?.id ?? 0
    return withTenant(deps, systemActor('test', root), (ctx) =>
      ctx.db
        .selectFrom('reporting.report')
        .select(({ fn }) => fn.countAll<number>().as('reports'))
        .executeTakeFirstOrThrow(),
    )
  }
  await load()
  expect(said.at(-1)).toBe('all is loaded')
  await expectNoDrift(deps)
  const { reports } = await count()
  expect(reports).toBeGreaterThan(1000)
  await load()
  expect((await count()).reports).toBe(reports)
}, 1_800_000)
