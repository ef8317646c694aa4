import fc from 'fast-check'
import type { Insertable } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { DB } from '@gonglian/db'
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
import { townshipFeed, unionsFeed } from './unions.ts'

let house: TestDeps
let rehearsal: Rehearsal
let township: number
let county: number

beforeAll(async () => {
  house = await openTestDeps()
  const tree = await aSmallTree(house.deps)
  township = idOf(tree, '513221100')
  county = idOf(tree, '513221')
  rehearsal = await openRehearsal(house.deps, house.appUrl)
})
afterAll(async () => {
  await rehearsal.close()
  await house.close()
})

const days = ['2024-05-01', '2026-03-31', '2026-04-01', '2026-04-30', '2026-05-01', '2026-07-15'] as const
const day = fc.constantFrom(...days)
const kinds = [
  'BASIC_SINGLE',
  'BASIC_JOINT',
  'BASIC_PROJECT',
  'UNION_ASSOC_BASIC',
  'UNION_ASSOC_INDUSTRY',
  'GROUP',
  'WORK_COMMITTEE',
] as const
const anEmployer = fc.record({
  headcount: fc.option(fc.integer({ min: 0, max: 300 })),
  share: fc.double({ min: 0, max: 1, noNaN: true }),
  unitClass: fc.constantFrom('enterprise', 'institution', 'retail', 'new_economic', 'project'),
  ownership: fc.constantFrom('private', 'state', 'foreign', 'public'),
  foundedOn: fc.option(day),
  endedOn: fc.option(day),
})
const aUnion = fc.record({
  kind: fc.constantFrom(...kinds),
  isVillage: fc.boolean(),
  approvedOn: fc.option(day),
  lives: fc.option(fc.constantFrom('revoked', 'merged')),
  endsAfter: fc.nat(2),
  legalOn: fc.option(day),
})
const aCover = fc.record({
  union: fc.nat(),
  employer: fc.nat(),
  mode: fc.constantFrom('own', 'joint', 'association', 'custody'),
  from: day,
  until: fc.option(day),
})
const aCountry = fc.record({
  employers: fc.array(anEmployer, { minLength: 1, maxLength: 6 }),
  unions: fc.array(aUnion, { minLength: 1, maxLength: 8 }),
  covers: fc.array(aCover, { maxLength: 12 }),
  period: fc.constantFrom('2026-04', '2026-Q2', '2026-03', '2026'),
})

type Employer = Insertable<DB['organisation.employer']> & { id: number }
type Union = Insertable<DB['organisation.trade_union']> & { id: number }
type Cover = Insertable<DB['organisation.covered_unit']>

const isBasic = (union: Union) => ['BASIC_SINGLE', 'BASIC_JOINT', 'BASIC_PROJECT'].includes(union.kind)
const within = (on: string | null | undefined, from: string, to: string) => on != null && on >= from && on <= to
const isOpen = (from: string | null | undefined, until: string | null | undefined, at: string) =>
  (from == null || from <= at) && (until == null || until > at)
const isFirm = (employer: Employer) =>
  ['enterprise', 'new_economic', 'retail'].includes(employer.unit_class ?? 'enterprise')
const isNonpublic = (employer: Employer) => ['private', 'foreign', 'mixed'].includes(employer.ownership ?? 'private')

/** The same figures, counted one by one. */
function countPlainly(rows: { employers: Employer[]; unions: Union[]; covers: Cover[] }, period: string) {
  const { start, end } = parsePeriod(period)
  const living = rows.unions.filter(
    (union) => union.approved_on != null && isOpen(union.approved_on, union.ended_on, end),
  )
  const coveredBy = (employer: Employer, unions: Union[]) =>
    rows.covers.some(
      (cover) =>
        cover.employer_id === employer.id &&
        cover.mode !== 'custody' &&
        isOpen(cover.valid_from, cover.valid_to, end) &&
        unions.some((union) => union.id === cover.union_id),
    )
  const covered = rows.employers.filter((employer) => coveredBy(employer, living))
  const firms = rows.employers.filter((employer) => coveredBy(employer, living.filter(isBasic)) && isFirm(employer))
  const legal = living.filter((union) => union.kind === 'BASIC_SINGLE' || union.kind === 'BASIC_JOINT')
  const sum = (values: (number | null | undefined)[]) =>
    values.reduce<number>((total, value) => total + (value ?? 0), 0)
  return {
    grassroots_union_count: living.filter(isBasic).length,
    joint_union_count: living.filter((union) => union.kind === 'BASIC_JOINT').length,
    regional_industry_federation_count: living.filter((union) => union.kind.startsWith('UNION_ASSOC')).length,
    village_union_count: living.filter((union) => isBasic(union) && union.is_village).length,
    new_union_count: rows.unions.filter((union) => isBasic(union) && within(union.approved_on, start, end)).length,
    revoked_union_count: rows.unions.filter(
      (union) => isBasic(union) && union.state === 'revoked' && within(union.ended_on, start, end),
    ).length,
    legal_person_eligible_count: legal.length,
    legal_person_union_count: legal.filter((union) => union.legal_person_on != null && union.legal_person_on <= end)
      .length,
    covered_unit_count: covered.length,
    unionised_enterprise_count: firms.length,
    unionised_enterprises_with_women: firms.filter((employer) => (employer.female_count ?? 0) > 0).length,
    nonpublic_enterprise_count: rows.employers.filter(
      (employer) => isFirm(employer) && isNonpublic(employer) && isOpen(employer.founded_on, employer.ended_on, end),
    ).length,
    unionised_nonpublic_enterprise_count: firms.filter(isNonpublic).length,
    employee_count: sum(covered.map((employer) => employer.headcount)),
    female_employee_count: sum(covered.map((employer) => employer.female_count)),
  }
}

