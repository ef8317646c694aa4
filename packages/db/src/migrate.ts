import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import pg from 'pg'
import { createRoles, refuseForeignDump, settlePrivileges } from './privileges.ts'

const packages = new URL('../../', import.meta.url)

export type Migration = { name: string; sql: string; checksum: string }

/** The migrations of all packages (`packages/<name>/migrations`) in the order they run: by their number, which only one of them has. */
export async function readMigrations(): Promise<Migration[]> {
  const files = (await Promise.all((await readdir(packages)).map(listMigrations))).flat()
  files.sort((one, other) => (one.name < other.name ? -1 : 1))
  const twice = files.find(({ name }, place) => files[place + 1]?.name.slice(0, 4) === name.slice(0, 4))
  if (twice !== undefined) throw new Error(`two migrations have the number ${twice.name.slice(0, 4)}`)
  return Promise.all(
    files.map(async ({ name, address }) => {
      const sql = await readFile(address, 'utf8')
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
    }),
  )
}

async function listMigrations(name: string): Promise<{ name: string; address: URL }[]> {
  const folder = new URL(`${name}/migrations/`, packages)
  if (!existsSync(folder)) return []
  const names = (await readdir(folder)).filter((file) => file.endsWith('.sql'))
  return names.map((file) => ({ name: file, address: new URL(file, folder) }))
}

/** One text that changes when any migration or the privileges after them do: names template databases and build stamps. */
export async function migrationsFingerprint(): Promise<string> {
  const hash = createHash('sha256')
  for (const migration of await readMigrations()) hash.update(migration.name).update(migration.checksum)
  // Ownership and privileges are part of what a migrated database is.
  hash.update(await readFile(new URL('privileges.ts', import.meta.url)))
  return hash.digest('hex').slice(0, 12)
}

/**
 * Brings a database up to date, and makes the roles and logins that the applications use.
 * Two processes at once take turns; a migration that was edited after it ran is refused.
 *
 * @param options.databaseUrl the owner's address: may create schemas and roles
 * @param options.secret the installation's secret; names and passwords of the logins derive from it and from the owner's password
 * @throws Error for a database that came from a dump without our roles
 */
export async function migrateDatabase(options: {
  databaseUrl: string
  secret: string
  /** Of these migrations only: to make the tables as they were when a backup was taken. */
  only?: ReadonlySet<string>
  log?: (line: string) => void
}): Promise<{ applied: string[] }> {
  const client = new pg.Client({ connectionString: options.databaseUrl })
  await client.connect()
  const applied: string[] = []
  try {
    await client.query('select pg_advisory_lock(7000)')
    // An owner who is no superuser is held to the policies too, also where PostgreSQL itself reads: to check a new foreign key.
    // And the defaults take the time from the session, as everywhere (tenancy.now()).
    await client.query(
      "select set_config('app.tenant', '0', false), set_config('app.reach', 'system', false), set_config('app.now', $1, false)",
      [new Date().toISOString()],
    )
    await refuseForeignDump(client)
    await createRoles(client, options.databaseUrl, options.secret)
    await client.query(
      'create table if not exists public.migration (name text primary key, checksum text not null, at timestamptz not null)',
    )
    const done = new Map<string, string>(
      (await client.query<{ name: string; checksum: string }>('select name, checksum from public.migration')).rows.map(
        (row) => [row.name, row.checksum],
      ),
    )
    for (const migration of await readMigrations()) {
      if (options.only !== undefined && !options.only.has(migration.name)) continue
      const before = done.get(migration.name)
      if (before === migration.checksum) continue
      if (before !== undefined) throw new Error(`migration ${migration.name} was changed after it ran on this database`)
      await client.query('begin')
      try {
        await client.query(migration.sql)
        await client.query(
          "insert into public.migration (name, checksum, at) values ($1, $2, current_setting('app.now')::timestamptz)",
          [migration.name, migration.checksum],
        )
        await client.query('commit')
      } catch (error) {
        await client.query('rollback')
        throw error
      }
      applied.push(migration.name)
      options.log?.(migration.name)
    }
    await settlePrivileges(client)
  } finally {
    await client.end()
  }
  return { applied }
}
