import { describe, expect, test } from 'vitest'
import { checkArrows } from './arrows.ts'
import { checkFiles, manifest } from './testing.ts'

const check = (files: Record<string, string>) => checkFiles(checkArrows, files)

/** A small house in order; each test spoils one thing. */
const house = {
  'packages/db/package.json': manifest(['pg'], ['@gonglian/vitest']),
  'packages/tenancy/package.json': manifest(['@gonglian/db']),
  'packages/tenancy/src/index.ts': `import { open } from '@gonglian/db'\nexport { open }\nexport * from './tree.ts'\n`,
  'packages/targets/package.json': manifest(['@gonglian/tenancy'], ['@gonglian/vitest']),
  'packages/targets/vitest.config.ts': `export { default } from '@gonglian/vitest'\n`,
  'packages/api/package.json': manifest(['@gonglian/targets', '@trpc/server']),
  'packages/api/src/index.ts': `import { initTRPC } from '@trpc/server'\nimport { plan } from '@gonglian/targets'\n`,
  'apps/web/package.json': manifest(['@gonglian/api', '@gonglian/db', '@gonglian/targets', '@remix-run/node']),
  'apps/web/server.ts': `import '@gonglian/db'\nimport '@gonglian/targets/splits'\nimport '@remix-run/node'\n`,
  'apps/worker/package.json': manifest(['@gonglian/targets']),
  'apps/worker/src/main.ts': `import { jobs } from '@gonglian/targets/jobs'\n`,
  'tooling/vitest/package.json': manifest(),
}

test('a house in order has nothing to complain about', () => {
  expect(check(house)).toEqual([])
})

describe('manifests', () => {
  test.each([
    ['a foundation that depends on the loop', 'packages/db', ['@gonglian/targets'], 'db may not depend on targets'],
    ['a package that depends on an app', 'packages/api', ['@gonglian/web'], 'api may not depend on web'],
    ['tooling that depends on an app', 'tooling/vitest', ['@gonglian/web'], 'vitest may not depend on web'],
    ['tooling at run time', 'packages/targets', ['@gonglian/vitest'], 'targets may not depend on vitest'],
    ['tRPC outside the api', 'packages/targets', ['@trpc/server'], '@trpc/server is not for targets'],
    ['the queue outside jobs', 'packages/targets', ['bullmq'], 'bullmq is not for targets'],
    ['Redis outside jobs', 'apps/worker', ['ioredis'], 'ioredis is not for worker'],
    ['Remix outside the web', 'packages/api', ['@remix-run/react'], '@remix-run/react is not for api'],
    ['Lucia outside auth', 'apps/web', ['lucia'], 'lucia is not for web'],
    ['a package that is not there', 'packages/api', ['@gonglian/nothing'], '@gonglian/nothing is not in the workspace'],
  ])('%s is found', (_, folder, dependencies, message) => {
    expect(check({ ...house, [`${folder}/package.json`]: manifest(dependencies) })).toContain(
      `${folder}/package.json:1 ${message}`,
    )
  })

  test('a package without a line in the table is found', () => {
    expect(check({ ...house, 'packages/new/package.json': manifest() })).toEqual([
      'packages/new/package.json:1 new has no line in the table of arrows',
    ])
  })

  test('a circle is found', () => {
    const found = check({
      'tooling/one/package.json': manifest(['@gonglian/other']),
      'tooling/other/package.json': manifest([], ['@gonglian/one']),
    })
    expect(found).toEqual(['tooling/one/package.json:1 packages depend on each other in a circle: one -> other -> one'])
  })
})

describe('imports', () => {
  const spoil = (path: string, text: string) => check({ ...house, [path]: `// a first line\n${text}\n` })

  test.each([
    ['an import', `import { open } from '@gonglian/db'`],
    ['a type import', `import type { Database } from '@gonglian/db'`],
    ['a re-export', `export * from '@gonglian/db'`],
    ['a dynamic import', `const db = await import('@gonglian/db')`],
    ['an import type', `export type Database = import('@gonglian/db').Database`],
    ['a require', `const db = require('@gonglian/db')`],
  ])('%s that the manifest does not declare is found', (_, text) => {
    expect(spoil('packages/targets/src/plans.ts', text)).toEqual([
      'packages/targets/src/plans.ts:2 @gonglian/db is not among the run-time dependencies in package.json',
    ])
  })

  test.each([
    [
      'a file of another package',
      'packages/targets/src/plans.ts',
      `import '../../tenancy/src/index.ts'`,
      /lies outside the package/,
    ],
    ['tooling outside tests', 'packages/targets/src/plans.ts', `import '@gonglian/vitest'`, /not among the run-time/],
    ['fixtures outside tests', 'packages/api/src/more.ts', `import '@gonglian/targets/testing'`, /is for tests/],
    [
      'the worker entering by the main door',
      'apps/worker/src/more.ts',
      `import '@gonglian/targets'`,
      /only another entrance/,
    ],
    ['the web entering by the main door', 'apps/web/more.ts', `import '@gonglian/targets'`, /only another entrance/],
    [
      'a page that reads the database',
      'apps/web/app/routes/page.tsx',
      `import '@gonglian/db'`,
      /pages get at data through the api/,
    ],
    ['tRPC, undeclared', 'packages/targets/src/plans.ts', `import '@trpc/server'`, /@trpc\/server is not for targets/],
    ['a subpath of Remix', 'packages/api/src/more.ts', `import '@remix-run/node/globals'`, /is not for api/],
    ['itself by name', 'packages/targets/src/plans.ts', `import '@gonglian/targets'`, /imports itself/],
  ])('%s is found', (_, path, text, message) => {
    expect(spoil(path, text)).toEqual([expect.stringMatching(message)])
  })

  test('a test may use fixtures and tooling', () => {
    expect(spoil('packages/api/src/more.test.ts', `import '@gonglian/targets/testing'`)).toEqual([])
    expect(spoil('packages/targets/src/plans.test.ts', `import '@gonglian/vitest'`)).toEqual([])
  })

  test('what only looks like an import is not found', () => {
    expect(
      spoil('packages/targets/src/plans.ts', `const text = "import '@gonglian/db'" // import '@gonglian/db'`),
    ).toEqual([])
  })
})
