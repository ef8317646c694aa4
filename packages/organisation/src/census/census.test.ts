import { createDatabase } from '@gonglian/db'
import { sql } from 'kysely'
import { aSmallTree, aUser, idOf, openTestDeps } from '@gonglian/tenancy/testing'
import { withTenant } from '@gonglian/tenancy'
import { afterAll, describe, expect, test } from 'vitest'
import { setLimit } from '../limits.ts'
import { ListEmployers, SummariseGap, listEmployers, summariseGap } from './census.ts'
import {
  ChangeEmployer,
  CloseEmployer,
  RegisterEmployer,
  changeEmployer,
  closeEmployer,
  registerEmployer,
} from './employers.ts'
import { appendListFile } from './list-files.ts'
import { AppendRows, ImportList, ListLists, appendRows, importList, listLists } from './lists.ts'
import { DecideRow, ListRows, MatchList, decideRow, listRows, matchList } from './matching.ts'
import { RankRates, rankRates } from './rates.ts'
import { aCreditCode, aFoundedUnion, anEmployer, anOffice } from '../unions/sample-unions.ts'

const { deps, ownerUrl, close } = await openTestDeps()
const owner = createDatabase(ownerUrl, 1)
afterAll(async () => {
  await owner.pool.end()
  await close()
})
const tree = await aSmallTree(deps)
const id = (code: string) => idOf(tree, code)
const county = anOffice(deps, id('513221'))
const employers = (more: object = {}, code = '513221') =>
  withTenant(deps, aUser(id(code)), (ctx) => listEmployers(ctx, ListEmployers.parse({ pageSize: 200, ...more })))
const names = async (more: object, code?: string) =>
  (await employers(more, code)).rows.map((row) => row.name).toSorted()

describe('employers', () => {
  test('a wrong credit code, parts above the whole and a code twice are refused, each at its field', async () => {
    const register = (more: object) =>
      county.officer((ctx) => registerEmployer(ctx, RegisterEmployer.parse({ name: '汶川水泥厂', ...more })))
    await expect(register({ creditCode: '91513221MA0000000X' })).rejects.toMatchObject({
      code: 'invalid',
      fields: [{ path: 'creditCode' }],
    })
    await expect(register({ headcount: 10, femaleCount: 11 })).rejects.toMatchObject({
      key: 'organisation.employer.partExceeds',
      fields: [{ path: 'femaleCount' }],
    })
    await register({ creditCode: aCreditCode(1), headcount: 40, hasPartyOrganisation: true, ownership: 'state' })
    await expect(register({ creditCode: aCreditCode(1) })).rejects.toMatchObject({
      code: 'conflict',
      key: 'organisation.employer.codeTaken',
    })
  })

  test('a stale version is refused; a former name still finds the employer', async () => {
    const made = await anEmployer(county, '岷江铝业公司', { headcount: 60 })
    const change = ChangeEmployer.parse({ ...made, name: '岷江新材料公司', headcount: 60 })
    await county.officer((ctx) => changeEmployer(ctx, change))
    await expect(county.officer((ctx) => changeEmployer(ctx, change))).rejects.toMatchObject({ key: 'errors.conflict' })
    expect(await names({ search: '岷江（铝业）' })).toEqual(['岷江新材料公司'])
  })
})

