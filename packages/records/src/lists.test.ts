import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { sql } from 'kysely'
import { ListAudit, listAudit, withTenant } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { column, defineView, readListAddress, type RawListInput } from './declared.ts'
import { defineList, readList, readWholeList } from './lists.ts'

const levels = ['national', 'province', 'city', 'county', 'township'] as const
const bodyView = defineView({
  path: 'bodies.listBodies',
  noun: 'bodies',
  permission: 'report:read',
  columns: {
    code: column.text({ sort: true }),
    name: column.text({ sort: true }),
    level: column.choice(levels, { filter: true, sort: true }),
    validFrom: column.date({ filter: true, sort: true }),
    length: column.number({ sort: true }),
    signs: column.several({ codes: ['县', '镇', '市'], filter: true }),
  },
  searchable: true,
  firstSort: 'code',
  facet: { column: 'level', text: 'bodies.facet' },
})
const listBodies = defineList(bodyView, {
  rows: (ctx) =>
    ctx.db
      .selectFrom('tenancy.federation as f')
      .innerJoin('tenancy.closure as c', 'c.descendant_id', 'f.id')
      .where('c.ancestor_id', '=', ctx.tenantId)
      .where('c.hierarchy', '=', 'regional')
      .select([
        'f.id',
        'f.id as tenantId',
        'f.code',
        'f.short_name as name',
        'f.level',
        'f.valid_from as validFrom',
        sql<number>`length(f.short_name)`.as('length'),
        sql<
          ('县' | '镇' | '市')[]
        >`array(select sign from unnest(array['县', '镇', '市']) sign where f.short_name like '%' || sign)`.as('signs'),
      ]),
  search: (words) => sql`r.name like ${`%${words}%`}`,
})

let house: TestDeps
let tree: Awaited<ReturnType<typeof aSmallTree>>
beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
})
afterAll(() => house.close())

const as = <T>(code: string, work: Parameters<typeof withTenant<T>>[2]) =>
  withTenant(house.deps, aUser(idOf(tree, code)), work)
const read = (code: string, question: RawListInput) =>
  as(code, (ctx) => readList(ctx, listBodies, bodyView.input.parse(question)))
const readAll = (code: string, question: RawListInput) =>
  as(code, async (ctx) => {
    const all = []
    for await (const part of readWholeList(ctx, listBodies, bodyView.input.parse(question))) all.push(...part)
    return all
  })

