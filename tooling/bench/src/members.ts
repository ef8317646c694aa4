import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sql } from 'kysely'
import { ListMembers, StartExport, findUnion, listMembers, startExport, streamExport } from '@gonglian/organisation'
import { anIdNumber } from '@gonglian/organisation/testing'
import { writeWorkbook } from '@gonglian/spreadsheets'
import {
  FederationCode,
  addFederations,
  systemActor,
  withTenant,
  type TenantContext,
  type UserActor,
} from '@gonglian/tenancy'
import { z } from 'zod'
import type { ComparedPlace } from './comparison.ts'
import type { BenchHouse } from './house.ts'
import { findPercentile, judge, time, type Result } from './measure.ts'

const unionCount = 20_000
const importedRows = 100_000
const kinds = ['normal', 'normal', 'normal', 'normal', 'migrant', 'migrant', 'new_form', 'dispatch', 'self_employed']
const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗']

/** An officer of the measured body; each number has limits of its own. */
export const benchOfficer = (tenantId: number, number = 0): UserActor => ({
  kind: 'user',
  accountId: 1 + number,
  username: `bench${number}`,
  displayName: 'bench',
  tenantId,
  roles: ['officer'],
  locale: 'zh-CN',
  requestId: 'bench',
  address: '127.0.0.1',
  isProved: true,
})

/** A body of its own with 20,000 unions, beside whatever else is in the database. */
async function plantUnions(house: BenchHouse): Promise<number> {
  const code = FederationCode.parse('99')
  await withTenant(house.deps, systemActor('bench', 0), async (ctx) => {
    const there = await ctx.db.selectFrom('tenancy.federation').select('id').where('code', '=', code).executeTakeFirst()
    if (!there)
      await addFederations(ctx, [
        { code, name: '测量总工会', shortName: '测量', level: 'province', validFrom: '1990-01-01' },
      ])
  })
  return withTenant(house.deps, systemActor('bench', 0), async (ctx) => {
    const { id } = await ctx.db
      .selectFrom('tenancy.federation')
      .select('id')
      .where('code', '=', code)
      .executeTakeFirstOrThrow()
    return id
  })
}

async function plantMembers(house: BenchHouse, tenantId: number, count: number): Promise<void> {
  const act = <T>(work: (ctx: TenantContext) => Promise<T>) =>
    withTenant(house.deps, systemActor('bench', tenantId), work)
  const first = await act(async (ctx) => {
    const { rows } = await sql<{ id: number }>`
      insert into organisation.trade_union (tenant_id, code, name, name_key, kind, state, approved_on, founded_on)
      select ${tenantId}, 'B-' || lpad(n::text, 6, '0'), '测量工会' || n, '测量工会' || n, 'BASIC_SINGLE', 'active', '2020-01-01', '2020-01-01'
      from generate_series(1, ${unionCount}::int) n returning id`.execute(ctx.db)
    return Math.min(...rows.map((row) => row.id))
  })
  const batch = 10_000
  for (let from = 0; from < count; from += batch) {
    await act(async (ctx) => {
      const numbers = Array.from({ length: batch }, (_, index) => from + index)
      const ids = numbers.map(anIdNumber)
      const mobiles = numbers.map((number) => `139${String(number).padStart(8, '0')}`)
      await sql`
        insert into organisation.member (tenant_id, union_id, state, name, id_sealed, id_print, mobile_sealed, mobile_print, sex, birth,
          kind, applied_on, joined_on, left_on, hukou, consent_on, card_no, card_on)
        select ${tenantId}, ${first} + (n::bigint * 7919) % ${unionCount}, case when n % 20 = 0 then 'left' else 'active' end, name, id_sealed, id_print,
          case when n % 10 > 0 then mobile_sealed end, case when n % 10 > 0 then mobile_print end,
          case when n % 2 = 0 then 'male' else 'female' end, date '1960-01-01' + n % 16000, kind,
          date '2015-01-01' + ((n % 100000) * 31) % 4000, date '2015-01-01' + ((n % 100000) * 31) % 4000, case when n % 20 = 0 then date '2026-06-01' end, 'urban',
          '2026-01-01', case when n % 3 > 0 then '99-' || lpad(n::text, 8, '0') end, case when n % 3 > 0 then date '2026-01-01' end
        from unnest(${numbers}::int[], ${numbers.map((number) => `${surnames[number % 20] ?? ''}${surnames[(number * 7) % 20] ?? ''}${number % 97}`)}::text[],
          ${ids.map((id) => ctx.vault.seal('member.id_number', id))}::bytea[],
          ${ids.map((id) => ctx.vault.fingerprint('id_number', id))}::bytea[],
          ${mobiles.map((mobile) => ctx.vault.seal('member.mobile', mobile))}::bytea[],
          ${mobiles.map((mobile) => ctx.vault.fingerprint('mobile', mobile))}::bytea[],
          ${numbers.map((number) => kinds[number % kinds.length] ?? 'normal')}::text[])
          as g (n, name, id_sealed, id_print, mobile_sealed, mobile_print, kind)`.execute(ctx.db)
    })
  }
}

