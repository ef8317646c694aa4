import './node-version.mjs'
import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { ProgramFailed, runCommand, runProgram } from './programs.mjs'
import { environment, root } from './project.mjs'
import { formatCounts, readCounts } from './results.mjs'

/** When the machine believes it is: the last minute of a year, ends of February, a year without a holiday notice. */
const dates = ['2026-12-31T23:59:00', '2027-02-28T10:00:00', '2028-02-29T10:00:00', '2030-06-15T10:00:00']

/**
 * Runs tests once for each date, with Node and a PostgreSQL of their own under a false clock.
 * @param {(line: string) => void} say
 * @param {{ all?: boolean, only?: string | undefined }} [choice] all: every test instead of those that know of days; only: one date
 * @returns {Promise<import('./results.mjs').Counts & { problems: string[], missing: boolean }>} missing: there is no faketime here
 */
export async function runDates(say, { all = false, only } = {}) {
  /** @type {string[]} */
  const problems = []
  const total = { passed: 0, failed: 0, skipped: 0, problems }
  const library = findLibrary()
  if (library === null) return { ...total, missing: true }
  for (const date of dates.filter((one) => only === undefined || one.startsWith(only))) {
    const counts = await runDate(library, date, all)
    say(`  dates: ${date.replace('T', ' ')} ${formatCounts(counts)}`)
    total.passed += counts.passed
    total.failed += counts.failed
    total.skipped += counts.skipped
    total.problems.push(...counts.problems)
  }
  return { ...total, missing: false }
}

/**
 * @param {string} library
 * @param {string} date in Shanghai
 * @param {boolean} all
 * @returns {Promise<import('./results.mjs').Counts & { problems: string[] }>}
 */
async function runDate(library, date, all) {
  const results = join(root, '.cache/tests.json')
  rmSync(results, { force: true })
  // A distance, not a date: processes that start one after the other then agree.
  const seconds = Math.round((Date.parse(`${date}+08:00`) - Date.now()) / 1000)
  let problem = null
  try {
    const config = fileURLToPath(new URL('dates.config.mjs', import.meta.url))
    const vitest = fileURLToPath(new URL('node_modules/vitest/vitest.mjs', import.meta.url))
    await runProgram(process.execPath, [vitest, 'run', '--config', config], {
      env: environment({
        NODE_ENV: undefined,
        DATES_RUN: all ? 'all' : 'short',
        // The given server lives today; this one is started under the false clock.
        TEST_DATABASE_URL: undefined,
        LD_PRELOAD: library,
        FAKETIME: `${seconds < 0 ? '' : '+'}${seconds}`,
        // Waiting is measured by the stopwatch and files keep their times; only the calendar is elsewhere.
        FAKETIME_DONT_FAKE_MONOTONIC: '1',
        DONT_FAKE_MONOTONIC: '1',
        NO_FAKE_STAT: '1',
      }),
    })
  } catch (error) {
    if (!(error instanceof ProgramFailed)) throw error
    problem = `with the machine's clock at ${date}:\n${error.message}`
  }
  const counts = readCounts(results) ?? { passed: 0, failed: 0, skipped: 0 }
  rmSync(results, { force: true })
  if (problem === null && counts.passed === 0) problem = `with the machine's clock at ${date}: no test ran`
  if (problem === null) return { ...counts, problems: [] }
  return { ...counts, failed: Math.max(1, counts.failed), problems: [problem] }
}

/** Debian's faketime; the file for programs of several threads. */
function findLibrary() {
  const folders = existsSync('/usr/lib') ? readdirSync('/usr/lib').map((name) => `/usr/lib/${name}`) : []
  const found = ['/usr/lib', '/usr/lib64', ...folders].map((folder) => `${folder}/faketime/libfaketimeMT.so.1`)
  return found.find((file) => existsSync(file)) ?? null
}

/** What to say where it is missing. */
export const datesMissing =
  'There is no faketime on this machine: the run at other dates (year end, leap day, 2030) was NOT done. Install faketime.'

// npm run test:dates [-- --all] [-- --only 2030-06-15]: only these.
if (resolve(process.argv[1] ?? '') === fileURLToPath(import.meta.url))
  await runCommand(async () => {
    const { values } = parseArgs({ options: { all: { type: 'boolean' }, only: { type: 'string' } } })
    const { missing, problems, ...counts } = await runDates((line) => void process.stdout.write(`${line}\n`), values)
    for (const problem of problems) process.stdout.write(`  ✗ ${problem}\n`)
    if (missing) process.stdout.write(`  !! ${datesMissing}\n`)
    process.stdout.write(`${formatCounts(counts)}\n`)
    return counts.failed === 0 && !missing ? 0 : 1
  })
