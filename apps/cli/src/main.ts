import type { Command } from './command.ts'
import { adminsCreate } from './commands/admins.ts'
import { auditSign, auditVerify } from './commands/audit.ts'
import { backup, restore } from './commands/backup.ts'
import { bodiesImport } from './commands/bodies.ts'
import { dbLogins, dbMigrate, dbUrl } from './commands/db.ts'
import { demoAccounts, demoLoad } from './commands/demo.ts'
import { doctor } from './commands/doctor.ts'
import { keysRotate } from './commands/keys.ts'
import { userCreate } from './commands/user.ts'
import { verify } from './commands/verify.ts'
import { readEnv } from './env.ts'

const commands: readonly Command[] = [
  dbUrl,
  dbLogins,
  dbMigrate,
  demoLoad,
  demoAccounts,
  verify,
  userCreate,
  keysRotate,
  auditSign,
  auditVerify,
  bodiesImport,
  adminsCreate,
  backup,
  restore,
  doctor,
]

const words = process.argv.slice(2)
const command = commands.find((one) => {
  const own = one.words.split(' ')
  return own.every((word, index) => words[index] === word)
})
if (!command) {
  console.error(`Commands:\n${commands.map((one) => `  ${one.words.padEnd(14)} ${one.about}`).join('\n')}`)
  process.exitCode = 2
} else {
  try {
    process.exitCode = await command.run(readEnv(), words.slice(command.words.split(' ').length))
  } catch (error) {
    console.error(error instanceof Error ? (error.stack ?? error.message) : String(error))
    process.exitCode = 1
  }
}
