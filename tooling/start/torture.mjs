import './node-version.mjs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { ensureInstalled } from './install.mjs'
import { ProgramFailed, runCommand, startProgram } from './programs.mjs'
import { environment, root, typescriptFlags } from './project.mjs'

// npm run torture -- --minutes N --seed N: many people work while PostgreSQL, Redis, web and worker are killed under them; then
// everything stored is compared with everything acknowledged. All of it runs on an installation of its own.
await runCommand(async () => {
  if (spawnSync('redis-server', ['--version']).status !== 0)
    throw new ProgramFailed('There is no redis-server on this machine: install it to have it killed.')
  await ensureInstalled()
  await ensureBuilt()
  const { code } = await startProgram(
    process.execPath,
    [...typescriptFlags(), join(root, 'tooling/torture/src/main.ts'), ...process.argv.slice(2)],
    { env: environment({ NODE_ENV: undefined }), inherit: true },
  ).ended
  return code
})
