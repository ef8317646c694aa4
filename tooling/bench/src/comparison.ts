import { withTenant, systemActor } from '@gonglian/tenancy'
import { addDemonstrationAccounts } from '@gonglian/auth'
import { anIdNumber } from '@gonglian/organisation/testing'
import type { BenchHouse } from './house.ts'
import { startApp } from './house.ts'
import { findPercentile, time, type Result } from './measure.ts'
import { signIn, waitForPages } from './pages.ts'
import { openPeer, readMemory, type Peer } from './peer.ts'
import { findPort } from './ports.ts'

const password = 'Demo-5132-Wenchuan'
const pageSize = 50
/** As many people as look at lists of one county at once. */
const readers = 4
/** What is wanted of ours against the peer's, for lists as for imports. */
const wanted = 3

/** The body whose register is compared, and how many members a second its own import took, with all checks. */
export type ComparedPlace = { readonly tenantId: number; readonly firstUnion: number; readonly imported: number }

type Question = { readonly ours: Readonly<Record<string, unknown>>; readonly peers: Readonly<Record<string, string>> }

/** The same pages asked of both: common and rare filters, the first page and late ones, all newest first and with their count. */
function listQuestions(firstUnion: number): Question[] {
  const held = { 'filter[state][_in]': 'applied,active,retained' }
  return Array.from({ length: 12 }, (_, round): Question[] => [
    { ours: {}, peers: held },
    { ours: { page: 190 - round }, peers: { ...held, page: String(190 - round) } },
    {
      ours: { unionId: firstUnion + round * 113 },
      peers: { ...held, 'filter[union_id][_eq]': String(firstUnion + round * 113) },
    },
    {
      ours: { kinds: ['self_employed'], page: round + 1 },
      peers: { ...held, 'filter[kind][_eq]': 'self_employed', page: String(round + 1) },
    },
    { ours: { states: ['left'] }, peers: { 'filter[state][_eq]': 'left' } },
    {
      ours: { sex: 'female', hasCard: false },
      peers: { ...held, 'filter[sex][_eq]': 'female', 'filter[card_no][_null]': 'true' },
    },
    {
      ours: { joinedFrom: '2020-01-01', joinedTo: '2020-01-31' },
      peers: { ...held, 'filter[joined_on][_between]': '2020-01-01,2020-01-31' },
    },
  ]).flat()
}

/** Pages a second with several readers at once, over HTTP, and how long one waits. The first round warms up. */
async function readPages(asks: readonly (() => Promise<number>)[]): Promise<{ rate: number; p95: number }> {
  const samples: number[] = []
  const readAll = async (keep: boolean) => {
    const queue = [...asks]
    await Promise.all(
      Array.from({ length: readers }, async () => {
        for (let ask = queue.pop(); ask !== undefined; ask = queue.pop()) {
          const { ms, value } = await time(ask)
          if (value === 0) throw new Error('a page came back empty')
          if (keep) samples.push(ms)
        }
      }),
    )
  }
  await readAll(false)
  const { ms } = await time(async () => {
    for (let round = 0; round < 3; round++) await readAll(true)
  })
  return { rate: samples.length / (ms / 1000), p95: findPercentile(samples, 0.95) }
}

async function insertMembers(peer: Peer, firstUnion: number): Promise<number> {
  const batches = 40
  const size = 500
  const { ms } = await time(async () => {
    for (let batch = 0; batch < batches; batch++)
      await peer.insert(
        Array.from({ length: size }, (_, index) => {
          const number = batch * size + index
          return {
            union_id: firstUnion + (number % 20_000),
            state: 'active',
            name: `新${number % 97}`,
            id_number: anIdNumber(5_000_000 + number),
            mobile: `137${String(number).padStart(8, '0')}`,
            sex: number % 2 === 0 ? 'male' : 'female',
            birth: '1990-01-01',
            kind: 'migrant',
            hukou: 'rural',
            applied_on: '2026-10-08',
            joined_on: '2026-10-08',
          }
        }),
      )
  })
  return (batches * size) / (ms / 1000)
}

function compare(what: string, ours: number, peers: number, unit: string, peer: string): Result {
  const ratio = ours / peers
  return {
    what: `${what}, against ${peer} (${ours.toFixed(0)} and ${peers.toFixed(0)} ${unit})`,
    value: `${ratio.toFixed(1)} x`,
    bar: `at least ${wanted} x`,
    met: ratio >= wanted,
  }
}

/**
 * The register over HTTP beside another product on the same members in the same database, one after the other in one run. Ours answers with
 * its session, roles, row-level security and masked fields; the peer as its administrator.
 */
export async function benchComparison(house: BenchHouse, secret: string, place: ComparedPlace): Promise<Result[]> {
  await withTenant(house.deps, systemActor('bench', place.tenantId), (ctx) =>
    addDemonstrationAccounts(
      ctx,
      [{ tenantId: place.tenantId, username: 'bench-officer', displayName: 'bench', roles: ['officer'] }],
      password,
    ),
  )
  const questions = listQuestions(place.firstUnion)
  const port = await findPort()
  const base = `http://127.0.0.1:${port}`
  const web = startApp('web', 'server.ts', [], {
    DATABASE_URL: house.webUrl,
    GONGLIAN_SECRET: secret,
    GONGLIAN_DEMO: '1',
    NODE_ENV: 'development',
    LOG_LEVEL: 'error',
    REQUESTS_PER_MINUTE: '100000',
    PORT: String(port),
  })
  let own: { rate: number; p95: number }
  let memory = 0
  try {
    await waitForPages(base)
    const cookie = await signIn(base, 'bench-officer', password)
    own = await readPages(
      questions.map(({ ours }) => async () => {
        const input = encodeURIComponent(JSON.stringify({ json: { ...ours, pageSize } }))
        const answer = await fetch(`${base}/trpc/members.listMembers?input=${input}`, { headers: { cookie } })
        const text = await answer.text()
        if (!answer.ok) throw new Error(`our list answered ${answer.status}: ${text.slice(0, 300)}`)
        return (text.match(/"id":/g) ?? []).length
      }),
    )
    memory = readMemory(web)
  } finally {
    web.kill('SIGTERM')
  }
  const peer = await openPeer(house.ownerUrl, await findPort(), place.tenantId)
  try {
    const pages = await readPages(
      questions.map(({ peers }) => () => {
        const query = new URLSearchParams({
          limit: String(pageSize),
          sort: '-joined_on,-id',
          meta: 'filter_count',
          ...peers,
        })
        return peer.list(query)
      }),
    )
    const inserted = await insertMembers(peer, place.firstUnion)
    console.log(`lists of ${readers} readers: p95 ${own.p95.toFixed(0)} ms here, ${pages.p95.toFixed(0)} ms there`)
    console.log(`memory of the server: ${memory.toFixed(0)} MB here, ${peer.memory().toFixed(0)} MB there`)
    return [
      compare('list pages of 50 with filters and count', own.rate, pages.rate, 'pages/s', peer.name),
      compare('import', place.imported, inserted, 'members/s', peer.name),
    ]
  } finally {
    await peer.close()
  }
}
