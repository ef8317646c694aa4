import { gunzipSync } from 'node:zlib'
import { request as ask } from 'node:http'
import { findPercentile, judge, type Result } from './measure.ts'

type Answer = {
  readonly status: number
  readonly bytes: number
  readonly text: string
  readonly cookies: readonly string[]
  readonly ms: number
}

/** One request as a browser that knows gzip sends it; `bytes` is what came over the line for the body. */
function send(
  base: string,
  path: string,
  options: { method?: string; cookie?: string; form?: string } = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const started = performance.now()
    const request = ask(
      new URL(path, base),
      {
        method: options.method ?? 'GET',
        headers: {
          'accept-encoding': 'gzip',
          ...(options.cookie === undefined ? {} : { cookie: options.cookie }),
          ...(options.form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        },
      },
      (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const body = Buffer.concat(chunks)
          const text = (response.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8')
          resolve({
            status: response.statusCode ?? 0,
            bytes: body.length,
            text,
            cookies: response.headers['set-cookie'] ?? [],
            ms: performance.now() - started,
          })
        })
      },
    )
    request.on('error', reject)
    request.end(options.form)
  })
}

export async function waitForPages(base: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt++) {
    try {
      if ((await send(base, '/readyz')).status === 200) return
    } catch {
      // It is not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
  throw new Error('the web server did not become ready')
}

/** Everything the sign-in page brings with it: its HTML, styles, scripts and what they preload. */
export async function benchFirstPage(base: string): Promise<Result> {
  const page = await send(base, '/sign-in')
  const parts = new Set(
    [...page.text.matchAll(/(?:href|src)="(\/assets\/[^"]+)"|"(\/assets\/[^"]+\.(?:js|css))"/g)].map(
      (match) => match[1] ?? match[2] ?? '',
    ),
  )
  let bytes = page.bytes
  for (const part of parts) bytes += (await send(base, part)).bytes
  console.log(`first page: ${parts.size + 1} files`)
  return judge('first page, gzipped (HTML, CSS, JS)', bytes / 1000, 350, 'kB')
}

/** Signs in and answers the cookie. */
export async function signIn(base: string, username: string, password: string): Promise<string> {
  const answer = await send(base, '/sign-in', {
    method: 'POST',
    form: new URLSearchParams({ username, password }).toString(),
  })
  return answer.cookies.map((line) => line.split(';')[0]).join('; ')
}

/** Asks for a page again and again, one after the other; the first rounds warm up and do not count. */
async function samplePage(base: string, path: string, cookie: string, rounds: number, sign: string): Promise<number[]> {
  const samples: number[] = []
  const warm = Math.ceil(rounds / 10)
  for (let round = 0; round < rounds + warm; round++) {
    const page = await send(base, path, { cookie })
    if (page.status !== 200 || !page.text.includes(sign)) throw new Error(`${path} answered ${page.status}`)
    if (round >= warm) samples.push(page.ms)
  }
  return samples
}

export type PageTimes = { readonly what: string; readonly median: number; readonly p95: number }

const toTimes = (what: string, samples: readonly number[]): PageTimes => ({
  what,
  median: findPercentile(samples, 0.5),
  p95: findPercentile(samples, 0.95),
})

/**
 * The whole page of the progress board of a province, answered by the server one after the other; before and after it a page that does nothing,
 * so that a busy machine shows.
 */
export async function benchBoard(
  base: string,
  question: { username: string; password: string; path: string },
): Promise<{ result: Result; times: PageTimes[] }> {
  const cookie = await signIn(base, question.username, question.password)
  const idle = await samplePage(base, '/healthz', '', 200, '')
  const samples = await samplePage(base, question.path, cookie, 200, '<table')
  idle.push(...(await samplePage(base, '/healthz', '', 200, '')))
  return {
    result: judge('progress board of a province, server time p95', findPercentile(samples, 0.95), 50, 'ms'),
    times: [toTimes('a page that does nothing (/healthz)', idle), toTimes(`board of a province`, samples)],
  }
}

/** Pages of other people, for whom there is no limit but who should not wait either. */
const otherPages: readonly (readonly [what: string, username: string, path: string])[] = [
  ['desk of the nation', '00-leader', '/'],
  ['desk of a province', '51-leader', '/'],
  ['desk of a county', '513221-reviewer', '/'],
  ['desk of a township', '513221100-officer', '/'],
  ['board of the nation', '00-leader', '/progress?period=2026-10'],
  ['reports of the nation', '00-reviewer', '/reports'],
  ['review queue of the nation', '00-reviewer', '/reports/review/org-monthly/2026-10'],
  ['missing reports of the whole country', '00-reviewer', '/reports/missing/org-monthly/2026-10?scope=all'],
  ['targets of a province', '51-officer', '/targets'],
  ['tree of bodies', '00-leader', '/bodies/51'],
  ['audit trail of the nation', '00-auditadmin', '/system/audit'],
]

export async function benchOtherPages(base: string, password: string): Promise<PageTimes[]> {
  const times: PageTimes[] = []
  for (const [what, username, path] of otherPages) {
    const cookie = await signIn(base, username, password)
    times.push(toTimes(what, await samplePage(base, path, cookie, 30, '<html')))
  }
  return times
}
