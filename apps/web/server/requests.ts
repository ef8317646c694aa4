import { randomBytes, randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import type { Door, Visitor } from './door.ts'
import type { Log } from './log.ts'

declare global {
  namespace Express {
    interface Locals {
      requestId: string
      nonce: string
      /** Set by findVisitor; null: nobody is signed in. */
      visitor?: Visitor | null
    }
  }
}

/** Gives each request an id (shown on error pages, found in the log) and a nonce for its page. */
export const nameRequest: RequestHandler = (_request, response, next) => {
  response.locals.requestId = randomUUID()
  response.locals.nonce = randomBytes(16).toString('base64')
  response.setHeader('X-Request-Id', response.locals.requestId)
  next()
}

/** One line per answered request; the path without its query, which may hold what somebody searched for. */
export function logRequests(log: Log): RequestHandler {
  return (request, response, next) => {
    const started = performance.now()
    const { method, path } = request
    response.on('finish', () => {
      const { statusCode: status } = response
      const level = status >= 500 ? 'error' : status >= 400 ? 'warn' : path.startsWith('/assets/') ? 'debug' : 'info'
      const ms = Math.round((performance.now() - started) * 10) / 10
      log[level]('request', { requestId: response.locals.requestId, method, path, status, ms })
    })
    next()
  }
}

/** Finds out who asks, by the cookie alone: before a byte of the body is read, and once for all that follow. */
export function findVisitor(door: Pick<Door, 'readVisitor'>): RequestHandler {
  return (request, response, next) => {
    const { requestId } = response.locals
    const asked = { requestId, address: request.ip ?? '', secure: request.secure }
    door.readVisitor(request.get('cookie'), asked).then((visitor) => {
      response.locals.visitor = visitor
      next()
    }, next)
  }
}