describe('a declared list', () => {
  test('shows what is in sight, and nothing beside it', async () => {
    const county = await read('513221', {})
    expect(county.total).toBeGreaterThan(1)
    expect(county.rows.every(({ code }) => code?.startsWith('513221'))).toBe(true)
    expect((await read('513222', { search: '汶川' })).total).toBe(0)
  })

  test('agrees with the same rows filtered, sorted and paged in memory', async () => {
    const everything = await readAll('00', {})
    type Row = (typeof everything)[number]
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          level: fc.subarray([...levels]),
          sort: fc.constantFrom('code', '-code', 'level', '-level', 'length', '-length', 'validFrom'),
          search: fc.constantFrom('', '县', '镇', '没有'),
          from: fc.constantFrom('', '1990-01-01', '1990-01-02'),
          page: fc.integer({ min: 1, max: 4 }),
          pageSize: fc.integer({ min: 1, max: 7 }),
        }),
        async ({ level, sort, search, from, page, pageSize }) => {
          const answer = await read('00', {
            search,
            sort,
            page,
            pageSize,
            filters: {
              ...(level.length > 0 ? { level } : {}),
              ...(from === '' ? {} : { validFrom: [`${from}..`] }),
            },
          })
          const kept = everything.filter(
            (row) =>
              (level.length === 0 || level.some((one) => one === row.level)) &&
              (row.name ?? '').includes(search) &&
              (from === '' || (row.validFrom ?? '') >= from),
          )
          const key = sort.replace('-', '')
          const valueOf = (row: Row) => (key === 'length' ? (row.length ?? 0) : String(Reflect.get(row, key)))
          const sign = sort.startsWith('-') ? -1 : 1
          kept.sort((one, other) => {
            const [a, b] = [valueOf(one), valueOf(other)]
            return sign * (a < b ? -1 : a > b ? 1 : one.id - other.id)
          })
          expect(answer.total).toBe(kept.length)
          expect(answer.rows.map(({ code }) => code)).toEqual(
            kept.slice((page - 1) * pageSize, page * pageSize).map(({ code }) => code),
          )
        },
      ),
      { numRuns: 60 },
    )
  })

  test('counts its facet over all pages, also while one value is chosen', async () => {
    const { facets, total, rows } = await read('00', { facet: 'county', pageSize: 1 })
    expect(rows).toHaveLength(1)
    expect(facets.find(({ value }) => value === 'county')?.rows).toBe(total)
    expect(facets.length).toBeGreaterThan(1)
  })

  test('a body below narrows it; one beside is not found', async () => {
    expect((await read('5132', { body: '513221' })).rows.every(({ code }) => code?.startsWith('513221'))).toBe(true)
    await expect(read('513221', { body: '513222' })).rejects.toMatchObject({ code: 'not_found' })
  })

  test('what holds several codes is found by any of them', async () => {
    const everything = await readAll('00', {})
    const wanted = everything.filter(({ signs }) => signs.includes('县') || signs.includes('镇'))
    expect(wanted.length).toBeGreaterThan(0)
    expect(wanted.length).toBeLessThan(everything.length)
    const { rows } = await read('00', { filters: { signs: ['县', '镇'] }, pageSize: 200 })
    expect(rows.map(({ id }) => id)).toEqual(wanted.map(({ id }) => id))
  })

  test('an order of its own holds until somebody sorts', async () => {
    const ordered = { ...listBodies, order: sql`r.level = 'county' desc, r.code desc` }
    const levelsOf = (sort?: string) =>
      as('00', async (ctx) => {
        const { rows } = await readList(ctx, ordered, bodyView.input.parse({ sort, pageSize: 200 }))
        return rows.map(({ level }) => level === 'county')
      })
    const first = await levelsOf()
    expect(first).toEqual(first.toSorted((one, other) => Number(other) - Number(one)))
    expect(await levelsOf('-level')).not.toEqual(first)
  })

  test('a list of persons is a file only for who proves to be themselves, and it stands in the trail', async () => {
    const guarded = { ...listBodies, isOfPersons: true }
    const take = (isProved: boolean) =>
      withTenant(house.deps, { ...aUser(idOf(tree, '513221')), isProved }, async (ctx) => {
        let rows = 0
        for await (const part of readWholeList(ctx, guarded, bodyView.input.parse({}))) rows += part.length
        return rows
      })
    await expect(take(false)).rejects.toMatchObject({ key: 'errors.proofNeeded' })
    const rows = await take(true)
    const auditor = aUser(idOf(tree, '513221'), 'auditadmin')
    const { lines } = await withTenant(house.deps, auditor, (ctx) => listAudit(ctx, ListAudit.parse({})))
    expect(lines.map(({ action, objectKind, after }) => ({ action, objectKind, after }))).toEqual([
      { action: 'persons.export', objectKind: 'personList', after: { rows } },
    ])
  })

  test('a list of one year shows this year until another is asked for, and sums what search and filters leave', async () => {
    const { columns } = bodyView
    const yearView = defineView({
      path: 'bodies.listFounded',
      noun: 'bodies',
      permission: 'report:read',
      columns,
      searchable: true,
      firstSort: 'code',
      year: 'validFrom',
    })
    const founded = defineList(yearView, {
      // Some on the last day of a year, some in the middle of the two after it.
      rows: async (ctx) =>
        sql`(select b.*, date '2024-12-31' + (b.id % 3)::int * 180 as "validFrom"
          from (select id, "tenantId", code, name, level, length, signs from ${await listBodies.rows(ctx, bodyView.input.parse({}))} x) b)`,
      search: (words) => sql`r.name like ${`%${words}%`}`,
      sums: { signs: sql`coalesce(sum(r.length), 0)`, counties: sql`count(*) filter (where r.level = 'county')` },
    })
    const ask = (question: RawListInput) =>
      as('00', (ctx) => readList(ctx, founded, yearView.input.parse({ pageSize: 1, ...question })))
    const everything = (await readAll('00', {})).map((row) => ({ ...row, year: row.id % 3 === 0 ? 2024 : 2025 }))
    for (const year of [2024, 2025, 2026]) {
      const left = everything.filter((row) => row.year === year && row.name?.includes('县'))
      expect(await ask({ year, search: '县' })).toMatchObject({
        total: left.length,
        sums: {
          signs: left.reduce((sum, { length }) => sum + (length ?? 0), 0),
          counties: left.filter(({ level }) => level === 'county').length,
        },
      })
    }
    house.setNow('2025-01-01T00:00:00+08:00')
    expect(await ask({})).toEqual(await ask({ year: 2025 }))
    house.setNow('2024-12-31T23:59:59+08:00')
    expect(await ask({})).toEqual(await ask({ year: 2024 }))
    house.setNow('2026-11-21T12:00:00+08:00')
    expect(readListAddress(yearView, new URLSearchParams('year=2025'))).toMatchObject({ year: 2025 })
    for (const wrong of ['', '1999', '2100', '2026.5', 'now'])
      expect(readListAddress(yearView, new URLSearchParams({ year: wrong }))).not.toHaveProperty('year')
    // A list that isn't of a year keeps out of it.
    expect(readListAddress(bodyView, new URLSearchParams('year=2025'))).not.toHaveProperty('year')
  })

  test('whoever may not read it is refused', async () => {
    const actor = aUser(idOf(tree, '513221'), 'sysadmin')
    await expect(
      withTenant(house.deps, actor, (ctx) => readList(ctx, listBodies, bodyView.input.parse({}))),
    ).rejects.toMatchObject({ code: 'forbidden' })
  })

  test.each([
    [{ pageSize: 201 }],
    [{ sort: 'id' }],
    [{ filters: { level: ['galaxy'] } }],
    [{ filters: { code: ['51'] } }],
    [{ filters: { validFrom: ['yesterday..'] } }],
  ])('refuses %j', (question) => {
    expect(bodyView.input.safeParse(question).success).toBe(false)
  })
})

