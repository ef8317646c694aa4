import { z } from 'zod'

const Env = z.object({
  /** A browser of one's own instead of the one among the dependencies. */
  CHROMIUM_PATH: z.string().optional(),
  /** A loaded demonstration on the tests' server to copy instead of loading one: saves a minute while one writes tests. */
  TEST_DEMONSTRATION: z.string().optional(),
})

export type TestEnv = {
  readonly chromiumPath: string | null
  readonly demonstration: string | null
  /** What programs that a test starts find around them, as it would be on a server of our own. */
  readonly around: Readonly<Record<string, string | undefined>>
}

export function readTestEnv(): TestEnv {
  const { CHROMIUM_PATH, TEST_DEMONSTRATION } = Env.parse(process.env)
  // What the test runner and the machine say of themselves is not for the programs.
  const { NODE_ENV: _mode, DATABASE_URL: _database, REDIS_URL: _redis, NODE_OPTIONS: _options, ...around } = process.env
  return {
    chromiumPath: CHROMIUM_PATH || null,
    demonstration: TEST_DEMONSTRATION || null,
    around: Object.fromEntries(Object.entries(around).filter(([name]) => !name.startsWith('VITEST'))),
  }
}
