// Writes src/database.generated.ts from a migrated database: node codegen.mjs <url> [--verify]
import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
const require = createRequire(import.meta.url)
const bin = join(dirname(require.resolve('kysely-codegen/package.json')), 'dist/cli/bin.js')
// What the database says with a check constraint, said to TypeScript too.
const union = (...words) => words.map((word) => `'${word}'`).join(' | ')
const hierarchy = union('regional', 'line')
const figures = '(number | null)[]'
const columns = {
  'tenancy.federation.level': union('national', 'province', 'city', 'county', 'township'),
  'tenancy.federation.kind': `Generated<${union('regional', 'industry')}>`,
  'tenancy.link.hierarchy': `Generated<${hierarchy}>`,
  'tenancy.closure.hierarchy': hierarchy,
  'auth.account.status': `Generated<${union('waiting', 'active', 'disabled')}>`,
  'auth.account.locale': `Generated<${union('zh-CN', 'en')}>`,
  'auth.account_role.role': union(
    'leader',
    'officer',
    'reviewer',
    'finance',
    'auditor',
    'sysadmin',
    'secadmin',
    'auditadmin',
  ),
  'indicators.indicator.nature': union('flow', 'stock', 'ratio'),
  'indicators.indicator.additivity': union('sum', 'ratio', 'distinct'),
  'indicators.form.frequency': union('half_month', 'month', 'quarter', 'half_year', 'year'),
  'targets.plan.state': `Generated<${union('draft', 'issued', 'closed')}>`,
  'targets.plan.hierarchy': `Generated<${hierarchy}>`,
  'targets.amendment.kind': union('settlement', 'change', 'amendment'),
  'targets.item.method': union('sum', 'floor', 'each'),
  'targets.item.schedule_kind': `Generated<${union('straight', 'manual', 'seasonal')}>`,
  'targets.allocation.state': `Generated<${union('draft', 'issued', 'accepted', 'disputed', 'settled', 'signed')}>`,
  'reporting.report.state': `Generated<${union('draft', 'submitted', 'returned', 'accepted', 'correcting')}>`,
  'reporting.report.figures': `${figures} | null`,
  'reporting.report.upper_figures': `${figures} | null`,
  'reporting.draft.figures': figures,
  'reporting.draft.upper_figures': `${figures} | null`,
  'reporting.report_version.event': union(
    'submitted',
    'withdrawn',
    'returned',
    'accepted',
    'correction_requested',
    'correction_refused',
    'reopened',
    'imported',
  ),
  'reporting.report_version.figures': `${figures} | null`,
  'reporting.report_version.upper_figures': `${figures} | null`,
  'rollup.total.hierarchy': hierarchy,
  'rollup.total.reported': figures,
  'rollup.total.accepted': figures,
  'rollup.dirty.hierarchy': `${hierarchy} | null`,
  'rollup.regrouped.hierarchy': hierarchy,
  'inspection.urge.cause': union('report', 'review'),
}
const [url, ...flags] = process.argv.slice(2)
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
    '(tenancy|auth|indicators|targets|reporting|rollup|inspection).*',
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
