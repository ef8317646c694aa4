import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { getForm } from '@gonglian/indicators'
import { startThrowawayPostgres, type RunningPostgres } from '@gonglian/postgres'
import { aForm, aSubmittedReport, anAcceptedReport } from '@gonglian/reporting/testing'
import { drainDirty, readTotals, verifyTotals } from '@gonglian/rollup'
import { systemActor, withTenant, type Deps } from '@gonglian/tenancy'
import { aSmallTree, idOf } from '@gonglian/tenancy/testing'
import { createTestDatabase, expectConsoleError, type TestDatabase } from '@gonglian/testing'
import type { Command } from './command.ts'
import { backup, restore } from './commands/backup.ts'
import { dbMigrate } from './commands/db.ts'
import type { Env } from './env.ts'
import { withHouse } from './house.ts'

let database: TestDatabase
let server: RunningPostgres
let source: Env
let folder: string
let tree: Map<string, number>
const role = `backup_${randomBytes(4).toString('hex')}`
const noon = () => new Date('2026-11-21T12:00:00+08:00')
const file = () => join(folder, 'gonglian.backup')

async function run(env: Env, command: Command, ...options: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = []
  const spy = vi.spyOn(console, 'log').mockImplementation((line: unknown) => void lines.push(String(line)))
  try {
    return { code: await command.run(env, options), said: lines.join('\n') }
  } finally {
    spy.mockRestore()
  }
}

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}

function addressOf(url: string, parts: { username?: string; password?: string; database?: string }): string {
  const address = new URL(url)
  if (parts.username !== undefined) address.username = parts.username
  if (parts.password !== undefined) address.password = parts.password
  if (parts.database !== undefined) address.pathname = `/${parts.database}`
  return address.href
}

/** An empty database on a server that knows nothing of us, and its owner: no superuser, as the documentation asks for. */
async function anEmptyDatabase(): Promise<Env> {
  const name = `fresh_${randomBytes(4).toString('hex')}`
  await ask(server.url, `create role ${name} login createrole password 'owner'`)
  // The roles of the second restore on one server are there already; their owner has been given them.
  await ask(
    server.url,
    `do $$ declare one record; begin
      for one in select rolname from pg_roles where rolname in ('gonglian_plain', 'gonglian_system', 'gonglian_definer') loop
        execute format('grant %I to ${name} with admin option', one.rolname);
      end loop; end $$`,
  )
  await ask(server.url, `create database ${name} owner ${name}`)
  const databaseUrl = addressOf(server.url, { username: name, password: 'owner', database: name })
  return { databaseUrl, redisUrl: undefined, secret: database.secret, production: false, audit: undefined }
}

const at = <T>(env: Env, work: (deps: Deps) => Promise<T>) => withHouse(env, (deps) => work({ ...deps, clock: noon }))

async function countRows(url: string): Promise<Record<string, unknown>> {
  const tables = await ask(
    url,
    `select format('%I.%I', n.nspname, c.relname) as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'r' and n.nspname not in ('bullmq', 'information_schema') and n.nspname !~ '^pg_' order by 1`,
  )
  const counts: Record<string, unknown> = {}
  for (const { name } of tables)
    counts[String(name)] = (await ask(url, `select count(*)::int as n from ${String(name)}`))[0]?.['n']
  return counts
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gonglian-backup-'))
  database = await createTestDatabase()
  server = await startThrowawayPostgres()
  source = {
    databaseUrl: database.ownerUrl,
    redisUrl: undefined,
    secret: database.secret,
    production: false,
    audit: undefined,
  }
  await run(source, dbMigrate)
  await ask(
    database.ownerUrl,
    `create role ${role} login bypassrls password 'backup'; grant pg_read_all_data to ${role}`,
  )
  await at(source, async (deps) => {
    tree = await aSmallTree(deps)
    const form = await aForm(deps, idOf(tree, '00'), { code: 'kept' })
    const superiorId = idOf(tree, '513221')
    await anAcceptedReport(deps, {
      form,
      period: '2026-Q3',
      tenantId: idOf(tree, '513221100'),
      figures: [7, null, 9],
      superiorId,
    })
    await drainDirty(deps)
  })
})
afterAll(async () => {
  await ask(database.ownerUrl, `drop owned by ${role}`)
  await database.drop()
  await server.stop()
  await rm(folder, { recursive: true, force: true })
})

