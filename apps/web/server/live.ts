import type { Request, RequestHandler, Response } from 'express'
import type { Visitor } from './door.ts'

export type LiveEvent = { readonly name: string; readonly data: unknown }

/** Hands a visitor the events they may see until the returned function is called. */
export type Subscribe = (visitor: Visitor, send: (event: LiveEvent) => void) => () => void

const heartbeatMs = 15_000

/** Whether two readings of one session may see the same. */
function isSameSight(one: Visitor, other: Visitor): boolean {
  return (
    one.tenantId === other.tenantId &&
    one.mustChangePassword === other.mustChangePassword &&
    [...one.roles].toSorted().join() === [...other.roles].toSorted().join()
  )
}

/**
 * `GET /live`: server-sent events for the open pages of one person. A comment at each beat keeps proxies from closing the line and lets
 * the browser notice when it is dead. At each beat the session is read again, without keeping it alive: when it has ended, or the
 * person's body or roles have changed, the line ends; the browser opens another as whoever it is then.
 */
export function answerLive(
  readVisitor: (request: Request, response: Response) => Promise<Visitor | null>,
  subscribe: Subscribe,
  beatMs = heartbeatMs,
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
      const heartbeat = setInterval(() => {
        readVisitor(request, response).then(
          (now) => (now !== null && isSameSight(visitor, now) ? response.write(': here\n\n') : response.end()),
          () => response.end(),
        )
      }, beatMs)
      response.on('close', () => {
        clearInterval(heartbeat)
        unsubscribe()
        open.delete(response)
      })
    }, next)
  }
  return { handler, close: () => open.forEach((response) => response.end()) }
}
