import { join } from 'node:path'
import { runProgram } from './programs.mjs'
import { environment, root, typescriptFlags } from './project.mjs'

/** Checks the rules of the house: arrows between packages, schemas, names, environment, paths, messages. Throws what they find. */
export async function runRules() {
  const main = join(root, 'tooling/checks/src/main.ts')
  await runProgram(process.execPath, [...typescriptFlags(), main, root], { env: environment(), tailLines: Infinity })
}
