import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { systemActor, withTenant, type Role, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { getImportLayout, mapImport, readImportAgain } from '../imports/columns-step.ts'
import { ListImportProblems, ReadFaultyRows, listImportProblems, readFaultyRows } from '../imports/faults.ts'
import { runImport } from '../imports/import-runs.ts'
import { getImport } from '../imports/import-records.ts'
import { CommitImport, StartImport, commitImport, startImport, undoImport } from '../imports/imports.ts'
import { aWorkbook, type SampleCell } from '../imports/sample-files.ts'
import { confirmColumns, runThrough } from '../imports/sample-imports.ts'
import { listOfficers, ListOfficers } from '../cadres/officer-lists.ts'
import { aMember, anIdNumber } from '../members/sample-members.ts'
import { readOrdinal } from './union-checks.ts'
import { aCreditCode, anEmployer, anOffice } from './sample-unions.ts'
import { getUnion, ListUnions, listUnions } from './unions.ts'

let house: TestDeps
let tree: Map<string, number>
const county = '513221'
let person = 5_000

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
})
afterAll(() => house.close())

const officer = (code = county) => aUser(idOf(tree, code))
const leader = (code = county) => ({ ...aUser(idOf(tree, code), 'leader'), username: 'leader' })
const as = <T>(role: Extract<Role, 'officer' | 'leader'>, work: (ctx: TenantContext) => Promise<T>, code = county) =>
  withTenant(house.deps, role === 'officer' ? officer(code) : leader(code), work)
const start = (content: Buffer, code = county) =>
  as(
    'officer',
    (ctx) =>
      startImport(
        ctx,
        StartImport.parse({ kind: 'unions', fileName: '工会台账.xlsx', content: content.toString('base64') }),
      ),
    code,
  )
const check = async (content: Buffer) => runThrough(house.deps, officer(), (await start(content)).id)
const problemsOf = (importId: number) =>
  as('officer', (ctx) => listImportProblems(ctx, ListImportProblems.parse({ importId, level: 'error' })))
const run = async (importId: number) => {
  await runImport(house.deps, { importId, tenantId: idOf(tree, county) })
  return as('officer', (ctx) => getImport(ctx, { importId }))
}
const commit = async (importId: number, skipBad = false) => {
  const { version } = await as('officer', (ctx) => getImport(ctx, { importId }))
  await as('leader', (ctx) => commitImport(ctx, CommitImport.parse({ importId, version, skipBad })))
  return run(importId)
}
const undo = async (importId: number) => {
  const { version } = await as('officer', (ctx) => getImport(ctx, { importId }))
  await as('leader', (ctx) => undoImport(ctx, { importId, version }))
  return run(importId)
}

/** As a county keeps it: a title, a head of two rows, its own words. */
const head: SampleCell[][] = [
  ['某某县基层工会台账'],
  [
    '序号',
    '工会名称',
    '建会形式',
    '单位名称',
    '统一社会信用代码',
    '成立时间',
    '批复文号',
    '职工',
    '',
    '会员数',
    '主席',
    '',
    '',
    '任期',
    '',
  ],
  ['', '', '', '', '', '', '', '职工总数', '女职工数', '', '姓名', '身份证号', '联系电话', '起', '止'],
]
let number = 0
type Cells = Partial<
  Record<
    | 'name'
    | 'kind'
    | 'employer'
    | 'code'
    | 'founded'
    | 'no'
    | 'all'
    | 'women'
    | 'members'
    | 'chair'
    | 'id'
    | 'phone'
    | 'from'
    | 'to',
    SampleCell
  >
>
const row = (cells: Cells = {}): SampleCell[] => {
  number += 1
  const of = (key: keyof Cells, otherwise: SampleCell) => cells[key] ?? otherwise
  return [
    number,
    of('name', `雪山${number}号公司工会委员会`),
    of('kind', '单独建会'),
    of('employer', `雪山${number}号公司`),
    of('code', aCreditCode(9000 + number)),
    of('founded', '2019.5.20'),
    of('no', `县工发〔2019〕${number}号`),
    of('all', 120),
    of('women', 40),
    of('members', 110),
    of('chair', '赵主席'),
    of('id', anIdNumber(++person)),
    of('phone', '13900139000'),
    of('from', '2024-05-20'),
    of('to', '2029年5月19日'),
  ]
}
const aFile = (rows: readonly SampleCell[][], more: Record<string, SampleCell[][]> = {}) =>
  aWorkbook({ ...more, 台账: [...head, ...rows] })
const findUnionId = async (name: string) =>
  (await as('officer', (ctx) => listUnions(ctx, ListUnions.parse({ search: name })))).rows[0]?.id ?? 0

