import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { z } from 'zod'

/** What scripts and styles of any page may weigh, as they come over the line. */
const LIMIT = 350_000

const folder = new URL('./build/client/assets/', import.meta.url)
const all = readdirSync(folder)
const manifestFile = all.find((name) => /^manifest-\w+\.js$/.test(name)) ?? ''
const { entry, routes } = z
  .object({
    entry: z.object({ module: z.string() }),
    routes: z.record(z.string(), z.object({ parentId: z.string().optional(), module: z.string() })),
  })
  .parse(JSON.parse(/=(\{.*\});?$/s.exec(readFileSync(new URL(manifestFile, folder), 'utf8'))?.[1] ?? ''))

type File = { readonly weight: number; readonly names: readonly string[] }
const files = new Map<string, File>()

/** What a file weighs, and the files it names: what it imports at once and what it asks for later, scripts and styles. */
function readFile(name: string): File {
  const known = files.get(name)
  if (known !== undefined) return known
  const content = readFileSync(new URL(name, folder))
  const named = content.toString().matchAll(/["'](?:\.\/|\/?assets\/)([\w.-]+\.(?:js|css))["']/g)
  // The manifest names the files of all pages.
  const names = name === manifestFile || name.endsWith('.css') ? [] : [...named].map((match) => match[1] ?? '')
  const file = { weight: gzipSync(content).length, names }
  files.set(name, file)
  return file
}

const nameOf = (path: string) => path.replace('/assets/', '')

/** All that a page loads in one language: its module and those around it, and whatever these ask for in turn. */
function listFiles(id: string, language: string): readonly string[] {
  const loaded = new Set([manifestFile, nameOf(entry.module)])
  for (let route = routes[id]; route !== undefined; route = routes[route.parentId ?? '']) {
    loaded.add(nameOf(route.module))
  }
  const others = new RegExp(`^(?!${language}-)(?:zh-CN|en)-[\\w-]+\\.js$`)
  for (const name of loaded) for (const named of readFile(name).names) if (!others.test(named)) loaded.add(named)
  return [...loaded]
}

test('the browser’s languages and the styles of pages are among what is weighed', () => {
  const loaded = listFiles('routes/reports/queue/route', 'en')
  for (const part of [/^en-/, /^base-.*css$/, /^frame-.*css$/, /^reports-.*css$/, /^entry\.client-/]) {
    expect(loaded.filter((name) => part.test(name))).toHaveLength(1)
  }
  expect(loaded.filter((name) => name.startsWith('zh-CN-'))).toEqual([])
})

test.each(Object.keys(routes))('%s', (id) => {
  for (const language of ['zh-CN', 'en']) {
    const loaded = listFiles(id, language).map((name) => ({ name, weight: readFile(name).weight }))
    const total = loaded.reduce((sum, { weight }) => sum + weight, 0)
    const heaviest = loaded.toSorted((a, b) => b.weight - a.weight).slice(0, 6)
    expect(
      total,
      `in ${language}, mostly ${heaviest.map(({ name, weight }) => `${name} ${weight}`).join(', ')}`,
    ).toBeLessThanOrEqual(LIMIT)
  }
})
