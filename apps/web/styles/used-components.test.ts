import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { usedComponents } from './used-components.tsx'

const folders = ['../app', '../../../packages/ui/src'].map((path) => fileURLToPath(new URL(path, import.meta.url)))
const needless = new Set(['ConfigProvider'])

function listImports(): string[] {
  const sources = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.tsx'))
      .map((name) => readFileSync(`${folder}/${name}`, 'utf8')),
  )
  const names = sources.flatMap((source) =>
    [...source.matchAll(/import \{([^}]*)\} from 'antd'/g)].flatMap((match) => (match[1] ?? '').split(',')),
  )
  return [...new Set(names.map((name) => name.trim()).filter((name) => name !== '' && !name.startsWith('type ')))]
}

it('extracts styles for every antd component the screens import', () => {
  const imported = listImports().filter((name) => !needless.has(name))
  expect(imported).toContain('Table')
  expect(imported.filter((name) => !Object.hasOwn(usedComponents, name))).toEqual([])
})
