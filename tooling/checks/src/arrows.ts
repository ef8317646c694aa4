import { join } from 'node:path/posix'
import type { Finding } from './finding.ts'
import { isCode, isTest, type Package, type Project, scope, type SourceFile } from './project.ts'
import { listImports, parse } from './syntax.ts'

const loop = ['indicators', 'targets', 'reporting', 'rollup', 'inspection']
/** The domains that there are, or will be: each is a package and a schema of the database. */
export const domains = ['organisation', 'rights', 'aid', 'competitions', 'model-workers', 'finance']
// Of the accounts a domain learns who its colleagues are, and nothing else.
const ofDomains = [
  'approvals',
  'auth/colleagues',
  'db',
  'documents',
  'files',
  'jobs',
  'records',
  'spreadsheets',
  'tasks',
  'tenancy',
  'indicators',
  'organisation',
]
// What a package needs that declares tasks.
const declaring = ['records', 'tasks']

/**
 * Who may use whom: `name` allows a package whole, `name/part` one of its entrances, `name/*` any entrance but the main one.
 * An arrow is added here deliberately, together with the design; package.json then makes it exist.
 */
const arrows: Record<string, string[]> = {
  db: [],
  jobs: [],
  // How copied cells are cut, the same in browser and server.
  ui: ['spreadsheets/separated'],
  spreadsheets: [],
  tenancy: ['db', 'jobs'],
  documents: ['db', 'tenancy'],
  tasks: ['db', 'jobs', 'tenancy'],
  records: ['db', 'documents', 'files', 'tasks', 'tenancy'],
  // The QR code of a key is drawn like that of a paper.
  auth: ['db', 'documents/codes', 'tenancy', ...declaring],
  indicators: ['db', 'jobs', 'tenancy'],
  // Their limits are parameters, their deadlines count working days.
  files: ['db', 'jobs', 'tenancy', 'indicators'],
  approvals: ['db', 'files', 'jobs', 'records', 'tasks', 'tenancy', 'indicators'],
  targets: ['db', 'documents', 'tenancy', 'indicators', ...declaring],
  rollup: ['db', 'jobs', 'tenancy', 'indicators'],
  reporting: ['db', 'jobs', 'tenancy', 'indicators', 'rollup', ...declaring],
  inspection: ['db', 'jobs', 'tenancy', 'indicators', 'targets', 'reporting', 'rollup', ...declaring],
  ...Object.fromEntries(domains.map((name) => [name, ofDomains.filter((other) => other !== name)])),
  // The one list of all that declares tasks and records, and their texts and permissions. Its test of isolation looks at every table.
  domains: [
    'approvals',
    'auth',
    'db',
    'tenancy/isolation',
    'ui/*',
    'tenancy/permissions',
    ...declaring,
    ...loop,
    ...domains,
  ],
  api: ['approvals', 'auth', 'documents', 'domains', 'files', ...declaring, 'tenancy', ...loop, ...domains],
  // The web puts the parts together in its server; its pages get at data through the api alone (see routesArrows).
  web: [
    'api',
    'domains/*',
    'ui',
    'auth',
    'documents/*',
    'approvals/declared',
    'files',
    'files/media',
    'records/*',
    'tenancy',
    'db',
    'jobs',
    'spreadsheets/writing',
    ...[...loop, ...domains].map((name) => `${name}/*`),
  ],
  worker: [
    'approvals/jobs',
    'auth/people',
    'db',
    'domains',
    'domains/*',
    'files',
    'files/jobs',
    'jobs',
    'records',
    'tasks/jobs',
    'tenancy',
    'ui/messages',
    ...[...loop, ...domains].map((name) => `${name}/jobs`),
  ],
  cli: [
    // Applications of the demonstration are proposed and decided as people do it.
    'approvals',
    'db',
    'files',
    'jobs',
    'records',
    'spreadsheets',
    'tasks',
    'tenancy',
    'auth',
    'ui/messages',
    'ui/messages/en',
    ...loop,
    ...domains,
  ],
}

/** Pages and their parts: no database and no queue. */
const routesFolder = 'apps/web/app/'
const closedToRoutes = ['db', 'jobs']