describe('a county begins with its register of unions', () => {
  test('ORG-03 a head of two rows is understood; unions, employers, chairs and terms are written by a leader, not by whoever sent the file', async () => {
    const id = anIdNumber(++person)
    const rows = [row({ name: '羌寨公司工会委员会', id }), ...Array.from({ length: 60 }, () => row())]
    const checked = await check(aFile(rows))
    expect(checked).toMatchObject({ kind: 'unions', state: 'checked', rows: 61, good: 61, bad: 0 })
    expect((await problemsOf(checked.id)).rows).toEqual([])
    const seen = { importId: checked.id, version: checked.version }
    await expect(as('officer', (ctx) => commitImport(ctx, CommitImport.parse(seen)))).rejects.toThrow('forbidden')
    const both = aUser(idOf(tree, county), 'officer', 'leader')
    await expect(withTenant(house.deps, both, (ctx) => commitImport(ctx, CommitImport.parse(seen)))).rejects.toThrow(
      'organisation.fourEyes',
    )
    expect(await commit(checked.id)).toMatchObject({ state: 'done', done: 61, skipped: 0 })

    const unionId = await findUnionId('羌寨公司')
    const view = await as('officer', (ctx) => getUnion(ctx, unionId))
    expect(view).toMatchObject({
      union: { state: 'active', kind: 'BASIC_SINGLE', founded_on: '2019-05-20', headcount: 120, female_headcount: 40 },
      employerName: expect.stringContaining('雪山'),
      terms: [{ body: 'union_committee', number: 1, startsOn: '2024-05-20', endsOn: '2029-05-20' }],
      companions: [{ kind: 'union_committee', formedOn: '2019-05-20' }],
    })
    expect(view.union.code).toMatch(/^513221-\d{5}-/)
    expect(view.union.approval_no).toContain('县工发')
    const officers = await as('officer', (ctx) => listOfficers(ctx, ListOfficers.parse({ unionId })))
    expect(officers.rows).toMatchObject([{ name: '赵主席', post: 'chair', validFrom: '2024-05-20' }])
    // The number of the chair is sealed, is the owner's alone, and stands nowhere else.
    const { rows: persons } = await as('officer', (ctx) =>
      sql<{ id_sealed: Buffer; text: string }>`select p.id_sealed, p::text as text from organisation.officer_person p
        where officer_id = ${officers.rows[0]?.officerId ?? 0}`.execute(ctx.db),
    )
    const [sealed] = persons
    expect(sealed?.text).not.toContain(id)
    expect(await as('officer', async (ctx) => sealed && ctx.vault.open('member.id_number', sealed.id_sealed))).toBe(id)
    const above = await as('officer', (ctx) => sql`select from organisation.officer_person`.execute(ctx.db), '5132')
    expect(above.rows).toEqual([])
    const trail = await as('officer', (ctx) =>
      sql<{ text: string }>`select string_agg(a::text, ' ') as text from tenancy.audit a`.execute(ctx.db),
    )
    expect(trail.rows[0]?.text).not.toContain(id)
  })

  test('ORG-01 ORG-03 ORG-05 ORG-06 5.5 the rules of the form hold: each faulty cell is named with its value, what may stand there and what was meant', async () => {
    const office = anOffice(house.deps, idOf(tree, county))
    await anEmployer(office, '已有公司', { creditCode: aCreditCode(1) })
    const code = aCreditCode(8001)
    const cases: [Cells, string, string | null][] = [
      [{}, '', null],
      [{ kind: '单独基层工' }, 'import.word', 'C'],
      [{ id: 513_221_199_001_011_234 }, 'import.digitsLost', 'L'],
      [{ code: '91513221MA0000001X' }, 'creditCode.check', 'E'],
      [{ no: '' }, 'import.required', 'G'],
      [{ founded: '2027-01-01' }, 'future', 'F'],
      [{ women: 121 }, 'employer.partExceeds', 'I'],
      [{ members: 121 }, 'import.membersExceed', 'J'],
      [{ members: 0 }, 'union.noMembers', 'J'],
      [{ kind: '组织员', members: 25, all: 30, women: 3 }, 'union.needsCommittee', 'J'],
      [{ employer: '', code: '' }, 'union.needsEmployer', 'D'],
      [{ kind: '联合工会' }, 'union.fewUnits', null],
      [{ to: '2028-05-20' }, 'import.termYears', 'O'],
      [{ from: '2018-05-20' }, 'import.termStart', 'N'],
      [{ to: '' }, 'import.required', 'O'],
      [{ phone: '12345' }, 'phone.signs', 'M'],
      [{ name: '同名工会' }, '', null],
      [{ name: '同 名工会' }, 'import.twiceName', 'B'],
      [{ name: '羌寨公司工会委员会' }, 'union.nameTaken', 'B'],
      [{ code }, '', null],
      [{ code }, 'import.twiceCode', 'E'],
    ]
    const checked = await check(aFile(cases.map(([cells]) => row(cells))))
    const good = cases.filter(([, rule]) => rule === '').length
    expect(checked).toMatchObject({ rows: cases.length, good, bad: cases.length - good })
    const listed = await problemsOf(checked.id)
    for (const [index, [, rule, column]] of cases.entries()) {
      const line = index + 4
      const found = listed.rows.filter((problem) => problem.line === line).map(({ rule: one }) => one)
      if (rule === '') expect(found).toEqual([])
      else expect(found, String(line)).toContain(rule)
      if (column !== null)
        expect(listed.rows.find((one) => one.line === line && one.rule === rule)?.cell).toBe(`${column}${line}`)
    }
    expect(listed.rows.find(({ rule }) => rule === 'import.word')).toMatchObject({
      value: '单独基层工',
      params: { suggestion: '单独基层工会', allowed: expect.stringContaining('联合基层工会') },
    })
    expect(listed.rows.find(({ rule }) => rule === 'import.termYears')).toMatchObject({
      value: '2028-05-20',
      params: { years: '3、5', allowed: '2027-05-20、2029-05-20' },
    })
    // The rows to mend: as they stood in the file, for whoever sent it alone.
    const faulty = await as('officer', (ctx) => readFaultyRows(ctx, ReadFaultyRows.parse({ importId: checked.id })))
    expect(faulty.titles.slice(1, 4)).toEqual(['工会名称', '建会形式', '单位名称'])
    expect(faulty.rows).toHaveLength(cases.length - good)
    expect(faulty.rows[0]).toMatchObject({ line: 5, problems: [{ place: 2, key: 'organisation.import.wordMeant' }] })
    expect(faulty.rows[0]?.cells[2]).toBe('单独基层工')
    await expect(
      as('leader', (ctx) => readFaultyRows(ctx, ReadFaultyRows.parse({ importId: checked.id }))),
    ).rejects.toThrow('organisation.import.notSender')
    expect(await commit(checked.id, true)).toMatchObject({ state: 'done', done: good })
  })

  test('joint unions cover the employers that they name; one that has a union refuses the row, and leaves nothing of it behind', async () => {
    const columns = ['工会名称', '工会类型', '用人单位', '覆盖单位', '成立日期', '批复文号', '会员人数']
    const line = (name: string, kind: string, employer: string, covered: string) => [
      name,
      kind,
      employer,
      covered,
      '2020-01-01',
      '批1',
      '30',
    ]
    const file = aWorkbook({
      表: [
        columns,
        line('老街联合工会', '联合建会', '', '老街一号店、老街二号店；老街三号店'),
        line('新街联合工会', '联合建会', '', '新街一号店、老街二号店'),
        line('老街一号店工会', '单独', '老街一号店', ''),
        line('商贸行业工会联合会', '行业工会联合会', '', '老街一号店'),
      ],
    })
    const checked = await check(file)
    expect(checked).toMatchObject({ good: 4 })
    expect(await commit(checked.id)).toMatchObject({ done: 2, skipped: 2 })
    const { rows } = await problemsOf(checked.id)
    expect(rows.map(({ line: at, rule, column }) => [at, rule, column])).toEqual([
      [3, 'coverage.taken', '覆盖单位'],
      [4, 'coverage.taken', '用人单位'],
    ])
    const left = await as('officer', (ctx) =>
      sql<{ name: string }>`select name from organisation.employer where name like '%街%店' order by name`.execute(
        ctx.db,
      ),
    )
    expect(left.rows.map(({ name }) => name).toSorted()).toEqual(['老街一号店', '老街三号店', '老街二号店'].toSorted())
  })

  test('two imports of one register at once write each union once', async () => {
    const rows = Array.from({ length: 12 }, () => row())
    const both = [await check(aFile(rows)), await check(aFile(rows))]
    for (const { id, version } of both)
      await as('leader', (ctx) => commitImport(ctx, CommitImport.parse({ importId: id, version })))
    await Promise.all(both.map(({ id }) => runImport(house.deps, { importId: id, tenantId: idOf(tree, county) })))
    const done = await Promise.all(both.map(({ id }) => as('officer', (ctx) => getImport(ctx, { importId: id }))))
    expect(done.map(({ state }) => state)).toEqual(['done', 'done'])
    expect(done.reduce((sum, one) => sum + one.done, 0)).toBe(12)
    expect(done.reduce((sum, one) => sum + one.skipped, 0)).toBe(12)
  })

  test('ORG-03 a township whose foundings the county decides imports no unions; a body that closed meanwhile writes nothing', async () => {
    await expect(start(aFile([row()]), '513221100')).rejects.toThrow('organisation.decidedAbove')
    const checked = await check(aFile([row({ name: '撤县公司工会' })]))
    await as('leader', (ctx) =>
      commitImport(ctx, CommitImport.parse({ importId: checked.id, version: checked.version })),
    )
    const close = (day: string | null) =>
      withTenant(house.deps, systemActor('test', idOf(tree, '00')), (ctx) =>
        sql`update tenancy.federation set valid_to = ${day}::date where code = ${county}`.execute(ctx.db),
      )
    await close('2026-01-01')
    expect(await run(checked.id)).toMatchObject({ state: 'failed', problem: 'organisation.import.bodyClosed' })
    await close(null)
    expect(await findUnionId('撤县公司')).toBe(0)
  })

  test('term numbers as people write them', () => {
    expect(['第三届', '第十届', '第十二届', '二十一', '3', '第 4 届', '无', ''].map(readOrdinal)).toEqual([
      3,
      10,
      12,
      21,
      3,
      4,
      null,
      null,
    ])
  })
})

