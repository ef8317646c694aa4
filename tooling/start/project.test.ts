import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { environment, fingerprint, listFiles } from './project.mjs'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'gonglian-files-'))
  mkdirSync(join(folder, 'src'))
  mkdirSync(join(folder, 'build'))
  writeFileSync(join(folder, 'src/one.ts'), '1')
  writeFileSync(join(folder, 'src/two.ts'), '2')
  writeFileSync(join(folder, 'build/made.js'), '3')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('written files are listed, made ones are not', () => {
  expect(listFiles(folder)).toEqual([join(folder, 'src/one.ts'), join(folder, 'src/two.ts')])
  expect(listFiles(join(folder, 'nothing'))).toEqual([])
})

test('the fingerprint changes with content, name and what else it depends on, and with nothing else', () => {
  const before = fingerprint(listFiles(folder))
  expect(fingerprint(listFiles(folder))).toBe(before)
  expect(fingerprint(listFiles(folder), ['more'])).not.toBe(before)
  writeFileSync(join(folder, 'src/two.ts'), '22')
  const changed = fingerprint(listFiles(folder))
  expect(changed).not.toBe(before)
  rmSync(join(folder, 'src/two.ts'))
  writeFileSync(join(folder, 'src/three.ts'), '22')
  expect(fingerprint(listFiles(folder))).not.toBe(changed)
})

test('programs of ours find pnpm, and are not told about the package npm runs', () => {
  const env = environment({ PORT: '1', NODE_ENV: undefined })
  expect(env['PATH']).toMatch(/\.cache\/pnpm\/node_modules\/\.bin:/)
  expect(env['PORT']).toBe('1')
  expect(Object.keys(env).filter((name) => /^npm_(package|lifecycle)/.test(name))).toEqual([])
})