test('unions, covered units and their employees are counted as one would by hand, at any past date', async () => {
  await fc.assert(
    fc.asyncProperty(aCountry, async ({ employers, unions, covers, period }) => {
      const actual = await withTenant(rehearsal.deps, aUser(township, 'officer'), async (ctx) => {
        const employerRows: Employer[] = []
        for (const [index, one] of employers.entries()) {
          const isEnded = one.endedOn !== null && (one.foundedOn === null || one.endedOn > one.foundedOn)
          const row = {
            tenant_id: township,
            name: `单位${index}`,
            name_key: `单位${index}`,
            headcount: one.headcount,
            female_count: one.headcount === null ? null : Math.floor(one.headcount * one.share),
            unit_class: one.unitClass,
            ownership: one.ownership,
            founded_on: one.foundedOn,
            ended_on: isEnded ? one.endedOn : null,
            status: isEnded ? ('closed' as const) : ('operating' as const),
          }
          const { id } = await ctx.db
            .insertInto('organisation.employer')
            .values(row)
            .returning('id')
            .executeTakeFirstOrThrow()
          employerRows.push({ ...row, id })
        }
        const unionRows: Union[] = []
        for (const [index, one] of unions.entries()) {
          const later = days.filter((other) => one.approvedOn !== null && other > one.approvedOn)
          const endedOn = one.lives === null ? null : (later[one.endsAfter] ?? null)
          const into = unionRows[0]
          const state =
            one.approvedOn === null
              ? 'preparatory'
              : endedOn === null
                ? 'active'
                : one.lives === 'merged' && into
                  ? 'merged'
                  : 'revoked'
          const row = {
            tenant_id: township,
            code: one.approvedOn === null ? null : `T-${index}000`,
            name: `工会${index}`,
            name_key: `工会${index}`,
            kind: one.kind,
            is_village: one.isVillage,
            state,
            approved_on: one.approvedOn,
            founded_on: one.approvedOn,
            ended_on: state === 'merged' || state === 'revoked' ? endedOn : null,
            merged_into_id: state === 'merged' && into ? into.id : null,
            legal_person_on: one.legalOn,
          } as const
          const { id } = await ctx.db
            .insertInto('organisation.trade_union')
            .values(row)
            .returning('id')
            .executeTakeFirstOrThrow()
          unionRows.push({ ...row, id })
        }
        const coverRows: Cover[] = []
        for (const one of covers) {
          const union = unionRows[one.union % unionRows.length]
          const employer = employerRows[one.employer % employerRows.length]
          if (!union || !employer) continue
          if (coverRows.some((other) => other.union_id === union.id && other.employer_id === employer.id)) continue
          const row = {
            tenant_id: township,
            union_id: union.id,
            employer_id: employer.id,
            mode: one.mode,
            valid_from: one.from,
            valid_to: one.until !== null && one.until > one.from ? one.until : null,
          }
          // Today one union covers an employer by itself; the others only hold it in custody.
          const isBasicNow = (cover: Cover) => cover.valid_to == null && ['own', 'joint'].includes(cover.mode)
          if (isBasicNow(row) && coverRows.some((other) => other.employer_id === employer.id && isBasicNow(other)))
            continue
          await ctx.db.insertInto('organisation.covered_unit').values(row).execute()
          coverRows.push(row)
        }
        const { rows } = await unionsFeed.query({ tenantId: township, span: parsePeriod(period) }).execute(ctx.db)
        return {
          counted: rows[0],
          plain: countPlainly({ employers: employerRows, unions: unionRows, covers: coverRows }, period),
        }
      }).finally(() => rehearsal.undo())
      expect(actual.counted).toEqual(actual.plain)
    }),
    { numRuns: 150 },
  )
})

test('a township counts as one, with a federation of its own if it has one', async () => {
  const answer = (tenantId: number) =>
    withTenant(house.deps, aUser(tenantId, 'officer'), async (ctx) => {
      const { rows } = await townshipFeed.query({ tenantId, span: parsePeriod('2026-04') }).execute(ctx.db)
      return rows[0]
    })
  expect(await answer(township)).toEqual({
    township_count: 1,
    unionised_township_count: 1,
    township_federation_count: 0,
  })
  expect(await answer(county)).toEqual({ township_count: 0, unionised_township_count: 0, township_federation_count: 0 })
})
