import {
  addDays,
  columnOf,
  countFeeds,
  findIndicators,
  parsePeriod,
  readOwnFigures,
  yearUntilToday,
} from '@gonglian/indicators'
import { aCatalogue } from '@gonglian/indicators/testing'
import { countBelow } from '@gonglian/records'
import { countDue } from '@gonglian/tasks'
import { systemActor, withTenant, type Role, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { organisationFeeds } from '../feeds/index.ts'
import { someUnions } from '../ratings/rated-unions.ts'
import { organisationDue } from './due.ts'
import { organisationGroupings } from './groupings.ts'

const { deps, close, setNow } = await openTestDeps()
afterAll(close)
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const as = <T>(code: string, work: (ctx: TenantContext) => Promise<T>, ...roles: Role[]) =>
  withTenant(deps, roles.length === 0 ? aUser(id(code), 'leader') : aUser(id(code), ...roles), work)
const today = '2026-11-20'
beforeEach(() => setNow(`${today}T12:00:00+08:00`))

/** A running term of a union's committee, with its end. */
async function addTerm(code: string, unionId: number, endsOn: string, more: object = {}) {
  await withTenant(deps, systemActor('test', id(code)), (ctx) =>
    ctx.db
      .insertInto('organisation.term')
      .values({
        tenant_id: id(code),
        union_id: unionId,
        body: 'union_committee',
        number: 1,
        starts_on: addDays(endsOn, -1095),
        ends_on: endsOn,
        ...more,
      })
      .execute(),
  )
}

beforeAll(async () => {
  await aCatalogue(deps, id('00'))
  const county = await someUnions(deps, id('513221'), [{}, {}, {}, { kind: 'GROUP' }])
  const township = await someUnions(deps, id('513221100'), [{}])
  const other = await someUnions(deps, id('513222'), [{}, { kind: 'BASIC_JOINT' }])
  await addTerm('513221', county[0] ?? 0, '2026-10-01')
  await addTerm('513221', county[1] ?? 0, '2026-12-31')
  await addTerm('513221100', township[0] ?? 0, '2026-09-01')
  await addTerm('513222', other[0] ?? 0, '2027-02-01')
  await addTerm('513222', other[1] ?? 0, '2026-08-01', {
    extension_state: 'approved',
    extended_to: '2027-05-01',
    extended_on: '2026-07-01',
  })
})

const grouped = (code: string, name: string, body?: string) =>
  as(code, (ctx) => {
    const grouping = organisationGroupings.find((one) => one.name === name)
    if (grouping === undefined) throw new Error(name)
    return countBelow(ctx, grouping, { body })
  })

test('a list is counted by the level below, the worst first, whoever keeps nothing last and without a 0', async () => {
  const { groups, total, isGrouped, worst } = await grouped('5132', 'unions')
  expect({ isGrouped, worst }).toEqual({ isGrouped: true, worst: 'overdue' })
  expect(groups.filter(({ counts }) => counts !== null)).toEqual([
    {
      code: '513221',
      name: '汶川县',
      isOwn: false,
      hasBelow: true,
      counts: { unions: 4, joint: 0, legalPersons: 0, overdue: 2 },
    },
    {
      code: '513222',
      name: '理县',
      isOwn: false,
      hasBelow: true,
      counts: { unions: 2, joint: 1, legalPersons: 0, overdue: 0 },
    },
  ])
  expect(total).toEqual({ unions: 6, joint: 1, legalPersons: 0, overdue: 2 })
  const withRecords = groups.findLastIndex(({ counts }) => counts !== null)
  expect(groups.slice(withRecords + 1).every(({ counts }) => counts === null)).toBe(true)
})

test('a body is opened: its own records stand beside those of the bodies below it', async () => {
  const { body, groups } = await grouped('5132', 'unions', '513221')
  expect(body).toEqual({ code: '513221', name: '汶川县', level: 'county' })
  expect(
    groups.filter(({ counts }) => counts !== null).map(({ code, isOwn, counts }) => [code, isOwn, counts?.['unions']]),
  ).toEqual([
    ['513221', true, 3],
    ['513221100', false, 1],
  ])
  await expect(grouped('513222', 'unions', '513221')).rejects.toMatchObject({ code: 'not_found' })
})

test('every level counts the same records: the sums of the levels are equal', async () => {
  const above = await grouped('51', 'terms')
  const city = await grouped('51', 'terms', '5132')
  expect(above.total).toEqual(city.total)
  expect(city.total).toEqual({ terms: 5, overdue: 2, soon: 3, electing: 0 })
  const parts = city.groups.map(({ counts }) => counts?.['terms'] ?? 0)
  expect(parts.reduce((sum, part) => sum + part, 0)).toBe(5)
})

test('days that come are counted by month and by the level below; an extension moves the day', async () => {
  const due = await as('5132', (ctx) => countDue(ctx, organisationDue, addDays(today, 90)))
  expect(due).toMatchObject({
    until: '2027-02-18',
    months: ['2026-11', '2026-12', '2027-01', '2027-02'],
    lines: [{ key: 'organisation.terms', overdue: 2, months: [0, 1, 0, 1] }],
  })
  expect([...due.below].toSorted(([a], [b]) => a - b)).toEqual(
    [
      [id('513221'), { overdue: 2, due: 1 }],
      [id('513222'), { overdue: 0, due: 1 }],
    ].toSorted(([a], [b]) => Number(a) - Number(b)),
  )
  expect((await as('513221', (ctx) => countDue(ctx, organisationDue, addDays(today, 90)), 'sysadmin')).lines).toEqual(
    [],
  )
})

test('each kind of day is a query that answers, also for the nation', async () => {
  for (const code of ['00', '513221100'])
    await as(code, async (ctx) => {
      for (const kind of organisationDue) {
        const { rows } = await sql`select * from (${kind.rows({ today, until: '2027-02-18' })}) d limit 0`.execute(
          ctx.db,
        )
        expect(rows).toEqual([])
      }
    })
})

test('what a page says of a body now is what its report says at the end of the month', async () => {
  setNow('2026-11-30T12:00:00+08:00')
  await as(
    '513221',
    async (ctx) => {
      await countFeeds(ctx, organisationFeeds, { period: '2026-11' })
      const fed = await ctx.db
        .selectFrom('indicators.fed_figure as f')
        .innerJoin('indicators.indicator as i', 'i.id', 'f.indicator_id')
        .select(['i.code', 'f.figure'])
        .where('f.breakdown', '=', '')
        .where('f.period', '=', '2026-11')
        .where('f.tenant_id', '=', ctx.tenantId)
        .execute()
      const now = await readOwnFigures(ctx, organisationFeeds, { codes: fed.map(({ code }) => code) })
      expect(Object.fromEntries(now)).toEqual(Object.fromEntries(fed.map(({ code, figure }) => [code, figure])))
      expect(now.get('grassroots_union_count')).toBe(3)
      // No member was ever recorded: a dash, and so for the rate of them.
      const rate = await readOwnFigures(ctx, organisationFeeds, { codes: ['member_count', 'membership_rate'] })
      expect([...rate.values()]).toEqual([null, null])
    },
    'officer',
  )
})

test('beside a sum from January on stands what the records say of the same months, of what there is the number of today', async () => {
  const columns = [...new Set(organisationFeeds.flatMap((feed) => feed.items.map(columnOf)))]
  const codes = columns.filter((column) => !column.includes('/'))
  // One was approved in spring and one this month.
  await withTenant(deps, systemActor('test', id('513221')), async (ctx) => {
    const unions = ctx.db.updateTable('organisation.trade_union').where('tenant_id', '=', id('513221'))
    const { first } = await ctx.db
      .selectFrom('organisation.trade_union')
      .select((eb) => eb.fn.min('id').as('first'))
      .where('tenant_id', '=', id('513221'))
      .executeTakeFirstOrThrow()
    await unions.set({ approved_on: '2026-11-02' }).where('id', '=', first).execute()
    await unions
      .set({ founded_on: '2026-03-05' })
      .where('id', '=', first + 1)
      .execute()
  })
  await as('513221', async (ctx) => {
    const indicators = await findIndicators(ctx, codes)
    const read = (span: ReturnType<typeof parsePeriod>) => readOwnFigures(ctx, organisationFeeds, { codes, span })
    const year = await read(yearUntilToday(ctx.today))
    const months: Awaited<ReturnType<typeof read>>[] = []
    for (let month = 1; month <= 11; month++) {
      const span = parsePeriod(`2026-${String(month).padStart(2, '0')}`)
      months.push(await read(month === 11 ? { ...span, end: ctx.today } : span))
    }
    const flows = codes.filter((code) => indicators.get(code)?.nature === 'flow')
    const stocks = codes.filter((code) => indicators.get(code)?.nature === 'stock')
    const sums = flows.map((code) => [code, months.reduce((sum, figures) => sum + (figures.get(code) ?? 0), 0)])
    expect(flows.map((code) => [code, year.get(code) ?? 0])).toEqual(sums)
    expect(stocks.map((code) => [code, year.get(code)])).toEqual(stocks.map((code) => [code, months.at(-1)?.get(code)]))
    expect(sums.some(([, sum]) => Number(sum) > 0)).toBe(true)
    expect(flows.length).toBeGreaterThan(5)
  })
})