/** Pages as an officer asks for them: every filter alone, in twos and threes, rare and common, first pages and later ones. */
async function benchLists(house: BenchHouse, actor: UserActor, first: number): Promise<Result[]> {
  const asked: object[] = []
  for (let round = 0; round < 12; round++) {
    asked.push(
      {},
      { unionId: first + round * 113 },
      { unionId: first + round * 113, states: ['left'] },
      { kinds: ['migrant'] },
      { kinds: ['self_employed'], sex: 'female', incomplete: true, hasCard: false },
      { states: ['left'], page: round + 1 },
      { states: ['deceased'] },
      { sex: 'female', page: round * 10 + 1 },
      { joinedFrom: '2020-01-01', joinedTo: '2020-01-31' },
      { joinedFrom: '2019-03-01', joinedTo: '2023-03-01', kinds: ['new_form', 'dispatch'] },
      { hasCard: false, incomplete: true },
      { incomplete: true, page: 3 },
      { search: surnames[round] ?? '' },
      { search: `${surnames[round] ?? ''}${surnames[(round * 7) % 20] ?? ''}`, kinds: ['migrant'], hasCard: true },
      { page: 190 },
    )
  }
  const samples: number[] = []
  for (const [index, filter] of [...asked, ...asked].entries()) {
    const { ms } = await time(() => withTenant(house.deps, actor, (ctx) => listMembers(ctx, ListMembers.parse(filter))))
    if (index >= asked.length) samples.push(ms)
  }
  console.log(
    `list: median ${findPercentile(samples, 0.5).toFixed(1)} ms, worst ${Math.max(...samples).toFixed(1)} ms, ${(
      1000 /
      (samples.reduce((sum, ms) => sum + ms, 0) / samples.length)
    ).toFixed(0)} pages/s one after the other`,
  )
  return [judge('list page of 1,000,000 members with filters and count, p95', findPercentile(samples, 0.95), 10, 'ms')]
}

async function benchSearch(house: BenchHouse, actor: UserActor, count: number): Promise<Result> {
  const samples: number[] = []
  for (let round = 0; round < 400; round++) {
    const search = anIdNumber((round * 7919) % count)
    // Ten officers: what one may search for in an hour is limited.
    const searching = benchOfficer(actor.tenantId, round % 10)
    const { ms, value } = await time(() =>
      withTenant(house.deps, searching, (ctx) => listMembers(ctx, ListMembers.parse({ search }))),
    )
    if (value.rows.length !== 1) throw new Error('a member was not found')
    if (round >= 50) samples.push(ms)
  }
  console.log(`id search: median ${findPercentile(samples, 0.5).toFixed(1)} ms`)
  return judge('find by id number among 1,000,000, p95', findPercentile(samples, 0.95), 5, 'ms')
}

/** A workbook as an office has it: other titles in another order, a column that nobody asked for, dates as texts. */
function writeForeignFile(path: string, from: number): Promise<void> {
  const columns: { title: string; value: (number: number) => string | number }[] = [
    { title: '序号', value: (number) => number + 1 },
    { title: '所属工会编号', value: (number) => `B-${String(1 + (number % unionCount)).padStart(6, '0')}` },
    { title: '职工姓名', value: (number) => `新${surnames[number % 20] ?? ''}${number % 97}` },
    { title: '证件号码', value: (number) => anIdNumber(from + number) },
    { title: '联系电话', value: (number) => `137${String(number).padStart(8, '0')}` },
    { title: '入会时间', value: () => '2026.10.8' },
    { title: '同意日期', value: () => '2026/10/8' },
    { title: '人员类别', value: () => '农民工' },
    { title: '户口性质', value: () => '农村' },
    { title: '备注', value: (number) => (number % 7 === 0 ? '补录' : '') },
  ]
  const rows = Array.from({ length: importedRows }, (_, number) => number)
  return writeFile(path, writeWorkbook('会员花名册', columns, rows))
}

