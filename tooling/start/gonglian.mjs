import './node-version.mjs'
import { cliParameters } from './cli.mjs'
import { ensureInstalled } from './install.mjs'
import { openDatabase } from './postgres.mjs'
import { runCommand, startProgram } from './programs.mjs'
import { dataFolderOf, environment } from './project.mjs'
import { auditSettings, readSecret } from './secret.mjs'

// npm run gonglian -- COMMAND: runs a command of the operator's CLI on the installation's database. Progress goes to standard
// error, so that standard output holds only what the command says.
await runCommand(async () => {
  await ensureInstalled(process.stderr)
  const dataFolder = dataFolderOf(undefined)
  const secret = readSecret(dataFolder)
  const env = environment({
    NODE_ENV: process.env['NODE_ENV'] ?? 'production',
    GONGLIAN_DATA: dataFolder,
    GONGLIAN_SECRET: secret,
    ...auditSettings(dataFolder),
    DATABASE_URL: await openDatabase(dataFolder, process.stderr),
  })
  const { code } = await startProgram(process.execPath, cliParameters(process.argv.slice(2)), { env, inherit: true })
    .ended
  return code
})