describe('a backup', () => {
  test('is refused to who would see only a part of the rows, and leaves nothing', async () => {
    const name = `half_${randomBytes(4).toString('hex')}`
    await ask(database.ownerUrl, `create role ${name} login password 'half'; grant pg_read_all_data to ${name}`)
    const half = { ...source, backupDatabaseUrl: addressOf(database.ownerUrl, { username: name, password: 'half' }) }
    expectConsoleError(/row-level security hides rows from .* create role gonglian_backup login bypassrls/)
    expect((await run(half, backup, file())).code).toBe(1)
    expect(await readdir(folder)).toEqual([])
    await ask(database.ownerUrl, `drop owned by ${name}; drop role ${name}`)
  })

  test('that breaks off leaves nothing under its name, and no half file beside it', async () => {
    const cut = { ...source, backupDatabaseUrl: addressOf(database.ownerUrl, { username: role, password: 'backup' }) }
    await ask(database.ownerUrl, `revoke pg_read_all_data from ${role}`)
    await expect(run(cut, backup, file())).rejects.toThrow('permission denied')
    await ask(database.ownerUrl, `grant pg_read_all_data to ${role}`)
    expect(await readdir(folder)).toEqual([])
  })

  test('fills a fresh server, whose owner is no superuser; reporting goes on there and every total is right', async () => {
    const taker = { ...source, backupDatabaseUrl: addressOf(database.ownerUrl, { username: role, password: 'backup' }) }
    const { code, said } = await run(taker, backup, file())
    expect(code).toBe(0)
    expect(said).toContain('tables')
    expect((await stat(file())).mode & 0o777).toBe(0o600)

    const fresh = await anEmptyDatabase()
    expect((await run(fresh, restore, file())).code).toBe(0)
    const target = addressOf(server.url, { database: new URL(fresh.databaseUrl).pathname.slice(1) })
    expect(await countRows(target)).toEqual(await countRows(database.ownerUrl))
    // What stood aside while loading is back.
    const guards = `select
      (select count(*)::int from pg_class where relforcerowsecurity) as forced,
      (select count(*)::int from pg_trigger where not tgisinternal and tgenabled = 'O') as triggers,
      (select count(*)::int from pg_constraint where contype = 'f') as keys,
      (select md5(string_agg(c.oid::regclass::text || a.privilege_type || a.grantee::regrole::text, ',' order by c.oid::regclass::text collate "C", a.privilege_type))
        from pg_class c cross join lateral aclexplode(c.relacl) a where a.grantee = 'gonglian_plain'::regrole) as grants`
    expect(await ask(target, guards)).toEqual(await ask(database.ownerUrl, guards))

    await at(fresh, async (deps) => {
      expect(await verifyTotals(deps)).toMatchObject({ waiting: 0, differences: [] })
      const form = await withTenant(deps, systemActor('test', idOf(tree, '00')), (ctx) => getForm(ctx, 'kept'))
      await aSubmittedReport(deps, { form, period: '2026-Q3', tenantId: idOf(tree, '513221101'), figures: [1, 2, 3] })
      await drainDirty(deps)
      expect(await verifyTotals(deps)).toMatchObject({ waiting: 0, differences: [] })
      const [nation] = await withTenant(deps, systemActor('test', idOf(tree, '00')), (ctx) =>
        readTotals(ctx, { formId: form.id, periods: ['2026-Q3'], hierarchy: 'regional', bodies: [idOf(tree, '00')] }),
      )
      expect(nation?.reported).toEqual([8, 2, 12])
    })
  })

  test('taken while others report is one moment: restored, its marks worked off, every total is right', async () => {
    const during = join(folder, 'during.backup')
    await at(source, async (deps) => {
      let goesOn = true
      const writing = (async () => {
        for (let round = 1; goesOn; round += 1) {
          const form = await aForm(deps, idOf(tree, '00'), { code: `during-${round}` })
          for (const code of ['513221100', '513221101', '513222100', '320924100']) {
            await aSubmittedReport(deps, { form, period: '2026-Q3', tenantId: idOf(tree, code), figures: [1, 1, 1] })
          }
          await drainDirty(deps)
        }
      })()
      expect((await run(source, backup, during)).code).toBe(0)
      goesOn = false
      await writing
    })
    const fresh = await anEmptyDatabase()
    expect((await run(fresh, restore, during)).code).toBe(0)
    await at(fresh, async (deps) => {
      await drainDirty(deps)
      expect(await verifyTotals(deps)).toMatchObject({ waiting: 0, differences: [] })
    })
  })
})

