import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { strToU8, zipSync } from 'fflate'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { redeemOneTimeLink, signIn } from '@gonglian/auth'
import { createTestDatabase, expectConsoleError, type TestDatabase } from '@gonglian/testing'
import type { Command } from './command.ts'
import { adminsCreate } from './commands/admins.ts'
import { bodiesImport } from './commands/bodies.ts'
import { dbMigrate } from './commands/db.ts'
import type { Env } from './env.ts'
import { withHouse } from './house.ts'

let database: TestDatabase
let env: Env
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bodies-'))
  database = await createTestDatabase()
  env = {
    databaseUrl: database.ownerUrl,
    redisUrl: undefined,
    secret: database.secret,
    production: true,
    audit: undefined,
  }
  await run(dbMigrate)
})
afterAll(async () => {
  await rm(folder, { recursive: true })
  await database.drop()
})
beforeEach(async () => {
  // Without the triggers that would keep the trail.
  const tables = [
    'rollup.total',
    'rollup.regrouped',
    'indicators.form',
    'auth.session',
    'auth.account_role',
    'auth.account',
    'auth.attempt',
  ]
  const tree = ['audit_head', 'audit', 'subtree', 'closure', 'link', 'federation'].map((table) => `tenancy.${table}`)
  await query(
    ['set session_replication_role = replica', ...[...tables, ...tree].map((table) => `delete from ${table}`)].join(
      ';',
    ),
  )
})

async function run(command: Command, ...options: string[]): Promise<{ code: number; said: string }> {
  const said: string[] = []
  const log = vi.spyOn(console, 'log').mockImplementation((line: unknown) => void said.push(String(line)))
  try {
    return { code: await command.run(env, options), said: said.join('\n') }
  } finally {
    log.mockRestore()
  }
}

async function query<T extends pg.QueryResultRow>(statement: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: database.ownerUrl })
  await client.connect()
  try {
    return (await client.query<T>(statement)).rows
  } finally {
    await client.end()
  }
}
const countBodies = async () => (await query<{ n: number }>('select count(*)::int as n from tenancy.federation'))[0]?.n

async function importText(text: string, ...options: string[]) {
  const file = join(folder, 'bodies.csv')
  await writeFile(file, text)
  return run(bodiesImport, file, ...options)
}

const head = '代码,名称,层级,类型,上级,成立日期,产业上级\n'
const country = `${head}00,中华全国总工会,全国,,,,
51,四川省总工会,省,地方,00,1950-01-01,
513221,汶川县总工会,县,地方,5132,2001年2月3日,
5132,阿坝州总工会,市,地方,51,1950/1/2,
00JT,全国交通运输工会,全国,产业,00,,
51JT,四川省交通运输工会,省,产业,51,1950-01-01,00JT
`

