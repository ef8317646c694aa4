import { readFileSync, rmSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { ProgramFailed, startProgram } from './programs.mjs'
import { root } from './project.mjs'

const program = join(root, 'node_modules/turbo/bin/turbo')

/**
 * Runs tasks of all packages, or of those that are named, showing their output as it comes.
 * @param {string[]} parameters of `turbo run`
 * @param {{ env: NodeJS.ProcessEnv, onLine?: (line: string) => void, logFile?: string }} options
 * @returns {Promise<{ code: number, tail: string, summary: import('./results.mjs').TurboSummary | null }>}
 */
export async function runTurbo(parameters, options) {
  let file = ''
  const { ended, tail } = startProgram(
    process.execPath,
    [program, 'run', ...parameters, '--ui=stream', '--summarize'],
    {
      ...options,
      onLine: (line) => {
        file = /^Summary:\s+(\S.*\.json)\s*$/.exec(line.replaceAll(/\x1b\[[\d;]*m/g, ''))?.[1] ?? file
        options.onLine?.(line)
      },
    },
  )
  const { code } = await ended
  const summary = file === '' ? null : JSON.parse(readFileSync(file, 'utf8'))
  if (file !== '') rmSync(file, { force: true })
  return { code, summary, tail: tail() }
}

/**
 * The folders of the packages that have a task.
 * @param {string} task
 * @param {NodeJS.ProcessEnv} env
 */
export async function listTaskFolders(task, env) {
  let text = ''
  const { ended, tail } = startProgram(process.execPath, [program, 'run', task, '--dry=json'], {
    env,
    onLine: (line) => (text += `${line}\n`),
  })
  const { code } = await ended
  if (code !== 0) throw new ProgramFailed(`turbo cannot plan the task ${task}:\n${tail()}`)
  /** @type {import('./results.mjs').TurboSummary} */
  const plan = JSON.parse(text.slice(text.indexOf('{\n')))
  return plan.tasks.filter((planned) => planned.task === task).map((planned) => planned.directory)
}

/** How many tasks run side by side: each is a compiler or a test runner, and busy by itself. */
export const concurrency = `--concurrency=${Math.max(2, Math.floor(availableParallelism() / 2))}`
