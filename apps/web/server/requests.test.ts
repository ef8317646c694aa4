import { expect, test } from 'vitest'
import { isPassive } from './requests.ts'

const passive = (method: string, originalUrl: string, referer?: string) => isPassive({ method, originalUrl }, referer)

test.each([
  ['GET', '/trpc/tasks.countTasks?input=%7B%7D', undefined],
  ['GET', '/progress.data?period=2026-09', 'https://gl.example/progress?period=2026-09'],
  [
    'GET',
    '/progress.data?period=2026-09&_routes=routes%2Fprogress%2Froute',
    'https://gl.example/progress?period=2026-09',
  ],
  ['GET', '/_root.data', 'https://gl.example/'],
])('%s %s from %s keeps no session alive', (method, url, referer) => {
  expect(passive(method, url, referer)).toBe(true)
})

test.each([
  ['GET', '/progress?period=2026-09', 'https://gl.example/progress?period=2026-09'],
  ['GET', '/progress.data?period=2026-10', 'https://gl.example/progress?period=2026-09'],
  ['GET', '/reports.data', 'https://gl.example/progress'],
  ['GET', '/reports.data', undefined],
  ['GET', '/trpc/bodies.searchFederations', 'https://gl.example/progress'],
  ['POST', '/trpc/reports.saveDraft', 'https://gl.example/reports'],
  ['POST', '/me.data', 'https://gl.example/me'],
])('%s %s from %s is somebody at work', (method, url, referer) => {
  expect(passive(method, url, referer)).toBe(false)
})
