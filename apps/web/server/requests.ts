import { randomBytes, randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import type { Log } from './log.ts'

declare global {
  namespace Express {
    interface Locals {
      requestId: string
      nonce: string
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

/** A one-time link is a password while it lasts. */
function hideToken(path: string): string {
  return path.replace(/^\/welcome\/.*/s, '/welcome/…')
}

/** One line per answered request; the path without its query, which may hold what somebody searched for. */
export function logRequests(log: Log): RequestHandler {
  return (request, response, next) => {
    const started = performance.now()
    const { method } = request
    const path = hideToken(request.path)
    response.on('finish', () => {
      const { statusCode: status } = response
      const level = status >= 500 ? 'error' : status >= 400 ? 'warn' : path.startsWith('/assets/') ? 'debug' : 'info'
      const ms = Math.round((performance.now() - started) * 10) / 10
      log[level]('request', { requestId: response.locals.requestId, method, path, status, ms })
    })
    next()
  }
}
