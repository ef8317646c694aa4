import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** What every package's tests share. `npm test` adds up the counts it reads from .cache/tests.json. */
export default defineConfig({
  test: {
    include: ['**/*.test.{ts,tsx}'],
    // Tests of days take minutes by the machine's clock: tooling/start/dates.mjs runs them.
    exclude: ['**/node_modules/**', '**/build/**', '**/.cache/**', '**/*.days.test.ts'],
    setupFiles: [fileURLToPath(new URL('src/console.ts', import.meta.url))],
    // A file's modules are loaded once for all files of a package: loading them again took a third of the time. Tests leave nothing in them.
    isolate: false,
    // No test asserts a time; these only end what hangs, also on a busy two-core machine.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    reporters: ['default', ['json', { outputFile: '.cache/tests.json' }]],
  },
})
