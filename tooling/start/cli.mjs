import { join } from 'node:path'
import { root, typescriptFlags } from './project.mjs'

/**
 * The command line that runs a command of the operator's CLI.
 * @param {string[]} command
 */
export function cliParameters(command) {
  return [...typescriptFlags(), join(root, 'apps/cli/src/main.ts'), ...command]
}
