// Writes src/database.generated.ts from a migrated database: node codegen.mjs <url> [--verify]
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import pg from 'pg'

const require = createRequire(import.meta.url)
const bin = join(dirname(require.resolve('kysely-codegen/package.json')), 'dist/cli/bin.js')
const figures = '(number | null)[]'
// What no check constraint says.
const plain = {
  'reporting.report.figures': `${figures} | null`,
  'reporting.report.upper_figures': `${figures} | null`,
  'reporting.report.fed_figures': `${figures} | null`,
  'reporting.draft.figures': figures,
  'reporting.draft.upper_figures': `${figures} | null`,
  'reporting.report_version.figures': `${figures} | null`,
  'reporting.report_version.upper_figures': `${figures} | null`,
  'reporting.report_version.fed_figures': `${figures} | null`,
  'rollup.total.reported': figures,
  'rollup.total.accepted': figures,
  'rollup.reorganised_total.reported_before': figures,
  'rollup.reorganised_total.reported_after': figures,
  'rollup.reorganised_total.accepted_before': figures,
  'rollup.reorganised_total.accepted_after': figures,
  'reporting.accepted_total.figures': figures,
}

const [url = '', ...flags] = process.argv.slice(2)

/**
 * @param {string} question
 * @returns {Promise<import('pg').QueryResultRow[]>}
 */
async function ask(question) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(question)).rows
  } finally {
    await client.end()
  }
}

/** The words a check constraint allows in a column, said to TypeScript as a union. */
async function readWords() {
  const rows = await ask(`
      select n.nspname || '.' || c.relname || '.' || a.attname as column, not a.attnotnull as nullable, a.atthasdef as has_default,
        (select array_agg(word[1] order by place) from regexp_matches(pg_get_constraintdef(k.oid), '''([^'']*)''::text', 'g')
           with ordinality as found (word, place)) as words
      from pg_constraint k
      join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
      join pg_attribute a on a.attrelid = c.oid and a.attnum = k.conkey[1]
      where k.contype = 'c' and array_length(k.conkey, 1) = 1
        and pg_get_constraintdef(k.oid) ~ '^CHECK \\(\\(\\w+ = ANY \\(ARRAY\\[(''[^'']*''::text(, )?)+\\]\\)\\)\\)$'`)
  return Object.fromEntries(
    rows.map(({ column, nullable, has_default: hasDefault, words }) => {
      const union = words.map((/** @type {string} */ word) => `'${word}'`).join(' | ')
      return [column, nullable ? `${union} | null` : hasDefault ? `Generated<${union}>` : union]
    }),
  )
}

/** The schemas of the platform and of the domains; what PostgreSQL and the queue keep for themselves is none of them. */
async function readSchemas() {
  const rows = await ask(`
    select nspname as name from pg_namespace
    where nspname !~ '^pg_' and nspname not in ('public', 'information_schema', 'bullmq') order by 1`)
  return rows.map(({ name }) => String(name))
}

const columns = { ...(await readWords()), ...plain }
const run = spawnSync(
  process.execPath,
  [
    bin,
    '--dialect',
    'postgres',
    '--url',
    url,
    '--out-file',
    'src/database.generated.ts',
    '--default-schema',
    'public',
    '--include-pattern',
    `(${(await readSchemas()).join('|')}).*`,
    '--type-mapping',
    '{"int8":"number","date":"string","numeric":"number"}',
    '--numeric-parser',
    'number',
    '--date-parser',
    'string',
    '--overrides',
    JSON.stringify({ columns }),
    ...flags,
  ],
  { stdio: 'inherit' },
)
process.exit(run.status ?? 1)
