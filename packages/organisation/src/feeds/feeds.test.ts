import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { columnOf, countFeeds, findIndicators, parsePeriod } from '@gonglian/indicators'
import { aCatalogue } from '@gonglian/indicators/testing'
import { systemActor, withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { organisationFeeds } from './index.ts'

let house: TestDeps
let tree: Map<string, number>

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
  await aCatalogue(house.deps, idOf(tree, '00'))
})
afterAll(() => house.close())

describe.each(organisationFeeds.map((feed) => [feed.key, feed] as const))('%s', (_key, feed) => {
  test('answers what it declares, for whoever counts', async () => {
    const tenantId = idOf(tree, '513221')
    for (const actor of [aUser(tenantId, 'officer'), systemActor('feeds', tenantId)]) {
      const rows = await withTenant(house.deps, actor, async (ctx) => {
        await feed.kept(tenantId).execute(ctx.db)
        return (await feed.query({ tenantId, span: parsePeriod('2026-10') }).execute(ctx.db)).rows
      })
      expect(rows).toHaveLength(1)
      expect(Object.keys(Object(rows[0])).toSorted()).toEqual(feed.items.map(columnOf).toSorted())
    }
  })

  test('feeds indicators of the catalogue that are counted, never ratios', async () => {
    const indicators = await withTenant(house.deps, aUser(idOf(tree, '513221'), 'officer'), (ctx) =>
      findIndicators(
        ctx,
        feed.items.map((item) => item.indicator),
      ),
    )
    for (const item of feed.items) expect(indicators.get(item.indicator)?.nature).toMatch(/^(?:flow|stock)$/)
  })
})

test('a body without records of its own is fed nothing but what the register of bodies says', async () => {
  const fed = await withTenant(house.deps, aUser(idOf(tree, '513221100'), 'officer'), async (ctx) => {
    await countFeeds(ctx, organisationFeeds, { period: '2026-10' })
    return ctx.db.selectFrom('indicators.fed_figure').select('feed').distinct().execute()
  })
  expect(fed).toEqual([{ feed: 'organisation.township' }])
})

test('every indicator of organisation, women and cadres that is counted here is fed once', async () => {
  const columns = organisationFeeds.flatMap((feed) => feed.items.map(columnOf))
  expect(new Set(columns).size).toBe(columns.length)
  const { rest } = await withTenant(house.deps, aUser(idOf(tree, '513221'), 'officer'), async (ctx) => {
    const rows = await ctx.db
      .selectFrom('indicators.indicator')
      .select(['code', 'domain', 'nature'])
      .where('domain', 'in', ['organisation', 'women', 'cadre'])
      .execute()
    return { rest: rows.filter((row) => row.nature !== 'ratio' && !columns.includes(row.code)).map((row) => row.code) }
  })
  // Collective contracts are records of the rights domain: it will feed these two.
  expect(rest.toSorted()).toEqual(['women_special_contract_count', 'women_special_contract_enterprises'])
})

test('the database notes changes of every table that a feed counts from', async () => {
  // What a superior publishes holds for hundreds of bodies below; they are counted when they open a report.
  // A step is written with the change it records.
  const passed = ['checklist', 'checklist_item', 'rating_level', 'rating_scheme', 'step'].map(
    (name) => `organisation.${name}`,
  )
  const span = parsePeriod('2026-10')
  await withTenant(house.deps, aUser(idOf(tree, '513221'), 'officer'), async (ctx) => {
    for (const feed of organisationFeeds) {
      const named = [feed.query({ tenantId: 1, span }), feed.kept(1)].flatMap(
        (query) => query.compile(ctx.db).sql.match(/organisation\.\w+(?![\w(])/g) ?? [],
      )
      const read = new Set(named.filter((name) => !passed.includes(name)))
      expect([feed.key, ...feed.reads.toSorted()]).toEqual([feed.key, ...[...read].toSorted()])
    }
    const { rows } = await sql<{ name: string }>`
      select tgrelid::regclass::text as name from pg_trigger where tgfoid = 'indicators.mark_records'::regproc
      group by 1 having count(*) = 3`.execute(ctx.db)
    const all = new Set(organisationFeeds.flatMap((feed) => feed.reads))
    expect(rows.map((row) => row.name).toSorted()).toEqual([...all].toSorted())
  })
})