/** 100,000 rows of such a file from the workbook to the register, with every check, beside the million that is there; in a process of its own. */
async function benchImport(
  house: BenchHouse,
  actor: UserActor,
  from: number,
): Promise<{ rate: number; results: Result[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'gonglian-bench-'))
  try {
    const path = join(folder, '会员花名册.xlsx')
    await writeForeignFile(path, from)
    const script = new URL('./member-import-run.ts', import.meta.url).pathname
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [...process.execArgv, script, path, String(actor.tenantId)],
      { env: { ...process.env, DATABASE_URL: house.appUrl } },
    )
    const run = z
      .object({ rows: z.number(), seconds: z.number(), megabytes: z.number(), said: z.string() })
      .parse(JSON.parse(stdout))
    if (run.rows !== importedRows) throw new Error(`${run.rows} of ${importedRows} rows were written`)
    console.log(run.said)
    const rate = run.rows / run.seconds
    return {
      rate,
      results: [
        {
          what: 'import of a foreign workbook of 100,000 members: columns matched, all checks, written',
          value: `${rate.toFixed(0)} /s`,
          bar: 'at least 8000 /s',
          met: rate >= 8000,
        },
        judge('memory of the process that imports', run.megabytes, 300, 'MB'),
      ],
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function benchExport(house: BenchHouse, actor: UserActor): Promise<Result[]> {
  const { id } = await withTenant(house.deps, actor, (ctx) => startExport(ctx, StartExport.parse({ filter: {} })))
  let begun = 0
  let bytes = 0
  let lines = 0
  let peak = 0
  const { ms } = await time(async () => {
    for await (const piece of streamExport(house.deps, actor, id)) {
      bytes += Buffer.byteLength(piece)
      lines += piece.split('\n').length - 1
      // The first tenth warms up; what comes on top afterwards would grow with the file.
      if (lines < 100_000) begun = Math.max(begun, process.memoryUsage().rss)
      else peak = Math.max(peak, process.memoryUsage().rss - begun)
    }
  })
  console.log(
    `export: ${lines} lines, ${(bytes / 1e6).toFixed(0)} MB in ${(ms / 1000).toFixed(1)} s, ${(lines / (ms / 1000)).toFixed(0)} rows/s`,
  )
  return [judge('memory an export of 1,000,000 rows adds after its first 100,000', peak / 1e6, 64, 'MB')]
}

/**
 * The register at the size of a federation of 1,000,000 members in 20,000 unions (handbook 5).
 *
 * @param options.compare measures another product on the same members, too
 */
export async function benchMembers(
  house: BenchHouse,
  options: { count: number; compare: ((place: ComparedPlace) => Promise<Result[]>) | null },
): Promise<Result[]> {
  const { count } = options
  const tenantId = await plantUnions(house)
  const planted = await time(() => plantMembers(house, tenantId, count))
  console.log(`${count} members planted in ${(planted.ms / 1000).toFixed(0)} s on ${cpus().length} processors`)
  const { Client } = (await import('pg')).default
  const owner = new Client({ connectionString: house.ownerUrl })
  await owner.connect()
  await owner.query('vacuum (analyze) organisation.member, organisation.trade_union')
  await owner.end()
  const actor = benchOfficer(tenantId)
  const first = await withTenant(house.deps, actor, async (ctx) => {
    await findUnion(ctx, { code: 'B-000001' })
    const row = await ctx.db
      .selectFrom('organisation.trade_union')
      .select('id')
      .where('code', '=', 'B-000001')
      .executeTakeFirstOrThrow()
    return row.id
  })
  const lists = await benchLists(house, actor, first)
  const search = await benchSearch(house, actor, count)
  const { rate, results } = await benchImport(house, actor, count)
  const exported = await benchExport(house, actor)
  const compared = await options.compare?.({ tenantId, firstUnion: first, imported: rate })
  return [...lists, search, ...results, ...exported, ...(compared ?? [])]
}
