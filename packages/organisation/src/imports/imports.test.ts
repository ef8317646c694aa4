import { zipSync, strToU8 } from 'fflate'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withTenant, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { ListImportProblems, listImportProblems } from './faults.ts'
import { getImport } from './import-records.ts'
import { CommitImport, StartImport, cancelImport, commitImport, startImport } from './imports.ts'
import { findIdCheckDigit } from '../numbers/id-numbers.ts'
import { readTemplate } from './templates.ts'
import { memberColumns } from '../members/member-columns.ts'
import { runThrough } from './sample-imports.ts'
import { runImport } from './import-runs.ts'
import { getMember } from '../members/members.ts'
import { ListMembers, listMembers } from '../members/member-lists.ts'
import { aMember, aUnion, anIdNumber } from '../members/sample-members.ts'

let house: TestDeps
let tree: Map<string, number>
let union: number
const county = '513221'
let person = 0
const next = () => anIdNumber(++person)

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
  union = await aUnion(house.deps, idOf(tree, county), 'CAR-0001', 'UNION_ASSOC_INDUSTRY')
})
afterAll(() => house.close())

const as = <T>(code: string, work: (ctx: TenantContext) => Promise<T>) =>
  withTenant(house.deps, aUser(idOf(tree, code)), work)
const head = memberColumns.map((column) => column.zh)
type Cells = Partial<Record<(typeof memberColumns)[number]['key'], string>>
const line = (cells: Cells) => {
  const all: Cells = {
    name: '赵六',
    idNumber: next(),
    unionCode: 'CAR-0001',
    joinedOn: '2026-10-08',
    consentOn: '2026/10/8',
    ...cells,
  }
  return memberColumns.map((column) => all[column.key] ?? '')
}
const csv = (rows: readonly string[][]) =>
  rows
    .map((row) => row.map((cell) => (/[",\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(','))
    .join('\r\n')

/** A workbook as Excel writes it: texts shared, columns lettered. */
function xlsx(rows: readonly string[][]): Uint8Array {
  const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  const letter = (column: number) => (column < 26 ? '' : 'A') + String.fromCharCode(65 + (column % 26))
  const shared = [...new Set(rows.flat())]
  const places = new Map(shared.map((text, place) => [text, place]))
  const sheet = rows.map((cells, index) => {
    const filled = cells.map((cell, column) =>
      cell === '' ? '' : `<c r="${letter(column)}${index + 1}" s="2" t="s"><v>${places.get(cell)}</v></c>`,
    )
    return `<row r="${index + 1}" spans="1:13">${filled.join('')}</row>`
  })
  return zipSync({
    'xl/worksheets/sheet1.xml': strToU8(`<worksheet><sheetData>${sheet.join('')}</sheetData></worksheet>`),
    'xl/sharedStrings.xml': strToU8(
      `<sst>${shared.map((text) => `<si><t xml:space="preserve">${escape(text)}</t></si>`).join('')}</sst>`,
    ),
  })
}

const start = (fileName: string, content: string | Uint8Array, more: object = {}) =>
  as(county, (ctx) =>
    startImport(
      ctx,
      StartImport.parse({
        fileName,
        content: Buffer.from(content).toString('base64'),
        consentVersion: '2026',
        ...more,
      }),
    ),
  )
/** What the worker does with the job, and whoever takes the columns as they were found. */
const run = (importId: number) => runThrough(house.deps, aUser(idOf(tree, county)), importId)
const problems = (importId: number, code = county) =>
  as(code, (ctx) => listImportProblems(ctx, ListImportProblems.parse({ importId })))
const countMembers = async () =>
  (await as(county, (ctx) => sql<{ n: number }>`select count(*)::int as n from organisation.member`.execute(ctx.db)))
    .rows[0]?.n

describe('import', () => {
  test('M223 migrant workers enrolled in one batch into an industry federation, from Excel: checked first, written then', async () => {
    const rows = Array.from({ length: 60 }, () => line({ kind: '农民工', hukou: '农村', mobile: '139 0013 9000' }))
    const before = await countMembers()
    const started = await start('名册.xlsx', xlsx([head, ...rows]))
    expect(started.state).toBe('reading')
    const checked = await run(started.id)
    expect(checked).toMatchObject({ state: 'checked', rows: 60, good: 60, bad: 0, done: 0 })
    expect(await countMembers()).toBe(before)
    await as(county, (ctx) => commitImport(ctx, CommitImport.parse({ importId: checked.id, version: checked.version })))
    expect(await run(checked.id)).toMatchObject({ state: 'done', done: 60, skipped: 0 })
    expect(await countMembers()).toBe((before ?? 0) + 60)
    const page = await as(county, (ctx) => listMembers(ctx, ListMembers.parse({ unionId: union, kinds: ['migrant'] })))
    expect(page.total).toBe(60)
    expect(page.rows[0]).toMatchObject({ channel: 'batch', missing: [], joinedOn: '2026-10-08', hukou: 'rural' })
    // Once more: all of them are members by now, which is told when it is written, not before.
    const again = await run((await start('名册.xlsx', xlsx([head, ...rows]))).id)
    expect(again).toMatchObject({ good: 60, bad: 0 })
    await as(county, (ctx) => commitImport(ctx, CommitImport.parse({ importId: again.id, version: again.version })))
    expect(await run(again.id)).toMatchObject({ state: 'done', done: 0, skipped: 60 })
    expect((await problems(again.id)).rows[0]).toMatchObject({ line: 2, rule: 'import.taken' })
  })

  test('5.5 13 each bad row is answered with its line, its column and the rule, in the reader’s language', async () => {
    const twin = next()
    const elsewhere = next()
    const distant = await aUnion(house.deps, idOf(tree, '320924'), 'OTHER-01')
    await aMember(house.deps, idOf(tree, '320924'), { unionId: distant, idNumber: elsewhere })
    const cases: [Cells, string | null][] = [
      [{}, null],
      [{ idNumber: '320924202502290010' }, 'idNumber.day'],
      [{ idNumber: '110105194912310021' }, 'idNumber.check'],
      [{ idNumber: '440524188001010014' }, 'idNumber.tooOld'],
      [{ name: '' }, 'import.required'],
      [{ idNumber: twin }, null],
      [{ idNumber: ` ${twin.toLowerCase()}` }, 'import.twice'],
      [{ idNumber: elsewhere }, null],
      [{ unionCode: 'OTHER-01' }, 'import.noUnion'],
      [{ unionCode: '' }, 'import.unionNeeded'],
      [{ joinedOn: '昨天' }, 'import.day'],
      [{ joinedOn: '2026-11-22' }, 'import.dayOrder'],
      [{ joinedOn: '1924-01-01' }, 'import.dayOrder'],
      [{ consentOn: '' }, 'import.required'],
      [{ consentOn: '2027-01-01' }, 'import.consentDay'],
      [{ mobile: '12345' }, 'phone.signs'],
      [{ kind: '神仙' }, 'import.word'],
      [{ group: '组'.repeat(81) }, 'import.tooLong'],
    ]
    const { id } = await start('坏行.csv', csv([head, ...cases.map(([cells]) => line(cells))]))
    const checked = await run(id)
    expect(checked).toMatchObject({ rows: cases.length, good: 3, bad: cases.length - 3 })
    const listed = await problems(id)
    const byLine = new Map(listed.rows.map((problem) => [problem.line, problem.rule]))
    expect(cases.map((_, index) => byLine.get(index + 2) ?? null)).toEqual(cases.map(([, rule]) => rule))
    expect(listed.rows.find((problem) => problem.rule === 'import.twice')).toMatchObject({
      column: '身份证号',
      params: { line: 7 },
    })
    const english = { ...aUser(idOf(tree, county)), locale: 'en' as const }
    const inEnglish = await withTenant(house.deps, english, (ctx) =>
      listImportProblems(ctx, ListImportProblems.parse({ importId: id })),
    )
    expect(inEnglish.rows[0]?.column).toBe('ID number')
    // What stood there is told to whoever sent the file alone; nobody reads where the person is a member.
    expect(listed.rows[0]).toMatchObject({ cell: 'B3', value: '320924202502290010' })
    const other = { ...aUser(idOf(tree, county)), username: 'colleague' }
    const read = await withTenant(house.deps, other, (ctx) =>
      listImportProblems(ctx, ListImportProblems.parse({ importId: id })),
    )
    expect(read.rows.map(({ value }) => value)).toEqual(read.rows.map(() => null))
    expect(JSON.stringify(read)).not.toMatch(new RegExp(`${twin}|${elsewhere}|320924|射阳`))
    const commit = (skipBad: boolean) =>
      as(county, (ctx) => commitImport(ctx, CommitImport.parse({ importId: id, version: checked.version, skipBad })))
    await expect(commit(false)).rejects.toThrow('organisation.import.hasErrors')
    await commit(true)
    expect(await run(id)).toMatchObject({ state: 'done', done: 2, skipped: 1 })
    // 5.6: an import is its owner's alone.
    await expect(problems(id, '5132')).rejects.toThrow('not_found')
  })

  test('progress survives: broken off in the middle, the job goes on where it was and writes nobody twice', async () => {
    const { id } = await start('长.csv', csv([head, ...Array.from({ length: 10_500 }, () => line({}))]))
    const checked = await run(id)
    expect(checked.good).toBe(10_500)
    await as(county, (ctx) => commitImport(ctx, CommitImport.parse({ importId: id, version: checked.version })))
    let turns = 0
    const weary = {
      ...house.deps,
      // The connection is lost when the third transaction (after the beginning and one batch) asks the clock.
      clock: () => {
        turns += 1
        if (turns > 2) throw new Error('connection lost')
        return house.deps.clock()
      },
    }
    await expect(runImport(weary, { importId: id, tenantId: idOf(tree, county) })).rejects.toThrow('connection lost')
    const half = await as(county, (ctx) => getImport(ctx, { importId: id }))
    expect(half).toMatchObject({ state: 'committing', done: 5000 })
    expect(await run(id)).toMatchObject({ state: 'done', done: 10_500, skipped: 0 })
    expect(await run(id)).toMatchObject({ state: 'done', done: 10_500 })
  })

  test('who was enrolled elsewhere between check and writing is skipped, not doubled', async () => {
    const early = next()
    const { id } = await start('抢先.csv', csv([head, line({ idNumber: early }), line({})]))
    const checked = await run(id)
    const other = await aUnion(house.deps, idOf(tree, '513222'), 'OTHER-02')
    await aMember(house.deps, idOf(tree, '513222'), { unionId: other, idNumber: early })
    await as(county, (ctx) => commitImport(ctx, CommitImport.parse({ importId: id, version: checked.version })))
    expect(await run(id)).toMatchObject({ state: 'done', done: 1, skipped: 1 })
  })

  test('a file without a column, without rows, or that is no table, fails with a reason', async () => {
    const without = await start('缺列.csv', csv([head.filter((title) => title !== '入会日期'), ['甲']]))
    await expect(run(without.id)).rejects.toMatchObject({
      key: 'organisation.import.noColumn',
      fields: [{ path: 'missing.joinedOn', params: { column: '入会日期' } }],
    })
    expect(await run((await start('空.csv', csv([head]))).id)).toMatchObject({ problem: 'organisation.import.empty' })
    expect(await run((await start('假.xlsx', 'PK no workbook')).id)).toMatchObject({
      problem: 'organisation.import.notReadable',
    })
    await expect(start('图.png', 'x'.repeat(10))).rejects.toThrow('organisation.import.notReadable')
  })

  test('what stands in the tables is sealed, and gone when it is given up', async () => {
    const secret = next()
    const started = await start('密.csv', csv([head, line({ idNumber: secret })]))
    const checked = await run(started.id)
    const dump = await as(county, (ctx) =>
      sql<{ text: string }>`select coalesce(string_agg(r::text || encode(r.id_sealed, 'escape'), ''), '') as text
        from organisation.import_row r where import_id = ${started.id}`.execute(ctx.db),
    )
    expect(dump.rows[0]?.text).toContain('赵六')
    expect(dump.rows[0]?.text).not.toContain(secret)
    await as(county, (ctx) => cancelImport(ctx, { importId: started.id, version: checked.version }))
    const left = await as(county, (ctx) =>
      sql`select from organisation.import_row where import_id = ${started.id}
        union all select from organisation.import where id = ${started.id} and file_sealed is not null`.execute(ctx.db),
    )
    expect(left.rows).toHaveLength(0)
  })

  test('the template of both languages is read back by the import', async () => {
    for (const locale of ['zh-CN', 'en'] as const) {
      const { head: titles, example } = await as(county, (ctx) => readTemplate(ctx, { kind: 'members', locale }))
      const { id } = await start('模板.csv', csv([titles, example]), { defaultUnionId: union })
      const checked = await run(id)
      // The example is the standard's own sample number.
      expect([checked.good, (await problems(id)).rows]).toEqual([1, []])
      await as(county, (ctx) => cancelImport(ctx, { importId: id, version: checked.version }))
    }
  })
})

describe('files as offices have them', () => {
  const check = async (fileName: string, content: string | Uint8Array) => {
    const checked = await run((await start(fileName, content, { defaultUnionId: union })).id)
    const listed = await problems(checked.id)
    if (checked.state === 'checked')
      await as(county, (ctx) => cancelImport(ctx, { importId: checked.id, version: checked.version }))
    return { ...checked, listed: listed.rows }
  }

  test('titles above the head, other names, marks of required columns, totals below; a table in HTML that is called .xls', async () => {
    const cells = ['1', '古丽‧测试', next(), '2026年1月15日', '2026-02-01 08:30', '139 0013 9000']
    const rows = [
      ['序号', '会员姓名*', '身份证号码（必填）', '入会时间', '告知同意日期', '联系电话'],
      cells,
      ['合计', '1人'],
    ]
    const checked = await check('花名册.csv', csv([['某某工会会员花名册'], ['填报单位：某某工会'], ...rows]))
    expect(checked).toMatchObject({ rows: 2, good: 1, bad: 1 })
    expect(checked.listed).toMatchObject([{ line: 5, column: '姓名', rule: 'import.totalRow' }])
    const html = `<table>${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join('')}</tr>`).join('')}</table>`
    expect(await check('导出.xls', html)).toMatchObject({ rows: 2, good: 1, bad: 1 })
  })

  test('numbers that lost their digits, failed formulas and unclear days are named with their column and the advice', async () => {
    const checked = await check(
      '坏.csv',
      csv([
        head,
        line({ idNumber: '1.10105E+17' }),
        line({ joinedOn: '05/01/2026' }),
        line({ joinedOn: '2026年1月' }),
        line({ joinedOn: '2026-02-30' }),
        line({ kind: '普通职' }),
        line({ kind: '神仙' }),
      ]),
    )
    expect(checked.listed.map(({ key }) => key.replace('organisation.import.', ''))).toEqual([
      'digitsLost',
      'dayUnclear',
      'dayPart',
      'noSuchDay',
      'wordMeant',
      'word',
    ])
    expect(checked.listed[4]?.params).toMatchObject({ column: '会员类别', suggestion: '普通职工' })
    expect(checked.listed[5]?.params['allowed']).toContain('农民工')
  })

  test('a broken sign is named with its line, and what fails the whole file has words without gaps', async () => {
    const broken = Buffer.concat([Buffer.from(csv([head, line({})])), Buffer.from([0x0d, 0x0a, 0xff, 0x2c])])
    expect(await check('坏字.csv', broken)).toMatchObject({
      state: 'failed',
      problem: 'organisation.import.badSigns',
      limit: 100_000,
      listed: [{ line: 3, column: '', key: 'organisation.import.badSign', params: { line: 3 } }],
    })
  })

  test('an area that is no more is accepted with a warning, one that is there without', async () => {
    const numbered = (area: string) => {
      const digits = `${area}19900101001`
      return digits + findIdCheckDigit(digits)
    }
    const checked = await check(
      '地区.csv',
      csv([
        head,
        line({ idNumber: numbered('119999') }),
        line({ idNumber: numbered('110105') }),
        line({ idNumber: numbered('441900') }),
      ]),
    )
    expect(checked).toMatchObject({ good: 3, warned: 1 })
    expect(checked.listed).toMatchObject([{ line: 2, rule: 'idNumber.retired', level: 'warning' }])
  })

  test('names are kept in one form, and found however they are typed', async () => {
    const { id } = await start('点.csv', csv([head, line({ name: '阿依\u200b古丽•买买提' })]))
    const checked = await run(id)
    await as(county, (ctx) => commitImport(ctx, CommitImport.parse({ importId: id, version: checked.version })))
    await run(id)
    for (const search of ['阿依古丽‧买买提', '阿依古丽 ・ 买', '阿依古丽·买买提\u202d'])
      expect((await as(county, (ctx) => listMembers(ctx, ListMembers.parse({ search })))).rows).toMatchObject([
        { name: '阿依古丽·买买提' },
      ])
  })
})

test('members of an import open like all others', async () => {
  const page = await as(county, (ctx) => listMembers(ctx, ListMembers.parse({ unionId: union, pageSize: 1 })))
  const id = page.rows[0]?.id ?? 0
  expect((await as(county, (ctx) => getMember(ctx, { memberId: id }))).idNumber).toMatch(/^\d{2}\*{16}$/)
})
