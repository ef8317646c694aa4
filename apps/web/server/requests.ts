import { randomBytes, randomUUID } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
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

/** Asked for by the frame after each page and each event, never by a person. */
const background = new Set(['/trpc/tasks.countTasks'])

/**
 * Whether no person asked: the frame's own questions, and the data of the page that is already open, loaded anew because figures changed
 * elsewhere. Such a request does not keep a session alive. What a person does is a navigation, an address other than the page's, or a write.
 */
export function isPassive(request: Pick<Request, 'method' | 'originalUrl'>, referer: string | undefined): boolean {
  if (request.method !== 'GET') return false
  const asked = new URL(request.originalUrl, 'http://own.invalid')
  if (background.has(asked.pathname)) return true
  const isData = asked.pathname.endsWith('.data') || asked.searchParams.has('_data')
  if (!isData || referer === undefined || !URL.canParse(referer)) return false
  const page = new URL(referer)
  asked.pathname = asked.pathname === '/_root.data' ? '/' : asked.pathname.replace(/\.data$/, '')
  asked.searchParams.delete('_data')
  asked.searchParams.delete('_routes')
  page.searchParams.sort()
  asked.searchParams.sort()
  return page.pathname === asked.pathname && page.searchParams.toString() === asked.searchParams.toString()
}

/** A one-time link is a password while it lasts; the code of a paper tells who reads the log what the paper is about. */
function hideToken(path: string): string {
  return path.replace(/^\/(welcome|check)\/.*/s, '/$1/…')
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

/** Finds out who asks, by the cookie alone: before a byte of the body is read, and once for all that follow. */
export function findVisitor(door: Pick<Door, 'readVisitor'>): RequestHandler {
  return (request, response, next) => {
    const { requestId } = response.locals
    const asked = {
      requestId,
      address: request.ip ?? '',
      secure: request.secure,
      passive: isPassive(request, request.get('referer')),
    }
    door.readVisitor(request.get('cookie'), asked).then((visitor) => {
      response.locals.visitor = visitor
      next()
    }, next)
  }
}
