export { expectConsoleError } from '@gonglian/vitest/console'
export { createTestDatabase, type TestDatabase } from './database.ts'