describe('bodies import', () => {
  test('begins an empty installation: superiors may stand below, both hierarchies, days in any spelling', async () => {
    expect(await importText(country)).toEqual({ code: 0, said: '6 added, 0 there already and equal' })
    expect(
      await query(`select f.code, f.valid_from::text, p.code as parent, l.hierarchy from tenancy.federation f
        left join tenancy.link l on l.federation_id = f.id left join tenancy.federation p on p.id = l.parent_id order by f.code, l.hierarchy`),
    ).toEqual([
      { code: '00', valid_from: '1949-10-01', parent: null, hierarchy: null },
      { code: '00JT', valid_from: '1949-10-01', parent: '00', hierarchy: 'regional' },
      { code: '51', valid_from: '1950-01-01', parent: '00', hierarchy: 'regional' },
      { code: '5132', valid_from: '1950-01-02', parent: '51', hierarchy: 'regional' },
      { code: '513221', valid_from: '2001-02-03', parent: '5132', hierarchy: 'regional' },
      { code: '51JT', valid_from: '1950-01-01', parent: '00JT', hierarchy: 'line' },
      { code: '51JT', valid_from: '1950-01-01', parent: '51', hierarchy: 'regional' },
    ])
    expect(await query(`select actor, after from tenancy.audit where action = 'federation.import'`)).toEqual([
      { actor: 'system:operator', after: { added: 6, equal: 0 } },
    ])
  })

  test('changes nothing the second time, and adds only what is new', async () => {
    await importText(country)
    expect((await importText(country)).said).toBe('0 added, 6 there already and equal')
    expect(await importText(`${country}513222,理县总工会,县,,5132,1950-01-02,\n`)).toMatchObject({
      said: '1 added, 6 there already and equal',
    })
  })

  test('tries without writing', async () => {
    expect((await importText(country, '--dry-run')).said).toBe('6 would be added, 0 there already and equal')
    expect(await countBodies()).toBe(0)
  })

  test('reads a workbook with a title above its head and days as numbers', async () => {
    const cell = (text: string | number) =>
      typeof text === 'number' ? `<c><v>${text}</v></c>` : `<c t="inlineStr"><is><t>${text}</t></is></c>`
    const rows = [
      ['机构一览'],
      ['Code', 'Name', 'Level', 'Superior', 'Valid from'],
      ['32', '江苏省总工会', 'province', '', 18629],
      ['3209', '盐城市总工会', 'city', '32', 18629],
    ]
    const sheet = `<worksheet><sheetData>${rows.map((row) => `<row>${row.map(cell).join('')}</row>`).join('')}</sheetData></worksheet>`
    const file = join(folder, 'bodies.xlsx')
    await writeFile(file, zipSync({ 'xl/worksheets/sheet1.xml': strToU8(sheet) }))
    expect(await run(bodiesImport, file)).toMatchObject({ code: 0, said: '2 added, 0 there already and equal' })
    expect(await query(`select distinct valid_from::text from tenancy.federation`)).toEqual([
      { valid_from: '1951-01-01' },
    ])
  })

  test.each([
    ['51,四川省总工会,省,,99,,', 'line 3: no body has the code 99 of the superior'],
    ['51,四川省总工会,省,,,,', 'line 3: no superior is given, and 00 is at the top already'],
    ['5 1,四川省总工会,省,,00,,', 'line 3: code "5 1": digits, capital letters and "-" only, at most 24'],
    ['51,四,省,,00,,', 'line 3: name "四": 2 to 120 characters'],
    ['51,四川省总工会,大区,,00,,', 'line 3: level "大区" is unknown (全国 省 市 县 乡镇)'],
    ['51,四川省总工会,省,协会,00,,', 'line 3: kind "协会" is unknown (地方 产业)'],
    ['51,四川省总工会,省,,00,2026-02-30,', 'line 3: "2026-02-30" is no day (2026-01-31)'],
    ['51,四川省总工会,省,,00,2999-01-01,', 'line 3: 2999-01-01 is still to come'],
    ['51,四川省总工会,省,,00,1949-09-30,', 'line 3: begins before its superior, which begins on 1949-10-01'],
    ['51,四川省总工会,全国,,00,,', 'line 3: its level does not lie below that of its superior 00 中华全国总工会'],
    ['51,四川省总工会,省,,00,,\n51,四川省总工会,省,,00,,', 'line 4: the code stands twice: 51, line 3'],
    [
      '51JT,四川省交通运输工会,省,产业,00,,\n513221,汶川县总工会,县,,51JT,,',
      'line 4: an area stands below no industry: 51JT 四川省交通运输工会',
    ],
    [
      '51A,某产业工会,省,产业,51B,,\n51B,某行业工会,省,产业,51A,,',
      'line 3: the superiors form a circle: 51A → 51B → 51A\nline 4: the superiors form a circle: 51B → 51A → 51B',
    ],
    ['51A,某产业工会,省,产业,00,,51A', 'line 3: the superiors form a circle: 51A → 51A'],
    ['51,四,省,,00,,\n5132,阿坝州总工会,市,,51,,', 'line 3: name "四": 2 to 120 characters'],
  ])('refuses %s and writes nothing', async (faulty, reason) => {
    const { code, said } = await importText(`${head}00,中华全国总工会,全国,,,,\n${faulty}\n`)
    const faults = reason.split('\n').length
    const rows = faulty.split('\n').length + 1
    expect(said).toBe(`${reason}\n${faults} faults in ${rows} rows: nothing was written`)
    expect(code).toBe(1)
    expect(await countBodies()).toBe(0)
  })

  test('refuses what differs from a body that is there, and the code of one that was closed', async () => {
    await importText(country)
    await query(`update tenancy.federation set valid_to = '2020-01-01' where code = '513221'`)
    const { said } = await importText(
      `${head}5132,阿坝州总工会,市,,00,,\n51,四川总工会,省,,00,,\n513221,汶川县总工会,县,,5132,,\n51JT,四川省交通运输工会,省,产业,51,,\n`,
    )
    expect(said.split('\n')).toEqual([
      'line 2: there already, and different; stored superior: 51',
      'line 3: there already, and different; stored name: 四川省总工会',
      'line 4: 513221 is the code of a body that was closed',
      'line 5: there already, and different; stored line superior: 00JT',
      '4 faults in 4 rows: nothing was written',
    ])
  })

  test('refuses first days in periods that are over once reports were handed in (P5)', async () => {
    await importText(country)
    await query(`
      insert into indicators.form (tenant_id, code, name_zh, name_en, frequency, filler_levels, due, opens_on)
        select id, 'first', '表', 'form', 'month', '{county}', null, '2020-01-01' from tenancy.federation where code = '00';
      insert into rollup.total (form_id, period, hierarchy, tenant_id, reported, accepted, expected_count, reported_count, reviewed_count, accepted_count, changed_at)
        select (select id from indicators.form), '2020-01', 'regional', id, '{}', '{}', 1, 1, 1, 1, '2020-02-01' from tenancy.federation where code = '00'`)
    expect((await importText(`${head}513222,理县总工会,县,,5132,2020-01-01,\n`)).said).toMatch(
      /^line 2: reports were handed in already: the first day may not be before \d{4}-\d\d-(01|16)\n/,
    )
    expect((await importText(`${head}513222,理县总工会,县,,5132,,\n`)).code).toBe(0)
  })

  test('says what a file lacks, and what the command takes', async () => {
    expectConsoleError(/none of the first twenty rows has the heads 层级 上级$/)
    expectConsoleError(/has no rows below its head$/)
    expectConsoleError(/nothing.csv cannot be read: ENOENT/)
    expectConsoleError(/is no workbook and no CSV file$/)
    expectConsoleError(/^usage: bodies import/)
    expectConsoleError(/^no province has the code 99$/)
    expect((await importText('代码,名称\n1,2\n')).code).toBe(1)
    expect((await importText(head)).code).toBe(1)
    expect((await importText('PK no workbook')).code).toBe(1)
    expect((await run(bodiesImport, join(folder, 'nothing.csv'))).code).toBe(1)
    expect((await run(bodiesImport)).code).toBe(2)
    expect((await run(bodiesImport, '--country', '--province', '51')).code).toBe(2)
    expect((await run(bodiesImport, '--province', '99')).code).toBe(1)
  })

  test('takes one built-in province, then the whole country around it', async () => {
    // Statistics of tables that were emptied say "no rows" of the pages that are left, and the plans for 44,704 bodies then take minutes.
    await query('vacuum tenancy.federation, tenancy.link, tenancy.closure')
    expect((await run(bodiesImport, '--province', '54')).code).toBe(0)
    const [first] = await query<{ levels: string[]; n: number }>(
      `select array_agg(distinct level order by level) as levels, count(*)::int as n from tenancy.federation`,
    )
    expect(first).toEqual({ levels: ['city', 'county', 'national', 'province', 'township'], n: 792 })
    expect((await run(bodiesImport, '--country')).said).toBe(`${44_704 - 792} added, 792 there already and equal`)
  })
})

