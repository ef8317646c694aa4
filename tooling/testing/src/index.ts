export { expectConsoleError } from '@gonglian/vitest/console'
export type { TestDatabase } from './copy.ts'
export { createTestDatabase } from './database.ts'
export { layLine, type Line } from './line.ts'
