import { expect, test } from 'vitest'
import { checkClock } from './clock.ts'
import { checkFiles, manifest } from './testing.ts'

const check = (path: string, text: string) =>
  checkFiles(checkClock, {
    'apps/web/package.json': manifest(),
    'packages/targets/package.json': manifest(),
    'tooling/start/package.json': manifest(),
    [path]: text,
  })
const objection = (word: string) => `${word} is a second clock: take ctx.now, tenancy.now(), context.now or useClock()`

test.each([
  ['const now = new Date()', 'new Date()'],
  ['const now = new Date', 'new Date()'],
  ['const now = new globalThis.Date()', 'new Date()'],
  ['const now = Date()', 'Date()'],
  ['const now = Date.now()', 'Date.now'],
  ['const clock = Date.now', 'Date.now'],
  ['sql`update a.b set at = now()`', 'now()'],
  ['sql<Row>`select ${id}, now ( ) from a.b`', 'now ( )'],
  ['sql`select ${one} where day = current_date and x = ${two}`', 'current_date'],
  ["sql.raw('clock_timestamp()')", 'clock_timestamp'],
  ['sql`select CURRENT_TIMESTAMP`', 'CURRENT_TIMESTAMP'],
  ["client.query('select localtimestamp')", 'localtimestamp'],
])('%s is found', (text, word) => {
  expect(check('packages/targets/src/plans.ts', `\n${text}`)).toEqual([
    `packages/targets/src/plans.ts:2 ${objection(word)}`,
  ])
  expect(check('apps/web/app/page.tsx', text)).toEqual([`apps/web/app/page.tsx:1 ${objection(word)}`])
})

test('the line of a long statement is the line of the word', () => {
  expect(check('packages/targets/src/plans.ts', 'sql`\n  select\n  now()`')).toEqual([
    `packages/targets/src/plans.ts:3 ${objection('now()')}`,
  ])
})

test.each([
  [
    'packages/targets/src/plans.ts',
    'sql`select tenancy.now(), ${ctx.now}`; new Date(ctx.now); clock.now(); Date.parse(x)',
  ],
  ['packages/targets/src/plans.ts', '// new Date() and now() are not for here'],
  ['packages/targets/src/plans.test.ts', 'new Date()'],
  ['packages/targets/src/testing.ts', 'new Date()'],
  ['apps/web/tests/days.ts', 'new Date()'],
  ['apps/web/server/house.ts', 'const deps = { clock: () => new Date() }'],
  ['tooling/start/start.mjs', 'Date.now()'],
])('%s may: %s', (path, text) => {
  expect(check(path, text)).toEqual([])
})

test('a place of the list that no longer reads the clock leaves it', () => {
  expect(check('apps/web/server/house.ts', 'const one = 1')).toEqual([
    'apps/web/server/house.ts:1 may read the clock and does not: take it off the list',
  ])
})

test('a migration takes the time of the transaction, from the one on that brought it', () => {
  const sql = '-- not now()\ncreate table a.b (at timestamptz default now());\nselect tenancy.now();'
  expect(check('packages/db/migrations/0007_inspection.sql', sql)).toEqual([])
  expect(check('packages/db/migrations/0019_one_clock.sql', sql)).toEqual([
    `packages/db/migrations/0019_one_clock.sql:2 ${objection('now()')}`,
  ])
})
