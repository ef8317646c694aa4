import { aSession } from '@gonglian/auth/testing'
import { parsePeriod } from '@gonglian/indicators'
import { aCatalogue } from '@gonglian/indicators/testing'
import { organisationFeeds } from '@gonglian/organisation'
import { aMember, anIdNumber, aUnion } from '@gonglian/organisation/testing'
import { drainDirty } from '@gonglian/rollup'
import { expectNoDrift } from '@gonglian/rollup/testing'
import { systemActor, withTenant } from '@gonglian/tenancy'
import { aSmallTree, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createContext } from './context.ts'
import { createCaller } from './router.ts'

const { deps, close, setNow } = await openTestDeps()
afterAll(async () => {
  await expectNoDrift(deps)
  await close()
})
const tree = await aSmallTree(deps)
const period = '2026-11'
/** On the last day of a month what a page says of today is what the report says of the month. */
const lastDay = '2026-11-30T12:00:00+08:00'
const counties = ['513221', '513222', '320924'] as const
let serial = 0

beforeAll(() => aCatalogue(deps, idOf(tree, '00')))
beforeEach(() => setNow(lastDay))

const union = fc.record({
  kind: fc.constantFrom(
    'BASIC_SINGLE' as const,
    'BASIC_JOINT' as const,
    'BASIC_PROJECT' as const,
    'UNION_ASSOC_INDUSTRY' as const,
  ),
  isLegalPerson: fc.boolean(),
  hasOverdueTerm: fc.boolean(),
  members: fc.integer({ min: 0, max: 3 }),
  covers: fc.array(
    fc.record({
      employer: fc.integer({ min: 0, max: 3 }),
      mode: fc.constantFrom('own' as const, 'joint' as const, 'association' as const, 'custody' as const),
    }),
    { maxLength: 3 },
  ),
})
const county = fc.record({
  headcounts: fc.array(fc.integer({ min: 5, max: 90 }), { minLength: 4, maxLength: 4 }),
  unions: fc.array(union, { minLength: 1, maxLength: 5 }),
})
type County = typeof county extends fc.Arbitrary<infer Value> ? Value : never

/** Writes the records of a county. */
async function plant(code: string, { headcounts, unions }: County): Promise<void> {
  const tenantId = idOf(tree, code)
  const employers = await withTenant(deps, systemActor('test', tenantId), (ctx) =>
    ctx.db
      .insertInto('organisation.employer')
      .values(
        headcounts.map((headcount) => {
          const name = `随机单位${++serial}`
          return { tenant_id: tenantId, name, name_key: name, headcount, female_count: Math.floor(headcount / 3) }
        }),
      )
      .returning('id')
      .execute(),
  )
  const taken = new Set<number>()
  for (const one of unions) {
    const unionId = await aUnion(deps, tenantId, `OWNER-${++serial}`, one.kind)
    await withTenant(deps, systemActor('test', tenantId), async (ctx) => {
      await ctx.db
        .updateTable('organisation.trade_union')
        .set({ legal_person_on: one.isLegalPerson ? '2026-03-01' : null })
        .where('id', '=', unionId)
        .execute()
      await ctx.db
        .insertInto('organisation.term')
        .values({
          tenant_id: tenantId,
          union_id: unionId,
          body: 'union_committee',
          number: 1,
          starts_on: '2022-01-01',
          ends_on: one.hasOverdueTerm ? '2026-06-30' : '2027-06-30',
        })
        .execute()
      const modes = new Map(one.covers.map(({ employer, mode }) => [employer, mode]))
      for (const [employer, wanted] of modes) {
        // One employer is in one basic union only; an association may cover it besides.
        const isBasic = wanted === 'own' || wanted === 'joint'
        const mode = isBasic && taken.has(employer) ? ('association' as const) : wanted
        if (isBasic) taken.add(employer)
        await ctx.db
          .insertInto('organisation.covered_unit')
          .values({
            tenant_id: tenantId,
            union_id: unionId,
            employer_id: employers[employer]?.id ?? 0,
            mode,
            valid_from: '2026-01-01',
          })
          .execute()
      }
    })
    for (let member = 0; member < one.members; member += 1)
      await aMember(deps, tenantId, { unionId, idNumber: anIdNumber(++serial), joinedOn: '2026-02-01' })
  }
}

async function callerOf(code: string) {
  const { actor } = await aSession(deps, idOf(tree, code), `${code}-owner-${++serial}`, 'officer', 'leader', 'reviewer')
  return createCaller(createContext({ deps, actor, translate: (_locale, key) => key }))
}