describe('admins create', () => {
  test('makes three administrators who set a password by the link it prints, once per body', async () => {
    await importText(country)
    const { code, said } = await run(adminsCreate, '513221')
    expect(code).toBe(0)
    const lines = said.split('\n').slice(0, 3)
    expect(lines.map((line) => line.split(/\s+/)[0])).toEqual([
      '513221-sysadmin',
      '513221-secadmin',
      '513221-auditadmin',
    ])
    for (const line of lines) {
      const [username = '', path = ''] = line.split(/\s+/)
      const token = path.replace('/welcome/', '')
      const password = 'Blaue-Ziege-71-klettert'
      const asked = { requestId: '', address: '', agent: '' }
      const redeem = () => withHouse(env, (deps) => redeemOneTimeLink(deps, { token, code: '', password, ...asked }))
      await redeem()
      await expect(redeem()).rejects.toMatchObject({ key: 'errors.linkVoid' })
      const { actor } = await withHouse(env, (deps) => signIn(deps, { username, password, ...asked }))
      expect(actor).toMatchObject({ username, mustChangePassword: false })
    }
    expectConsoleError(/^513221 has an administrator already: nothing was made$/)
    expectConsoleError(/^no body has the code 99$/)
    expectConsoleError(/^usage: admins create/)
    expect((await run(adminsCreate, '513221')).code).toBe(1)
    expect((await run(adminsCreate, '99')).code).toBe(1)
    expect((await run(adminsCreate)).code).toBe(2)
  })
})
