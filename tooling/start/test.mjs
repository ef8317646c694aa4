import './node-version.mjs'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { withLock } from '../processes/src/lock.mjs'
import { ensureBuilt } from './build.mjs'
import { datesMissing, runDates } from './dates.mjs'
import { ensureInstalled } from './install.mjs'
import { openThrowawayDatabase } from './postgres.mjs'
import { ProgramFailed, runCommand } from './programs.mjs'
import { cacheFolder, environment, root } from './project.mjs'
import { openThrowawayRedis } from './redis.mjs'
import { clearResults, collectResults, formatCounts } from './results.mjs'
import { runRules } from './rules.mjs'
import { concurrency, listTaskFolders, runTurbo } from './turbo.mjs'
import { checkTypes } from './compiler.mjs'

const print = (/** @type {string} */ line) => void process.stdout.write(`${line}\n`)

// npm test: builds, checks the types and runs every test of every package. The last line counts them.
await runCommand(async () => {
  await ensureInstalled()
  // Two runs in one folder would overwrite each other's builds and counts; the second finds most of its work in the cache.
  return withLock(join(cacheFolder, 'test.lock'), runTests, {
    onWait: () => print('  another npm test is running in this folder; waiting for it'),
  })
})

async function runTests() {
  const logFile = join(cacheFolder, 'logs/test.log')
  const given = process.env['TEST_DATABASE_URL']
  const database = given === undefined || given === '' ? await openThrowawayDatabase({ durable: false }) : given
  const redis = process.env['TEST_REDIS_URL'] || (await openThrowawayRedis())
  if (redis === null) warnAboutRedis()
  const env = environment({
    NODE_ENV: undefined,
    TEST_DATABASE_URL: database,
    TEST_REDIS_URL: redis ?? undefined,
    // Part of the cache key, which the address is not: a run without Redis must not stand in for one with it.
    TEST_REDIS: redis === null ? 'absent' : 'present',
  })
  try {
    await ensureBuilt()
  } catch (error) {
    // The run below reports it among everything else.
    if (!(error instanceof ProgramFailed)) throw error
  }
  rmSync(logFile, { force: true })
  clearResults(root, await listTaskFolders('test', env))
  const types = checkTypes(print)
  // One program at a time beside the packages' tests: both cores are busy as it is.
  const otherDates = types.then(() => runDates(print))
  const { summary, tail } = await runTurbo(['build', 'test', '--continue', '--output-logs=new-only', concurrency], {
    env,
    onLine: print,
    logFile,
  })
  if (summary === null) throw new ProgramFailed(`turbo did not get to run the tests:\n${tail}\n\n0 passed, 1 failed`)
  const results = collectResults(root, summary)
  const wrongTypes = await types
  results[wrongTypes.length === 0 ? 'passed' : 'failed'] += 1
  results.problems.push(...wrongTypes)
  try {
    await runRules()
    results.passed += 1
  } catch (error) {
    results.failed += 1
    results.problems.push(`the rules of the house: ${error instanceof Error ? error.message : String(error)}`)
  }
  const dates = await otherDates
  results.passed += dates.passed
  results.failed += dates.failed
  results.skipped += dates.skipped
  results.problems.push(...dates.problems)
  print('')
  for (const problem of results.problems) print(`  ✗ ${problem}`)
  if (redis === null) warnAboutRedis()
  if (dates.missing) print(`\n  !! ${datesMissing}\n`)
  print(formatCounts(results))
  return results.failed === 0 ? 0 : 1
}

function warnAboutRedis() {
  print('')
  print(
    '  !! There is no redis-server on this machine: the queue is tested on PostgreSQL only, its run on Redis was NOT done.',
  )
  print('  !! Install redis-server, or set TEST_REDIS_URL.')
  print('')
}