/** Every place that states a number of a county, by what the number is. */
async function readPlaces(code: string) {
  const api = await callerOf(code)
  const start = await api.overview.readOverview({ domain: 'organisation', period })
  const recorded = (name: string) => start.figures.find(({ indicator }) => indicator.code === name)?.recorded
  const { reportId, version } = await api.reports.openReport({ form: 'org-monthly', period })
  const report = await api.reports.getReport({ form: 'org-monthly', period })
  const cell = (name: string) => {
    const at = report.form.items.findIndex((item) => item.code === name && item.breakdownZh === '')
    return report.fed[at] ?? null
  }
  // Also what no monthly form asks for: as a report of another period would be filled in.
  const counted = await withTenant(deps, systemActor('test', idOf(tree, code)), async (ctx) => {
    const rows = []
    for (const feed of organisationFeeds)
      rows.push(...(await feed.query({ tenantId: ctx.tenantId, span: parsePeriod(period) }).execute(ctx.db)).rows)
    return new Map(rows.flatMap((row) => (typeof row === 'object' && row !== null ? Object.entries(row) : [])))
  })
  const women = await api.women.listWomenGaps({ pageSize: 1 })
  const below = async (list: string, measure: string) =>
    (await api.overview.countListBelow({ domain: 'organisation', list })).total[measure]
  const coverage = await api.coverage.countCoverage({})
  const enrolment = await api.members.readEnrolment()
  const states = ['approved', 'active', 'restructuring'] as const
  const basic = ['BASIC_SINGLE', 'BASIC_JOINT', 'BASIC_PROJECT'] as const
  const listed = (more: object) =>
    api.unions.listUnions({ kinds: [...basic], states: [...states], pageSize: 1, ...more })
  return {
    reportId,
    version,
    numbers: {
      unions: [
        recorded('grassroots_union_count'),
        cell('grassroots_union_count'),
        coverage.unions,
        (await listed({})).total,
        await below('unions', 'unions'),
      ],
      jointUnions: [
        coverage.jointUnions,
        (await listed({ kinds: ['BASIC_JOINT'] })).total,
        await below('unions', 'joint'),
      ],
      legalPersons: [counted.get('legal_person_union_count'), await below('unions', 'legalPersons')],
      overdue: [
        counted.get('term_overdue_union_count'),
        (await listed({ termOverdue: true })).total,
        await below('unions', 'overdue'),
      ],
      unionsWithWomen: [counted.get('unions_with_women_workers'), women.counts.unions],
      units: [counted.get('covered_unit_count'), coverage.units, await below('covered', 'units')],
      employees: [
        cell('employee_count'),
        enrolment.employees,
        (await api.cadres.readStaffing({})).workers,
        await below('covered', 'employees'),
      ],
      members: [recorded('member_count'), cell('member_count'), enrolment.members],
      rate: [recorded('membership_rate'), enrolment.rate],
      terms: [(await api.terms.listTerms({ pageSize: 1 })).total, await below('terms', 'terms')],
    },
  }
}

test('a number that stands on several pages is one number: start page, report, coverage, lists, groups', async () => {
  let next = 0
  await fc.assert(
    fc.asyncProperty(county, async (records) => {
      const code = counties[next++] ?? '513221'
      await plant(code, records)
      const { numbers } = await readPlaces(code)
      for (const [name, places] of Object.entries(numbers))
        expect([name, places], `${name} of ${code}`).toEqual([name, places.map(() => places[0])])
      expect(numbers.unions[0]).toBe(records.unions.filter(({ kind }) => kind.startsWith('BASIC')).length)
    }),
    { numRuns: counties.length },
  )
})

test('a body without a register shows no number, not 0', async () => {
  const { numbers } = await readPlaces('513221102')
  expect(numbers.unions.slice(0, 2)).toEqual([null, null])
  expect([numbers.members, numbers.rate]).toEqual([
    [null, null, null],
    [null, null],
  ])
})

test('the board and the start page say of a month that is over what was reported from the records', async () => {
  const code = '513221101'
  const covers = [{ employer: 0, mode: 'own' as const }]
  const one = { kind: 'BASIC_SINGLE' as const, isLegalPerson: true, hasOverdueTerm: false, members: 3, covers }
  await plant(code, { headcounts: [50, 60, 70, 80], unions: [one] })
  const { reportId, version, numbers } = await readPlaces(code)
  const api = await callerOf(code)
  await api.reports.submitReport({ reportId, version, zero: true, confirmWarnings: true })
  await drainDirty(deps)
  setNow('2026-12-02T12:00:00+08:00')
  const start = await api.overview.readOverview({ domain: 'organisation', period: '2026-12' })
  const stated = (name: string) => start.figures.find(({ indicator }) => indicator.code === name)?.value
  const { months } = await api.progress.getCell({ indicator: 'membership_rate', period })
  expect([
    stated('grassroots_union_count'),
    stated('member_count'),
    stated('membership_rate'),
    months.at(-1)?.reported,
  ]).toEqual([1, 3, 600, 600])
  expect([numbers.unions[0], numbers.members[0], numbers.rate[0]]).toEqual([1, 3, 600])
})