/** As whoever can write the file may do it: the sum fits, but a row is gone. */
function loseRow(bytes: Buffer): Buffer {
  const lines = gunzipSync(bytes).toString('utf8').split('\n').slice(0, -2)
  const head = lines.findIndex((line) => line.startsWith('{"table":"tenancy.federation"'))
  const content = lines
    .toSpliced(head + 1, 1)
    .map((line) => `${line}\n`)
    .join('')
  return gzipSync(`${content}${createHash('sha256').update(content).digest('hex')}\n`)
}

describe('a restore is refused, and writes nothing,', () => {
  const untouched = async (env: Env) =>
    expect(await ask(env.databaseUrl, "select count(*)::int as n from pg_namespace where nspname = 'tenancy'")).toEqual(
      [{ n: 0 }],
    )

  test('with another secret', async () => {
    const fresh = await anEmptyDatabase()
    expectConsoleError(/belongs to another secret/)
    expect((await run({ ...fresh, secret: 'x'.repeat(32) }, restore, file())).code).toBe(1)
    await untouched(fresh)
  })

  test('into a database that holds something', async () => {
    const fresh = await anEmptyDatabase()
    await ask(fresh.databaseUrl, 'create table note (text text)')
    expectConsoleError(/the database is not empty: it holds note/)
    expect((await run(fresh, restore, file())).code).toBe(1)
    await untouched(fresh)
  })

  test.each([
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 40), /the file is damaged: unexpected end/],
    [
      'changed in one byte',
      (bytes: Buffer) => Buffer.from(bytes.map((byte, place) => (place === bytes.length >> 1 ? byte ^ 1 : byte))),
      /the file is/,
    ],
    ['something else', () => Buffer.from('a letter'), /the file is/],
    ['without one of its rows, its sum written anew', loseRow, /tenancy\.federation has \d+ rows of \d+/],
  ])('from a file that is %s', async (_, damage, why) => {
    const fresh = await anEmptyDatabase()
    const damaged = join(folder, 'damaged.backup')
    await writeFile(damaged, damage(await readFile(file())))
    expectConsoleError(why)
    expect((await run(fresh, restore, damaged)).code).toBe(1)
    await untouched(fresh)
  })

  test('from a newer version', async () => {
    const newer = join(folder, 'newer.backup')
    await ask(
      database.ownerUrl,
      "insert into public.migration (name, checksum, at) values ('9999_future.sql', 'x', '2026-11-21')",
    )
    onTestFinished(() =>
      ask(database.ownerUrl, "delete from public.migration where name = '9999_future.sql'").then(() => undefined),
    )
    expect((await run(source, backup, newer)).code).toBe(0)
    const fresh = await anEmptyDatabase()
    expectConsoleError(/migrations this version does not know: 9999_future\.sql/)
    expect((await run(fresh, restore, newer)).code).toBe(1)
    await untouched(fresh)
    expect(existsSync(newer)).toBe(true)
  })
})
