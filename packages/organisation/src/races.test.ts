// Two at once, and things that end while they run (issue 8, section 1, item 9).
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sql } from 'kysely'
import { systemActor, withTenant, type Deps, type TenantContext } from '@gonglian/tenancy'
import { aSmallTree, aUser, idOf, listActs, openTestDeps, type TestDeps } from '@gonglian/tenancy/testing'
import { CoverEmployers, coverEmployers } from './coverage/coverage.ts'
import { confirmColumns } from './imports/sample-imports.ts'
import { memberColumns } from './members/member-columns.ts'
import { runImport } from './imports/import-runs.ts'
import { sweepImportsBelow } from './imports/import-sweeps.ts'
import { getImport } from './imports/import-records.ts'
import { CommitImport, StartImport, cancelImport, commitImport, retryImport, startImport } from './imports/imports.ts'
import { aUnion, anIdNumber } from './members/sample-members.ts'
import { anEmployer, anOffice } from './unions/sample-unions.ts'

let house: TestDeps
let tree: Map<string, number>
let person = 0
const county = '513221'

beforeAll(async () => {
  house = await openTestDeps()
  tree = await aSmallTree(house.deps)
  await aUnion(house.deps, idOf(tree, county), 'RACE-0001', 'UNION_ASSOC_INDUSTRY')
})
afterAll(() => house.close())

const as = <T>(work: (ctx: TenantContext) => Promise<T>) =>
  withTenant(house.deps, aUser(idOf(tree, county), 'officer', 'leader'), work)
