import { createHash, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGzip, type Gzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import {
  BackupRefused,
  backupFormat,
  checkBackup,
  endOfTable,
  fingerprintSecret,
  type BackupHead,
  type BackupManifest,
  type BackupSummary,
} from './backup-file.ts'
import { listSequences, listTables } from './backup-tables.ts'

export { BackupRefused, checkBackup, type BackupSummary } from './backup-file.ts'

/**
 * Writes everything but the queue into one file, as it stands at one moment, while others go on writing to the database. The file has its name
 * only when it is whole and was read back; it is readable by its owner alone.
 *
 * @param options.databaseUrl somebody whom no policy holds back: a superuser, or a role with BYPASSRLS that may read everything
 * @throws BackupRefused for a role that would see only a part
 */
export async function backUpDatabase(options: {
  databaseUrl: string
  secret: string
  product: string
  at: Date
  file: string
}): Promise<BackupSummary> {
  const client = new pg.Client({ connectionString: options.databaseUrl })
  client.on('error', () => undefined)
  await client.connect()
  const aside = `${options.file}.${randomBytes(4).toString('hex')}.unfinished`
  try {
    await requireWholeSight(client)
    await client.query('begin isolation level repeatable read read only')
    const gzip = createGzip({ level: 6 })
    // Flushed: the name is given to what is on the disk.
    const written = pipeline(gzip, createWriteStream(aside, { flags: 'wx', mode: 0o600, flush: true }))
    written.catch(() => undefined)
    try {
      await writeBackup(client, gzip, written, options)
    } finally {
      gzip.end()
      await written
    }
    const summary = await checkBackup(aside)
    await rename(aside, options.file)
    return summary
  } finally {
    await rm(aside, { force: true })
    await client.end()
  }
}

/** With row-level security a half dump looks like a whole one, so who would be held back does not begin. */
async function requireWholeSight(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string; sees: boolean }>(`
    select rolname as name, rolsuper or rolbypassrls as sees
    from pg_roles where rolname = current_user`)
  if (rows[0]?.sees) return
  throw new BackupRefused(
    `row-level security hides rows from ${rows[0]?.name ?? 'this role'}. As a superuser, once: ` +
      "create role gonglian_backup login bypassrls password '...'; grant pg_read_all_data to gonglian_backup; and name it in BACKUP_DATABASE_URL",
  )
}

async function writeBackup(
  client: pg.Client,
  output: Gzip,
  written: Promise<void>,
  options: { secret: string; product: string; at: Date },
): Promise<void> {
  const hash = createHash('sha256')
  const write = async (text: string | Buffer) => {
    hash.update(text)
    // A full disk ends the waiting too.
    if (!output.write(text)) await Promise.race([once(output, 'drain'), written])
  }
  await write(`${JSON.stringify(await readHead(client, options))}\n`)
  const rows: Record<string, number> = {}
  for (const { table, columns } of await listTables(client)) {
    await write(`${JSON.stringify({ table, columns })}\n`)
    const copy = client.query(copyTo(`copy ${table} (${columns.join(', ')}) to stdout`))
    for await (const chunk of copy) if (Buffer.isBuffer(chunk)) await write(chunk)
    rows[table] = copy.rowCount
    await write(`${endOfTable}\n`)
  }
  const manifest: BackupManifest = { rows, sequences: await readSequences(client) }
  await write(`${JSON.stringify(manifest)}\n`)
  output.write(`${hash.digest('hex')}\n`)
}

async function readHead(
  client: pg.Client,
  options: { secret: string; product: string; at: Date },
): Promise<BackupHead> {
  const { rows: migrations } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from public.migration order by name',
  )
  const { rows } = await client.query<{ server: string }>("select current_setting('server_version') as server")
  return {
    format: backupFormat,
    product: options.product,
    server: rows[0]?.server ?? '',
    at: options.at.toISOString(),
    secret: fingerprintSecret(options.secret),
    migrations,
  }
}

/** A sequence stands outside of transactions: it is at least as far as the rows that were copied. */
async function readSequences(client: pg.Client): Promise<BackupManifest['sequences']> {
  const found: Record<string, { value: string; called: boolean }> = {}
  for (const name of await listSequences(client)) {
    const { rows } = await client.query<{ value: string; called: boolean }>(
      `select last_value::text as value, is_called as called from ${name}`,
    )
    if (rows[0]) found[name] = rows[0]
  }
  return found
}
