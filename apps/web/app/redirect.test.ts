import { expect, test } from 'vitest'
import { readOwnPath } from './own-path.ts'
import { redirectTo } from './redirect.ts'

test.each(['/', '/reports?period=2026-09', '/sign-in?back=%2Ftargets', '/%2f%2fhost', '/a//b'])(
  '%s stays as it is',
  (path) => expect(readOwnPath(path)).toBe(path),
)

const hosts = ['evil.example', 'evil.example/login', '\u3002evil.example']
const starts = [
  '//',
  '/\\',
  '\\\\',
  '/.//',
  '/..//',
  '/./\\',
  '/a/..//',
  '/\t/',
  '/\n/',
  '/\r/',
  ' //',
  '/%2e//',
  '/.%2E//',
  '///',
  'http:',
  'https://',
  'javascript:',
  'data:',
  '@',
  '',
]

test.each(starts.flatMap((start) => hosts.map((host) => `${start}${host}`)))('SEC-M %j leads nowhere else', (text) => {
  const path = readOwnPath(text)
  const page = 'https://union.example/sign-in'
  expect(new URL(path, page).origin).toBe('https://union.example')
  expect(path).not.toMatch(/^\/[/\\]/)
  expect(redirectTo(text).headers.get('location')).toBe(path)
})
