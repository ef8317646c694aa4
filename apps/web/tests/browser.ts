import { afterAll, afterEach } from 'vitest'
import { forgetPeople } from './person.ts'
import { closeBrowser, endScreens } from './screen.ts'

// Run before each file of tests, whose modules are loaded once for all files of a process.
afterEach(endScreens)
afterAll(closeBrowser)
afterAll(forgetPeople)
