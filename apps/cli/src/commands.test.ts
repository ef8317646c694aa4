import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { signIn } from '@gonglian/auth'
import { aForm, anAcceptedReport } from '@gonglian/reporting/testing'
import { drainDirty } from '@gonglian/rollup'
import { aSmallTree, idOf } from '@gonglian/tenancy/testing'
import { createTestDatabase, expectConsoleError, type TestDatabase } from '@gonglian/testing'
import type { Command } from './command.ts'
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

async function run(command: Command, ...options: string[]): Promise<{ code: number; said: string }> {
  const lines: string[] = []
  const spy = vi.spyOn(console, 'log').mockImplementation((line: unknown) => void lines.push(String(line)))
  try {
    return { code: await command.run(env, options), said: lines.join('\n') }
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
