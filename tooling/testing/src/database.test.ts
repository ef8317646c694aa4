import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { createTestDatabase } from './index.ts'

const first = await createTestDatabase()
const second = await createTestDatabase()

afterAll(async () => {
  await first.drop()
  await second.drop()
})

async function ask(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query<Record<string, unknown>>(statement)).rows
  } finally {
    await client.end()
  }
}

test('a test database is migrated', async () => {
  const [row] = await ask(first.ownerUrl, `select count(*)::int as migrations from public.migration`)
  expect(row?.['migrations']).toBeGreaterThan(0)
})

test('two test databases do not see each other', async () => {
  await ask(first.ownerUrl, `create table mark ()`)
  await expect(ask(second.ownerUrl, `select from mark`)).rejects.toThrow('does not exist')
})

test('the application role cannot bypass row-level security and owns no table', async () => {
  const [role] = await ask(
    first.appUrl,
    `select rolsuper, rolbypassrls, rolcreatedb, rolcreaterole,
       (select count(*)::int from pg_class where relowner = pg_roles.oid) as owned
     from pg_roles where rolname = current_user`,
  )
  expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreatedb: false, rolcreaterole: false, owned: 0 })
})

test('a dropped database is gone, even while somebody is connected', async () => {
  const third = await createTestDatabase()
  const client = new pg.Client({ connectionString: third.appUrl })
  client.on('error', () => undefined)
  await client.connect()
  await third.drop()
  await expect(ask(third.ownerUrl, 'select 1')).rejects.toThrow('does not exist')
  await client.end().catch(() => undefined)
})
