import { systemActor, withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, describe, expect, test } from 'vitest'
import { someUnions } from './rated-unions.ts'
import {
  findVetoes,
  mayStep,
  meanScore,
  ratingStates,
  ratingSteps,
  reachRank,
  reachesQuorum,
  type RatingState,
} from './rating-scores.ts'
import { DefineScheme, defineScheme } from './schemes.ts'

const { deps, close } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const county = idOf(tree, '513221')
const township = idOf(tree, '513221100')

describe('steps', () => {
  test('whatever way is taken, nobody is awarded who was not recommended, reviewed and published before', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 60 }), (choices) => {
        const way: RatingState[] = ['planned']
        for (const choice of choices) {
          const next = ratingSteps[way.at(-1) ?? 'planned']
          const step = next[choice % Math.max(1, next.length)]
          if (step) way.push(step[0])
        }
        const first = way.indexOf('awarded')
        if (first < 0) return
        const before = way.slice(0, first)
        expect(before).toEqual(expect.arrayContaining(['self_assessed', 'recommended', 'under_review', 'published']))
        expect(before.at(-1)).toBe('published')
        expect(before.lastIndexOf('under_review')).toBeGreaterThan(before.indexOf('recommended'))
      }),
    )
  })

  test('the owner never takes a step that decides', () => {
    for (const steps of Object.values(ratingSteps))
      for (const [to, side] of steps)
        if (side === 'owner') expect(['planned', 'self_assessed', 'recommended']).toContain(to)
  })

  test('the database allows each side exactly the steps of the table', async () => {
    const schemeId = await withTenant(deps, aUser(county, 'leader'), async (ctx) => {
      const input = DefineScheme.parse({
        code: 'steps',
        nameZh: '步骤',
        nameEn: 'Steps',
        track: 'home',
        validityMonths: 12,
        validFrom: '2020-01-01',
        items: [{ textZh: '一', textEn: 'One', maxScore: 10 }],
        levels: [{ nameZh: '合格', nameEn: 'Qualified', minScore: 1, grantedBy: 'county' }],
      })
      return (await defineScheme(ctx, input)).schemeId
    })
    const unions = await someUnions(
      deps,
      township,
      ratingStates.map(() => ({})),
    )
    const placed = await withTenant(deps, systemActor('test', county), async (ctx) => {
      const rows = await ctx.db
        .insertInto('organisation.rating')
        .values(
          ratingStates.map((state, index) => ({
            tenant_id: township,
            grantor_id: county,
            scheme_id: schemeId,
            union_id: unions[index] ?? 0,
            year: 2026,
            quarter: 1,
            target_rank: 1,
            state,
            review_total: 900,
            awarded_rank: 1,
            published_on: '2026-10-01',
            notice_ends_on: '2026-10-08',
            awarded_on: '2026-10-09',
            awarded_by: 'somebody',
          })),
        )
        .returning(['id', 'state'])
        .execute()
      await ctx.db
        .insertInto('organisation.rating_review')
        .values(
          rows.flatMap((row) =>
            ['a', 'b', 'c'].map((reviewer) => ({
              rating_id: row.id,
              tenant_id: county,
              reviewer,
              total: 9,
              submitted_at: '2026-09-01T00:00:00Z',
            })),
          ),
        )
        .execute()
      return rows
    })
    const undo = new Error('undo')
    for (const { id, state } of placed) {
      for (const to of ratingStates) {
        for (const side of ['owner', 'grantor'] as const) {
          const actor = aUser(side === 'owner' ? township : county, 'leader')
          const outcome = await withTenant(deps, actor, async (ctx) => {
            await sql`update organisation.rating set state = ${to}, version = version + 1 where id = ${id}`.execute(
              ctx.db,
            )
            throw undo
          }).catch((error: unknown) => error === undo)
          const isAllowed =
            mayStep(state, to, side) ||
            (side === 'owner' && state === to && (state === 'planned' || state === 'self_assessed'))
          expect(outcome, `${side}: ${state} > ${to}`).toBe(isAllowed)
        }
      }
    }
  })
})

describe('scores', () => {
  test('the mean lies between the lowest and the highest score and is exact to half a hundredth', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(1000), { minLength: 1, maxLength: 30 }), (totals) => {
        const mean = meanScore(totals) ?? -1
        const sum = totals.reduce((all, one) => all + one, 0)
        expect(mean).toBeGreaterThanOrEqual(Math.min(...totals) * 100)
        expect(mean).toBeLessThanOrEqual(Math.max(...totals) * 100)
        expect(Math.abs(mean * totals.length - sum * 100) * 2).toBeLessThanOrEqual(totals.length)
      }),
    )
    expect(meanScore([])).toBe(null)
  })

  test('a quorum is never reached by fewer than the least number, nor lost by one more score', () => {
    fc.assert(
      fc.property(
        fc.nat(20),
        fc.nat(20),
        fc.integer({ min: 3, max: 9 }),
        fc.integer({ min: 1, max: 10_000 }),
        (scored, rest, least, quorum) => {
          const eligible = scored + rest
          const is = reachesQuorum({ scored, eligible, least, quorum })
          if (scored < least) expect(is).toBe(false)
          if (is && rest > 0) expect(reachesQuorum({ scored: scored + 1, eligible, least, quorum })).toBe(true)
        },
      ),
    )
    expect(reachesQuorum({ scored: 3, eligible: 5, least: 3, quorum: 6667 })).toBe(false)
    expect(reachesQuorum({ scored: 4, eligible: 5, least: 3, quorum: 6667 })).toBe(true)
  })

  test('a veto needs more than half of those who scored; naming it twice is naming it once', () => {
    expect(findVetoes([{ vetoes: [3, 3] }, { vetoes: [] }])).toEqual([])
    expect(findVetoes([{ vetoes: [3] }, { vetoes: [3, 5] }, { vetoes: [] }])).toEqual([3])
  })

  test('the rank reached is the highest whose score is reached, never above the goal', () => {
    const levels = [50, 60, 80].map((minScore, index) => ({ rank: index + 1, minScore }))
    expect([4999, 5000, 7999, 8000].map((score) => reachRank(levels, score, 3))).toEqual([0, 1, 2, 3])
    expect(reachRank(levels, 9999, 2)).toBe(2)
  })
})
