import { createHash, createHmac } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { createGunzip } from 'node:zlib'
import { z } from 'zod'

// A backup is one file of lines, packed with gzip: its head, then for each table a line that names it, its rows as COPY writes them and `\.`,
// then the manifest, then the SHA-256 of every line before.

export const backupFormat = 'gonglian backup 1'
export const endOfTable = '\\.'

const BackupHead = z.object({
  format: z.literal(backupFormat),
  product: z.string(),
  server: z.string(),
  at: z.string(),
  /** Of the installation's secret, which alone opens sealed fields and derives the application's role. */
  secret: z.string(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
})
export type BackupHead = z.output<typeof BackupHead>

const TableHead = z.object({ table: z.string(), columns: z.array(z.string()) })

const BackupManifest = z.object({
  rows: z.record(z.string(), z.int()),
  sequences: z.record(z.string(), z.object({ value: z.string(), called: z.boolean() })),
})
export type BackupManifest = z.output<typeof BackupManifest>

/** Tells two secrets apart without telling anything about either. */
export function fingerprintSecret(secret: string): string {
  return createHmac('sha256', secret).update('fingerprint of a backup').digest('hex').slice(0, 32)
}

/** Why a backup was not taken or not restored: for the operator, in a sentence. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused'
}

/** The lines of a backup file. One that is cut off or was changed ends with a refusal, at the latest after its last line. */
export async function* readLines(file: string): AsyncGenerator<string> {
  const packed = createReadStream(file)
  const unpacked = createGunzip()
  packed.on('error', (error) => unpacked.destroy(error))
  packed.pipe(unpacked)
  let rest: Buffer[] = []
  try {
    // By the byte: a text may hold what elsewhere counts as the end of a line, and COPY writes every \n in it as an escape.
    for await (const chunk of unpacked) {
      if (!Buffer.isBuffer(chunk)) continue
      let from = 0
      for (let at = chunk.indexOf(10); at >= 0; at = chunk.indexOf(10, from)) {
        rest.push(chunk.subarray(from, at))
        yield Buffer.concat(rest).toString('utf8')
        rest = []
        from = at + 1
      }
      rest.push(chunk.subarray(from))
    }
  } catch (error) {
    throw new BackupRefused(`the file is damaged: ${error instanceof Error ? error.message : String(error)}`)
  }
}

export type BackupSummary = { readonly head: BackupHead; readonly manifest: BackupManifest }

/**
 * Reads a backup from its first line to its last and checks it against its own sum and counts.
 *
 * @throws BackupRefused when it is no backup, is cut off, or was changed
 */
export async function checkBackup(file: string): Promise<BackupSummary> {
  const hash = createHash('sha256')
  let head: BackupHead | undefined
  let manifest: BackupManifest | undefined
  let table: string | null = null
  let sum: string | undefined
  const rows: Record<string, number> = {}
  for await (const line of readLines(file)) {
    if (sum !== undefined) throw new BackupRefused('the file is damaged: it goes on after its end')
    if (manifest !== undefined) {
      sum = line
      continue
    }
    hash.update(line).update('\n')
    if (head === undefined) {
      const found = parse(BackupHead, line)
      if (found === null) throw new BackupRefused('the file is no backup that this version reads')
      head = found
    } else if (table !== null && line === endOfTable) table = null
    else if (table !== null) rows[table] = (rows[table] ?? 0) + 1
    else {
      const next = readTableHead(line)
      if (next === null) manifest = parse(BackupManifest, line) ?? undefined
      else {
        table = next.table
        rows[table] = 0
      }
      if (next === null && manifest === undefined)
        throw new BackupRefused('the file is damaged: a line is not what it should be')
    }
  }
  if (head === undefined || manifest === undefined || sum === undefined)
    throw new BackupRefused('the file is damaged: it ends too early')
  if (sum !== hash.digest('hex')) throw new BackupRefused('the file is damaged: its content is not what was written')
  for (const [name, count] of Object.entries(manifest.rows))
    if (rows[name] !== count) throw new BackupRefused(`the file is damaged: ${name} has ${rows[name]} rows of ${count}`)
  return { head, manifest }
}

function parse<T>(schema: z.ZodType<T>, line: string): T | null {
  try {
    return schema.safeParse(JSON.parse(line)).data ?? null
  } catch {
    return null
  }
}

/** The line that names a table, or null for the manifest, which ends them. */
export function readTableHead(line: string): z.output<typeof TableHead> | null {
  return parse(TableHead, line)
}