test('a view that offers a search is not declared without one, and the other way round', () => {
  const { rows } = listBodies
  expect(() => defineList(bodyView, { rows })).toThrow('bodies.listBodies must both offer a search')
  expect(() => defineList({ ...bodyView, searchable: false }, { rows, search: () => sql`true` })).toThrow('or neither')
})

describe('the address of a list', () => {
  test('what is not known is left out, as an old bookmark may hold it', () => {
    const params = new URLSearchParams(
      'bodies.search= 县 &bodies.sort=-id&bodies.is.level=county&bodies.is.level=galaxy&bodies.is.code=5&bodies.page=0&bodies.size=900&body=51',
    )
    expect(bodyView.input.parse(readListAddress(bodyView, params))).toEqual(
      bodyView.input.parse({ search: '县', filters: { level: ['county'] }, body: '51' }),
    )
  })

  test('any address is a question that the list takes', () => {
    const name = fc.constantFrom('search', 'sort', 'page', 'size', 'facet', 'is.level', 'is.validFrom', 'is.code')
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, fc.oneof(fc.string(), fc.constantFrom('-code', 'county', '2026-01-01..')))),
        (pairs) => {
          const params = new URLSearchParams(pairs.map(([one, value]): [string, string] => [`bodies.${one}`, value]))
          expect(bodyView.input.safeParse(readListAddress(bodyView, params)).success).toBe(true)
        },
      ),
    )
  })
})
