import { Transform } from 'node:stream'
import { type AppLoadContext, type EntryContext, type LoaderFunctionArgs } from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import { streamPieces } from './pieces.ts'
import { registerMessages } from '@gonglian/ui/messages'
import { messages as english } from '@gonglian/domains/texts/en'
import { messages as chinese } from '@gonglian/domains/texts/zh-CN'
import { isbot } from 'isbot'
import { renderToPipeableStream } from 'react-dom/server'
import { NonceProvider } from './nonce.tsx'
import './load-context.ts'

registerMessages('zh-CN', chinese)
registerMessages('en', english)

export const streamTimeout = 5_000

/** Renders a page; readers get the frame at once and slow parts as they come, crawlers and text browsers all at once. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  remix: EntryContext,
  { nonce, log, requestId }: AppLoadContext,
): Promise<Response> {
  const whole = isbot(request.headers.get('user-agent') ?? '') || remix.isSpaMode
  return new Promise((resolve, reject) => {
    let shellSent = false
    let answer = status
    const { pipe, abort } = renderToPipeableStream(
      <NonceProvider value={nonce}>
        <RemixServer context={remix} url={request.url} nonce={nonce} />
      </NonceProvider>,
      {
        nonce,
        [whole ? 'onAllReady' : 'onShellReady']() {
          shellSent = true
          const body = dropPadding()
          headers.set('Content-Type', 'text/html; charset=utf-8')
          // Pages hold what only this person may see.
          headers.set('Cache-Control', 'no-store')
          headers.set('Vary', 'Cookie')
          resolve(new Response(streamPieces(body), { headers, status: answer }))
          pipe(body)
        },
        onShellError: reject,
        onError(error: unknown) {
          answer = 500
          if (shellSent) log.error('render', { requestId, error: error instanceof Error ? error.stack : String(error) })
        },
      },
    )
    setTimeout(abort, streamTimeout + 1_000).unref()
  })
}

/**
 * React 18 sends its 2 kB buffer whole when a Chinese character does not fit at its end, zero bytes and all, and browsers show each
 * as a broken character. No page holds a zero byte of its own.
 */
function dropPadding(): Transform {
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, chunk.includes(0) ? chunk.filter((byte) => byte !== 0) : chunk)
    },
  })
}

/** Called by Remix for every error a loader, action or component throws. */
export function handleError(error: unknown, { request, context }: LoaderFunctionArgs): void {
  if (request.signal.aborted) return
  const { log, requestId } = context
  log.error('page', { requestId, error: error instanceof Error ? error.stack : String(error) })
}
