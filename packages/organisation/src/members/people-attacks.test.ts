// What could be learned of people without a trace (issue 8, section 3: H4, M).
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { listOpenings, ListOpenings, withTenant, type Role, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { ApplyMember, RegisterMember, applyMember, changeMember, registerMember } from './enrolment.ts'
import { openFile } from '@gonglian/files'
import { aKeeper, storeSample } from '@gonglian/files/testing'
import { evidenceFiles } from '../evidence/evidence-files.ts'
import { CountMembersBelow, countMembersBelow } from './headcounts.ts'
import { findIdCheckDigit } from '../numbers/id-numbers.ts'
import { ListImportProblems, listImportProblems } from '../imports/faults.ts'
import { runThrough } from '../imports/sample-imports.ts'
import { memberColumns } from './member-columns.ts'
import { StartImport, cancelImport, startImport } from '../imports/imports.ts'
import { ListMembers, listMembers } from './member-lists.ts'
import { getMember } from './members.ts'
import { aMember, aUnion, anIdNumber } from './sample-members.ts'
import { findUnion } from './transfers.ts'

let house: TestDeps
let tree: Map<string, number>
const unions = new Map<string, number>()
const mine = '513221'
const theirs = '320924'
let person = 0

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
  for (const code of [mine, theirs]) unions.set(code, await aUnion(house.deps, idOf(tree, code), `${code}-0001`))
})
afterAll(() => house.close())

const as = <T>(code: string, work: (ctx: TenantContext) => Promise<T>, ...roles: Role[]) =>
  withTenant(
    house.deps,
    aUser(idOf(tree, code), ...(roles.length > 0 ? roles : (['officer', 'leader'] as const))),
    work,
  )
const search = (text: string, ...roles: Role[]) =>
  as(mine, (ctx) => listMembers(ctx, ListMembers.parse({ search: text })), ...roles)
const openingsOf = (code: string, objectKind: string) =>
  as(code, (ctx) => listOpenings(ctx, ListOpenings.parse({ objectKind })))
const member = async (code: string, idNumber = anIdNumber(++person)) => ({
  idNumber,
  ...(await aMember(house.deps, idOf(tree, code), { unionId: unions.get(code) ?? 0, idNumber, mobile: '13812345678' })),
})
const outcome = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: unknown) => (error instanceof Error && 'key' in error ? String(error.key) : String(error)),
  )

