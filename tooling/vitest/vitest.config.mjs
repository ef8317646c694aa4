import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** What every package's tests share. `npm test` adds up the counts it reads from .cache/tests.json. */
export default defineConfig({
  test: {
    include: ['**/*.test.{ts,tsx}'],
    exclude: ['**/node_modules/**', '**/build/**', '**/.cache/**'],
    setupFiles: [fileURLToPath(new URL('src/console.ts', import.meta.url))],
    // No test asserts a time; these only end what hangs, also on a busy two-core machine.
    testTimeout: 120_000,
    hookTimeout: 300_000,
    reporters: ['default', ['json', { outputFile: '.cache/tests.json' }]],
  },
})
