import { format } from 'node:util'
import { afterEach, beforeEach, vi } from 'vitest'

let unexpected: string[] = []
let expected: { pattern: RegExp; seen: boolean }[] = []

beforeEach(() => {
  unexpected = []
  expected = []
  vi.spyOn(console, 'error').mockImplementation((...parts: unknown[]) => {
    const line = format(...parts)
    const match = expected.find(({ pattern }) => pattern.test(line))
    if (match) match.seen = true
    else unexpected.push(line)
  })
})

afterEach(() => {
  const missing = expected.filter(({ seen }) => !seen).map(({ pattern }) => String(pattern))
  vi.mocked(console.error).mockRestore()
  if (unexpected.length > 0) throw new Error(`console.error was called:\n${unexpected.join('\n')}`)
  if (missing.length > 0) throw new Error(`console.error was expected with ${missing.join(' and ')}`)
})

/** Says that this test makes the code complain on console.error; without it a complaint fails the test, and so does silence with it. */
export function expectConsoleError(pattern: RegExp): void {
  expected.push({ pattern, seen: false })
}
