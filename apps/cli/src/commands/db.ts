import { loginUrl, plainRole } from '@gonglian/db'
import { migrateDatabase } from '@gonglian/db/migrate'
import { migrateQueue } from '@gonglian/jobs'
import { respellBodies, systemActor, withTenant } from '@gonglian/tenancy'
import type { Command } from '../command.ts'
import { withHouse } from '../house.ts'

export const dbUrl: Command = {
  words: 'db url',
  about: 'prints the address of the database (owner)',
  run: (env) => {
    console.log(env.databaseUrl)
    return Promise.resolve(0)
  },
}

export const dbLogins: Command = {
  words: 'db logins',
  about: 'prints the DATABASE_URL of the web and of the worker',
  run: (env) => {
    for (const purpose of ['web', 'worker'] as const)
      console.log(`${purpose}: ${loginUrl(env.databaseUrl, env.secret, purpose)}`)
    return Promise.resolve(0)
  },
}

export const dbMigrate: Command = {
  words: 'db migrate',
  about: 'brings the database up to date, with its roles and logins',
  run: async (env) => {
    const { applied } = await migrateDatabase({
      databaseUrl: env.databaseUrl,
      secret: env.secret,
      log: (line) => console.log(line),
    })
    await migrateQueue(env.databaseUrl, plainRole)
    await withHouse(env, (deps) => withTenant(deps, systemActor('operator', 0), respellBodies))
    console.log(applied.length === 0 ? 'up to date' : `${applied.length} applied`)
    return 0
  },
}
