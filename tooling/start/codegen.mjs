import { join } from 'node:path'
import { ensureInstalled } from './install.mjs'
import { migrateThrowawayDatabase } from './postgres.mjs'
import { runCommand, runProgram } from './programs.mjs'
import { showStep } from './progress.mjs'
import { environment, root } from './project.mjs'

/** Writes the types of the database from the migrations of all packages. */
export async function writeDatabaseTypes() {
  await showStep('Types of the database', async () => {
    const url = await migrateThrowawayDatabase()
    await runProgram(process.execPath, ['codegen.mjs', url], { cwd: join(root, 'packages/db'), env: environment() })
  })
}

if (process.argv[1] === import.meta.filename)
  await runCommand(async () => {
    await ensureInstalled()
    await writeDatabaseTypes()
    return 0
  })
