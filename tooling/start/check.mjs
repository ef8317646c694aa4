import './node-version.mjs'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { ensureInstalled } from './install.mjs'
import { migrateThrowawayDatabase } from './postgres.mjs'
import { runCommand, runProgram } from './programs.mjs'
import { showStep } from './progress.mjs'
import { cacheFolder, environment, root } from './project.mjs'
import { runRules } from './rules.mjs'
import { checkTypes } from './compiler.mjs'

const env = environment({ NODE_ENV: undefined })

/**
 * Runs a tool of the project; its words become the error if it objects.
 * @param {string} script inside node_modules
 * @param {string[]} parameters
 */
const runTool = (script, ...parameters) =>
  runProgram(process.execPath, [join(root, 'node_modules', script), ...parameters], { env, tailLines: Infinity })

/** @type {[title: string, work: (say: (detail: string) => void) => Promise<unknown>][]} */
const checks = [
  ['Types', checkAllTypes],
  ['Rules of the house', runRules],
  ['Generated types', checkGeneratedTypes],
  ['Lint', lint],
  [
    'Formatting',
    () =>
      runTool(
        'prettier/bin/prettier.cjs',
        '--check',
        '--log-level',
        'warn',
        '--cache',
        '--cache-location',
        join(cacheFolder, 'prettier'),
        '.',
      ),
  ],
  ['Unused code', () => runTool('knip/bin/knip.js', '--no-progress', '--no-config-hints')],
]

/**
 * One workspace after the other: all of them in one process need more memory than a small machine has for their types.
 * @param {(detail: string) => void} say
 */
async function lint(say) {
  const folders = ['apps', 'packages', 'tooling'].flatMap((group) =>
    readdirSync(join(root, group), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => `${group}/${entry.name}`),
  )
  for (const folder of folders) {
    say(folder)
    await runTool('eslint/bin/eslint.js', folder, '--cache', '--cache-location', join(cacheFolder, 'eslint', folder))
  }
}

// npm run check: everything that can be found wrong without running the system. All checks run, then all objections are shown.
await runCommand(async () => {
  await ensureInstalled()
  /** @type {string[]} */
  const objections = []
  for (const [title, work] of checks) {
    try {
      await showStep(title, work)
    } catch (error) {
      objections.push(`${title}\n${error instanceof Error ? error.message : String(error)}`)
    }
  }
  for (const objection of objections) process.stdout.write(`\n✗ ${objection}\n`)
  process.stdout.write(`\n${checks.length - objections.length} of ${checks.length} checks passed\n`)
  return objections.length === 0 ? 0 : 1
})

/** @param {(detail: string) => void} say */
async function checkAllTypes(say) {
  const objections = await checkTypes(say)
  if (objections.length > 0) throw new Error(objections.join('\n'))
}

/** What the code believes about the tables is what the migrations make. */
async function checkGeneratedTypes() {
  const url = await migrateThrowawayDatabase()
  await runProgram(process.execPath, ['codegen.mjs', url, '--verify'], { cwd: join(root, 'packages/db'), env })
}
