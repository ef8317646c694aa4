import { randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createDatabase, type Database } from '@gonglian/db'
import { migrateDatabase } from '@gonglian/db/migrate'
import { openTestDeps, type TestDeps } from './testing.ts'

let house: TestDeps
let superuser: Database
let close: () => Promise<void>
const name = `owned_${randomBytes(4).toString('hex')}`

beforeAll(async () => {
  house = await openTestDeps()
  const { db, pool } = createDatabase(house.ownerUrl, 1)
  superuser = db
  close = () => pool.end()
  await sql`create role ${sql.id(name)} login createrole password 'owner'`.execute(superuser)
  // As if it had made these roles itself, which this server already has.
  for (const role of ['gonglian_plain', 'gonglian_system', 'gonglian_definer'])
    await sql`grant ${sql.id(role)} to ${sql.id(name)} with admin option`.execute(superuser)
  await sql`create database ${sql.id(name)} owner ${sql.id(name)}`.execute(superuser)
})
afterAll(async () => {
  await sql`drop database ${sql.id(name)} with (force)`.execute(superuser)
  await sql`drop owned by ${sql.id(name)}`.execute(superuser)
  await sql`drop role ${sql.id(name)}`.execute(superuser)
  await close()
  await house.close()
})

test('a database whose owner is no superuser is brought up to date too', async () => {
  const url = new URL(house.ownerUrl)
  url.username = name
  url.password = 'owner'
  url.pathname = `/${name}`
  const { applied } = await migrateDatabase({ databaseUrl: url.href, secret: `${name} has a secret of its own` })
  expect(applied.length).toBeGreaterThan(10)
  // Policies hold the owner as well: without an actor nothing is written, not even by whoever made the tables.
  const { db, pool } = createDatabase(url.href, 1)
  await expect(
    sql`insert into tenancy.federation (code, name, short_name, level, valid_from) values ('00', 'x', 'x', 'national', '2020-01-01')`.execute(
      db,
    ),
  ).rejects.toThrow('app.')
  await pool.end()
})
