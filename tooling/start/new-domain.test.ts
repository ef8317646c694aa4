import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import prettier from 'prettier'
import ts from 'typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newDomain } from './new-domain.mjs'
import { lastMigration, newRecord } from './new-record.mjs'
import { root } from './project.mjs'

const listing = [
  'packages/domains/package.json',
  'packages/domains/src/index.ts',
  'packages/domains/src/isolation.ts',
  'packages/domains/src/permissions.ts',
  'packages/domains/src/zh-CN.ts',
  'packages/domains/src/en.ts',
  'packages/api/package.json',
  'packages/api/src/router.ts',
  'packages/api/src/tests/entries.ts',
  'apps/web/package.json',
  'apps/web/app/areas.ts',
  'apps/web/app/records/views.ts',
  'apps/web/app/routes.ts',
  'apps/web/tests/routes/entries.ts',
]
const layout = await prettier.resolveConfig(join(root, 'package.json'))
let base = ''

beforeAll(() => {
  base = mkdtempSync(join(tmpdir(), 'new-domain-'))
  const read = ['packages/db/migrations', 'packages/organisation/migrations', 'tooling/checks/src/arrows.ts']
  for (const path of [...listing, ...read]) cpSync(join(root, path), join(base, path), { recursive: true })
})
afterAll(() => rmSync(base, { recursive: true, force: true }))

const read = (path: string) => readFileSync(join(base, path), 'utf8')

/** What the parser says against a file. */
function listFaults(path: string): string[] {
  if (path.endsWith('.json')) {
    JSON.parse(read(path))
    return []
  }
  const { diagnostics = [] } = ts.transpileModule(read(path), {
    fileName: path,
    reportDiagnostics: true,
    compilerOptions: { jsx: ts.JsxEmit.ReactJSX, target: ts.ScriptTarget.ESNext },
  })
  return diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '))
}

test('a domain of two words: its files parse, every file that lists domains names it, and it takes a noun', async () => {
  const before = lastMigration(base)
  const written = newDomain(base, ['model-workers'])
  expect(written).toEqual(expect.arrayContaining(listing))
  for (const path of listing) expect(read(path), path).toMatch(/model-?workers/i)
  expect(lastMigration(base)).toBe(before + 1)
  // As they stand once they are formatted: empty lists are closed, short ones in one line.
  for (const path of written) {
    const parser = await prettier.getFileInfo(path)
    if (parser.inferredParser === null) continue
    writeFileSync(join(base, path), await prettier.format(read(path), { ...layout, filepath: path }))
  }
  const noun = newRecord(base, ['model-workers', 'honours'])
  const [table = ''] = noun.filter((path) => path.endsWith('.sql'))
  expect(read(table)).toContain("call tenancy.protect('model_workers.honour')")
  expect(read('packages/model-workers/src/isolation/index.ts')).toContain("honour: { kind: 'ordinary', may: ['add'] }")
  expect(read('packages/model-workers/src/domain.ts')).toContain('honours: { listHonours, recordHonour }')
  const sources = [...written, ...noun].filter((path) => !/\.(sql|md)$/.test(path))
  expect(sources.filter((path) => listFaults(path).length > 0)).toEqual([])
})

test('a domain that is there, one nobody planned and a name that is none are refused, and nothing is written', () => {
  const before = read('packages/domains/src/index.ts')
  expect(() => newDomain(base, ['organisation'])).toThrow('There already is packages/organisation')
  expect(() => newDomain(base, ['weather'])).toThrow('put it into the list of domains there first')
  for (const parameters of [[], ['Rights'], ['rights', 'more'], ['rights-']])
    expect(() => newDomain(base, parameters)).toThrow('npm run new:domain')
  expect(read('packages/domains/src/index.ts')).toBe(before)
})
