import { mergeConfig } from 'vitest/config'
import base from '@gonglian/testing/config'
import { root } from './project.mjs'

/** The tests that know of days: run again with the machine's clock elsewhere (dates.mjs). A short list: it is run once for each date. */
export default mergeConfig(base, {
  root,
  test: {
    include: [
      'packages/targets/src/answers.test.ts',
      'packages/reporting/src/timeliness.test.ts',
      'packages/indicators/src/deadlines.test.ts',
      'packages/indicators/src/periods.test.ts',
      'packages/tenancy/src/tree.test.ts',
      'packages/auth/src/sessions.test.ts',
      'packages/organisation/src/terms.test.ts',
    ],
    passWithNoTests: false,
    // What the files import is read once for all of them: most of their time would go there.
    isolate: false,
  },
})