describe('columns', () => {
  test('another sheet and another line of the head are chosen; what somebody said of a title is remembered for the next file', async () => {
    const odd = ['工会叫什么', '工会类型', '用人单位', '成立日期', '批复文号', '会员人数', '备注']
    const line = [`河谷公司工会`, '单独', '河谷公司', '2020-01-01', '批2', '30', '无']
    const file = aWorkbook({ 说明: [['填表说明'], ['请勿修改']], 表一: [odd, line] })
    const { id } = await start(file)
    await runImport(house.deps, { importId: id, tenantId: idOf(tree, county) })
    const layout = await as('officer', (ctx) => getImportLayout(ctx, { importId: id }))
    expect(layout).toMatchObject({ sheet: '表一', head: { line: 1 } })
    expect(layout?.columns[0]).toMatchObject({ title: '工会叫什么', key: null, samples: ['河谷公司工会'] })
    await expect(confirmColumns(house.deps, officer(), id)).rejects.toMatchObject({
      fields: [{ path: 'missing.name', key: 'organisation.import.noColumn' }],
    })
    // Whoever did not send the file sees the titles, and no cells.
    const other = await as('leader', (ctx) => getImportLayout(ctx, { importId: id }))
    expect(JSON.stringify(other)).not.toContain('河谷')
    const { version } = await as('officer', (ctx) => getImport(ctx, { importId: id }))
    const chosen = [...(layout?.columns ?? [])].flatMap(({ place, key }) => (key === null ? [] : [{ place, key }]))
    await as('officer', (ctx) =>
      mapImport(ctx, { importId: id, version, columns: [{ place: 0, key: 'name' }, ...chosen] }),
    )
    expect(await run(id)).toMatchObject({ state: 'checked', good: 1 })
    const next = await check(file)
    expect(next).toMatchObject({ state: 'checked', good: 1 })
    // Another sheet.
    const third = await start(file)
    await runImport(house.deps, { importId: third.id, tenantId: idOf(tree, county) })
    const held = await as('officer', (ctx) => getImport(ctx, { importId: third.id }))
    await as('officer', (ctx) => readImportAgain(ctx, { importId: third.id, version: held.version, sheet: '说明' }))
    expect(await run(third.id)).toMatchObject({ state: 'mapping' })
    const bare = await as('officer', (ctx) => getImportLayout(ctx, { importId: third.id }))
    expect(bare).toMatchObject({ sheet: '说明', head: null, top: [{ line: 1, text: '填表说明' }, { line: 2 }] })
    await expect(confirmColumns(house.deps, officer(), third.id)).rejects.toThrow('organisation.import.noHead')
  })
})

