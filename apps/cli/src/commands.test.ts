import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { signIn } from '@gonglian/auth'
import { aForm, anAcceptedReport } from '@gonglian/reporting/testing'
import { drainDirty } from '@gonglian/rollup'
import { getFederation, moveFederation, recordAudit, systemActor, withTenant } from '@gonglian/tenancy'
import { aSmallTree, idOf } from '@gonglian/tenancy/testing'
import { createTestDatabase, expectConsoleError, type TestDatabase } from '@gonglian/testing'
import type { Command } from './command.ts'
import { auditSign } from './commands/audit.ts'
import { dbMigrate, dbUrl } from './commands/db.ts'
import { doctor } from './commands/doctor.ts'
import { userCreate } from './commands/user.ts'
import { verify } from './commands/verify.ts'
import { readEnv, type Env } from './env.ts'
import { withHouse } from './house.ts'

let database: TestDatabase
let env: Env

beforeAll(async () => {
  database = await createTestDatabase()
  env = {
    databaseUrl: database.ownerUrl,
    redisUrl: undefined,
    secret: database.secret,
    production: false,
    audit: undefined,
  }
  // The tables of the queue are not in the copied database.
  await run(dbMigrate)
  await withHouse(env, async (deps) => {
    const tree = await aSmallTree(deps)
    const form = await aForm(deps, idOf(tree, '00'))
    await anAcceptedReport(deps, {
      form,
      period: '2025-Q1',
      tenantId: idOf(tree, '513221100'),
      figures: [7, 8, 9],
      superiorId: idOf(tree, '513221'),
    })
    await drainDirty(deps)
  })
})
afterAll(() => database.drop())

const run = (command: Command, ...options: string[]) => runAs(env, command, ...options)

async function runAs(own: Env, command: Command, ...options: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = []
  const spy = vi.spyOn(console, 'log').mockImplementation((line: unknown) => void lines.push(String(line)))
  try {
    return { code: await command.run(own, options), said: lines.join('\n') }
  } finally {
    spy.mockRestore()
  }
}

async function asOwner(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: database.ownerUrl })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

test('db url prints the owner’s address and nothing else', async () => {
  expect(await run(dbUrl)).toEqual({ code: 0, said: database.ownerUrl })
})

test('db migrate may be run again', async () => {
  expect(await run(dbMigrate)).toEqual({ code: 0, said: 'up to date' })
})

test('db migrate refuses a database that came from a dump without the roles, and says what to use', async () => {
  const dumped = await createTestDatabase()
  onTestFinished(() => dumped.drop())
  const owner = new pg.Client({ connectionString: dumped.ownerUrl })
  await owner.connect()
  onTestFinished(() => owner.end())
  // What is left when a server does not know the role: tables and migrations, and no grant.
  await owner.query(`do $$ declare one name; begin
    for one in select nspname from pg_namespace where nspname !~ '^pg_' and nspname not in ('information_schema', 'public') loop
      execute format('revoke all on all tables in schema %I from gonglian_plain', one);
    end loop;
  end $$`)
  await expect(runAs({ ...env, databaseUrl: dumped.ownerUrl }, dbMigrate)).rejects.toThrow('gonglian restore')
})

describe('verify', () => {
  test('finds nothing when every total is right', async () => {
    const { code, said } = await run(verify)
    expect(said).toMatch(/^[1-9]\d* form periods compared, 0 marks waiting, 0 differences$/)
    expect(code).toBe(0)
  })

  test('lists what differs and fails, when one figure was changed by hand', async () => {
    const plant = (by: string) =>
      asOwner(
        'set search_path to rollup',
        `update total set reported[2] = reported[2] ${by} where tenant_id = (select max(tenant_id) from total where reported[2] is not null)`,
      )
    await plant('+ 1')
    const { code, said } = await run(verify)
    expect(code).toBe(1)
    expect(said).toContain('1 differences')
    expect(said.split('\n').filter((line) => line.startsWith('{'))).toHaveLength(1)
    await plant('- 1')
    expect((await run(verify)).code).toBe(0)
  })

  test('--repair lists what differed, computes it anew and compares again', async () => {
    await asOwner(
      'update rollup.total set reported[2] = 99 where tenant_id = (select max(tenant_id) from rollup.total)',
    )
    const { code, said } = await run(verify, '--repair')
    expect(said).toMatch(
      /differences found and computed anew\n[1-9]\d* form periods compared, 0 marks waiting, 0 differences$/,
    )
    expect(code).toBe(0)
    expect(await run(verify, '--repair')).toMatchObject({ code: 0 })
  })
})

