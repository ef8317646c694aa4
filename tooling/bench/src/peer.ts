import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { waitForEnd } from './house.ts'

/** A published data platform on Node and PostgreSQL: what a federation would take if it did not take ours. */
const version = '11.16.1'
const folder = fileURLToPath(new URL(`../../../.cache/peers/directus-${version}/`, import.meta.url))
const token = 'bench-token-of-one-run'

/** Installed when it is first asked for and kept; never a dependency of ours. Two of its parts are compiled here. */
async function installPeer(): Promise<void> {
  const stamp = join(folder, 'installed')
  if (existsSync(stamp)) return
  console.log('installing the peer (some minutes, once)')
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true }))
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error']
  for (const parameters of [
    ['install', '--ignore-scripts', ...quiet, `directus@${version}`, 'pg'],
    ['rebuild', '--dangerously-allow-all-scripts', ...quiet, 'isolated-vm', 'argon2'],
  ])
    if ((await waitForEnd(spawn('npm', parameters, { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] }))) !== 0)
      throw new Error('the peer could not be installed')
  writeFileSync(stamp, '')
}

const fields: readonly (readonly [name: string, type: string, isIndexed: boolean])[] = [
  ['union_id', 'integer', true],
  ['state', 'string', true],
  ['name', 'string', true],
  ['id_number', 'string', true],
  ['mobile', 'string', false],
  ['sex', 'string', false],
  ['birth', 'date', false],
  ['kind', 'string', true],
  ['hukou', 'string', false],
  ['applied_on', 'date', false],
  ['joined_on', 'date', true],
  ['left_on', 'date', false],
  ['card_no', 'string', true],
]

export type Peer = {
  readonly name: string
  readonly list: (query: URLSearchParams) => Promise<number>
  readonly insert: (rows: readonly object[]) => Promise<void>
  readonly memory: () => number
  readonly close: () => Promise<void>
}

/** Megabytes a process holds now; 0 where the system does not say. */
export function readMemory(process: ChildProcess): number {
  const file = `/proc/${process.pid}/status`
  const [, kilobytes = '0'] = existsSync(file) ? (/VmRSS:\s+(\d+)/.exec(readFileSync(file, 'utf8')) ?? []) : []
  return Number(kilobytes) / 1024
}

/**
 * Starts the peer in a schema of its own of the same database, with its own collection of the same members: set up by its own API, an index
 * on each field one filters by, without caching or limits.
 */
export async function openPeer(ownerUrl: string, port: number, tenantId: number): Promise<Peer> {
  await installPeer()
  const owner = new pg.Client({ connectionString: ownerUrl })
  await owner.connect()
  await owner.query('drop schema if exists peer cascade; create schema peer')
  const env = {
    ...process.env,
    NODE_ENV: 'production',
    DB_CLIENT: 'pg',
    DB_CONNECTION_STRING: ownerUrl,
    DB_SEARCH_PATH: 'array:peer',
    SECRET: token,
    ADMIN_EMAIL: 'bench@example.com',
    ADMIN_PASSWORD: token,
    ADMIN_TOKEN: token,
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    LOG_LEVEL: 'error',
    REQUESTS_PER_MINUTE: '100000',
    TELEMETRY: 'false',
    CACHE_ENABLED: 'false',
    RATE_LIMITER_ENABLED: 'false',
    MAX_PAYLOAD_SIZE: '50mb',
  }
  const run = (command: string) =>
    spawn(process.execPath, ['node_modules/directus/cli.js', command], {
      cwd: folder,
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  if ((await waitForEnd(run('bootstrap'))) !== 0) throw new Error('the peer could not set up its tables')
  const server = run('start')
  const ask = async (path: string, body?: object) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    if (!answer.ok) throw new Error(`the peer answered ${answer.status}: ${text.slice(0, 300)}`)
    return text
  }
  for (let attempt = 0; ; attempt++)
    try {
      await ask('/server/ping')
      break
    } catch (error) {
      if (attempt === 150) throw error
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  await ask('/collections', {
    collection: 'member',
    schema: {},
    meta: {},
    fields: [
      { field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true } },
      ...fields.map(([field, type, is_indexed]) => ({ field, type, schema: { is_indexed } })),
    ],
  })
  const names = fields.map(([name]) => name).join(', ')
  // The same rows; the sealed number cannot be read back here, its fingerprint has the length of one.
  await owner.query(`
    insert into peer.member (${names})
    select union_id, state, name, left(encode(id_print, 'hex'), 18), left(encode(mobile_print, 'hex'), 11), sex, birth, kind, hukou,
      applied_on, joined_on, left_on, card_no
    from organisation.member where tenant_id = ${tenantId} order by id`)
  await owner.query('vacuum (analyze) peer.member')
  const { rows } = await owner.query(
    `select indexname from pg_indexes where schemaname = 'peer' and tablename = 'member'`,
  )
  if (rows.length < 7) throw new Error('the peer has no indexes on its fields')
  return {
    name: `Directus ${version}`,
    list: async (query) => {
      const page = await ask(`/items/member?${query}`)
      return (page.match(/"id":/g) ?? []).length
    },
    insert: async (batch) => void (await ask('/items/member', batch)),
    memory: () => readMemory(server),
    close: async () => {
      const ended = waitForEnd(server)
      server.kill('SIGTERM')
      await ended
      await owner.query('drop schema peer cascade')
      await owner.end()
    },
  }
}