describe('M049 M145 lists', () => {
  test('are matched by credit code, then by folded name; the doubtful ones wait for a person', async () => {
    await anEmployer(county, '映秀（阿坝）茶业有限公司', { headcount: 130 })
    await anEmployer(county, '同名商贸公司', { creditCode: aCreditCode(31), headcount: 30 })
    await anEmployer(county, '卧龙旅游公司', { creditCode: aCreditCode(32), headcount: null })
    const imported = await county.officer((ctx) =>
      importList(
        ctx,
        ImportList.parse({
          source: 'tax',
          listVersion: '2026-06',
          name: '税务登记名录',
          asOf: '2026-06-30',
          rows: [
            { name: '完全不同的写法', creditCode: aCreditCode(32), headcount: '55人' },
            { name: '映秀(阿坝)茶业有限公司 ', creditCode: ` ${aCreditCode(33)} ` },
            { name: '同名商贸公司', creditCode: aCreditCode(34) },
            {
              name: '新来的合作社',
              unitClass: '农民专业合作社',
              ownership: '集体',
              headcount: '1,250',
              industry: 'A01',
            },
            { name: '新来的合作社', headcount: '3' },
            { name: '坏行', creditCode: '123', headcount: '很多' },
            { name: '' },
          ],
        }),
      ),
    )
    expect(imported).toMatchObject({ rows: 7, faulty: 2 })
    const matched = await county.officer((ctx) =>
      matchList(ctx, MatchList.parse({ listId: imported.listId, version: imported.version })),
    )
    expect(matched).toMatchObject({ code: 1, name: 1, ambiguous: 1, added: 2, dropped: 2 })
    await expect(
      county.officer((ctx) => matchList(ctx, { listId: imported.listId, version: matched.version })),
    ).rejects.toMatchObject({ key: 'organisation.list.matched' })

    const found = (await employers({ search: '卧龙旅游' })).rows[0]
    expect(found).toMatchObject({ headcount: 55, creditCode: aCreditCode(32) })
    expect((await employers({ search: '映秀' })).rows[0]).toMatchObject({ creditCode: aCreditCode(33), headcount: 130 })
    expect((await employers({ search: '新来的' })).rows).toMatchObject([
      { unitClass: 'cooperative', ownership: 'collective', headcount: 1250 },
    ])
    const open = await county.officer((ctx) =>
      listRows(ctx, ListRows.parse({ listId: imported.listId, outcome: 'ambiguous' })),
    )
    const [row] = open.rows
    expect(row?.candidates).toMatchObject([{ name: '同名商贸公司', creditCode: aCreditCode(31) }])
    const decide = (decision: object) =>
      county.officer((ctx) => decideRow(ctx, DecideRow.parse({ rowId: row?.id, decision })))
    await expect(
      decide({ kind: 'same', employerId: (await anEmployer(county, '无关公司')).employerId }),
    ).rejects.toMatchObject({
      key: 'organisation.list.noCandidate',
    })
    const { employerId } = await decide({ kind: 'other' })
    expect(employerId).not.toBe(row?.candidates[0]?.id)
    await expect(decide({ kind: 'drop' })).rejects.toMatchObject({ key: 'organisation.list.rowDecided' })
    expect(await names({ search: '同名商贸' })).toHaveLength(2)
    expect((await county.officer((ctx) => listLists(ctx, ListLists.parse({})))).rows).toMatchObject([
      { list_version: '2026-06', rows: 7, matched: 5, ambiguous: 0, faulty: 2 },
    ])
  })

  test('a version is imported once; a long file comes in parts until it is matched', async () => {
    const head = { source: 'above_scale', listVersion: '2026', name: '规上工业', asOf: '2026-01-01' }
    const take = () =>
      county.officer((ctx) => importList(ctx, ImportList.parse({ ...head, rows: [{ name: '规上甲厂' }] })))
    const list = await take()
    await expect(take()).rejects.toMatchObject({ key: 'organisation.list.versionTaken' })
    const more = AppendRows.parse({ listId: list.listId, version: list.version, rows: [{ name: '规上乙厂' }] })
    const appended = await county.officer((ctx) => appendRows(ctx, more))
    const content = Buffer.from('单位名称,职工人数\n规上丙厂,若干\n').toString('base64')
    const { version, faulty } = await county.officer((ctx) =>
      appendListFile(ctx, { listId: list.listId, version: appended.version, content }),
    )
    expect(faulty).toBe(1)
    await county.officer((ctx) => matchList(ctx, { listId: list.listId, version }))
    const { rows } = await county.officer((ctx) => listLists(ctx, ListLists.parse({ search: '规上' })))
    expect(rows).toMatchObject([{ id: list.listId, rows: 3, matched: 3 }])
    await expect(county.officer((ctx) => appendRows(ctx, { ...more, version: version + 1 }))).rejects.toMatchObject({
      key: 'organisation.list.matched',
    })
    const other = anOffice(deps, id('513222'))
    await expect(other.officer((ctx) => matchList(ctx, { listId: list.listId, version: 3 }))).rejects.toMatchObject({
      code: 'not_found',
    })
  })

  test('M145 fifty thousand rows are read, checked and matched', async () => {
    const township = anOffice(deps, id('320924'))
    const rows = Array.from({ length: 50_000 }, (_, index) => ({
      name: `射阳企业${index}`,
      headcount: String(index % 300),
      ...(index % 2 === 0 ? { creditCode: aCreditCode(index + 1000) } : {}),
    }))
    const half = await township.officer((ctx) =>
      importList(ctx, ImportList.parse({ source: 'tax', listVersion: '一', name: '名录', asOf: '2026-01-01', rows })),
    )
    expect(await township.officer((ctx) => matchList(ctx, { listId: half.listId, version: 1 }))).toMatchObject({
      added: 50_000,
    })
    const again = await township.officer((ctx) =>
      importList(ctx, ImportList.parse({ source: 'tax', listVersion: '二', name: '名录', asOf: '2026-06-01', rows })),
    )
    // As autovacuum may do at this moment: by such statistics a statement once took minutes instead of seconds.
    await sql`analyze organisation.list_row, organisation.employer`.execute(owner.db)
    expect(await township.officer((ctx) => matchList(ctx, { listId: again.listId, version: 1 }))).toMatchObject({
      code: 25_000,
      name: 25_000,
      added: 0,
      ambiguous: 0,
    })
    expect((await employers({}, '320924')).total).toBe(50_000)
  })
})

