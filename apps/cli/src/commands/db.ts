import { plainRole } from '@gonglian/db'
import { migrateDatabase } from '@gonglian/db/migrate'
import { migrateQueue } from '@gonglian/jobs'
import type { Command } from '../command.ts'

export const dbUrl: Command = {
  words: 'db url',
  about: 'prints the address of the database (owner)',
  run: (env) => {
    console.log(env.databaseUrl)
    return Promise.resolve(0)
  },
}

export const dbMigrate: Command = {
  words: 'db migrate',
  about: 'brings the database up to date and makes the application role',
  run: async (env) => {
    const { applied } = await migrateDatabase({
      databaseUrl: env.databaseUrl,
      secret: env.secret,
      log: (line) => console.log(line),
    })
    await migrateQueue(env.databaseUrl, plainRole)
    console.log(applied.length === 0 ? 'up to date' : `${applied.length} applied`)
    return 0
  },
}
