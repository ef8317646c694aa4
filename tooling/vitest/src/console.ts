import { format } from 'node:util'
import { afterEach, beforeEach, vi } from 'vitest'

type Watch = { unexpected: string[]; expected: { pattern: RegExp; seen: boolean }[] }

declare global {
  // This file is loaded anew for each test file, while what tests import of it is loaded once: both must look at the same lists.
  var consoleWatch: Watch | undefined
}

const watch: Watch = (globalThis.consoleWatch ??= { unexpected: [], expected: [] })

beforeEach(() => {
  watch.unexpected = []
  watch.expected = []
  vi.spyOn(console, 'error').mockImplementation((...parts: unknown[]) => {
    const line = format(...parts)
    const match = watch.expected.find(({ pattern }) => pattern.test(line))
    if (match) match.seen = true
    else watch.unexpected.push(line)
  })
})

afterEach(() => {
  const missing = watch.expected.filter(({ seen }) => !seen).map(({ pattern }) => String(pattern))
  vi.mocked(console.error).mockRestore()
  if (watch.unexpected.length > 0) throw new Error(`console.error was called:\n${watch.unexpected.join('\n')}`)
  if (missing.length > 0) throw new Error(`console.error was expected with ${missing.join(' and ')}`)
})

/** Says that this test makes the code complain on console.error; without it a complaint fails the test, and so does silence with it. */
export function expectConsoleError(pattern: RegExp): void {
  watch.expected.push({ pattern, seen: false })
}