describe('the gap', () => {
  const other = anOffice(deps, id('513222'))
  test('M052 M145 key lists by parameters, M053 classes of units, M028 the party there and no union, M007 by ownership', async () => {
    const withUnion = await anEmployer(other, '理县水电公司', {
      headcount: 126,
      ownership: 'state',
      hasPartyOrganisation: true,
    })
    await aFoundedUnion(other, { name: '理县水电公司工会', kind: 'BASIC_SINGLE', employerId: withUnion.employerId })
    await anEmployer(other, '理县大厂', { headcount: 125, hasPartyOrganisation: true })
    await anEmployer(other, '理县超市', { headcount: 50, unitClass: 'retail' })
    await anEmployer(other, '理县合作社', { headcount: 25, unitClass: 'cooperative', ownership: 'collective' })
    await anEmployer(other, '理县小店', { headcount: 24, unitClass: 'self_employed', hasPartyOrganisation: true })
    await anEmployer(other, '理县不详', { headcount: null, unitClass: 'new_social' })
    const key = (headcountFrom: number) => names({ gap: 'should', headcountFrom }, '513222')
    expect(await key(125)).toEqual(['理县大厂'])
    expect(await key(50)).toEqual(['理县大厂', '理县超市'])
    expect(await names({ gap: 'should' }, '513222')).toEqual(['理县合作社', '理县大厂', '理县超市'])
    expect(await names({ gap: 'party' }, '513222')).toEqual(['理县大厂', '理县小店'])
    expect(await names({ unitClasses: ['retail', 'cooperative'] }, '513222')).toEqual(['理县合作社', '理县超市'])
    const gap = await other.officer((ctx) => summariseGap(ctx, SummariseGap.parse({})))
    expect(gap.whole).toMatchObject({ employers: 6, unionised: 1, gap: 3 })
    expect(gap.bands).toEqual([
      { key: '0', employers: 1, unionised: 0, gap: 0 },
      { key: '25', employers: 1, unionised: 0, gap: 1 },
      { key: '50', employers: 1, unionised: 0, gap: 1 },
      { key: '100', employers: 0, unionised: 0, gap: 0 },
      { key: '125', employers: 2, unionised: 1, gap: 1 },
      { key: '200', employers: 0, unionised: 0, gap: 0 },
    ])
    expect(gap.unknownHeadcount).toBe(1)
    expect(gap.nonPublic).toMatchObject({ employers: 4, unionised: 0 })
    expect(gap.ownerships.find((line) => line.key === 'state')).toMatchObject({ employers: 1, unionised: 1 })
    expect(gap.unitClasses.find((line) => line.key === 'cooperative')).toMatchObject({ employers: 1, gap: 1 })
    // As of a day before the union was founded it stood in none.
    expect((await other.officer((ctx) => summariseGap(ctx, { on: '2026-03-09' }))).whole).toMatchObject({
      unionised: 0,
      gap: 4,
    })
    // ORG-01 is a parameter of the place.
    await other.leader((ctx) =>
      setLimit(ctx, { key: 'organisation.must_found_from', value: 60, validFrom: '2026-01-01', source: '县委文件' }),
    )
    expect(await names({ gap: 'should' }, '513222')).toEqual(['理县大厂'])
  })

  test('M202 the rate names its list version, and bodies are ranked by it', async () => {
    const import2 = async (office: typeof other, listVersion: string, rows: { name: string; headcount: string }[]) => {
      const list = await office.officer((ctx) =>
        importList(
          ctx,
          ImportList.parse({
            source: 'enterprise_database',
            listVersion,
            name: '企业数据库',
            asOf: '2026-06-30',
            rows,
          }),
        ),
      )
      await office.officer((ctx) => matchList(ctx, { listId: list.listId, version: list.version }))
    }
    const row = (name: string) => ({ name, headcount: '30' })
    await import2(other, 'V1', [row('理县水电公司'), row('理县大厂'), row('理县数据库甲')])
    await import2(other, 'V2', [row('理县大厂')])
    const home = await anEmployer(county, '汶川药厂', { headcount: 88 })
    await aFoundedUnion(county, { name: '汶川药厂工会', kind: 'BASIC_SINGLE', employerId: home.employerId })
    await import2(county, 'V1', [row('汶川药厂'), row('汶川数据库乙')])
    const rank = (listVersion: string) =>
      withTenant(deps, aUser(id('5132')), (ctx) =>
        rankRates(ctx, RankRates.parse({ source: 'enterprise_database', listVersion })),
      )
    const { own, below } = await rank('V1')
    expect(own).toMatchObject({ listed: 5, unionised: 2, rate: 4000 })
    expect(below).toMatchObject([
      { code: '513221', listed: 2, unionised: 1, rate: 5000, rank: 1 },
      { code: '513222', listed: 3, unionised: 1, rate: 3333, rank: 2 },
      { code: '5132JT', listed: 0, rate: null, rank: null },
    ])
    expect((await rank('V2')).own).toMatchObject({ listed: 1, unionised: 0, rate: 0 })
    const province = await withTenant(deps, aUser(id('51')), (ctx) =>
      rankRates(ctx, RankRates.parse({ source: 'enterprise_database', listVersion: 'V1' })),
    )
    expect(province.below).toMatchObject([
      { code: '5132', listed: 5, unionised: 2, rank: 1 },
      { code: '51JT', rank: null },
    ])
  })

  test('ORG-04 closing an employer ends its lead and puts its union into restructuring, not out of the world', async () => {
    const made = await anEmployer(county, '将关的厂')
    const union = await aFoundedUnion(county, {
      name: '将关的厂工会',
      kind: 'BASIC_SINGLE',
      employerId: made.employerId,
    })
    const closed = await county.officer((ctx) =>
      closeEmployer(
        ctx,
        CloseEmployer.parse({
          employerId: made.employerId,
          version: made.version,
          status: 'closed',
          on: '2026-11-01',
          reason: '破产',
        }),
      ),
    )
    expect(closed.unionIds).toEqual([union.unionId])
    expect(await names({ search: '将关' })).toEqual([])
    expect(await names({ search: '将关', ended: true })).toEqual(['将关的厂'])
  })
})
