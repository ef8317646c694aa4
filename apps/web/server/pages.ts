import { createRequestHandler as createPageHandler, type AppLoadContext, type ServerBuild } from '@remix-run/node'
import type { Request as Asked, RequestHandler, Response as Answer } from 'express'
import { once } from 'node:events'
import { streamPieces } from '../app/pieces.ts'

/** Whoever asked went away: nobody's fault. */
class Gone extends Error {}

/** The question as the pages understand it; `left` tells them when nobody waits any more. */
function toRequest(asked: Asked, left: AbortSignal): Request {
  const headers = new Headers()
  for (const [name, values] of Object.entries(asked.headers))
    for (const value of [values ?? []].flat()) headers.append(name, value)
  const init: RequestInit & { duplex?: 'half' } = { method: asked.method, headers, signal: left }
  if (asked.method !== 'GET' && asked.method !== 'HEAD')
    Object.assign(init, { body: streamPieces(asked), duplex: 'half' })
  return new Request(new URL(asked.originalUrl, `${asked.protocol}://${asked.get('host') ?? 'localhost'}`), init)
}

/** Writes an answer at the pace of whoever reads it: a file of a million rows waits in the database, not in memory. */
async function send(answer: Answer, page: Response, left: AbortSignal): Promise<void> {
  answer.statusMessage = page.statusText
  answer.status(page.status)
  for (const [name, value] of page.headers) {
    if (name === 'set-cookie') answer.append(name, value)
    else answer.setHeader(name, value)
  }
  const reader = page.body?.getReader()
  if (!reader) return void answer.end()
  try {
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) {
      if (left.aborted) throw new Gone()
      const hasRoom = answer.write(piece.value)
      // The frame of a page is shown before its slow parts are there.
      answer.flush()
      if (!hasRoom) await once(answer, 'drain', { signal: left })
    }
    answer.end()
  } catch (error) {
    await reader.cancel(error)
    throw left.aborted ? new Gone() : error
  }
}

/**
 * Answers by the built pages. The framework's own adapter writes on without waiting for the reader, so that a long file piles up in
 * memory, and ends the process when a reader goes away in the middle of one.
 */
export function answerPages(
  build: ServerBuild | (() => Promise<ServerBuild>),
  readContext: (asked: Asked, answer: Answer) => AppLoadContext,
): RequestHandler {
  // Errors never show their stack, the demonstration's neither.
  const handle = createPageHandler(build, 'production')
  const respond = async (asked: Asked, answer: Answer) => {
    const left = new AbortController()
    answer.once('close', () => {
      if (!answer.writableFinished) left.abort()
    })
    await send(answer, await handle(toRequest(asked, left.signal), readContext(asked, answer)), left.signal)
  }
  return (asked, answer, next) => {
    respond(asked, answer).catch((error: unknown) => {
      if (!(error instanceof Gone)) next(error)
    })
  }
}
