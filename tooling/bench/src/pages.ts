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

/** The whole page of the progress board of a province, answered by the server one after the other. */
export async function benchBoard(base: string, username: string, password: string, path: string): Promise<Result> {
  const answer = await send(base, '/sign-in', {
    method: 'POST',
    form: new URLSearchParams({ username, password }).toString(),
  })
  const cookie = answer.cookies.map((line) => line.split(';')[0]).join('; ')
  const samples: number[] = []
  for (let round = 0; round < 220; round++) {
    const page = await send(base, path, { cookie })
    if (page.status !== 200 || !page.text.includes('<table')) throw new Error(`the board answered ${page.status}`)
    if (round >= 20) samples.push(page.ms)
  }
  console.log(`board: median ${findPercentile(samples, 0.5).toFixed(1)} ms`)
  return judge('progress board of a province, server time p95', findPercentile(samples, 0.95), 50, 'ms')
}
