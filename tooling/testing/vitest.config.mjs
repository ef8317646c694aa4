import { fileURLToPath } from 'node:url'
import base from '@gonglian/vitest'
import { mergeConfig } from 'vitest/config'

/** For tests that speak to a database: a migrated template is made ready before them. */
export default mergeConfig(base, {
  test: { globalSetup: [fileURLToPath(new URL('src/setup.ts', import.meta.url))] },
})
