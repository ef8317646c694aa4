import { beginEnrolment, confirmEnrolment, signIn, signInWithCode } from '@gonglian/auth'
import { aSession, testPassword, writeCode } from '@gonglian/auth/testing'
import { DomainError, refreshKeys, withTenant } from '@gonglian/tenancy'
import { aSmallTree, idOf } from '@gonglian/tenancy/testing'
import { createTestDatabase, expectConsoleError, type TestDatabase } from '@gonglian/testing'
import pg from 'pg'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { dbMigrate } from './commands/db.ts'
import { keysRotate, sealedColumns } from './commands/keys.ts'
import type { Env } from './env.ts'
import { withHouse } from './house.ts'

// Until a key seals a minute and a half goes by, which the test does not wait.
vi.mock('node:timers/promises', async (original) => ({
  ...(await original<object>()),
  setTimeout: (ms: number) => Promise.resolve(vi.setSystemTime(Date.now() + ms)),
}))

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
  await run([], dbMigrate)
})
afterAll(() => database.drop())

async function run(options: string[], command = keysRotate): Promise<{ code: number; said: string }> {
  const lines: string[] = []
  const spy = vi.spyOn(console, 'log').mockImplementation((line: unknown) => void lines.push(String(line)))
  try {
    return { code: await command.run(env, options), said: lines.join('\n') }
  } finally {
    spy.mockRestore()
  }
}

/** Sealed too, but emptied within weeks: imports, transfers, ballots. Their values stay readable with the key that sealed them. */
const shortLived = [
  // Sealed to a person's own code, and thrown away at the count.
  'organisation.group_member.sealed_share',
  'organisation.import.file_sealed',
  'organisation.import.layout_sealed',
  'organisation.import_faulty_row.cells_sealed',
  'organisation.import_row.id_sealed',
  'organisation.import_row.mobile_sealed',
  'organisation.sealed_ballot.sealed',
  'organisation.transfer.id_sealed',
  'organisation.transfer.mobile_sealed',
  'organisation.waiting_ballot.sealed',
]

/** Sealed by nothing that rotates: hashes, fingerprints, public keys, signatures, files as they came, and the keys themselves. */
const unsealed = [
  'auth.one_time_link.code_hash',
  'auth.recovery_code.code_hash',
  'documents.issued_paper.hash',
  'documents.issued_paper.token',
  'documents.issued_paper.token_hash',
  'files.chunk.bytes',
  'files.file.sha256',
  'organisation.appraisal.group_key',
  'organisation.appraisal.group_proof',
  'organisation.group_member.public_key',
  'organisation.import_row.id_print',
  'organisation.import_row.mobile_print',
  'organisation.member.id_print',
  'organisation.member.mobile_print',
  'organisation.officer_person.id_print',
  'organisation.officer_person.mobile_print',
  'organisation.slip.group_key',
  'organisation.slip.print',
  'tenancy.audit.hash',
  'tenancy.audit.prev_hash',
  'tenancy.audit_anchor.hash',
  'tenancy.audit_anchor.signature',
  'tenancy.audit_head.hash',
  'tenancy.data_key.sealed',
]

test('every column of bytes in any schema is sealed anew by a rotation, or is known not to need it', async () => {
  const owner = new pg.Client({ connectionString: database.ownerUrl })
  await owner.connect()
  const { rows } = await owner
    .query<{ name: string }>(
      `select table_schema || '.' || table_name || '.' || column_name as name
       from information_schema.columns join information_schema.tables using (table_schema, table_name)
       where table_type = 'BASE TABLE' and data_type = 'bytea' and table_schema not in ('bullmq', 'information_schema') and table_schema !~ '^pg_'`,
    )
    .finally(() => owner.end())
  const known = [...sealedColumns.map(({ table, column }) => `${table}.${column}`), ...shortLived, ...unsealed]
  expect(rows.map(({ name }) => name).toSorted()).toEqual(known.toSorted())
})

test('without a body there is nothing to seal', async () => {
  expectConsoleError(/no body yet/)
  expect((await run([])).code).toBe(1)
})

test('a rotation seals authenticators anew, whose codes are still taken', async () => {
  vi.useFakeTimers({ toFake: ['Date'] })
  onTestFinished(() => void vi.useRealTimers())
  const { pending, enrolled } = await withHouse(env, async (deps) => {
    const tree = await aSmallTree(deps)
    const enrol = async (username: string) => {
      const { actor } = await aSession(deps, idOf(tree, '51'), username, 'officer')
      const { key } = await withTenant(deps, actor, beginEnrolment)
      const confirm = (code: string) =>
        withTenant(deps, actor, (ctx) => confirmEnrolment(ctx, { code }, actor.sessionHandle))
      return { actor, key: key.replaceAll(' ', ''), confirm }
    }
    const one = await enrol('51-confirmed')
    await one.confirm(writeCode(one.key, new Date()))
    return { pending: await enrol('51-begun'), enrolled: one }
  })

  const { code, said } = await run([])
  expect(code).toBe(0)
  expect(said).toMatch(/^key 2 added; it seals from /)
  expect(said).toMatch(/^auth\.factor\.secret: 1 sealed anew; key 2: 1$/m)
  expect(said).toMatch(/^auth\.factor\.pending: 1 sealed anew; key 2: 1$/m)
  for (const { table, column } of sealedColumns) expect(said).toContain(`${table}.${column}: `)

  await withHouse(env, async (deps) => {
    await refreshKeys(deps)
    const visit = { requestId: '', address: '203.0.113.9', agent: 'test' }
    const refusal = await signIn(deps, { username: '51-confirmed', password: testPassword, ...visit }).catch(
      (error: unknown) => error,
    )
    if (!(refusal instanceof DomainError)) throw refusal
    const ticket = String(refusal.params['ticket'])
    const opened = await signInWithCode(deps, { ticket, code: writeCode(enrolled.key, new Date()), ...visit })
    expect(opened.actor.username).toBe('51-confirmed')
    const { actor, key } = pending
    const confirmed = await withTenant(deps, actor, (ctx) =>
      confirmEnrolment(ctx, { code: writeCode(key, ctx.now) }, actor.sessionHandle),
    )
    expect(confirmed.recoveryCodes).toHaveLength(10)
  })

  // Interrupted, it goes on: no further key, and nothing is left to do.
  const again = await run(['--continue'])
  expect(again.said).not.toContain('added')
  expect(again.said).toMatch(/^auth\.factor\.secret: 0 sealed anew; key 2: 2$/m)
})
