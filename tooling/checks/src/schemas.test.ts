import { expect, test } from 'vitest'
import { checkSchemas } from './schemas.ts'
import { checkFiles, manifest } from './testing.ts'

const house = {
  'packages/db/package.json': manifest(),
  'packages/db/migrations/0001.sql': 'create table targets.plan (); create table reporting.report ();',
  'packages/db/src/database.generated.ts': 'export type DB = { "targets.plan": {} }',
  'packages/targets/package.json': manifest(),
  'packages/targets/src/plans.ts': `db.selectFrom('targets.plan'); sql\`select from targets.plan\``,
  'packages/reporting/package.json': manifest(),
}

const check = (text: string, path = 'packages/reporting/src/reports.ts') =>
  checkFiles(checkSchemas, { ...house, [path]: `// a first line\n${text}\n` })

const found = [expect.stringContaining('only targets names the schema targets')]

test.each([
  ['SQL', 'sql`select from targets.plan`'],
  ['SQL with a type', 'sql<{ id: string }>`select from targets.plan p where p.id = ${id}`'],
  ['SQL by its parts', 'sql.raw("delete from targets.plan")'],
  ['SQL with a comma', 'sql`select from reporting.report, targets.plan`'],
  ['quoted SQL', 'sql`select from "targets"."plan"`'],
  ['a plain text', 'client.query("insert into targets.plan values (1)")'],
  ['a text with holes', 'client.query(`update targets.plan set name = ${name}`)'],
  ['the query builder', `db.selectFrom('targets.plan')`],
  ['the query builder with a short name', `db.selectFrom(['reporting.report', 'targets.plan as p'])`],
  ['a join', `query.innerJoin('targets.plan', 'id', 'plan_id')`],
  ['a schema', `db.withSchema('targets')`],
])('another package that names the schema in %s is found', (_, text) => {
  expect(check(text)).toEqual(found)
})

test('a file of SQL is found, and the line is told', () => {
  expect(check('select 1;\nselect from targets.plan;', 'packages/reporting/src/progress.sql')).toEqual([
    expect.stringMatching(/^packages\/reporting\/src\/progress\.sql:3 /),
  ])
  expect(check('sql`\nselect\nfrom targets.plan`')).toEqual([expect.stringMatching(/:4 /)])
})

test.each([
  ['the own schema', `db.selectFrom('reporting.report'); sql\`select from reporting.report\``],
  ['a message', `translate('targets.reserve'); throw new DomainError('invalid', 'targets.total')`],
  ['a procedure', 'api.targets.list(); targets.plan'],
  ['a permission', `requirePermission(ctx, 'targets.issue')`],
  ['prose', '`Read the words on targets. Then sign.`'],
  ['a column of an alias', 'sql`select reporting.report.targets from reporting.report`'],
])('%s is not', (_, text) => {
  expect(check(text)).toEqual([])
})
