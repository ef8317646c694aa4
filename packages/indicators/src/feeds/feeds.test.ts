import { sql } from 'kysely'
import pg from 'pg'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { systemActor, withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { getForm } from '../forms.ts'
import { aCatalogue } from '../testing.ts'
import { countFeeds, readFed } from './counts.ts'
import { drainFeeds } from './drain.ts'
import { defineFeed, joinFeeds, nameFeeds } from './feed.ts'

let house: TestDeps
let tree: Map<string, number>
let owner: pg.Client
const month = '2026-11'

/** Records of a domain that exists only here. */
const deeds = defineFeed({
  key: 'test.deeds',
  reads: ['public.deed'],
  items: ['member_count', 'member_count/女性', 'new_member_count'],
  kept: (tenantId) => sql`select exists (select from public.deed where tenant_id = ${tenantId}) as kept`,
  query: ({ tenantId, span }) => sql`
    select count(*) filter (where done_on <= ${span.end}) as "member_count",
      count(*) filter (where done_on <= ${span.end} and is_female) as "member_count/女性",
      count(*) filter (where done_on between ${span.start} and ${span.end}) as "new_member_count"
    from public.deed where tenant_id = ${tenantId}`,
})

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
  await aCatalogue(house.deps, idOf(tree, '00'))
  owner = new pg.Client({ connectionString: house.ownerUrl })
  await owner.connect()
  await owner.query(
    `create table public.deed (tenant_id int, done_on date, is_female boolean); grant select, insert, update, delete on public.deed to gonglian_plain;
    call indicators.feed_from('public.deed')`,
  )
})
beforeEach(() => owner.query('truncate public.deed, indicators.fed_figure, indicators.feed_mark'))
afterAll(async () => {
  await owner.end()
  await house.close()
})

const township = () => idOf(tree, '513221100')
const officer = (code: string) => aUser(idOf(tree, code), 'officer')
const addDeed = (code: string, day: string, isFemale = false) =>
  withTenant(house.deps, officer(code), async (ctx) => {
    await sql`insert into public.deed values (${ctx.tenantId}, ${day}, ${isFemale})`.execute(ctx.db)
  })
const read = (code: string, of = code, period = month) =>
  withTenant(house.deps, officer(code), async (ctx) => {
    const form = await getForm(ctx, 'org-monthly')
    const fed = await readFed(ctx, { form, period, tenantId: idOf(tree, of) })
    return Object.fromEntries(
      form.items.flatMap((item, index) => {
        const figure = fed[index]
        return figure === null || figure === undefined
          ? []
          : [[`${item.code}${item.breakdownZh === '' ? '' : `/${item.breakdownZh}`}`, figure]]
      }),
    )
  })

describe('counting', () => {
  test('answers stocks as at the end of the period and flows within it, for the items a form asks for', async () => {
    await addDeed('513221100', '2026-10-31')
    await addDeed('513221100', '2026-11-01', true)
    await addDeed('513221101', '2026-11-02')
    for (const period of ['2026-10', month, '2026-Q4'])
      await withTenant(house.deps, officer('513221100'), (ctx) => countFeeds(ctx, [deeds], { period }))
    expect(await read('513221100', '513221100', '2026-10')).toMatchObject({ member_count: 1, new_member_count: 1 })
    expect(await read('513221100')).toMatchObject({ member_count: 2, new_member_count: 1 })
  })

  test('is kept where superiors read it and neighbours do not', async () => {
    await addDeed('513221100', '2026-11-01')
    await withTenant(house.deps, officer('513221100'), (ctx) => countFeeds(ctx, [deeds], { period: month }))
    expect(await read('51', '513221100')).toMatchObject({ member_count: 1 })
    expect(await read('513221101', '513221100')).toEqual({})
  })

  test('says nothing of a body that keeps no records here: that is not 0', async () => {
    await withTenant(house.deps, officer('513221100'), (ctx) => countFeeds(ctx, [deeds], { period: month }))
    expect(await read('513221100')).toEqual({})
  })

  test('fails when a query does not answer what its feed declares', async () => {
    const short = defineFeed({
      ...deeds,
      key: 'test.short',
      items: ['member_count'],
      query: () => sql`select 1 as other`,
    })
    await expect(
      withTenant(house.deps, officer('513221100'), (ctx) =>
        countFeeds(ctx, [{ ...short, kept: () => sql`select true as kept` }], { period: month }),
      ),
    ).rejects.toThrow('test.short does not answer member_count')
  })

  test('nobody may claim a figure that another feed counts', () => {
    const rival = defineFeed({
      key: 'test.rival',
      reads: [],
      items: ['member_count'],
      kept: deeds.kept,
      query: () => sql`select 1`,
    })
    expect(() => joinFeeds([deeds], [rival])).toThrow('member_count is fed by test.deeds and by test.rival')
    expect(joinFeeds([deeds], [])).toHaveLength(1)
  })

  test('says of each item of a form who counts it', () => {
    const items = [
      { code: 'new_member_count', breakdownZh: '' },
      { code: 'new_member_count', breakdownZh: '女性' },
      { code: 'member_count', breakdownZh: '女性' },
    ]
    expect(nameFeeds([deeds], items)).toEqual(['test.deeds', null, 'test.deeds'])
  })
})