describe('undoing', () => {
  test('all that an import wrote is gone, and nothing else; the numbers of the register are free of it', async () => {
    const before = await countAll()
    const checked = await check(aFile(Array.from({ length: 3 }, () => row())))
    const { id } = await commit(checked.id)
    expect(await countAll()).not.toEqual(before)
    expect(await undo(id)).toMatchObject({ state: 'undone', problem: '', undoUntil: null })
    expect(await countAll()).toEqual(before)
    const acts = await as('officer', (ctx) =>
      sql<{
        action: string
      }>`select action from tenancy.audit where object_kind = 'import' and object_id = ${String(id)} order by id`.execute(
        ctx.db,
      ),
    )
    expect(acts.rows.map(({ action }) => action)).toEqual([
      'import.start',
      'import.waiting',
      'import.committing',
      'import.done',
      'import.undoing',
      'import.undone',
    ])
  })

  test('what something depends on stays: it is said which row, and why, and nothing is taken back', async () => {
    const rows = [row({ name: '有会员的工会' }), row({ name: '没人动的工会' })]
    const checked = await check(aFile(rows))
    const { id } = await commit(checked.id)
    const unionId = await findUnionId('有会员的工会')
    await aMember(house.deps, idOf(tree, county), { unionId, idNumber: anIdNumber(++person) })
    expect(await undo(id)).toMatchObject({ state: 'done', problem: 'organisation.import.undo.refused' })
    expect((await problemsOf(id)).rows).toMatchObject([{ line: 4, key: 'organisation.import.undo.has.member' }])
    expect(await findUnionId('没人动的工会')).toBeGreaterThan(0)
  })

  test('after a day it stays, and outside of undoing nobody deletes a record', async () => {
    const checked = await check(aFile([row({ name: '过期工会' })]))
    const { id, version } = await commit(checked.id)
    const unionId = await findUnionId('过期工会')
    const deleted = await as('officer', (ctx) =>
      sql`delete from organisation.trade_union where id = ${unionId}`.execute(ctx.db),
    )
    expect(deleted.numAffectedRows).toBe(0n)
    const item = as('officer', (ctx) =>
      sql`insert into organisation.import_item (import_id, line, place, tenant_id, object_kind, object_id) values (${id}, 1, 50, ${ctx.tenantId}, 'union', 1)`.execute(
        ctx.db,
      ),
    )
    await expect(item).rejects.toThrow('only a running commit')
    const now = house.deps.clock().toISOString()
    house.setNow('2026-12-15T12:00:00+08:00')
    await expect(as('leader', (ctx) => undoImport(ctx, { importId: id, version }))).rejects.toThrow('undo.late')
    house.setNow(now)
  })
})

