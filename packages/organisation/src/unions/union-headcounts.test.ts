import { openTestDeps, aSmallTree, idOf } from '@gonglian/tenancy/testing'
import { systemActor, withTenant } from '@gonglian/tenancy'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { coverEmployers, CoverEmployers, endCoverage, EndCoverage } from '../coverage/coverage.ts'
import { ChangeEmployer, changeEmployer, getEmployer } from '../census/employers.ts'
import { anEmployer, anOffice } from './sample-unions.ts'
import { ChangeUnion, changeUnion, DraftUnion, draftUnion } from './union-drafts.ts'
import { getUnion } from './unions.ts'

const { deps, close } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const tenantId = idOf(tree, '513221')
const office = anOffice(deps, tenantId)
let made = 0

const draft = (input: Partial<DraftInput>) =>
  office.officer((ctx) =>
    draftUnion(ctx, DraftUnion.parse({ name: `人数样例工会${++made}`, kind: 'BASIC_JOINT', ...input })),
  )
type DraftInput = Parameters<typeof DraftUnion.parse>[0] & Record<string, unknown>
const viewOf = (unionId: number) => office.officer((ctx) => getUnion(ctx, unionId))
const numbersOf = async (unionId: number) => {
  const { union, isHeadcountRegistered } = await viewOf(unionId)
  return [union.headcount, union.female_headcount, isHeadcountRegistered]
}
const change = async (unionId: number, more: object) => {
  const { union } = await viewOf(unionId)
  return office.officer((ctx) =>
    changeUnion(
      ctx,
      ChangeUnion.parse({
        unionId,
        version: union.version,
        name: union.name,
        kind: union.kind,
        employerId: union.employer_id,
        ...more,
      }),
    ),
  )
}
const changeNumbers = (employer: { employerId: number }, headcount: number | null, femaleCount: number | null) =>
  office.officer(async (ctx) => {
    const { version, name } = await ctx.db
      .selectFrom('organisation.employer')
      .select(['version', 'name'])
      .where('id', '=', employer.employerId)
      .executeTakeFirstOrThrow()
    return changeEmployer(ctx, ChangeEmployer.parse({ ...employer, version, name, headcount, femaleCount }))
  })

test('a union of one employer has the headcount of the employer; a number typed first is the employer’s', async () => {
  const known = await anEmployer(office, '人数样例一厂', { headcount: 120, femaleCount: 50 })
  const { unionId } = await draft({ kind: 'BASIC_SINGLE', employerId: known.employerId })
  expect(await numbersOf(unionId)).toEqual([120, 50, true])
  await changeNumbers(known, 130, 60)
  expect(await numbersOf(unionId)).toEqual([130, 60, true])
  await expect(change(unionId, { headcount: 131 })).rejects.toMatchObject({
    key: 'organisation.union.headcountRegistered',
    fields: [{ path: 'headcount', params: { count: 130 } }],
  })
  await change(unionId, { headcount: 130, femaleHeadcount: 60 })

  const unknown = await anEmployer(office, '人数样例二厂', { headcount: null })
  const second = await draft({
    kind: 'BASIC_SINGLE',
    employerId: unknown.employerId,
    headcount: 80,
    femaleHeadcount: 30,
  })
  expect(await numbersOf(second.unionId)).toEqual([80, 30, true])
  const stored = await office.officer((ctx) =>
    ctx.db
      .selectFrom('organisation.employer')
      .select(['headcount', 'female_count'])
      .where('id', '=', unknown.employerId)
      .executeTakeFirstOrThrow(),
  )
  expect(stored).toEqual({ headcount: 80, female_count: 30 })

  const third = await anEmployer(office, '人数样例四厂', { headcount: null })
  await draft({ kind: 'BASIC_SINGLE', employerId: third.employerId, headcount: 25 })
  const { employer } = await office.officer((ctx) => getEmployer(ctx, third.employerId))
  expect([employer.headcount, employer.female_count]).toEqual([25, null])
})

