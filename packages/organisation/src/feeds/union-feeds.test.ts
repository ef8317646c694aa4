import { drainFeeds, parsePeriod } from '@gonglian/indicators'
import { aCatalogue } from '@gonglian/indicators/testing'
import { aSmallTree, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { afterAll, expect, test } from 'vitest'
import { approveInHouse } from '../approvals/sample-approvals.ts'
import { applyAccreditation } from '../unions/accreditation.ts'
import { RevokeUnion, SettleUnion, revokeUnion, settleUnion } from '../unions/endings.ts'
import { termsFeed } from './terms.ts'
import { unionsFeed } from './unions.ts'
import { aFoundedUnion, anApplication, anEmployer, anOffice } from '../unions/sample-unions.ts'

const { deps, close } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const countyId = idOf(tree, '513221')
const county = anOffice(deps, countyId)
const count = (feed: typeof unionsFeed, period: string) =>
  county.officer(
    async (ctx) => (await feed.query({ tenantId: countyId, span: parsePeriod(period) }).execute(ctx.db)).rows[0],
  )

test('what acts leave behind is what the feeds count, as of the end of each period', async () => {
  const found = async (name: string, on: string, more: object = {}) => {
    const { employerId } = await anEmployer(county, name, { headcount: 100, femaleCount: 40 })
    return aFoundedUnion(county, { name: `${name}工会`, kind: 'BASIC_SINGLE', employerId, ...more }, { foundedOn: on })
  }
  const first = await found('一月公司', '2026-01-31')
  await found('二月公司', '2026-02-01')
  const project = await aFoundedUnion(
    county,
    { name: '项目部工会', kind: 'BASIC_PROJECT', expectedEndOn: '2026-03-31' },
    { foundedOn: '2026-02-28' },
  )
  const { unionId, version } = first
  const march = county.on('2026-03-01')
  const { applicationId } = await march.officer((ctx) => applyAccreditation(ctx, { unionId, version, files: [] }))
  await approveInHouse(march, applicationId)
  for (const subject of ['property', 'funds'] as const)
    await county.officer((ctx) =>
      settleUnion(
        ctx,
        SettleUnion.parse({
          unionId: project.unionId,
          subject,
          amountFen: 0,
          receiver: '县总工会',
          documentNo: '1',
          on: '2026-03-31',
        }),
      ),
    )
  await county.leader((ctx) =>
    revokeUnion(ctx, RevokeUnion.parse({ ...project, on: '2026-03-31', reason: '项目完工', documentNo: '1' })),
  )
  expect(await count(unionsFeed, '2026-01')).toMatchObject({
    grassroots_union_count: 1,
    new_union_count: 1,
    covered_unit_count: 1,
    employee_count: 100,
    legal_person_union_count: 0,
  })
  expect(await count(unionsFeed, '2026-02')).toMatchObject({
    grassroots_union_count: 3,
    new_union_count: 2,
    revoked_union_count: 0,
    covered_unit_count: 2,
    female_employee_count: 80,
  })
  expect(await count(unionsFeed, '2026-03')).toMatchObject({
    grassroots_union_count: 2,
    new_union_count: 0,
    revoked_union_count: 1,
    legal_person_union_count: 1,
  })
  expect(await count(termsFeed, '2026-03')).toMatchObject({ term_overdue_union_count: 0 })
  // Terms of five years from January 2026.
  expect(await count(termsFeed, '2031-01')).toMatchObject({ term_overdue_union_count: 0 })
  expect(await count(termsFeed, '2031-02')).toMatchObject({ term_overdue_union_count: 2 })
})

test('an approval is in the figures as soon as the worker has looked, without a word from whoever approved', async () => {
  const { deps: here, close: end } = await openTestDeps()
  try {
    const bodies = await aSmallTree(here)
    await aCatalogue(here, idOf(bodies, '00'))
    const city = anOffice(here, idOf(bodies, '513221'))
    const { employerId } = await anEmployer(city, '新批公司')
    const applied = await anApplication(city, { name: '新批公司工会', kind: 'BASIC_SINGLE', employerId }, '2026-11-10')
    const counted = async () => {
      await drainFeeds(here, [unionsFeed])
      const rows = await city.officer((ctx) =>
        ctx.db
          .selectFrom('indicators.fed_figure as fed')
          .innerJoin('indicators.indicator as i', 'i.id', 'fed.indicator_id')
          .select(['i.code', 'fed.figure'])
          .where('fed.period', '=', '2026-11')
          .where('i.code', '=', 'grassroots_union_count')
          .execute(),
      )
      return rows.map((row) => row.figure)
    }
    expect(await counted()).toEqual([])
    await approveInHouse(city.on('2026-11-11'), applied.applicationId)
    expect(await counted()).toEqual([1])
  } finally {
    await end()
  }
})
