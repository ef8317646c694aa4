import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor, withTenant, type TenantContext } from '@gonglian/tenancy'
import {
  aSmallTree,
  aUser,
  idOf,
  openRehearsal,
  openTestDeps,
  type Rehearsal,
  type TestDeps,
} from '@gonglian/tenancy/testing'
import { aCatalogue } from '@gonglian/indicators/testing'
import { readEnrolment } from './enrolment-rates.ts'
import { CountMembersBelow, countMembersBelow } from './headcounts.ts'
import { listOutgoing } from './outgoing.ts'
import {
  JudgeTraining,
  ListRightsTrainings,
  RecordTraining,
  judgeTraining,
  listRightsTrainings,
  recordTraining,
} from './rights-trainings.ts'
import { aMember, aUnion, anIdNumber } from './sample-members.ts'
import { retainMember } from './standings.ts'

let house: TestDeps
let rehearsal: Rehearsal
let tree: Map<string, number>
const unions = new Map<string, number>()
const places = ['5132', '513221', '513222', '513221100', '513221101', '513221102', '513222100'] as const
let person = 0

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
  for (const place of places) unions.set(place, await aUnion(house.deps, idOf(tree, place), `${place}-U`))
  await aCatalogue(house.deps, idOf(tree, '00'))
  rehearsal = await openRehearsal(house.deps, house.appUrl)
})
afterAll(async () => {
  await rehearsal.close()
  await house.close()
})

const as = <T>(code: string, work: (ctx: TenantContext) => Promise<T>, deps = rehearsal.deps) =>
  withTenant(deps, aUser(idOf(tree, code)), work)

/** Many members at once; nothing here looks at what is sealed. */
async function plant(place: string, kinds: readonly string[], joinedOn = '2026-01-10'): Promise<void> {
  await withTenant(rehearsal.deps, systemActor('test', idOf(tree, place)), async (ctx) => {
    const prints = kinds.map(() => ctx.vault.fingerprint('id_number', String(++person)))
    await sql`insert into organisation.member (tenant_id, union_id, state, name, id_sealed, id_print, sex, birth, kind, applied_on, joined_on)
      select ${ctx.tenantId}, ${unions.get(place)}, 'active', '某', '', print, 'male', '1980-01-01', kind, ${joinedOn}, ${joinedOn}
      from unnest(${prints}::bytea[], ${kinds}::text[]) as g (print, kind)`.execute(ctx.db)
  })
}
const count = (code: string, input: object = {}) =>
  as(code, (ctx) => countMembersBelow(ctx, CountMembersBelow.parse(input)))
const many = (kind: string, times: number) => Array.from({ length: times }, () => kind)

describe('14.2 counts above the owner', () => {
  test('the city counts its counties without a row; a day in the past is counted as it was', async () => {
    await plant('513221', many('normal', 40))
    await plant('513221100', many('migrant', 30), '2026-06-01')
    await plant('513222', many('normal', 25))
    const now = await count('5132')
    expect(now.total).toBe(95)
    expect(now.lines.map((line) => [line.body, line.total])).toEqual([
      ['513221', 70],
      ['513222', 25],
      ['5132JT', 0],
      ['5132', 0],
    ])
    const earlier = await count('5132', { on: '2026-05-31' })
    expect(earlier.lines.map((line) => line.total)).toEqual([40, 25, 0, 0])
    const kinds = await count('5132', { groupBy: 'kind', body: '513221' })
    expect(kinds.columns).toEqual([['normal'], ['migrant'], ['dispatch'], ['new_form'], ['self_employed']])
    expect(kinds.cells).toEqual([40, 30, 0, 0, 0])
    await rehearsal.undo()
  })

  test('another county, or a township upward, counts nothing', async () => {
    await plant('513221', many('normal', 40))
    await expect(count('513222', { body: '513221' })).rejects.toThrow('not_found')
    const up = await as('513221100', (ctx) => countMembersBelow(ctx, CountMembersBelow.parse({ body: '513221' })))
    expect(up).toMatchObject({ total: 0 })
    // The function itself refuses to count what the asker does not stand above.
    const { rows } = await as('513222', (ctx) =>
      sql`select * from organisation.count_members_below(${idOf(tree, '513221')}, '2026-10-31', '2026-09-30', 'sex')`.execute(
        ctx.db,
      ),
    )
    expect(rows).toEqual([])
    await rehearsal.undo()
  })

  test('a hidden township stays hidden when one asks for it alone', async () => {
    await plant('513221100', many('normal', 3))
    await plant('513221101', many('normal', 12))
    await plant('513221102', many('normal', 40))
    const table = await count('513221')
    expect(table.lines.map((line) => line.total)).toEqual([null, null, 40, 0])
    for (const [body, total] of [
      ['513221100', null],
      ['513221101', null],
      ['513221102', 40],
    ] as const)
      expect((await count('513221', { body })).total).toBe(total)
    await rehearsal.undo()
  })

  test('whoever is where: no count under five, one answer for one body, and hidden ones never alone (property)', async () => {
    const kinds = fc.array(fc.constantFrom('normal', 'normal', 'normal', 'migrant', 'dispatch'), { maxLength: 14 })
    await fc.assert(
      fc
        .asyncProperty(fc.tuple(...places.map(() => kinds)), async (all) => {
          for (const [index, place] of places.entries()) await plant(place, all[index] ?? [])
          for (const groupBy of ['none', 'kind'] as const) {
            const totals = new Map<string, number | null>()
            for (const body of places) {
              const shown = await count('5132', { body, groupBy })
              const seen = [shown.total, ...shown.cells, ...shown.lines.flatMap((line) => [line.total, ...line.cells])]
              for (const value of seen) if (value !== null && value !== 0) expect(value).toBeGreaterThanOrEqual(5)
              if (totals.has(body)) expect(shown.total).toBe(totals.get(body))
              for (const line of shown.lines) if (!line.isOwn) totals.set(line.body, line.total)
              if (shown.total === null) expect(shown.lines.every((line) => line.total === null)).toBe(true)
              else {
                const left = shown.total - shown.lines.reduce((sum, line) => sum + (line.total ?? 0), 0)
                expect(left === 0 || left >= 5).toBe(true)
                expect(shown.lines.filter((line) => line.total === null).length).not.toBe(1)
              }
            }
          }
        })
        .afterEach(() => rehearsal.undo()),
      { numRuns: 15 },
    )
  })
})

