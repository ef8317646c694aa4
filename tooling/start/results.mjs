import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'

/** Where each package's tests leave their counts, inside the package. */
const resultsFile = '.cache/tests.json'

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 *   testResults: { name: string, status: string, message?: string,
 *     assertionResults: { status: string, fullName: string, failureMessages: string[] }[] }[] }} VitestResults
 * @typedef {{ task: string, package: string, directory: string, execution?: { exitCode?: number | null } }} TurboTask
 * @typedef {{ execution: { exitCode: number }, tasks: TurboTask[] }} TurboSummary
 */

/**
 * Removes what earlier runs left, so that a package whose tests never got to write counts is noticed. Turbo puts back the
 * counts of those it takes from its cache.
 * @param {string} root
 * @param {string[]} directories
 */
export function clearResults(root, directories) {
  for (const directory of directories) rmSync(join(root, directory, resultsFile), { force: true })
}

/**
 * Adds up the tests of all packages. Whatever went wrong without a failed test (a build, a type error, a file that could not
 * be loaded, a crash) counts as one failure each, so that "0 failed" means what it says.
 * @param {string} root
 * @param {TurboSummary} summary
 * @returns {Counts & { problems: string[] }}
 */
export function collectResults(root, summary) {
  const total = { passed: 0, failed: 0, skipped: 0 }
  const problems = []
  for (const task of summary.tasks) {
    const code = task.execution?.exitCode ?? (task.execution === undefined ? null : 1)
    const results = task.task === 'test' ? readResults(join(root, task.directory, resultsFile)) : null
    const counts = results === null ? { passed: 0, failed: 0, skipped: 0 } : countTests(results)
    total.passed += counts.passed
    total.failed += counts.failed
    total.skipped += counts.skipped
    if (results !== null) problems.push(...listFailures(results).map((failure) => `${task.package}: ${failure}`))
    const problem = findProblem(task, code, counts.failed, results !== null)
    if (problem === null) continue
    total.failed += 1
    problems.push(`${task.package} ${task.task}: ${problem}`)
  }
  if (summary.execution.exitCode !== 0 && total.failed === 0) {
    total.failed = 1
    problems.push(`turbo ended with exit code ${summary.execution.exitCode}`)
  }
  return { ...total, problems }
}

/**
 * @param {TurboTask} task
 * @param {number | null} code
 * @param {number} failed
 * @param {boolean} counted
 */
function findProblem(task, code, failed, counted) {
  if (code === null) return 'did not run'
  if (code === 0) return task.task === 'test' && !counted ? 'left no count of its tests' : null
  return failed > 0 ? null : 'failed'
}

/**
 * The closing line, which other programs read.
 * @param {Counts} counts
 */
export function formatCounts({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
}

/**
 * Each failed test with the first line of its error, so that the end of a long output says what to look at.
 * @param {VitestResults} results
 */
function listFailures(results) {
  return results.testResults.flatMap((file) => {
    const failed = file.assertionResults.filter((test) => test.status === 'failed')
    if (failed.length === 0 && file.status === 'failed') return [`${file.name}: ${firstLine(file.message)}`]
    return failed.map((test) => `${file.name}: ${test.fullName}: ${firstLine(test.failureMessages[0])}`)
  })
}

/** @param {string | undefined} text */
function firstLine(text) {
  return (text ?? '').split('\n', 1)[0] ?? ''
}

/** @param {VitestResults} results */
function countTests(results) {
  // A file that cannot be loaded fails without one failed test.
  const unloadable = results.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  )
  return {
    passed: results.numPassedTests,
    failed: results.numFailedTests + unloadable.length,
    skipped: results.numPendingTests + results.numTodoTests,
  }
}

/**
 * The counts in a file that a run of tests left, or null when there is none.
 * @param {string} file
 * @returns {Counts | null}
 */
export function readCounts(file) {
  const results = readResults(file)
  return results === null ? null : countTests(results)
}

/**
 * @param {string} file
 * @returns {VitestResults | null}
 */
function readResults(file) {
  if (!existsSync(file)) return null
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return null
  }
}
