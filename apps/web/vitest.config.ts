import { fileURLToPath } from 'node:url'
import base from '@gonglian/vitest'
import { defineConfig } from 'vitest/config'

const folder = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const { reporters, ...every } = base.test ?? {}
const made = every.exclude ?? []

/** Parts by themselves, and in `tests` the whole product in a browser. */
export default defineConfig({
  test: {
    reporters: reporters ?? [],
    projects: [
      {
        test: {
          ...every,
          name: 'parts',
          globalSetup: ['@gonglian/testing/setup'],
          exclude: [...made, 'tests/**'],
        },
      },
      {
        test: {
          ...every,
          name: 'product',
          setupFiles: [folder('tests/browser.ts')],
          include: ['tests/**/*.test.ts'],
          globalSetup: ['@gonglian/testing/setup', folder('tests/setup.ts')],
          // One house serves all files, and two cores do not get faster by more.
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
