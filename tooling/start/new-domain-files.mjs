import { camel, firstUp } from './new-record-files.mjs'

/** @typedef {import('./new-record-files.mjs').Edit} Edit */
/** @typedef {{ name: string, migration: string }} NewDomain */

/**
 * What a new domain consists of: a package without nouns, its area of pages, and lines in files that list domains.
 * @param {NewDomain} asked
 * @returns {{ files: Record<string, string>, edits: Edit[] }}
 */
export function writeDomain({ name, migration }) {
  const schema = name.replaceAll('-', '_')
  const one = camel(name)
  const One = firstUp(one)
  const title = firstUp(name.replaceAll('-', ' '))
  const base = `packages/${name}`
  const pages = `apps/web/app/routes/${name}`
  const files = {
    ...writePackage({ name, base, schema, migration, one, One, title }),
    [`packages/api/src/tests/${name}/aims.ts`]: `import type { Aims } from '../declared-entries.ts'

/** What the walk asks the declared lists and commands of the domain with. */
export const ${one}Aims: Aims = {
}
`,
    [`apps/web/tests/routes/${name}.ts`]: `import { business, everyRole, theirs, type Pages } from './entry.ts'

/** The pages of the domain. */
export const ${one}Pages: Pages = {
  '/${name}': { to: () => '/${name}', allowed: everyRole, ...theirs },
}
`,
    [`${pages}/route.tsx`]: `import type { LinksFunction } from '@remix-run/node'
import { useText } from '@gonglian/ui'
import { AreaTabs } from '../../area-tabs.tsx'
import areaStyles from '../../styles/area.css?url'
import { titlePage } from '../../titles.ts'

export const links: LinksFunction = () => [{ rel: 'stylesheet', href: areaStyles }]
export const meta = titlePage('${schema}.title')

/** The area of the domain. */
export default function ${One}Area() {
  return <AreaTabs name="${name}" label={useText()('${schema}.title')} tabs={[]} />
}
`,
    [`${pages}/first.tsx`]: `import type { LoaderFunctionArgs } from '@remix-run/node'
import { EmptyState, useText } from '@gonglian/ui'
import { ask } from '../../ask.ts'

/** \`/${name}\`: where the domain begins. */
export async function loader(args: LoaderFunctionArgs) {
  return ask(args, (api) => api.tasks.countTasks())
}

export default function ${One}Page() {
  return <EmptyState title={useText()('${schema}.nothing')} />
}
`,
  }
  const dependency = `    "@gonglian/${name}": "workspace:*",\n`
  const ofPackages = ['packages/domains', 'packages/api', 'apps/web'].map((path) => ({
    path: `${path}/package.json`,
    after: '    "@gonglian/organisation": "workspace:*",\n',
    line: dependency,
  }))
  const texts = [
    ['zh-CN.ts', 'zh-CN'],
    ['en.ts', 'en'],
  ].flatMap(([file, language]) => {
    const path = `packages/domains/src/${file}`
    return [
      { path, after: '', line: `import { texts as ${one} } from '@gonglian/${name}/texts/${language}'\n` },
      { path, after: '...platform, ', line: `...${one}, ` },
    ]
  })
  const edits = [
    ...ofPackages,
    ...texts,
    {
      path: 'packages/domains/src/permissions.ts',
      after: "import '@gonglian/organisation/permissions'\n",
      line: `import '@gonglian/${name}/permissions'\n`,
    },
    { path: 'packages/domains/src/index.ts', after: '', line: `import { ${one} } from '@gonglian/${name}'\n` },
    { path: 'packages/domains/src/index.ts', after: 'reporting, organisation, ', line: `${one}, ` },
    {
      path: 'packages/domains/src/isolation.ts',
      after: '',
      line: `import { tables as ${one} } from '@gonglian/${name}/isolation'\n`,
    },
    { path: 'packages/domains/src/isolation.ts', after: '[platformTables, ', line: `${one}, ` },
    { path: 'packages/api/src/router.ts', after: '', line: `import { ${one} } from '@gonglian/${name}'\n` },
    {
      path: 'packages/api/src/router.ts',
      after: '  ...routeDomain(organisation),\n',
      line: `  ...routeDomain(${one}),\n`,
    },
    { path: 'packages/api/src/tests/entries.ts', after: '', line: `import { ${one}Aims } from './${name}/aims.ts'\n` },
    {
      path: 'packages/api/src/tests/entries.ts',
      after: '  ...declareEntries(domains, { ',
      line: `...${one}Aims, `,
    },
    {
      path: 'apps/web/app/records/views.ts',
      after: '',
      line: `import * as ${one} from '@gonglian/${name}/declared'\n`,
    },
    {
      path: 'apps/web/app/records/views.ts',
      after: '...Object.values(organisation), ',
      line: `...Object.values(${one}), `,
    },
    {
      path: 'apps/web/app/areas.ts',
      after: "  organisation: { path: '/organisation', icon: 'organisation', permissions: ['organisation:read'] },\n",
      line: `  ${one}: { path: '/${name}', icon: 'records', permissions: ['${schema}:read'] },\n`,
    },
    {
      path: 'apps/web/app/routes.ts',
      after: '      // The domains.\n',
      line: `      route('${name}', 'routes/${name}/route.tsx', [
        index('routes/${name}/first.tsx'),
      ]),\n`,
    },
    {
      path: 'apps/web/tests/routes/entries.ts',
      after: '',
      line: `import { ${one}Pages } from './${name}.ts'\n`,
    },
    { path: 'apps/web/tests/routes/entries.ts', after: '...platformPages, ', line: `...${one}Pages, ` },
  ]
  return { files, edits }
}

