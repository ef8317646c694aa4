import { join } from 'node:path'
import { runProgram } from './programs.mjs'
import { environment, root } from './project.mjs'

/**
 * Lays files out as the project does.
 * @param {readonly string[]} paths
 */
export async function formatFiles(paths) {
  const prettier = join(root, 'node_modules/prettier/bin/prettier.cjs')
  await runProgram(process.execPath, [prettier, '--write', '--ignore-unknown', '--log-level', 'warn', ...paths], {
    cwd: root,
    env: environment(),
  })
}