describe('the worker', () => {
  const drain = (feeds = [deeds]) => drainFeeds(house.deps, feeds)
  const marks = async () => (await owner.query('select tenant_id from indicators.feed_mark')).rows.length

  test('counts this month and the last for each body that changed, and leaves no mark', async () => {
    await addDeed('513221100', '2026-10-05')
    await addDeed('513221101', '2026-11-05', true)
    expect(await marks()).toBe(2)
    await drain()
    expect(await marks()).toBe(0)
    expect(await read('513221100')).toMatchObject({ member_count: 1, new_member_count: 0 })
    expect(await read('513221100', '513221100', '2026-10')).toMatchObject({ member_count: 1, new_member_count: 1 })
    expect(await read('513221101')).toMatchObject({ member_count: 1, new_member_count: 1 })
  })

  test('a change that was taken back leaves no mark', async () => {
    await expect(
      withTenant(house.deps, officer('513221100'), async (ctx) => {
        await sql`insert into public.deed values (${ctx.tenantId}, '2026-11-05', false)`.execute(ctx.db)
        throw new Error('taken back')
      }),
    ).rejects.toThrow('taken back')
    expect(await marks()).toBe(0)
  })

  test('a body that cannot be counted keeps its mark and does not keep others waiting', async () => {
    await addDeed('513221100', '2026-11-05')
    await addDeed('513221101', '2026-11-05')
    const broken = defineFeed({
      ...deeds,
      items: ['member_count', 'new_member_count'],
      query: (place) =>
        place.tenantId === township()
          ? sql`select 1 / 0 as member_count`
          : sql`select 7 as member_count, 8 as new_member_count`,
    })
    await expect(drain([broken])).rejects.toThrow('feeds of 1 bodies were not counted')
    expect(await marks()).toBe(1)
    expect(await read('513221101')).toMatchObject({ member_count: 7, new_member_count: 8 })
    await drain()
    expect(await read('513221100')).toMatchObject({ member_count: 1 })
  })

  test('sees every change, whoever made it and however many rows it touched, and none that touched no row', async () => {
    const change = (statement: string) => owner.query(statement)
    await addDeed('513221100', '2026-11-05')
    await addDeed('513221101', '2026-11-05')
    await drain()
    await change("update public.deed set done_on = '2026-10-05' where false")
    expect(await marks()).toBe(0)
    await change("update public.deed set done_on = '2026-10-05'")
    expect(await marks()).toBe(2)
    await drain()
    expect(await read('513221101')).toMatchObject({ member_count: 1, new_member_count: 0 })
    await change(`delete from public.deed where tenant_id = ${township()}`)
    expect(await marks()).toBe(1)
    await drain()
    expect(await read('513221100')).toEqual({})
  })

  test('counts only what reads the table that changed', async () => {
    const other = defineFeed({ ...deeds, key: 'test.other', reads: ['public.other'], items: ['member_count'] })
    await addDeed('513221100', '2026-11-05')
    await drain([other])
    expect(await marks()).toBe(0)
    expect(await read('513221100')).toEqual({})
  })

  test('nobody marks by hand', async () => {
    await expect(
      withTenant(house.deps, systemActor('test', township()), (ctx) =>
        ctx.db.insertInto('indicators.feed_mark').values({ tenant_id: township(), records: 'public.deed' }).execute(),
      ),
    ).rejects.toThrow('permission denied')
  })
})