describe('user create', () => {
  const create = (...options: string[]) => run(userCreate, ...options)

  test('makes an account that signs in with the password it prints', async () => {
    const { code, said } = await create('--body', '51', '--name', '51-First', '--display', '首任', '--role', 'secadmin')
    expect(code).toBe(0)
    const password = /: (\S+)$/.exec(said)?.[1] ?? ''
    const { actor } = await withHouse(env, (deps) =>
      signIn(deps, { username: '51-first', password, requestId: '', address: '', agent: '' }),
    )
    expect(actor).toMatchObject({ username: '51-first', mustChangePassword: true })
  })

  test('says what is wrong: no body, no role, an unknown role', async () => {
    expectConsoleError(/no body has the code 99/)
    expectConsoleError(/usage: user create/)
    expect((await create('--body', '99', '--name', '99-x', '--role', 'leader')).code).toBe(1)
    expect((await create('--body', '51', '--name', '51-x')).code).toBe(2)
    expect((await create('--body', '51', '--name', '51-x', '--role', 'leader,king')).code).toBe(2)
  })

  test.each([
    ['51-first', 'leader', 'errors.usernameTaken'],
    ['51-both', 'leader,sysadmin', 'errors.administratorsApart'],
    ['51 space', 'leader', 'errors.invalid'],
  ])('refuses %s as %s', async (name, role, key) => {
    await expect(create('--body', '51', '--name', name, '--role', role)).rejects.toMatchObject({ key })
  })
})

test('doctor names what is ill and fails for it', async () => {
  const { code, said } = await run(doctor)
  expect(code).toBe(1)
  expect(said).toMatch(/^ok {4}database: PostgreSQL /m)
  expect(said).toMatch(/^ok {4}application role: gonglian_operator_/m)
  expect(said).toMatch(/^wrong worker: none is running$/m)
})

test('doctor counts what waits for the worker: moves of bodies, and the totals marked by them', async () => {
  const look = async () => /^ok {4}roll-up backlog: (.*)$/m.exec((await run(doctor)).said)?.[1]
  expect(await look()).toBe('empty')
  await withHouse(env, async (deps) => {
    const root = await withTenant(deps, systemActor('test', 0), (ctx) => getFederation(ctx, '00'))
    await withTenant(deps, systemActor('test', root.id), async (ctx) => {
      const [moved, parent] = [await getFederation(ctx, '513222100'), await getFederation(ctx, '513221')]
      await moveFederation(ctx, {
        federationId: moved.id,
        parentId: parent.id,
        hierarchy: 'regional',
        from: ctx.today,
        reason: '区划调整',
      })
    })
  })
  expect(await look()).toMatch(/^0 marks and [1-9]\d* moves, the oldest of \d{4}-[\d-]+T/)
  await withHouse(env, drainDirty)
  expect(await look()).toBe('empty')
})

describe('doctor, of the heads of audit trails', () => {
  const machine = mkdtempSync(join(tmpdir(), 'doctor-'))
  afterAll(() => rmSync(machine, { recursive: true }))
  const audit = { keyFile: join(machine, 'key.pem'), folder: join(machine, 'heads') }

  test('fails in production where they are not signed, and only there', async () => {
    expect((await run(doctor)).said).toMatch(/^ok {4}audit heads: not signed: GONGLIAN_AUDIT_KEY/m)
    const { code, said } = await runAs({ ...env, production: true }, doctor)
    expect(code).toBe(1)
    expect(said).toMatch(/^wrong audit heads: GONGLIAN_AUDIT_KEY and GONGLIAN_AUDIT_DIR are not set$/m)
  })

  test('fails without the key, and for lines that the worker has not signed for a day and more', async () => {
    const look = async () => (await runAs({ ...env, production: true, audit }, doctor)).said
    expect(await look()).toMatch(/^wrong audit heads: ENOENT/m)
    const { privateKey } = generateKeyPairSync('ed25519')
    writeFileSync(audit.keyFile, privateKey.export({ type: 'pkcs8', format: 'pem' }))
    expect(await look()).toMatch(/^ok {4}audit heads: none was ever signed$/m)
    await withHouse(env, (deps) => {
      const late = { ...deps, clock: () => new Date(Date.now() - 27 * 3_600_000) }
      return withTenant(late, systemActor('test', 0), async (ctx) => {
        const { id } = await getFederation(ctx, '5132')
        await recordAudit(ctx, { tenantId: id, action: 'report.submit', objectKind: 'report', objectId: 1 })
      })
    })
    expect(await look()).toMatch(/^wrong audit heads: none was ever signed, and lines wait of [\d-]+T/m)
    expect((await runAs({ ...env, audit }, auditSign)).said).toMatch(/^[1-9]\d* heads signed$/)
    expect(await look()).toMatch(/^ok {4}audit heads: last signed [\d-]+T/m)
  })
})

test('the environment is read once, and every wrong setting is named', () => {
  expect(() => readEnv({ DATABASE_URL: 'mysql://x', GONGLIAN_SECRET: 'short' })).toThrow(
    /DATABASE_URL[^]*GONGLIAN_SECRET/,
  )
  expect(readEnv({ DATABASE_URL: 'postgres://x', GONGLIAN_SECRET: 'x'.repeat(32), REDIS_URL: 'redis://x' })).toEqual({
    databaseUrl: 'postgres://x',
    secret: 'x'.repeat(32),
    redisUrl: 'redis://x',
    production: false,
    audit: undefined,
  })
})
