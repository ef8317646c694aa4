import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parsePeriod } from '@gonglian/indicators'
import { withTenant } from '@gonglian/tenancy'
import {
  aSmallTree,
  aUser,
  idOf,
  openRehearsal,
  openTestDeps,
  type Rehearsal,
  type TestDeps,
} from '@gonglian/tenancy/testing'
import { membersFeed } from './members.ts'

let house: TestDeps
let rehearsal: Rehearsal
let township: number

beforeAll(async () => {
  house = await openTestDeps()
  township = idOf(await aSmallTree(house.deps), '513221100')
  rehearsal = await openRehearsal(house.deps, house.appUrl)
})
afterAll(async () => {
  await rehearsal.close()
  await house.close()
})

const dayOf = (offset: number) => new Date(Date.UTC(2026, 2, 20) + offset * 86_400_000).toISOString().slice(0, 10)

/** A person's days as offsets from 20 March 2026: joined, kept from-to, left. The second half of April is the busiest. */
const aLife = fc
  .record({
    joined: fc.integer({ min: 0, max: 45 }),
    stays: fc.option(fc.integer({ min: 0, max: 30 })),
    pauses: fc.array(fc.tuple(fc.integer({ min: 0, max: 25 }), fc.option(fc.integer({ min: 1, max: 20 }))), {
      maxLength: 2,
    }),
    kind: fc.constantFrom('normal', 'migrant', 'new_form'),
    sex: fc.constantFrom('male', 'female'),
    origin: fc.constantFrom('enrolled', 'transferred'),
  })
  .map(({ joined, stays, pauses, ...person }) => {
    const left = stays === null ? null : joined + stays
    const kept = pauses
      .map(([from, length]) => ({ from: joined + from, to: length === null ? null : joined + from + length }))
      .filter((pause) => left === null || (pause.to !== null && pause.to <= left))
    return { ...person, joined, left, kept }
  })
type Life = typeof aLife extends fc.Arbitrary<infer T> ? T : never

const isMember = (life: Life, day: number) =>
  day >= life.joined &&
  (life.left === null || day < life.left) &&
  !life.kept.some((pause) => day >= pause.from && (pause.to === null || day < pause.to))

/** Walks through the days of the period one by one. */
function countPlainly(lives: readonly Life[], period: string) {
  const { start, end } = parsePeriod(period)
  const days = Array.from({ length: 120 }, (_, day) => day)
  const inside = days.filter((day) => dayOf(day) >= start && dayOf(day) <= end)
  const last = days.findLast((day) => dayOf(day) <= end) ?? 0
  const members = lives.filter((life) => isMember(life, last))
  const came = lives.flatMap((life) =>
    inside
      .filter((day) => isMember(life, day) && !isMember(life, day - 1))
      .map((day) => ({ life, isNew: day === life.joined })),
  )
  const enrolled = came.filter(({ life, isNew }) => isNew && life.origin === 'enrolled').map(({ life }) => life)
  return {
    member_count: members.length,
    female_member_count: members.filter((life) => life.sex === 'female').length,
    migrant_member_count: members.filter((life) => life.kind === 'migrant').length,
    newform_member_count: members.filter((life) => life.kind === 'new_form').length,
    new_member_count: enrolled.length,
    'new_member_count/女性': enrolled.filter((life) => life.sex === 'female').length,
    'new_member_count/农民工': enrolled.filter((life) => life.kind === 'migrant').length,
    transferred_in_member_count: came.length - enrolled.length,
    lost_member_count: lives.flatMap((life) => inside.filter((day) => !isMember(life, day) && isMember(life, day - 1)))
      .length,
  }
}

test('12.2-2 members are counted as one would day by day, and every way in and out is counted once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(aLife, { maxLength: 6 }),
      fc.constantFrom('2026-03', '2026-04', '2026-05', '2026-04-A', '2026-Q2'),
      async (lives, period) => {
        const counted = await withTenant(rehearsal.deps, aUser(township, 'officer'), async (ctx) => {
          const union = await ctx.db
            .insertInto('organisation.trade_union')
            .values({
              tenant_id: township,
              code: 'T-0001',
              name: '某厂工会',
              name_key: '某厂工会',
              kind: 'BASIC_SINGLE',
              state: 'active',
              approved_on: '2020-01-01',
              founded_on: '2020-01-01',
            })
            .returning('id')
            .executeTakeFirstOrThrow()
          for (const [index, life] of lives.entries()) {
            const isKept = life.left === null && life.kept.some((pause) => pause.to === null)
            const state = life.left === null ? (isKept ? 'retained' : 'active') : 'left'
            const kept = life.kept.map(({ from, to }) => `[${dayOf(from)},${to === null ? '' : dayOf(to)})`).join(',')
            await sql`
              insert into organisation.member (tenant_id, union_id, state, name, id_sealed, id_print, sex, kind, origin, applied_on, joined_on, left_on,
                retained, retained_for)
              values (${township}, ${union.id}, ${state}, ${`会员${index}`}, ${Buffer.of(1)}, ${Buffer.alloc(16, index + 1)}, ${life.sex}, ${life.kind},
                ${life.origin}, ${dayOf(life.joined)}, ${dayOf(life.joined)}, ${life.left === null ? null : dayOf(life.left)},
                ${`{${kept}}`}::datemultirange, ${isKept ? 'retired' : ''})`.execute(ctx.db)
          }
          const { rows } = await membersFeed.query({ tenantId: township, span: parsePeriod(period) }).execute(ctx.db)
          return rows[0]
        }).finally(() => rehearsal.undo())
        expect(counted).toEqual(countPlainly(lives, period))
      },
    ),
    { numRuns: 200 },
  )
})

test('12.2-2 members before, plus those who came, less those who went, are the members after', () => {
  fc.assert(
    fc.property(fc.array(aLife, { maxLength: 8 }), (lives) => {
      const [before, after] = [countPlainly(lives, '2026-03'), countPlainly(lives, '2026-04')]
      expect(after.member_count).toBe(
        before.member_count + after.new_member_count + after.transferred_in_member_count - after.lost_member_count,
      )
    }),
  )
})
