import { spawn } from 'node:child_process'
import { expect, test } from 'vitest'
import {
  errorCode,
  identifyProcess,
  isAlive,
  isIdentityAlive,
  readCommandLine,
  readParent,
  waitForExit,
} from './process.mjs'

test('a process is itself until it ends', async () => {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'a mark'], { stdio: 'ignore' })
  const pid = child.pid ?? 0
  const identity = identifyProcess(pid)
  expect(isAlive(pid)).toBe(true)
  expect(isIdentityAlive(identity)).toBe(true)
  expect(isIdentityAlive(`${pid} 1`)).toBe(false)
  expect(await waitForExit(pid, 100)).toBe(false)
  child.kill('SIGKILL')
  expect(await waitForExit(pid, 60_000)).toBe(true)
  expect(isIdentityAlive(identity)).toBe(false)
})

test('the command line of a process can be read', () => {
  expect(readCommandLine(process.pid)).toContain('node')
  expect(readCommandLine(999_999_999)).toBeNull()
})

test('the parent of a process can be read', () => {
  expect(readParent(process.pid)).toBe(process.ppid)
})

test('only system errors have a code', () => {
  expect(errorCode(Object.assign(new Error('gone'), { code: 'ENOENT' }))).toBe('ENOENT')
  expect(errorCode('ENOENT')).toBeUndefined()
})
