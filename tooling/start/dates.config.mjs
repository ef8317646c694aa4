import { mergeConfig } from 'vitest/config'
import base from '@gonglian/testing/config'
import { join } from 'node:path'
import { root } from './project.mjs'

/** The tests that know of days. A short list: it is run once for each date, in every `npm test`. */
const short = [
  'packages/targets/src/answers.test.ts',
  'packages/reporting/src/timeliness.test.ts',
  'packages/indicators/src/deadlines.test.ts',
  'packages/indicators/src/periods.test.ts',
  'packages/tenancy/src/tree.test.ts',
  'packages/auth/src/sessions.test.ts',
  'packages/organisation/src/terms/terms.test.ts',
]

/**
 * Every test that needs no browser and no build: `npm run test:dates -- --all`. The demonstration is loaded by the machine's clock in these runs alone
 * (load.days.test.ts): it takes minutes.
 */
const all = ['packages/*/src/**/*.test.ts', 'apps/worker/src/**/*.test.ts', 'apps/cli/src/demo/*.test.ts']

/** Tests run again with the machine's clock elsewhere (dates.mjs). */
const config = mergeConfig(base, {
  root,
  // One file after the other: in `npm test` this runs beside the packages' tests.
  test: {
    passWithNoTests: false,
    fileParallelism: false,
    // As in the package itself: a test may load one noun alone.
    setupFiles: [join(root, 'packages/organisation/src/permissions.ts')],
  },
})
// Merging joins lists: with the list of the base, every test of the project would run for each date.
config.test.include = process.env['DATES_RUN'] === 'all' ? all : short
// This one reads the permissions of the platform alone, before a domain has added its lines; it knows no day.
config.test.exclude = ['packages/tenancy/src/permissions.test.ts']
export default config
