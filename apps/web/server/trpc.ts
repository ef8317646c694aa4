import { createExpressMiddleware, jsonBudget, keepsJsonBudget } from '@gonglian/api/http'
import { DomainError } from '@gonglian/tenancy'
import { readLocale } from '@gonglian/ui/messages'
import { Router, type Request, type RequestHandler } from 'express'
import { readCookie } from './cookies.ts'
import type { House } from './house.ts'
import { answerRefusal } from './security.ts'

/**
 * `/trpc/*`: the API over HTTP, by the same session and the same guards as the pages. One call a request: a batch would be many
 * transactions at once for one count.
 */
export function mountTrpc(house: Pick<House, 'router' | 'contextFor'> | null, describe: House['describe']): Router {
  const router = Router()
  if (house) {
    router.use(
      readCall(describe),
      createExpressMiddleware({
        router: house.router,
        allowBatching: false,
        createContext: ({ req, res, info }) => {
          const { requestId, visitor = null } = res.locals
          const locale = readLocale(readCookie(req.get('cookie'), 'locale'))
          const address = req.ip ?? ''
          return house.contextFor(visitor, { requestId, locale, address, callCount: info.calls.length })
        },
      }),
    )
  }
  return router
}

/**
 * Reads what is asked, no bigger than `refuseBigBody` let through, and refuses it before anything parses it when it is no JSON in
 * UTF-8, too deep, or of too many values.
 */
function readCall(describe: House['describe']): RequestHandler {
  return (request, response, next) => {
    readTexts(request).then((texts) => {
      if (texts?.every((text) => keepsJsonBudget(text, jsonBudget)) === true) return next()
      answerRefusal(request, response, describe, 400, new DomainError('invalid', 'errors.invalid'))
    }, next)
  }
}

/** Every JSON text of a request; null for a body of another kind. What was read of the body stays in `request.body`. */
async function readTexts(request: Request): Promise<string[] | null> {
  const { searchParams } = new URL(request.originalUrl, 'http://own.invalid')
  const asked = ['input', 'connectionParams'].flatMap((name) => searchParams.getAll(name))
  if (request.method !== 'POST') return asked
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(Buffer.from(piece))
  const bytes = Buffer.concat(pieces)
  if (bytes.length > 0 && request.is('application/json') === false) return null
  const body = readUtf8(bytes)
  if (body === null) return null
  request.body = body
  return [...asked, body]
}

function readUtf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}