async function countAll(): Promise<Record<string, number>> {
  const { rows } = await as('officer', (ctx) =>
    sql<
      Record<string, number>
    >`select (select count(*)::int from organisation.trade_union) as unions, (select count(*)::int from organisation.employer) as employers,
      (select count(*)::int from organisation.officer) as officers, (select count(*)::int from organisation.officer_person) as persons,
      (select count(*)::int from organisation.term) as terms, (select count(*)::int from organisation.covered_unit) as covered,
      (select count(*)::int from organisation.companion_body) as companions`.execute(ctx.db),
  )
  return rows[0] ?? {}
}

test('members come by the name of their union, and are taken back unless one was changed since', async () => {
  const union = await check(aFile([row({ name: '溪谷公司工会委员会' })]))
  await commit(union.id)
  const columns = ['姓名', '身份证号', '所属工会', '入会日期', '告知同意日期']
  const lines = Array.from({ length: 3 }, () => [
    '林某',
    anIdNumber(++person),
    '溪谷公司 工会委员会',
    '2026-03-01',
    '2026-03-01',
  ])
  const send = async () => {
    const file = await as('officer', (ctx) =>
      startImport(
        ctx,
        StartImport.parse({
          kind: 'members',
          fileName: '会员.xlsx',
          content: aWorkbook({ 会员: [columns, ...lines] }).toString('base64'),
          consentVersion: '2026',
        }),
      ),
    )
    const checked = await runThrough(house.deps, officer(), file.id)
    await as('officer', (ctx) =>
      commitImport(ctx, CommitImport.parse({ importId: checked.id, version: checked.version })),
    )
    return run(checked.id)
  }
  const first = await send()
  expect(first).toMatchObject({ state: 'done', done: 3 })
  const undoMembers = async (importId: number, version: number) => {
    await as('officer', (ctx) => undoImport(ctx, { importId, version }))
    return run(importId)
  }
  expect(await undoMembers(first.id, first.version)).toMatchObject({ state: 'undone' })
  const second = await send()
  expect(second).toMatchObject({ done: 3 })
  await as('officer', (ctx) =>
    sql`update organisation.member set job = '组长', version = version + 1
      where id = (select min(object_id) from organisation.import_item where import_id = ${second.id})`.execute(ctx.db),
  )
  expect(await undoMembers(second.id, second.version)).toMatchObject({
    state: 'done',
    problem: 'organisation.import.undo.refused',
  })
  expect((await problemsOf(second.id)).rows).toMatchObject([{ key: 'organisation.import.undo.changed' }])
})
