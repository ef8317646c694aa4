import { zipSync, strToU8 } from 'fflate'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withTenant, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import {
  CommitImport,
  ListImportProblems,
  StartImport,
  cancelImport,
  commitImport,
  getImport,
  listImportProblems,
  startImport,
} from './imports.ts'
import { importColumns, makeTemplate, readDay } from './import-columns.ts'
import { runImport } from './import-runs.ts'
import { getMember } from './members.ts'
import { ListMembers, listMembers } from './member-lists.ts'
import { aMember, aUnion, anIdNumber } from './sample-members.ts'
import { readRows } from './read-rows.ts'

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
const head = importColumns.map((column) => column.zh)
type Cells = Partial<Record<(typeof importColumns)[number]['key'], string>>
const line = (cells: Cells) => {
  const all: Cells = {
    name: '赵六',
    idNumber: next(),
    unionCode: 'CAR-0001',
    joinedOn: '2026-10-08',
    consentOn: '2026/10/8',
    ...cells,
  }
  return importColumns.map((column) => all[column.key] ?? '')
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
/** What the worker does with the job. */
const run = async (importId: number) => {
  await runImport(house.deps, { importId, tenantId: idOf(tree, county) })
  return as(county, (ctx) => getImport(ctx, { importId }))
}
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
    expect(started.state).toBe('waiting')
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
    const other = await aUnion(house.deps, idOf(tree, '320924'), 'OTHER-01')
    await aMember(house.deps, idOf(tree, '320924'), { unionId: other, idNumber: elsewhere })
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
    const read = await withTenant(house.deps, english, (ctx) =>
      listImportProblems(ctx, ListImportProblems.parse({ importId: id })),
    )
    expect(read.rows[0]?.column).toBe('ID number')
    // Nothing tells what stood there, or where the person is a member.
    expect(JSON.stringify(listed)).not.toMatch(new RegExp(`${twin}|${elsewhere}|320924|射阳`))
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
    expect(await run(without.id)).toMatchObject({ state: 'failed', problem: 'organisation.import.noColumn' })
    expect((await problems(without.id)).rows).toMatchObject([{ line: 1, column: '入会日期' }])
    expect(await run((await start('空.csv', csv([head]))).id)).toMatchObject({ problem: 'organisation.import.empty' })
    expect(await run((await start('假.xlsx', 'no workbook')).id)).toMatchObject({
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
      const { head: titles, example } = makeTemplate(locale)
      const { id } = await start('模板.csv', csv([titles, example]), { defaultUnionId: union })
      const checked = await run(id)
      // The example is the standard's own sample number.
      expect([checked.good, (await problems(id)).rows]).toEqual([1, []])
      await as(county, (ctx) => cancelImport(ctx, { importId: id, version: checked.version }))
    }
  })
})

describe('files', () => {
  test('days as people and Excel write them', () => {
    for (const text of ['2026-01-15', '2026/1/15', '2026.1.15', '2026年1月15日', '20260115', '46037', '２０２６-01-15'])
      expect(readDay(text)).toBe('2026-01-15')
    for (const text of ['2026-02-30', '15.1.2026', '2026-13-01', '']) expect(readDay(text)).toBeNull()
  })

  test('GB 18030, BOM, quotes and line breaks in cells', async () => {
    const gb = Buffer.concat([Buffer.from([0xd0, 0xd5, 0xc3, 0xfb]), Buffer.from(',a\n')])
    expect(await readRows(gb)).toEqual([{ line: 1, cells: ['姓名', 'a'] }])
    expect(await readRows(Buffer.from('\ufeff甲,"乙""\n丙",丁\r\n\r\n戊,,'))).toEqual([
      { line: 1, cells: ['甲', '乙"\n丙', '丁'] },
      { line: 3, cells: ['戊', '', ''] },
    ])
  })

  test('whatever texts a workbook holds come back from where they stood (property)', async () => {
    const cell = fc.string({ unit: fc.constantFrom('张', '<', '&', '"', 'a', ' ', '9', '😀', ']'), maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(cell, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 12 }),
        async (rows) => {
          const read = await readRows(xlsx(rows))
          const byLine = new Map(read.map((row) => [row.line, row.cells]))
          for (const [index, row] of rows.entries())
            expect(row.map((_, column) => byLine.get(index + 1)?.[column] ?? '')).toEqual(row)
        },
      ),
      // Each run begins a thread.
      { numRuns: 20 },
    )
  })

  test('shared texts with runs and readings, inline texts, numbers, skipped cells and rows', async () => {
    const file = zipSync({
      'xl/sharedStrings.xml': strToU8(
        '<sst><si><r><t>张</t></r><r><t xml:space="preserve"> 三</t></r><rPh><t>zhang</t></rPh></si></sst>',
      ),
      'xl/worksheets/sheet1.xml': strToU8(
        '<worksheet><sheetData><row r="3"><c r="A3" t="s"><v>0</v></c><c r="C3"><v>46037</v></c><c r="D3" t="inlineStr"><is><t>&#x674E;</t></is></c></row></sheetData></worksheet>',
      ),
    })
    expect(await readRows(file)).toEqual([{ line: 3, cells: ['张 三', '', '46037', '李'] }])
  })
})

test('members of an import open like all others', async () => {
  const page = await as(county, (ctx) => listMembers(ctx, ListMembers.parse({ unionId: union, pageSize: 1 })))
  const id = page.rows[0]?.id ?? 0
  expect((await as(county, (ctx) => getMember(ctx, { memberId: id }))).idNumber).toMatch(/^\d{2}\*{16}$/)
})
