import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { clearResults, collectResults, formatCounts } from './results.mjs'

let root = ''
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'gonglian-results-'))
})
afterEach(() => rmSync(root, { recursive: true }))

type Count = { passed?: number; failed?: number; skipped?: number; todo?: number; unloadable?: number }

/** What the tests of a package leave behind. */
function leaveResults(directory: string, { passed = 0, failed = 0, skipped = 0, todo = 0, unloadable = 0 }: Count) {
  mkdirSync(join(root, directory, '.cache'), { recursive: true })
  const broken = Array.from({ length: unloadable }, () => ({ name: 'x', status: 'failed', assertionResults: [] }))
  const normal = {
    name: 'y',
    status: failed > 0 ? 'failed' : 'passed',
    assertionResults:
      failed > 0 ? [{ status: 'failed', fullName: 'adds up', failureMessages: ['expected 4\n  at line 1'] }] : [],
  }
  const results = { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, numTodoTests: todo }
  writeFileSync(
    join(root, directory, '.cache/tests.json'),
    JSON.stringify({ ...results, testResults: [normal, ...broken] }),
  )
}

const task = (name: string, one: string, exitCode: number | null) => ({
  task: name,
  package: one,
  directory: `packages/${one}`,
  ...(exitCode === null ? {} : { execution: { exitCode } }),
})

const summary = (exitCode: number, ...tasks: ReturnType<typeof task>[]) => ({ execution: { exitCode }, tasks })

test('the counts of all packages are added up', () => {
  leaveResults('packages/one', { passed: 3, skipped: 1 })
  leaveResults('packages/two', { passed: 4, todo: 1 })
  const results = collectResults(
    root,
    summary(0, task('build', 'one', 0), task('test', 'one', 0), task('test', 'two', 0)),
  )
  expect(results).toEqual({ passed: 7, failed: 0, skipped: 2, problems: [] })
  expect(formatCounts(results)).toBe('7 passed, 0 failed, 2 skipped')
})

test('failed tests are counted once, and named with the first line of their error', () => {
  leaveResults('packages/one', { passed: 3, failed: 2 })
  const results = collectResults(root, summary(1, task('test', 'one', 1)))
  expect(results).toMatchObject({ passed: 3, failed: 2, problems: ['one: y: adds up: expected 4'] })
})

test.each([
  ['a file that cannot be loaded', { passed: 3, unloadable: 1 }, task('test', 'one', 1)],
  ['an error outside every test', { passed: 3 }, task('test', 'one', 1)],
  ['a package whose tests left no count', null, task('test', 'one', 1)],
  ['a package whose tests left no count though all seemed well', null, task('test', 'one', 0)],
  ['tests that did not run', null, task('test', 'one', null)],
  ['a build that failed', null, task('build', 'one', 1)],
])('%s is a failure', (_, counts, spoiled) => {
  if (counts !== null) leaveResults('packages/one', counts)
  expect(collectResults(root, summary(1, spoiled)).failed).toBe(1)
})

test('turbo failing for a reason of its own is a failure', () => {
  leaveResults('packages/one', { passed: 3 })
  expect(collectResults(root, summary(1, task('test', 'one', 0)))).toMatchObject({ passed: 3, failed: 1 })
})

test('what an earlier run left does not count', () => {
  leaveResults('packages/one', { passed: 3 })
  clearResults(root, ['packages/one', 'packages/never-ran'])
  expect(existsSync(join(root, 'packages/one/.cache/tests.json'))).toBe(false)
})
