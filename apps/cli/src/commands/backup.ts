import { readFile, stat } from 'node:fs/promises'
import { plainRole } from '@gonglian/db'
import { BackupRefused, backUpDatabase, type BackupSummary } from '@gonglian/db/backup'
import { restoreDatabase } from '@gonglian/db/restore'
import { migrateQueue } from '@gonglian/jobs'
import { z } from 'zod'
import type { Command } from '../command.ts'
import { withHouse } from '../house.ts'

export const backup: Command = {
  words: 'backup',
  about: 'backup FILE: writes everything into one file, also while others work; it exists only when it is whole',
  run: (env, [file]) => {
    if (file === undefined) return refuse(`usage: ${backup.about}`)
    return withHouse(env, (deps) =>
      sayRefusal(async () => {
        const summary = await backUpDatabase({
          databaseUrl: env.backupDatabaseUrl ?? env.databaseUrl,
          secret: env.secret,
          product: await readVersion(),
          at: deps.clock(),
          file,
        })
        console.log(`${file}: ${describe(summary)}, ${(await stat(file)).size} bytes`)
      }),
    )
  },
}

export const restore: Command = {
  words: 'restore',
  about: 'restore FILE: fills an empty database from a backup, with roles and grants; then run verify',
  run: (env, [file]) => {
    if (file === undefined) return refuse(`usage: ${restore.about}`)
    return sayRefusal(async () => {
      const summary = await restoreDatabase({ databaseUrl: env.databaseUrl, secret: env.secret, file })
      await migrateQueue(env.databaseUrl, plainRole)
      console.log(`restored: ${describe(summary)}, ${summary.applied.length} newer migrations applied`)
    })
  },
}

function describe({ head, manifest }: BackupSummary): string {
  const rows = Object.values(manifest.rows).reduce((sum, count) => sum + count, 0)
  return `version ${head.product} of ${head.at}, ${Object.keys(manifest.rows).length} tables, ${rows} rows`
}

function refuse(line: string): Promise<number> {
  console.error(line)
  return Promise.resolve(2)
}

async function sayRefusal(work: () => Promise<void>): Promise<number> {
  try {
    await work()
    return 0
  } catch (error) {
    if (!(error instanceof BackupRefused)) throw error
    console.error(error.message)
    return 1
  }
}

async function readVersion(): Promise<string> {
  const text = await readFile(new URL('../../../../package.json', import.meta.url), 'utf8')
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version
}
