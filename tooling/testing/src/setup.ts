import { migrateDatabase, migrationsFingerprint } from '@gonglian/db/migrate'
import { startThrowawayPostgres } from '@gonglian/postgres'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { withDatabase } from './address.ts'
// Only for what it says about the type of `provide`.
import type {} from './copy.ts'

/** Only for databases that are thrown away. */
const secret = 'secret of the test databases, which nobody keeps'

const HOURS_UNTIL_ABANDONED = 24
const TEMPLATE_LOCK = 7001

/** Runs once before the tests of a package: a server (TEST_DATABASE_URL, or a throwaway one) with a migrated template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env['TEST_DATABASE_URL']
  const own = given === undefined || given === '' ? await startThrowawayPostgres() : null
  const url = own?.url ?? given ?? ''
  try {
    const template = await ensureTemplate(url)
    project.provide('testServer', { url, template, secret })
  } catch (error) {
    await own?.stop()
    throw error
  }
  return async () => own?.stop()
}

/** Many packages' tests start at once; the first makes the template while the others wait. */
async function ensureTemplate(url: string): Promise<string> {
  const name = `template_${await migrationsFingerprint()}`
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK])
    await dropAbandoned(client)
    const found = await client.query('select 1 from pg_database where datname = $1', [name])
    if (found.rowCount === 0) {
      const unfinished = `unfinished_${name}`
      await client.query(`drop database if exists ${unfinished} with (force)`)
      await client.query(`create database ${unfinished}`)
      await migrateDatabase({ databaseUrl: withDatabase(url, unfinished), secret })
      await client.query(`alter database ${unfinished} with allow_connections false`)
      await client.query(`alter database ${unfinished} rename to ${name}`)
    }
  } finally {
    await client.end()
  }
  return name
}

/** A server that outlives its tests collects the databases of runs that were killed. */
async function dropAbandoned(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ datname: string }>(
    `select datname from pg_database d where datname ~ '^test_\\d+_'
       and not exists (select 1 from pg_stat_activity a where a.datname = d.datname)`,
  )
  for (const { datname } of rows) {
    const ageHours = (Date.now() / 1000 - Number(datname.split('_')[1])) / 3600
    if (ageHours > HOURS_UNTIL_ABANDONED) await client.query(`drop database if exists ${datname}`)
  }
}
