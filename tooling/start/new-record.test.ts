import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ts from 'typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lastMigration, newRecord } from './new-record.mjs'
import { root } from './project.mjs'

const listing = [
  'packages/organisation/src/domain.ts',
  'packages/organisation/src/declared.ts',
  'packages/organisation/src/isolation/index.ts',
  'packages/organisation/src/texts/zh-CN/index.ts',
  'packages/organisation/src/texts/en/index.ts',
  'packages/api/src/tests/organisation/aims.ts',
  'apps/web/app/routes.ts',
  'apps/web/tests/routes/organisation.ts',
]
let base = ''

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'new-record-'))
  for (const path of [...listing, 'packages/db/migrations', 'packages/organisation/migrations'])
    cpSync(join(root, path), join(base, path), { recursive: true })
})
afterAll(() => rmSync(base, { recursive: true, force: true }))

const read = (path: string) => readFileSync(join(base, path), 'utf8')

/** What the parser says against a file. */
function listFaults(path: string): string[] {
  const { diagnostics = [] } = ts.transpileModule(read(path), {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: { jsx: ts.JsxEmit.ReactJSX, target: ts.ScriptTarget.ESNext },
  })
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}

test('a noun of two words: its files are there, they parse, and every file that lists nouns names it', () => {
  const before = lastMigration(base)
  const written = newRecord(base, ['organisation', 'safety-checks'])
  const [migration = ''] = written.filter((path) => path.endsWith('.sql'))
  expect(Number(migration.slice(-22, -18))).toBe(before + 1)
  expect(read(migration)).toContain("call tenancy.protect('organisation.safety_check')")
  expect(written).toEqual(expect.arrayContaining(listing))
  for (const path of listing) expect(read(path), path).toMatch(/safety[-_]?check/i)
  const sources = written.filter((path) => !path.endsWith('.sql'))
  expect(sources.filter((path) => listFaults(path).length > 0)).toEqual([])
  // A noun is where a reader looks for it.
  for (const path of ['safety-check.ts', 'safety-checks.ts', 'safety-checks.test.ts'])
    expect(existsSync(join(base, 'packages/organisation/src/safety-checks', path))).toBe(true)
  expect(existsSync(join(base, 'apps/web/app/routes/organisation/safety-checks/route.tsx'))).toBe(true)
})

test('a noun that is there, a domain that is not and a name that is none are refused, and nothing is written', () => {
  newRecord(base, ['organisation', 'stories'])
  const domain = read('packages/organisation/src/domain.ts')
  expect(domain).toContain('recordStory')
  expect(() => newRecord(base, ['organisation', 'stories'])).toThrow('There already is')
  expect(() => newRecord(base, ['aid', 'stories'])).toThrow('packages/aid is no domain')
  for (const parameters of [[], ['organisation'], ['organisation', 'Stories'], ['organisation', 'stories', 'more']])
    expect(() => newRecord(base, parameters)).toThrow('npm run new:record')
  expect(read('packages/organisation/src/domain.ts')).toBe(domain)
})
