import { expect, test } from 'vitest'
import { checkEnvironment } from './environment.ts'
import { checkFiles, manifest } from './testing.ts'

const check = (path: string, text: string) =>
  checkFiles(checkEnvironment, {
    'packages/db/package.json': manifest(),
    'tooling/start/package.json': manifest(),
    [path]: text,
  })

test.each([
  `const port = process.env.PORT`,
  `const port = process.env['PORT']`,
  `const { PORT } = process.env`,
  `const all = process['env']`,
  `const all = globalThis.process.env`,
  `import { env } from 'node:process'`,
])('%s is found', (text) => {
  expect(check('packages/db/src/connection.ts', text)).toEqual([
    'packages/db/src/connection.ts:1 the environment is read in env.ts alone',
  ])
})

test.each([
  ['packages/db/src/env.ts', `export const port = process.env['PORT']`],
  ['tooling/start/start.mjs', `const port = process.env['PORT']`],
  ['packages/db/src/connection.ts', `// process.env is read elsewhere\nconst env = readEnv(); env.PORT; process.cwd()`],
])('%s may', (path, text) => {
  expect(check(path, text)).toEqual([])
})