/** @param {{ name: string, base: string, schema: string, migration: string, one: string, One: string, title: string }} names */
function writePackage({ name, base, schema, migration, one, One, title }) {
  /** @param {Record<string, string>} words */
  const write = (words) =>
    `/** The texts of the domain: its name and what is no noun's. */\nexport const texts = {\n${Object.entries(words)
      .map(([key, text]) => `  '${key}': '${text}',\n`)
      .join('')}} as const`
  const dependencies = ['db', 'files', 'records', 'tasks', 'tenancy']
  return {
    [`${base}/package.json`]: `${JSON.stringify(
      {
        name: `@gonglian/${name}`,
        private: true,
        type: 'module',
        exports: {
          '.': './src/index.ts',
          './declared': './src/declared.ts',
          './isolation': './src/isolation/index.ts',
          './permissions': './src/permissions.ts',
          './texts/en': './src/texts/en/index.ts',
          './texts/zh-CN': './src/texts/zh-CN/index.ts',
        },
        scripts: { test: 'vitest run' },
        dependencies: {
          ...Object.fromEntries(dependencies.map((other) => [`@gonglian/${other}`, 'workspace:*'])),
          kysely: 'catalog:',
        },
        devDependencies: { '@gonglian/testing': 'workspace:*', vitest: 'catalog:' },
      },
      null,
      2,
    )}\n`,
    [`${base}/vitest.config.ts`]: `import { fileURLToPath } from 'node:url'
import base from '@gonglian/testing/config'
import { mergeConfig } from 'vitest/config'

export default mergeConfig(base, {
  // A test may load one noun alone; what its commands ask for stands in the domain's lines of the permission table.
  test: { setupFiles: [fileURLToPath(new URL('src/permissions.ts', import.meta.url))] },
})
`,
    [`${base}/README.md`]: `# ${title}

What the domain is for, its nouns and its feeds. How a domain is made: [docs/domains.md](../../docs/domains.md).

| folder of \`src\` | what it holds |
| --------------- | ------------- |
`,
    [`${base}/migrations/${migration}_${schema}.sql`]: `-- ${title}: its tables follow, a migration for each noun.
create schema ${schema};
grant usage on schema ${schema} to gonglian_plain;
`,
    [`${base}/src/index.ts`]: `import './permissions.ts'
export { ${one} } from './domain.ts'
`,
    [`${base}/src/domain.ts`]: `import './permissions.ts'
import { defineDomain } from '@gonglian/records'

/** What the domain declares. */
export const ${one} = defineDomain({
  name: '${name}',
  nouns: {
  },
  tasks: [],
})
`,
    [`${base}/src/isolation/index.ts`]: `import { describeTables } from '@gonglian/tenancy/isolation'

/** What the tests of the whole database have to know of the tables of the domain. */
export const tables = describeTables('${schema}', {
})
`,
    [`${base}/src/declared.ts`]: `import './permissions.ts'
/** The forms and views of the domain, for the browser. */
`,
    [`${base}/src/permissions.ts`]: `import { addPermissions } from '@gonglian/tenancy/permissions'

/** Who reads and who writes records of the domain (handbook, appendix A). */
const permissions = {
  '${schema}:read': ['leader', 'officer', 'reviewer', 'finance', 'auditor'],
  '${schema}:write': ['officer', 'leader'],
} as const

type ${One}Permissions = typeof permissions

declare module '@gonglian/tenancy/permissions' {
  interface Permissions extends ${One}Permissions {}
}

addPermissions(permissions)
`,
    [`${base}/src/domain.test.ts`]: `import { expect, test } from 'vitest'
import { ${one} } from './domain.ts'

// Red until the domain records something: begin with \`npm run new:record ${name} NOUN\`.
test('the domain records something', () => {
  expect(Object.keys(${one}.nouns)).not.toEqual([])
})
`,
    [`${base}/src/texts/zh-CN/index.ts`]: `${write({
      [`frame.nav.${one}`]: '新领域',
      [`${schema}.title`]: '新领域',
      [`${schema}.nothing`]: '这里还没有台账',
    })}\n`,
    [`${base}/src/texts/en/index.ts`]: `import type { texts as chinese } from '../zh-CN/index.ts'

${write({
  [`frame.nav.${one}`]: title,
  [`${schema}.title`]: title,
  [`${schema}.nothing`]: 'Nothing is recorded here yet',
})} satisfies Record<keyof typeof chinese, string>
`,
  }
}