test('a project has workers of its own, whatever its client has', async () => {
  const client = await anEmployer(office, '人数样例业主', { headcount: 900, femaleCount: 300 })
  const { unionId } = await draft({
    kind: 'BASIC_PROJECT',
    employerId: client.employerId,
    expectedEndOn: '2028-01-01',
    headcount: 45,
    femaleHeadcount: 5,
  })
  expect(await numbersOf(unionId)).toEqual([45, 5, false])
})

test('one cannot write another number past the rule, by a raw statement neither', async () => {
  const { employerId } = await anEmployer(office, '人数样例三厂', { headcount: 70, femaleCount: 20 })
  const { unionId } = await draft({ kind: 'BASIC_SINGLE', employerId })
  await withTenant(deps, systemActor('test', tenantId), (ctx) =>
    sql`update organisation.trade_union set headcount = 5000, female_headcount = 1 where id = ${unionId}`.execute(
      ctx.db,
    ),
  )
  expect(await numbersOf(unionId)).toEqual([70, 20, true])
})

const act = fc.oneof(
  fc.record({ does: fc.constant('cover' as const), employer: fc.nat(3), at: fc.nat(1) }),
  fc.record({ does: fc.constant('end' as const), employer: fc.nat(3), at: fc.nat(1) }),
  fc.record({
    does: fc.constant('count' as const),
    employer: fc.nat(3),
    headcount: fc.option(fc.nat(300)),
    share: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
  }),
)

test('whatever is covered, ended and counted, a joint union and an association have what their employers say', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 1, maxLength: 12 }), async (acts) => {
      const employers = []
      for (let index = 0; index < 4; index += 1)
        employers.push(await anEmployer(office, `随机人数单位${++made}`, { headcount: null }))
      const unions = [
        await draft({ kind: 'BASIC_JOINT', headcount: 7, femaleHeadcount: 7 }),
        await draft({ kind: 'UNION_ASSOC_INDUSTRY', headcount: 7, femaleHeadcount: 7 }),
      ]
      const modes = ['joint', 'association'] as const
      const counts: { headcount: number | null; women: number | null }[] = employers.map(() => ({
        headcount: null,
        women: null,
      }))
      const covered = unions.map(() => new Set<number>())
      const expected = unions.map(() => [7, 7])
      for (const one of acts) {
        const employer = employers[one.employer]
        if (employer === undefined) throw new Error('no employer')
        if (one.does === 'count') {
          const headcount = one.headcount
          const women = headcount === null || one.share === null ? null : Math.floor(headcount * one.share)
          await changeNumbers(employer, headcount, women)
          counts[one.employer] = { headcount, women }
        } else if (one.does === 'cover') {
          await office.officer((ctx) =>
            coverEmployers(
              ctx,
              CoverEmployers.parse({
                unionId: unions[one.at]?.unionId,
                employerIds: [employer.employerId],
                mode: modes[one.at],
                from: '2026-01-01',
              }),
            ),
          )
          covered[one.at]?.add(one.employer)
        } else if (covered[one.at]?.delete(one.employer) === true)
          await office.officer(async (ctx) => {
            const { id } = await ctx.db
              .selectFrom('organisation.covered_unit')
              .select('id')
              .where('union_id', '=', unions[one.at]?.unionId ?? 0)
              .where('employer_id', '=', employer.employerId)
              .where('valid_to', 'is', null)
              .executeTakeFirstOrThrow()
            await endCoverage(ctx, EndCoverage.parse({ coverageId: id, on: '2026-06-01' }))
          })
        for (const [at, members] of covered.entries()) {
          const said = [...members].map((index) => counts[index]).filter((count) => count?.headcount != null)
          // Who covers nobody with a number keeps what was typed or said last.
          if (said.length === 0) continue
          const workers = said.reduce((sum, count) => sum + (count?.headcount ?? 0), 0)
          const women = said.filter((count) => count?.women != null)
          const last = expected[at]?.[1] ?? 0
          expected[at] = [
            workers,
            women.length === 0 ? Math.min(last, workers) : women.reduce((sum, count) => sum + (count?.women ?? 0), 0),
          ]
        }
        for (const [at, { unionId }] of unions.entries())
          expect((await numbersOf(unionId)).slice(0, 2), JSON.stringify(acts)).toEqual(expected[at])
      }
    }),
    { numRuns: 12 },
  )
})
