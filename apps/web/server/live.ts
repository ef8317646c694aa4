import type { Request, RequestHandler, Response } from 'express'
import type { Visitor } from './door.ts'

export type LiveEvent = { readonly name: string; readonly data: unknown }

/** Hands a visitor the events they may see until the returned function is called. */
export type Subscribe = (visitor: Visitor, send: (event: LiveEvent) => void) => () => void

const heartbeatMs = 25_000

/**
 * `GET /live`: server-sent events for the open pages of one person. A comment every 25 s keeps proxies from closing the
 * line and lets the browser notice when it is dead.
 */
export function answerLive(
  readVisitor: (request: Request, response: Response) => Promise<Visitor | null>,
  subscribe: Subscribe,
): { readonly handler: RequestHandler; readonly close: () => void } {
  const open = new Set<Response>()
  const handler: RequestHandler = (request, response, next) => {
    readVisitor(request, response).then((visitor) => {
      if (!visitor) {
        response.status(401).json({ error: { code: 'unauthenticated', messageKey: 'errors.unauthenticated' } })
        return
      }
      // no-transform keeps the compression from holding events back until a block is full.
      response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store, no-transform' })
      response.write('retry: 3000\n\n')
      open.add(response)
      const unsubscribe = subscribe(visitor, ({ name, data }) =>
        response.write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`),
      )
      const heartbeat = setInterval(() => response.write(': here\n\n'), heartbeatMs)
      response.on('close', () => {
        clearInterval(heartbeat)
        unsubscribe()
        open.delete(response)
      })
    }, next)
  }
  return { handler, close: () => open.forEach((response) => response.end()) }
}
