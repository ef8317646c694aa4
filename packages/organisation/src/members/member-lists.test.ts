import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { systemActor, withTenant, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { memberKinds, memberStates } from './facets.ts'
import { streamExport } from './export-files.ts'
import { ListExports, StartExport, listExports, startExport } from './member-exports.ts'
import { ListMembers, listMembers } from './member-lists.ts'
import { aMember, aUnion, anIdNumber } from './sample-members.ts'

let house: TestDeps
let tree: Map<string, number>
let unions: number[]
const county = '513221'
const surnames = ['王', '李', '王小', '欧阳', 'Wang'] as const

type Planted = {
  id: number
  name: string
  union: number
  state: string
  kind: string
  sex: string | null
  card: boolean
  open: boolean
  since: string
}
let planted: Planted[]

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
  unions = [
    await aUnion(house.deps, idOf(tree, county), 'LIST-01'),
    await aUnion(house.deps, idOf(tree, county), 'LIST-02'),
  ]
  await withTenant(house.deps, systemActor('test', idOf(tree, county)), async (ctx) => {
    const id = ctx.vault.seal('member.id_number', anIdNumber(1))
    const mobile = ctx.vault.seal('member.mobile', '13800138000')
    const { rows } = await sql<Planted>`
      insert into organisation.member (tenant_id, union_id, state, name, id_sealed, id_print, mobile_sealed, mobile_print, hukou, consent_on,
        sex, kind, applied_on, joined_on, left_on, retained_for, card_no, card_on)
      select ${ctx.tenantId}, (${unions}::bigint[])[1 + n % 2], state, (${surnames.slice()}::text[])[1 + n % 5] || n,
        case when has_id then ${id}::bytea end, case when has_id then substr(sha256(n::text::bytea), 1, 16) end,
        case when n % 4 > 0 then ${mobile}::bytea end, case when n % 4 > 0 then substr(sha256(n::text::bytea), 1, 16) end, 'rural', '2026-01-01',
        case when has_id then (array['male', 'female'])[1 + n % 2] end, (${memberKinds.slice()}::text[])[1 + n % 5],
        date '2020-01-01' + n, case when state = 'applied' then null else date '2020-01-01' + n end,
        case when state in ('applied', 'active', 'retained') then null else date '2026-01-01' end,
        case when state = 'retained' then 'retired' else '' end,
        case when n % 3 = 0 then 'C-' || lpad(n::text, 8, '0') end, case when n % 3 = 0 then date '2026-01-01' end
      from (select n, (${memberStates.slice()}::text[])[1 + (n * n) % 7] as state, n % 11 > 0 or (n * n) % 7 in (1, 2) as has_id
        from generate_series(1, 700) n) g
      returning id, name, union_id as union, state, kind, sex, card_no is not null as card,
        id_sealed is null or mobile_sealed is null as open, since`.execute(ctx.db)
    planted = rows
  })
})
afterAll(() => house.close())

const as = <T>(code: string, work: (ctx: TenantContext) => Promise<T>) =>
  withTenant(house.deps, aUser(idOf(tree, code)), work)
const list = (input: object) => as(county, (ctx) => listMembers(ctx, ListMembers.parse(input)))

test('every filter and their combinations, in order and counted, as a plain walk over all rows (property)', async () => {
  const some = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: undefined })
  const filter = fc.record({
    unionId: some(fc.constantFrom(0, 1)),
    states: some(fc.subarray(memberStates.slice(), { minLength: 1 })),
    kinds: some(fc.subarray(memberKinds.slice(), { minLength: 1 })),
    sex: some(fc.constantFrom('male', 'female')),
    hasCard: some(fc.boolean()),
    incomplete: some(fc.boolean()),
    joinedFrom: some(fc.constantFrom('2020-03-01', '2021-01-01')),
    joinedTo: some(fc.constantFrom('2020-06-30', '2021-06-01')),
    search: fc.constantFrom('', '', '王', '王小', 'Wa', '无'),
    page: fc.integer({ min: 1, max: 3 }),
    pageSize: fc.constantFrom(7, 50),
  })
  await fc.assert(
    fc.asyncProperty(filter, async (wanted) => {
      const unionId = wanted.unionId === undefined ? undefined : unions[wanted.unionId]
      const states: readonly string[] = wanted.states ?? ['applied', 'active', 'retained']
      const kinds: readonly string[] = wanted.kinds ?? memberKinds
      const expected = planted
        .filter((row) => unionId === undefined || row.union === unionId)
        .filter((row) => states.includes(row.state) && kinds.includes(row.kind))
        .filter((row) => wanted.sex === undefined || row.sex === wanted.sex)
        .filter((row) => wanted.hasCard === undefined || row.card === wanted.hasCard)
        .filter((row) => wanted.incomplete === undefined || row.open === wanted.incomplete)
        .filter((row) => wanted.joinedFrom === undefined || row.since >= wanted.joinedFrom)
        .filter((row) => wanted.joinedTo === undefined || row.since <= wanted.joinedTo)
        .filter((row) => row.name.startsWith(wanted.search))
        .toSorted((a, b) =>
          wanted.search && unionId === undefined
            ? Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)) || a.id - b.id
            : a.since === b.since
              ? b.id - a.id
              : a.since < b.since
                ? 1
                : -1,
        )
      const from = (wanted.page - 1) * wanted.pageSize
      const page = await list({ ...wanted, unionId, pageSize: wanted.pageSize })
      expect([page.total, page.atLeast]).toEqual([expected.length, false])
      expect(page.rows.map((row) => row.id)).toEqual(expected.slice(from, from + wanted.pageSize).map((row) => row.id))
    }),
    { numRuns: 150 },
  )
})

