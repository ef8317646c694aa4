import { cpus } from 'node:os'
import { sql } from 'kysely'
import {
  CommitImport,
  ListMembers,
  StartExport,
  StartImport,
  commitImport,
  findUnion,
  getImport,
  memberColumns,
  listMembers,
  runImport,
  startExport,
  startImport,
  streamExport,
} from '@gonglian/organisation'
import { anIdNumber, runThrough } from '@gonglian/organisation/testing'
import {
  FederationCode,
  addFederations,
  systemActor,
  withTenant,
  type TenantContext,
  type UserActor,
} from '@gonglian/tenancy'
import type { ComparedPlace } from './comparison.ts'
import type { BenchHouse } from './house.ts'
import { findPercentile, judge, time, type Result } from './measure.ts'

const unionCount = 20_000
const kinds = ['normal', 'normal', 'normal', 'normal', 'migrant', 'migrant', 'new_form', 'dispatch', 'self_employed']
const surnames = [...'王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗']

const officer = (tenantId: number): UserActor => ({
  kind: 'user',
  accountId: 1,
  username: 'bench',
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
  return [judge('list page of 1,000,000 members with filters and count, p95', findPercentile(samples, 0.95), 60, 'ms')]
}

async function benchSearch(house: BenchHouse, actor: UserActor, count: number): Promise<Result> {
  const samples: number[] = []
  for (let round = 0; round < 400; round++) {
    const search = anIdNumber((round * 7919) % count)
    const { ms, value } = await time(() =>
      withTenant(house.deps, actor, (ctx) => listMembers(ctx, ListMembers.parse({ search }))),
    )
    if (value.rows.length !== 1) throw new Error('a member was not found')
    if (round >= 50) samples.push(ms)
  }
  console.log(`id search: median ${findPercentile(samples, 0.5).toFixed(1)} ms`)
  return judge('find by id number among 1,000,000, p95', findPercentile(samples, 0.95), 5, 'ms')
}

/** 100,000 rows of CSV from the file to the register, with every check; beside the million that is there. */
async function benchImport(
  house: BenchHouse,
  actor: UserActor,
  from: number,
): Promise<{ rate: number; result: Result }> {
  const rows = 100_000
  const line = (number: number) =>
    memberColumns
      .map(({ key }) => {
        if (key === 'name') return `新${surnames[number % 20] ?? ''}${number % 97}`
        if (key === 'idNumber') return anIdNumber(from + number)
        if (key === 'unionCode') return `B-${String(1 + (number % unionCount)).padStart(6, '0')}`
        if (key === 'joinedOn' || key === 'consentOn') return '2026-10-08'
        if (key === 'mobile') return `137${String(number).padStart(8, '0')}`
        return key === 'kind' ? '农民工' : key === 'hukou' ? '农村' : ''
      })
      .join(',')
  const head = memberColumns.map((column) => column.zh).join(',')
  const file = [head, ...Array.from({ length: rows }, (_, number) => line(number))].join('\n')
  const content = Buffer.from(file).toString('base64')
  const act = <T>(work: (ctx: TenantContext) => Promise<T>) => withTenant(house.deps, actor, work)
  const began = process.cpuUsage()
  const whole = await time(async () => {
    const { id } = await act((ctx) =>
      startImport(ctx, StartImport.parse({ fileName: 'bench.csv', content, consentVersion: '2026' })),
    )
    const check = await time(() => runThrough(house.deps, actor, id))
    const checked = check.value
    await act((ctx) => commitImport(ctx, CommitImport.parse({ importId: id, version: checked.version })))
    const write = await time(() => runImport(house.deps, { importId: id, tenantId: actor.tenantId }))
    const done = await act((ctx) => getImport(ctx, { importId: id }))
    if (done.done !== rows)
      throw new Error(`${done.done} of ${rows} rows were written, ${done.bad} bad, ${done.problem}`)
    console.log(`import: checked in ${(check.ms / 1000).toFixed(1)} s, written in ${(write.ms / 1000).toFixed(1)} s`)
  })
  const rate = rows / (whole.ms / 1000)
  const used = process.cpuUsage(began)
  console.log(`import: ${((used.user + used.system) / 1e6).toFixed(1)} s of this process's processor time`)
  return {
    rate,
    result: {
      what: 'import of 100,000 members, all checks, dry run and writing',
      value: `${rate.toFixed(0)} /s`,
      bar: 'at least 5000 /s',
      met: rate >= 5000,
    },
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
  const actor = officer(tenantId)
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
  const { rate, result } = await benchImport(house, actor, count)
  const exported = await benchExport(house, actor)
  const compared = await options.compare?.({ tenantId, firstUnion: first, imported: rate })
  return [...lists, search, result, ...exported, ...(compared ?? [])]
}
