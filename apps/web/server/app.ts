import type { Readiness } from '@gonglian/api'
import type { ServerBuild } from '@remix-run/node'
import compression from 'compression'
import express, { type ErrorRequestHandler, type Express } from 'express'
import { readLocale } from '@gonglian/ui/messages'
import { serveBuilt } from './built.ts'
import { readCookie } from './cookies.ts'
import type { Door } from './door.ts'
import { mountFiles, type Files } from './files.ts'
import { answerHealth, answerReadiness } from './health.ts'
import { limitRequests, usualRequestLimits, type RequestLimits } from './limits.ts'
import { answerLive, type Subscribe } from './live.ts'
import type { Log } from './log.ts'
import { answerPages } from './pages.ts'
import { findVisitor, logRequests, nameRequest } from './requests.ts'
import { forbidStoring, refuseBigBody, refuseCrossSite, refuseMethods, setSecurityHeaders } from './security.ts'
import { mountTrpc } from './trpc.ts'
import type { House } from './house.ts'

export type AppParts = {
  readonly build: ServerBuild | (() => Promise<ServerBuild>)
  /** The folder of the built client, or null while Vite serves it. */
  readonly client: string | null
  readonly door: Door
  readonly subscribe: Subscribe
  readonly readReadiness: () => Promise<Readiness>
  readonly openApi: House['openApi']
  readonly clock: House['clock']
  readonly describe: House['describe']
  /** Answers `/trpc`; null while there is no API behind the pages. */
  readonly trpc: Pick<House, 'router' | 'contextFor'> | null
  /** Stores and hands out files; null while there is no house behind the pages. */
  readonly files: Files | null
  readonly limits?: RequestLimits
  readonly log: Log
}

/** Puts the web application together. `close` ends the live connections, which would keep a server from closing. */
export function createApp(parts: AppParts): { readonly app: Express; readonly close: () => void } {
  const { build, client, door, log } = parts
  const app = express()
  app.disable('x-powered-by')
  app.set('trust proxy', 'loopback')

  app.use(nameRequest, logRequests(log), setSecurityHeaders, refuseMethods)
  app.get('/healthz', answerHealth)
  app.get('/readyz', answerReadiness(parts.readReadiness))

  if (client !== null) app.use(serveBuilt(client))
  app.use(compression())

  app.use(forbidStoring)
  const live = answerLive(
    (request, response) =>
      door.readVisitor(request.get('cookie'), {
        requestId: response.locals.requestId,
        address: request.ip ?? '',
        secure: request.secure,
        passive: true,
      }),
    parts.subscribe,
  )
  app.get('/live', live.handler)
  // Who asks is known before anything reads what they sent.
  app.use(refuseCrossSite(parts.describe), findVisitor(door), refuseBigBody(parts.describe))
  app.use(limitRequests(parts.describe, parts.limits ?? usualRequestLimits))
  app.use('/trpc', mountTrpc(parts.trpc, parts.describe))
  app.use('/files', mountFiles(parts.files, parts.describe))

  app.all(
    '*',
    answerPages(build, (request, response) => {
      const cookie = request.get('cookie')
      const { requestId, nonce, visitor = null } = response.locals
      const address = request.ip ?? ''
      const locale = readLocale(readCookie(cookie, 'locale'))
      const describe = (error: unknown) => parts.describe(error, { requestId, locale })
      return {
        requestId,
        now: parts.clock(),
        nonce,
        locale,
        cookie,
        address,
        agent: request.get('user-agent') ?? '',
        secure: request.secure,
        visitor,
        // Opened by the pages that ask for something.
        get api() {
          return parts.openApi(visitor, { requestId, locale, address })
        },
        describe,
        door,
        log,
      }
    }),
  )
  app.use(answerFailure(log))
  return { app, close: live.close }
}

/** The last resort: what went wrong goes to the log, the caller gets its number. */
function answerFailure(log: Log): ErrorRequestHandler {
  return (error: unknown, _request, response, next) => {
    const status = readStatus(error)
    if (status >= 500) {
      log.error('unhandled', {
        requestId: response.locals.requestId,
        error: error instanceof Error ? error.stack : String(error),
      })
    }
    if (response.headersSent) return next(error)
    response.status(status).type('text').send(`${status} ${response.locals.requestId}`)
  }
}

function readStatus(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? error.status : 500
  return typeof status === 'number' && status >= 400 && status <= 599 ? status : 500
}