/** Outside packages that only one of ours may know, so that each can be replaced in one place. */
const keepers: [name: RegExp, keepers: string[]][] = [
  [/^@trpc\/server$/, ['api']],
  [/^@trpc\/client$/, ['api', 'web']],
  [/^(?:bullmq|ioredis)$/, ['jobs']],
  [/^@remix-run\//, ['web']],
  [/^lucia$/, ['auth']],
  [/^(?:docx|uqr)$/, ['documents']],
]

/** The arrows between packages: in the manifests, in what the files really import, and no circles. */
export function checkArrows({ packages, files }: Project): Finding[] {
  return [
    ...packages.flatMap((one) => checkManifest(one, packages)),
    ...files.filter(isCode).flatMap((file) => checkImports(file, packages)),
    ...findCircle(packages),
  ]
}

function checkManifest(one: Package, packages: Package[]): Finding[] {
  const file = `${one.folder}/package.json`
  const complain = (message: string) => ({ file, line: 1, rule: 'arrows', message })
  if (one.group !== 'tooling' && arrows[one.name] === undefined) {
    return [complain(`${one.name} has no line in the table of arrows`)]
  }
  const declared = [
    ...one.dependencies.map((name) => ({ name, testsOnly: false })),
    ...one.devDependencies.map((name) => ({ name, testsOnly: true })),
  ]
  return declared.flatMap(({ name, testsOnly }) => {
    if (!name.startsWith(scope)) return isKept(name, one) ? [complain(`${name} is not for ${one.name}`)] : []
    const other = packages.find((candidate) => scope + candidate.name === name)
    if (other === undefined) return [complain(`${name} is not in the workspace`)]
    return mayDepend(one, other, testsOnly) ? [] : [complain(`${one.name} may not depend on ${other.name}`)]
  })
}

function mayDepend(one: Package, other: Package, testsOnly: boolean): boolean {
  if (other.group === 'apps') return false
  if (one.group === 'tooling') return true
  if (other.group === 'tooling') return testsOnly
  if (testsOnly && one.group === 'apps') return true
  return allowedFor(one).some((arrow) => arrow.split('/')[0] === other.name)
}

function checkImports(file: SourceFile, packages: Package[]): Finding[] {
  const own = file.package
  return listImports(parse(file)).flatMap(({ name, line }) => {
    const message = own === undefined ? null : judgeImport(file, own, name, packages)
    return message === null ? [] : [{ file: file.path, line, rule: 'arrows', message }]
  })
}

function judgeImport(file: SourceFile, own: Package, name: string, packages: Package[]): string | null {
  if (name.startsWith('.')) {
    const target = join(file.path, '..', name)
    if (target.startsWith(`${own.folder}/`)) return null
    // The start scripts run before anything is installed, when packages have no names yet.
    if (own.folder === 'tooling/start' && target.startsWith('tooling/processes/')) return null
    return `${name} lies outside the package; import it by the name of its package`
  }
  if (!name.startsWith(scope)) return isKept(name, own) ? `${name} is not for ${own.name}` : null
  const [otherName = '', ...rest] = name.slice(scope.length).split('/')
  const entrance = rest.join('/')
  const other = packages.find((candidate) => candidate.name === otherName)
  if (other === own || other === undefined)
    return other === own ? 'a package imports itself by its name' : `${name} does not exist`
  const forTests = isTest(file) || /\.config\.(?:ts|mjs)$/.test(file.path)
  if (!(forTests ? [...own.dependencies, ...own.devDependencies] : own.dependencies).includes(scope + otherName)) {
    return `${scope}${otherName} is not among the ${forTests ? '' : 'run-time '}dependencies in package.json`
  }
  if (!mayDepend(own, other, forTests)) return `${own.name} may not import ${otherName}`
  if (forTests || own.group === 'tooling') return null
  if (entrance === 'testing') return `${name} is for tests`
  if (!mayEnter(own, otherName, entrance))
    return `${own.name} may not import ${name}, only another entrance of ${otherName}`
  if (file.path.startsWith(routesFolder) && closedToRoutes.includes(otherName))
    return `pages get at data through the api, not through ${otherName}`
  return null
}

function mayEnter(own: Package, other: string, entrance: string): boolean {
  const wanted = entrance === '' ? other : `${other}/${entrance}`
  return allowedFor(own).some(
    (arrow) => arrow === other || arrow === wanted || (entrance !== '' && arrow === `${other}/*`),
  )
}

function allowedFor(one: Package): string[] {
  return arrows[one.name] ?? []
}

/** Whether an outside package is kept by others than this one. */
function isKept(name: string, { name: own }: Package): boolean {
  return keepers.some(([pattern, owners]) => pattern.test(name) && !owners.includes(own))
}

function findCircle(packages: Package[]): Finding[] {
  const done = new Set<Package>()
  const visit = (one: Package, path: Package[]): Package[] | null => {
    if (path.includes(one)) return [...path.slice(path.indexOf(one)), one]
    if (done.has(one)) return null
    for (const name of [...one.dependencies, ...one.devDependencies]) {
      const other = packages.find((candidate) => scope + candidate.name === name)
      const circle = other === undefined ? null : visit(other, [...path, one])
      if (circle !== null) return circle
    }
    done.add(one)
    return null
  }
  for (const one of packages) {
    const circle = visit(one, [])
    if (circle === null) continue
    const message = `packages depend on each other in a circle: ${circle.map(({ name }) => name).join(' -> ')}`
    return [{ file: `${circle[0]?.folder ?? one.folder}/package.json`, line: 1, rule: 'arrows', message }]
  }
  return []
}
