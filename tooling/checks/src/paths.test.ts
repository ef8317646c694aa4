import { expect, test } from 'vitest'
import { checkPaths } from './paths.ts'
import { checkFiles } from './testing.ts'

const slash = '/'

test.each([
  ['home', slash + 'home/somebody/gonglian'],
  ['root', slash + 'root/gonglian'],
  ['Users', slash + 'Users/somebody/gonglian'],
  ['work', slash + 'work/main/packages'],
  ['Windows', 'C:\\Users\\somebody'],
])('a path below %s is found', (_, path) => {
  expect(checkFiles(checkPaths, { 'docs/notes.md': `see\n\`${path}\`` })).toEqual([
    expect.stringContaining('docs/notes.md:2 '),
  ])
})

test.each([
  '/var/lib/gonglian/data',
  'https://example.org/home/page',
  '/work-report/2026',
  'app/root/page.tsx',
  '/home',
])('%s is not', (path) => {
  expect(checkFiles(checkPaths, { 'docs/notes.md': path })).toEqual([])
})