test('MEM-07 the retained are not among the members of the days they are kept', async () => {
  const one = await aMember(rehearsal.deps, idOf(tree, '513221'), {
    unionId: unions.get('513221') ?? 0,
    idNumber: anIdNumber(++person),
  })
  await plant('513221', many('normal', 9))
  await as('513221', (ctx) => retainMember(ctx, { ...one, for: 'unemployed', on: '2026-05-01' }))
  expect((await count('513221', { on: '2026-04-30' })).total).toBe(10)
  // One person moved it in May: that month is not told; June is.
  expect((await count('513221', { on: '2026-05-31' })).total).toBeNull()
  expect((await count('513221', { on: '2026-06-30' })).total).toBe(9)
  await rehearsal.undo()
})

test('M013 outgoing workers registered at home with their destination; one rights training a year, or the township is flagged', async () => {
  await aMember(rehearsal.deps, idOf(tree, '513221100'), {
    unionId: unions.get('513221100') ?? 0,
    idNumber: anIdNumber(++person),
    kind: 'migrant',
    destination: '江苏盐城',
    destinationOn: '2026-02-20',
  })
  expect(await as('513221100', listOutgoing)).toEqual([{ destination: '江苏盐城', members: 1 }])
  await as('513221100', (ctx) =>
    recordTraining(
      ctx,
      RecordTraining.parse({ heldOn: '2025-02-10', topic: '外出务工维权', attendance: 60, outgoingAttendance: 55 }),
    ),
  )
  const judge = async (year: number) => {
    const { rows } = await as('513221', (ctx) => judgeTraining(ctx, JudgeTraining.parse({ year })))
    return rows.map((row) => [row.body, row.held, row.complies])
  }
  expect(await judge(2025)).toEqual([
    ['513221100', 1, true],
    ['513221101', 0, false],
    ['513221102', 0, false],
  ])
  expect((await judge(2026))[0]).toEqual(['513221100', 0, null])
  const behind = await as('513221', (ctx) =>
    judgeTraining(ctx, JudgeTraining.parse({ year: 2025, enough: false, pageSize: 1 })),
  )
  expect(behind).toMatchObject({ townships: 3, enough: 1, total: 2, rows: [{ body: '513221101' }] })
  const held = await as('513221', (ctx) => listRightsTrainings(ctx, ListRightsTrainings.parse({ year: 2025 })))
  expect(held).toMatchObject({ total: 1, rows: [{ body: '513221100', topic: '外出务工维权', outgoingAttendance: 55 }] })
  expect(
    (await as('513221101', (ctx) => listRightsTrainings(ctx, ListRightsTrainings.parse({ year: 2025 })))).total,
  ).toBe(0)
  await expect(
    as('513221100', (ctx) =>
      recordTraining(ctx, RecordTraining.parse({ heldOn: '2027-01-01', topic: '未来', attendance: 1 })),
    ),
  ).rejects.toThrow('organisation.training.future')
  await expect(
    as('513221100', (ctx) =>
      recordTraining(
        ctx,
        RecordTraining.parse({ heldOn: '2026-01-05', topic: '多出', attendance: 1, outgoingAttendance: 2 }),
      ),
    ),
  ).rejects.toThrow('organisation.training.outgoing')
  await rehearsal.undo()
})

test('M112 staff without an approved post join, and stand in the denominator of the rate', async () => {
  await as('513221', async (ctx) => {
    const school = await ctx.db
      .insertInto('organisation.employer')
      .values({ tenant_id: ctx.tenantId, name: '县中学', name_key: '县中学', headcount: 50, non_quota_count: 20 })
      .returning('id')
      .executeTakeFirstOrThrow()
    await ctx.db
      .insertInto('organisation.covered_unit')
      .values({
        tenant_id: ctx.tenantId,
        union_id: unions.get('513221') ?? 0,
        employer_id: school.id,
        mode: 'own',
        valid_from: '2026-01-01',
      })
      .execute()
  })
  for (const employment of ['quota', 'quota', 'quota', 'non_quota', 'non_quota'] as const) {
    await aMember(rehearsal.deps, idOf(tree, '513221'), {
      unionId: unions.get('513221') ?? 0,
      idNumber: anIdNumber(++person),
      employment,
    })
  }
  expect(await as('513221', readEnrolment)).toEqual({
    employees: 50,
    members: 5,
    nonQuotaEmployees: 20,
    nonQuotaMembers: 2,
    rate: 1000,
    nonQuotaRate: 1000,
  })
  await rehearsal.undo()
})
