import { inject } from 'vitest'
import { copyTemplate, type TestDatabase } from './copy.ts'

/** A fresh copy of the migrated, empty database. One per test file is enough when its tests do not disturb each other. */
export function createTestDatabase(): Promise<TestDatabase> {
  return copyTemplate(inject('testServer'))
}
