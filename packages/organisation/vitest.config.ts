import { fileURLToPath } from 'node:url'
import base from '@gonglian/testing/config'
import { mergeConfig } from 'vitest/config'

export default mergeConfig(base, {
  // A test may load one noun alone; what its commands ask for stands in the domain's lines of the permission table.
  test: { setupFiles: [fileURLToPath(new URL('src/permissions.ts', import.meta.url))] },
})