const sweep = () => withTenant(house.deps, systemActor('import', idOf(tree, '00')), sweepImportsBelow)
const place = (importId: number) => ({ importId, tenantId: idOf(tree, county) })
const read = (importId: number) => as((ctx) => getImport(ctx, { importId }))
const countRows = (importId: number) =>
  as(async (ctx) => {
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from organisation.import_row where import_id = ${importId}`.execute(ctx.db)
    return rows[0]?.n
  })
/** An import whose columns are confirmed, and that waits to be checked. */
const start = async (rows: number) => {
  const row = () =>
    memberColumns.map(
      ({ key }) =>
        ({
          name: '赵六',
          idNumber: anIdNumber(++person),
          unionCode: 'RACE-0001',
          joinedOn: '2026-10-08',
          consentOn: '2026-10-08',
        })[String(key)] ?? '',
    )
  const lines = [memberColumns.map((column) => column.zh), ...Array.from({ length: rows }, row)]
  const content = Buffer.from(lines.map((cells) => cells.join(',')).join('\n')).toString('base64')
  const { id } = await as((ctx) =>
    startImport(ctx, StartImport.parse({ fileName: '名册.csv', content, consentVersion: '1' })),
  )
  await runImport(house.deps, place(id))
  return confirmColumns(house.deps, aUser(idOf(tree, county), 'officer', 'leader'), id)
}
/** The house, whose connection is lost at the nth transaction (each reads the clock once). */
const losing = (turn: number): Deps => {
  let turns = 0
  return {
    ...house.deps,
    clock: () => {
      turns += 1
      if (turns === turn) throw new Error('connection lost')
      return house.deps.clock()
    },
  }
}

describe('coverage', () => {
  test('of twelve joint unions that take one employer at once, one has it', async () => {
    const { employerId } = await anEmployer(anOffice(house.deps, idOf(tree, county)), '汶川锅庄文化公司')
    const unions: number[] = []
    for (let n = 0; n < 12; n++) unions.push(await aUnion(house.deps, idOf(tree, county), `JOINT-${n}`, 'BASIC_JOINT'))
    const answers = await Promise.allSettled(
      unions.map((unionId) =>
        as((ctx) =>
          coverEmployers(
            ctx,
            CoverEmployers.parse({ unionId, employerIds: [employerId], mode: 'joint', from: '2026-11-01' }),
          ),
        ),
      ),
    )
    expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1)
    for (const answer of answers)
      if (answer.status === 'rejected')
        expect(answer.reason).toMatchObject({ code: 'conflict', key: 'organisation.coverage.takenCount' })
    // Whoever writes statements of their own gets no further, nor may they say that it was doubled before.
    const insert = (doubled: boolean) =>
      as((ctx) =>
        sql`insert into organisation.covered_unit (tenant_id, union_id, employer_id, mode, valid_from, doubled)
          select ${ctx.tenantId}, u, ${employerId}, 'joint', '2026-11-01', ${doubled} from unnest(${unions}::bigint[]) u`.execute(
          ctx.db,
        ),
      )
    await expect(insert(false)).rejects.toThrow(/covered_unit_basic|covered_unit_once/)
    await expect(insert(true)).rejects.toThrow('never marked')
  })
})

describe('imports', () => {
  test('cancelled while it is checked, an import keeps no row of anybody, and the check ends quietly', async () => {
    const { id } = await start(15_000)
    const checking = runImport(house.deps, place(id))
    let cancelled = false
    while (!cancelled) {
      const { rows, version } = await read(id)
      if (rows >= 5000) {
        await as((ctx) => cancelImport(ctx, { importId: id, version }))
        cancelled = true
      }
    }
    await checking
    expect(await read(id)).toMatchObject({ state: 'cancelled', canRetry: false })
    expect(await countRows(id)).toBe(0)
    // Nor do statements of one's own add any to an import that ended.
    const add = as((ctx) =>
      sql`insert into organisation.import_row (import_id, line, tenant_id, data) values (${id}, 1, ${ctx.tenantId}, '{}')`.execute(
        ctx.db,
      ),
    )
    await expect(add).rejects.toThrow('only a running check adds rows')
  })

  test('an unexpected error is tried again and then said; the rows are gone, and the file may be checked again', async () => {
    const { id } = await start(3)
    // The transactions of a check: begin, read the file, lay down the rows, end.
    for (const turn of [3, 4, 2]) await expect(runImport(losing(turn), place(id))).rejects.toThrow('connection lost')
    const failed = await read(id)
    expect(failed).toMatchObject({ state: 'failed', problem: 'organisation.import.unexpected', canRetry: true })
    expect(await countRows(id)).toBe(0)
    const before = await listActs(house.deps, { kind: 'import', id })
    await as((ctx) => retryImport(ctx, { importId: id, version: failed.version }))
    expect(await listActs(house.deps, { kind: 'import', id })).toEqual([...before, 'import.waiting'])
    await runImport(house.deps, place(id))
    expect(await read(id)).toMatchObject({ state: 'checked', good: 3, problem: '' })
    expect(await countRows(id)).toBe(3)
  })

  test('an import whose worker died is sent again after a time, and given up after the third', async () => {
    const { id } = await start(2)
    for (let death = 1; death <= 3; death++) {
      await expect(runImport(losing(2 + (death % 2)), place(id)).then(() => read(id))).rejects.toThrow()
      if (death < 3) {
        expect(await sweep()).toMatchObject({ resent: 0, failed: 0 })
        house.setNow(`2026-11-21T12:${20 * death}:00+08:00`)
        expect(await sweep()).toMatchObject({ resent: 1, failed: 0 })
      }
    }
    expect(await read(id)).toMatchObject({ state: 'failed', canRetry: true })
    // The file of one that nobody tries again is removed after three days.
    house.setNow('2026-11-25T12:00:00+08:00')
    expect((await sweep()).cleared).toBeGreaterThan(0)
    expect(await read(id)).toMatchObject({ state: 'failed', canRetry: false })
    house.setNow('2026-11-21T12:00:00+08:00')
  })

  test('of two workers with one import the later goes on and the earlier writes no more', async () => {
    const { id } = await start(12_000)
    await Promise.all([runImport(house.deps, place(id)), runImport(house.deps, place(id))])
    const checked = await read(id)
    expect(checked).toMatchObject({ state: 'checked', rows: 12_000, good: 12_000 })
    expect(await countRows(id)).toBe(12_000)
    await as((ctx) => commitImport(ctx, CommitImport.parse({ importId: id, version: checked.version })))
    await Promise.all([runImport(house.deps, place(id)), runImport(house.deps, place(id))])
    expect(await read(id)).toMatchObject({ state: 'done', done: 12_000, skipped: 0 })
    expect(await countRows(id)).toBe(0)
  })
})