test('a whole id number, phone or card finds the person, whatever else is filtered, as full-width digits too', async () => {
  const idNumber = anIdNumber(4711)
  const one = await aMember(house.deps, idOf(tree, county), {
    unionId: unions[0] ?? 0,
    idNumber,
    mobile: '13612345678',
  })
  const wide = [...idNumber]
    .map((sign) => (sign === 'X' ? 'ｘ' : String.fromCharCode(sign.charCodeAt(0) + 0xfee0)))
    .join('')
  for (const search of [idNumber, wide, '136 1234 5678']) {
    const page = await list({ search, kinds: ['migrant'] })
    expect(page.rows.map((row) => row.id)).toEqual([one.memberId])
  }
  expect((await list({ search: anIdNumber(4712) })).total).toBe(0)
})

test('14.1 an export is masked, watermarked and logged; open only with a reason that the body reads; handed out once', async () => {
  const idNumber = anIdNumber(4720)
  const place = await aUnion(house.deps, idOf(tree, county), 'EXPORT-01')
  await aMember(house.deps, idOf(tree, county), { unionId: place, idNumber, name: '=危险,"公式"' })
  const read = async (id: number, code = county) => {
    let text = ''
    for await (const piece of streamExport(house.deps, aUser(idOf(tree, code)), id)) text += piece
    return text
  }
  const start = (input: object) =>
    as(county, (ctx) => startExport(ctx, StartExport.parse({ filter: { unionId: place }, ...input })))
  const masked = await start({})
  await expect(read(masked.id, '5132')).rejects.toThrow('not_found')
  const text = await read(masked.id)
  const lines = text.trim().split('\r\n')
  expect(lines).toHaveLength(4)
  expect(lines[0]).toContain(masked.number)
  expect(lines[0]).toContain(`user-${idOf(tree, county)}`)
  expect(lines[2]).toContain(`"'=危险,""公式"""`)
  expect(lines[2]?.endsWith(masked.number)).toBe(true)
  expect(lines[3]).toMatch(/行数,1$/)
  expect(text).not.toContain(idNumber)
  expect(text).toContain(`${idNumber.slice(0, 2)}****************`)
  await expect(read(masked.id)).rejects.toThrow('organisation.export.notYours')
  await expect(start({ open: true })).rejects.toThrow('organisation.export.reason')
  const open = await start({ open: true, reason: '换发会员证核对' })
  expect(await read(open.id)).toContain(idNumber)
  const logged = await as(county, (ctx) => listExports(ctx, ListExports.parse({})))
  expect(logged.rows.map((row) => [row.number, row.isOpen, row.rows])).toEqual([
    [open.number, true, 1],
    [masked.number, false, 1],
  ])
  const { rows } = await as(county, (ctx) =>
    sql`select from tenancy.opening where object_kind = 'member.export' and object_id = ${open.number} and reason = '换发会员证核对'`.execute(
      ctx.db,
    ),
  )
  expect(rows).toHaveLength(1)
})

test('a reader who leaves in the middle ends the export; it is not logged as taken', async () => {
  const { id } = await as(county, (ctx) => startExport(ctx, StartExport.parse({ filter: { unionId: unions[0] } })))
  for await (const piece of streamExport(house.deps, aUser(idOf(tree, county)), id)) {
    expect(piece).toContain('导出编号')
    break
  }
  const { rows } = await as(county, (ctx) =>
    sql<{ rows: number | null }>`select rows from organisation.export where id = ${id}`.execute(ctx.db),
  )
  expect(rows[0]?.rows).toBeNull()
})

test('files begun at once each get a number of their own', async () => {
  const begun = await Promise.all(
    Array.from({ length: 5 }, () => as(county, (ctx) => startExport(ctx, StartExport.parse({ filter: {} })))),
  )
  expect(new Set(begun.map((file) => file.number)).size).toBe(5)
})
