import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import {
  BackupRefused,
  checkBackup,
  endOfTable,
  fingerprintSecret,
  readLines,
  readTableHead,
  type BackupManifest,
  type BackupSummary,
} from './backup-file.ts'
import { listTables } from './backup-tables.ts'
import { migrateDatabase, readMigrations } from './migrate.ts'

/**
 * Fills an empty database from a backup: makes roles, tables and grants by the migrations the backup was taken with, loads all rows in one
 * transaction, and then brings the database up to date. Whatever fails leaves no row behind.
 *
 * @param options.databaseUrl the owner of an empty database; need not be a superuser
 * @throws BackupRefused for a wrong secret, a database that holds something, a backup of a newer version, or a damaged file
 */
export async function restoreDatabase(options: {
  databaseUrl: string
  secret: string
  file: string
}): Promise<BackupSummary & { applied: string[] }> {
  const { databaseUrl, secret, file } = options
  const summary = await checkBackup(file)
  if (summary.head.secret !== fingerprintSecret(secret)) {
    throw new BackupRefused(
      'the backup belongs to another secret: GONGLIAN_SECRET must be that of the installation it was taken from',
    )
  }
  const known = new Map((await readMigrations()).map((migration) => [migration.name, migration.checksum]))
  const strange = summary.head.migrations.filter((migration) => known.get(migration.name) !== migration.checksum)
  if (strange.length > 0) {
    const names = strange.map((migration) => migration.name).join(', ')
    throw new BackupRefused(
      `the backup was taken by version ${summary.head.product} with migrations this version does not know: ${names}`,
    )
  }
  await requireEmpty(databaseUrl)
  await migrateDatabase({
    databaseUrl,
    secret,
    only: new Set(summary.head.migrations.map((migration) => migration.name)),
  })
  await loadRows(databaseUrl, file, summary)
  const { applied } = await migrateDatabase({ databaseUrl, secret })
  return { ...summary, applied }
}

async function requireEmpty(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ name: string }>(`
      select c.oid::regclass::text as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname <> 'information_schema' and n.nspname !~ '^pg_' limit 1`)
    if (rows[0]) throw new BackupRefused(`the database is not empty: it holds ${rows[0].name}`)
  } finally {
    await client.end()
  }
}

async function loadRows(databaseUrl: string, file: string, { head, manifest }: BackupSummary): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl })
  client.on('error', () => undefined)
  await client.connect()
  try {
    // Checks and defaults may ask for them.
    await client.query(
      "select set_config('app.tenant', '0', false), set_config('app.reach', 'system', false), set_config('app.now', $1, false)",
      [head.at],
    )
    await client.query('begin')
    const tables = (await listTables(client)).map(({ table }) => table)
    const close = await openTables(client, tables)
    await copyAll(client, file)
    // While the owner still sees every row.
    await compareCounts(client, manifest)
    await close()
    for (const [name, { value, called }] of Object.entries(manifest.sequences))
      await client.query('select setval($1::regclass, $2, $3)', [name, value, called])
    await client.query('commit')
    await client.query('analyze')
  } finally {
    await client.end()
  }
}

/**
 * Lets the owner write every table as it is in the file: rules of single acts (triggers), the order of tables (foreign keys) and policies stand aside
 * until the returned function puts them back, in the same transaction. Foreign keys are checked again then.
 */
async function openTables(client: pg.Client, tables: readonly string[]): Promise<() => Promise<void>> {
  const { rows: keys } = await client.query<{ table: string; name: string; definition: string }>(
    `
    select k.conrelid::regclass::text as table, quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as definition
    from pg_constraint k where k.contype = 'f' and k.conparentid = 0 and k.conrelid = any ($1::regclass[])`,
    [tables],
  )
  const { rows: forced } = await client.query<{ table: string }>(
    'select c.oid::regclass::text as table from pg_class c where c.oid = any ($1::regclass[]) and c.relforcerowsecurity',
    [tables],
  )
  for (const { table, name } of keys) await client.query(`alter table ${table} drop constraint ${name}`)
  for (const { table } of forced) await client.query(`alter table ${table} no force row level security`)
  for (const table of tables) await client.query(`alter table ${table} disable trigger user`)
  // What the migrations themselves wrote is in the file too.
  await client.query(`truncate ${tables.join(', ')}`)
  return async () => {
    for (const { table, name, definition } of keys)
      await client.query(`alter table ${table} add constraint ${name} ${definition}`)
    for (const table of tables) await client.query(`alter table ${table} enable trigger user`)
    for (const { table } of forced) await client.query(`alter table ${table} force row level security`)
  }
}

async function copyAll(client: pg.Client, file: string): Promise<void> {
  let copy: ReturnType<typeof copyFrom> | null = null
  let done: Promise<void> | null = null
  let isHead = true
  for await (const line of readLines(file)) {
    if (isHead) {
      isHead = false
      continue
    }
    if (copy === null) {
      const head = readTableHead(line)
      // The manifest ends the tables.
      if (head === null) return
      copy = client.query(copyFrom(`copy ${head.table} (${head.columns.join(', ')}) from stdin`))
      done = finished(copy)
      done.catch(() => undefined)
    } else if (line === endOfTable) {
      copy.end()
      await done
      copy = null
    } else if (!copy.write(`${line}\n`)) {
      // An error of the server ends the waiting too.
      await Promise.race([once(copy, 'drain'), done])
    }
  }
}

async function compareCounts(client: pg.Client, manifest: BackupManifest): Promise<void> {
  for (const [table, wanted] of Object.entries(manifest.rows)) {
    const { rows } = await client.query<{ count: string }>(`select count(*)::text as count from ${table}`)
    if (Number(rows[0]?.count) !== wanted)
      throw new BackupRefused(`${table} has ${rows[0]?.count} rows after loading, the backup says ${wanted}`)
  }
}