describe('H4 an id number is not unmasked by trying', () => {
  test('what is shown leaves thousands of numbers, also to who knows county, sex and year of birth', async () => {
    const { memberId, idNumber } = await member(mine)
    const shown = await as(mine, (ctx) => getMember(ctx, { memberId }))
    const fits = (candidate: string) =>
      [...(shown.idNumber ?? '')].every((sign, at) => sign === '*' || sign === candidate[at])
    let candidates = 0
    const born = new Date(`${idNumber.slice(6, 10)}-01-01T00:00:00Z`)
    for (let day = 0; day < 365; day++) {
      const birth = new Date(born.getTime() + day * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')
      for (let order = 1; order < 1000; order++) {
        if ((order % 2 === 1) !== (shown.sex === 'male')) continue
        const digits = `${idNumber.slice(0, 6)}${birth}${String(order).padStart(3, '0')}`
        if (fits(digits + findIdCheckDigit(digits))) candidates += 1
      }
    }
    expect(candidates).toBeGreaterThan(100_000)
    expect(shown.mobile).toBe('*********78')
  })

  test('a search by a whole number needs the right to open, stands in the openings, found or not, and is limited', async () => {
    const { idNumber, memberId } = await member(mine)
    expect(await outcome(search(idNumber, 'reviewer'))).toBe('errors.forbidden')
    expect((await search(idNumber)).total).toBe(1)
    expect((await search(anIdNumber(900_000))).total).toBe(0)
    expect((await search('13812345678')).total).toBeGreaterThan(0)
    const { openings } = await openingsOf(mine, 'member.search')
    expect(
      openings
        .map(({ objectId, fields }) => [objectId, ...fields])
        .toReversed()
        .slice(0, 2),
    ).toEqual([
      [String(memberId), 'idNumber'],
      ['', 'idNumber'],
    ])
    // Sixty an hour, also when they are asked all at once.
    const answers = await Promise.all(Array.from({ length: 70 }, (_, n) => outcome(search(anIdNumber(800_000 + n)))))
    expect(answers.filter((answer) => answer === 'ok')).toHaveLength(57)
    expect(answers.filter((answer) => answer === 'organisation.lookup.tooMany')).toHaveLength(13)
    house.setNow('2026-11-21T13:01:00+08:00')
    expect(await outcome(search(idNumber))).toBe('ok')
    house.setNow('2026-11-21T12:00:00+08:00')
  })

  test('nor by enrolling or changing: what is refused is counted and stands with the body that keeps the membership', async () => {
    const { idNumber } = await member(theirs)
    const apply = (typed: object) =>
      as(mine, (ctx) => applyMember(ctx, ApplyMember.parse({ name: '某人', unionId: unions.get(mine), ...typed })))
    expect(await outcome(apply({ idNumber }))).toBe('organisation.member.takenElsewhere')
    const seen = await openingsOf(theirs, 'member.check')
    expect(seen.openings).toMatchObject([{ byTenantId: idOf(tree, mine), actor: `${mine}/user-${idOf(tree, mine)}` }])
    const { memberId, version } = await apply({})
    expect(await outcome(as(mine, (ctx) => changeMember(ctx, { memberId, version, idNumber })))).toBe(
      'organisation.member.takenElsewhere',
    )
    expect((await openingsOf(theirs, 'member.check')).total).toBe(2)
    const answers: string[] = []
    let held = version
    for (let n = 0; n < 305; n++)
      answers.push(
        await outcome(
          as(mine, async (ctx) => {
            held = (await changeMember(ctx, { memberId, version: held, idNumber: anIdNumber(700_000 + n) })).version
          }),
        ),
      )
    expect(answers.at(-1)).toBe('organisation.lookup.tooMany')
    expect(answers.filter((answer) => answer === 'ok').length).toBeLessThan(300)
  })
})

describe('M who is a member is not asked in bulk', () => {
  test('a check of a file does not tell who is a member, neither by row nor by count', async () => {
    const taken = (await member(theirs)).idNumber
    const own = (await member(mine)).idNumber
    const head = memberColumns.map((column) => column.zh)
    const row = (idNumber: string) =>
      memberColumns.map(
        ({ key }) =>
          ({ name: '某人', idNumber, unionCode: `${mine}-0001`, joinedOn: '2026-10-08', consentOn: '2026-10-08' })[
            String(key)
          ] ?? '',
      )
    const lines = [head, ...[taken, own, anIdNumber(++person)].map(row)].map((cells) => cells.join(','))
    const content = Buffer.from(lines.join('\n')).toString('base64')
    const { id } = await as(mine, (ctx) =>
      startImport(ctx, StartImport.parse({ fileName: 'a.csv', content, consentVersion: '1' })),
    )
    const checked = await runThrough(house.deps, aUser(idOf(tree, mine)), id)
    expect(checked).toMatchObject({ state: 'checked', good: 3, bad: 0 })
    const problems = await as(mine, (ctx) => listImportProblems(ctx, ListImportProblems.parse({ importId: id })))
    expect(problems.rows.filter((problem) => problem.level === 'error')).toEqual([])
    await as(mine, (ctx) => cancelImport(ctx, { importId: id, version: checked.version }))
    const trail = await as(mine, (ctx) =>
      ctx.db.selectFrom('tenancy.audit').select('after').where('action', '=', 'import.cancelled').execute(),
    )
    expect(trail).toEqual([{ after: { kind: 'members', rows: 3, good: 3, bad: 0 } }])
  })
})

describe('M unions are not listed by their numbers', () => {
  test('looking numbers up is limited, hits and misses alike', async () => {
    const answers: string[] = []
    for (let n = 1; n <= 70; n++)
      answers.push(
        await outcome(as(mine, (ctx) => findUnion(ctx, { code: `${theirs}-${String(n).padStart(4, '0')}` }))),
      )
    expect(answers[0]).toBe('ok')
    expect(answers[59]).toBe('organisation.transfer.noUnion')
    expect(answers[60]).toBe('organisation.lookup.tooMany')
  })
})

test('M a superior who reads evidence of a body below is read there', async () => {
  const township = '513221100'
  const keeper = aKeeper([evidenceFiles])
  const user = (code: string) => aUser(idOf(tree, code), 'leader', 'officer')
  const paper = Buffer.from('%PDF-1.4 a list with names')
  const { fileId } = await storeSample(house.deps, user(township), evidenceFiles, paper)
  await openFile(house.deps, keeper, user(township), fileId)
  expect((await openingsOf(township, 'evidence')).openings).toEqual([])
  await openFile(house.deps, keeper, user('5132'), fileId)
  expect((await openingsOf(township, 'evidence')).openings).toMatchObject([
    { byTenantId: idOf(tree, '5132'), objectId: String(fileId), fields: ['file'] },
  ])
})

test('M counts of two days do not tell of one person: ends of months alone, and none that few people moved', async () => {
  const count = (on: string) =>
    as('513222', (ctx) => countMembersBelow(ctx, CountMembersBelow.parse({ on, groupBy: 'sex' })))
  const unionId = await aUnion(house.deps, idOf(tree, '513222'), '513222-COUNT')
  const join = (joinedOn: string) =>
    aMember(house.deps, idOf(tree, '513222'), { unionId, idNumber: anIdNumber(++person), joinedOn })
  for (let n = 0; n < 8; n++) await join('2026-01-10')
  await join('2026-08-14')
  for (const day of ['2026-08-13', '2026-08-14', '2026-11-21', '2026-11-30'])
    expect(await outcome(count(day))).toBe('organisation.monthEnd')
  expect((await count('2026-07-31')).lines.map((line) => line.total)).toContain(8)
  const august = await count('2026-08-31')
  expect(
    [august.total, ...august.lines.map((line) => line.total)].filter((total) => total !== null && total > 0),
  ).toEqual([])
  expect((await count('2026-09-30')).total).toBe(9)
})

test('registering a hundred people at a desk is no attack', async () => {
  const work = Array.from(
    { length: 100 },
    () => () =>
      as('513222', (ctx) =>
        registerMember(ctx, RegisterMember.parse({ name: '某人', unionId: desk, idNumber: anIdNumber(++person) })),
      ),
  )
  const desk = await aUnion(house.deps, idOf(tree, '513222'), '513222-0001')
  for (const one of work) await one()
})
