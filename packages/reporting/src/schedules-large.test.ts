import { createDatabase } from '@gonglian/db'
import { drainDirty, recomputeAll } from '@gonglian/rollup'
import { addFederations, moveFederation, systemActor, withTenant, type NewFederation } from '@gonglian/tenancy'
import { aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, expect, test } from 'vitest'
import { acceptReport, submitReport } from './index.ts'
import { every, numbersOf, openScenes, type Scene } from './tests/scenes.ts'
import { openStage, type Task } from './schedules.ts'
import { aDraftReport, aForm, aSubmittedReport, type MadeReport } from './testing.ts'

// As schedules.test.ts, in a country of some six hundred bodies: who moves, reports and accepts is drawn, and so is the order of all their statements.

const period = '2026-Q4'
const seeds = every === 1 ? 40 : 4
const next = numbersOf(20261130)

const house = await openTestDeps()
const { deps } = house
const { db: owner, pool } = createDatabase(house.ownerUrl, 1)
const stage = await openStage(deps, house, 16)
afterAll(async () => {
  await stage.close()
  await pool.end()
  await house.close()
})

/** Children under each of the given, of the next level; codes grow by two digits. */
const below = (parents: readonly NewFederation[], level: NewFederation['level'], each: number): NewFederation[] =>
  parents.flatMap((parent) =>
    Array.from({ length: each }, (_, index) => {
      const code = `${parent.code === '00' ? '' : parent.code}${String(index + 10 + (level === 'township' ? 90 : 0))}`
      return { code, name: `${code}总工会`, shortName: code, level, validFrom: '1990-01-01', parentCode: parent.code }
    }),
  )
const nation: NewFederation = {
  code: '00',
  name: '全国总工会',
  shortName: '全国',
  level: 'national',
  validFrom: '1990-01-01',
}
const provinces = below([nation], 'province', 4)
const cities = below(provinces, 'city', 4)
const counties = below(cities, 'county', 5)
const townships = below(counties, 'township', 6)
const ids = await withTenant(deps, systemActor('test', 0), async (ctx) => {
  await addFederations(ctx, [nation, ...provinces, ...cities, ...counties, ...townships])
  const rows = await ctx.db.selectFrom('tenancy.federation').select(['id', 'code']).execute()
  return new Map(rows.map((row) => [row.code, row.id]))
})
const id = (code: string) => idOf(ids, code)
const root = id('00')
const form = await aForm(deps, root, { items: 2, fillerLevels: ['county', 'township'] })
const { keep, tryOut } = await openScenes(deps, { owner, stage, root, form, period })

function drawFrom<T>(list: readonly T[]): T {
  const drawn = list[next(list.length)]
  if (drawn === undefined) throw new Error('nothing to draw from')
  return drawn
}
/** Different ones, at most as many as there are. */
function drawSome<T>(list: readonly T[], count: number): T[] {
  const drawn = new Set<T>()
  while (drawn.size < Math.min(count, list.length)) drawn.add(drawFrom(list))
  return [...drawn]
}
const superiorOf = (code: string) => [...counties, ...townships].find((one) => one.code === code)?.parentCode ?? '00'

const move =
  (code: string, to: string): Task =>
  (own) =>
    withTenant(own, systemActor('test', root), (ctx) =>
      moveFederation(ctx, {
        federationId: id(code),
        parentId: id(to),
        hierarchy: 'regional',
        from: '2026-11-20',
        reason: '区划调整',
      }),
    )
const submit =
  (code: string, made: MadeReport): Task =>
  (own) =>
    withTenant(own, aUser(id(code), 'officer'), (ctx) =>
      submitReport(ctx, { ...made, confirmWarnings: true, zero: false }),
    )
const accept =
  (superior: string, made: MadeReport): Task =>
  (own) =>
    withTenant(own, aUser(id(superior), 'reviewer'), (ctx) => acceptReport(ctx, made))
const recompute: Task = (own) =>
  withTenant(own, systemActor('test', root), (ctx) => recomputeAll(ctx, { formId: form.id, period }))

const codes = [...counties, ...townships].map((one) => one.code)
const [typed, waiting] = [drawSome(codes, 12), drawSome(codes, 12)]
const drafts = new Map<string, MadeReport>()
const handedIn = new Map<string, MadeReport>()
for (const code of typed)
  drafts.set(code, await aDraftReport(deps, { form, period, tenantId: id(code), figures: [next(900), next(9)] }))
for (const code of waiting.filter((one) => !drafts.has(one)))
  handedIn.set(code, await aSubmittedReport(deps, { form, period, tenantId: id(code), figures: [next(900), null] }))
const begin = await keep('large')

/** Everybody above a body, by the codes as they were given, and the body. */
const lineOf = (code: string): string[] =>
  [code, ...[9, 6, 4, 2].map((length) => code.slice(0, length)), '00'].filter((one) => ids.has(one))

test.each(Array.from({ length: seeds }, (_, index) => index + 1))('what is drawn for seed %i', async (seed) => {
  const order = numbersOf(seed)
  const reporting = drawSome([...drafts.keys()], 7)
  const accepted = drawSome([...handedIn.keys()], 3)
  const township = drawFrom([...drafts.keys(), ...handedIn.keys()])
  const moves = [
    [drawFrom(counties).code, drawFrom(cities).code],
    [township, drawFrom(township.length === 6 ? cities : counties).code],
  ] as const
  const made = (kept: ReadonlyMap<string, MadeReport>, code: string) => {
    const report = kept.get(code)
    if (report === undefined) throw new Error(`no report of ${code}`)
    return report
  }
  const named: (readonly [string, Task])[] = [
    ...moves
      // Nobody moves to where it is.
      .filter(([code, to]) => superiorOf(code) !== to)
      .map(([code, to]) => [`move ${code} to ${to}`, move(code, to)] as const),
    ...reporting.map((code) => [`submit ${code}`, submit(code, made(drafts, code))] as const),
    ...accepted.map((code) => [`accept ${code}`, accept(superiorOf(code), made(handedIn, code))] as const),
    ['worker', drainDirty],
    ['second worker', drainDirty],
    ['recompute', recompute],
  ]
  const scene: Scene = { begin, names: named.map(([name]) => name), tasks: named.map(([, task]) => task) }
  const touched = [...reporting, ...accepted, ...moves.flat(), ...drawSome(codes, 10)]
  const { outcome, faults } = await tryOut(
    scene,
    [],
    (ready) => ready[order(ready.length)] ?? 0,
    new Set(touched.flatMap(lineOf).map(id)),
  )
  // An acceptance may come after the move of what it accepts: then it is refused, and that is right.
  const refused = new Set<unknown>(outcome.errors.filter((error) => error !== undefined))
  expect(
    faults.filter((fault) => !refused.has(fault) || !/not_found|conflict|forbidden/.test(String(fault))),
    scene.names.join(', '),
  ).toEqual([])
})
