import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readSecret } from './secret.mjs'

let folder = ''
beforeEach(() => {
  vi.stubEnv('GONGLIAN_SECRET', undefined)
  folder = mkdtempSync(join(tmpdir(), 'gonglian-secret-'))
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(folder, { recursive: true })
})

test('the secret is made once, kept, and readable by its owner alone', () => {
  const secret = readSecret(join(folder, 'data'))
  expect(secret).toMatch(/^[0-9a-f]{64}$/)
  expect(readSecret(join(folder, 'data'))).toBe(secret)
  expect(statSync(join(folder, 'data/secret')).mode & 0o777).toBe(0o600)
  expect(statSync(join(folder, 'data')).mode & 0o777).toBe(0o700)
})

test('two installations have different secrets', () => {
  expect(readSecret(join(folder, 'one'))).not.toBe(readSecret(join(folder, 'two')))
})

test('a given secret is used and not kept', () => {
  vi.stubEnv('GONGLIAN_SECRET', 'given')
  expect(readSecret(join(folder, 'data'))).toBe('given')
  expect(() => readFileSync(join(folder, 'data/secret'))).toThrow('ENOENT')
})

test('a damaged secret is refused, not replaced', () => {
  writeFileSync(join(folder, 'secret'), 'short')
  expect(() => readSecret(folder)).toThrow('damaged')
  expect(readFileSync(join(folder, 'secret'), 'utf8')).toBe('short')
})
