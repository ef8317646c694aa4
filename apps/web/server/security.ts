import { DomainError } from '@gonglian/tenancy'
import { readLocale } from '@gonglian/ui/messages'
import type { Request, RequestHandler, Response } from 'express'
import { readCookie } from './cookies.ts'
import type { House } from './house.ts'

/**
 * The policy a page runs under. Scripts and style elements need the nonce of the response; style attributes are
 * allowed because tables, trees and pop-ups place themselves with them, and an attribute can't fetch or run anything.
 */
function writePolicy(nonce: string): string {
  return [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    `style-src-elem 'self' 'nonce-${nonce}'`,
    "style-src-attr 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    // Papers attached to records, shown by the browser's own viewer.
    "frame-src 'self'",
    "manifest-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ')
}

/** Headers of every response. Strict transport only over https, where a browser may believe it. */
export const setSecurityHeaders: RequestHandler = (request, response, next) => {
  response.setHeader('Content-Security-Policy', writePolicy(response.locals.nonce))
  response.setHeader('X-Content-Type-Options', 'nosniff')
  response.setHeader('X-Frame-Options', 'DENY')
  response.setHeader('Referrer-Policy', 'same-origin')
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin')
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin')
  response.setHeader('Cross-Origin-Embedder-Policy', 'require-corp')
  response.setHeader('X-Permitted-Cross-Domain-Policies', 'none')
  response.setHeader('Origin-Agent-Cluster', '?1')
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()')
  if (request.secure) response.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
  next()
}

function isSameOrigin(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host
}

type Describe = House['describe']

/** A refusal in the reader's language, in the envelope the browser's own client reads. */
export function answerRefusal(
  request: Request,
  response: Response,
  describe: Describe,
  status: number,
  error: unknown,
): void {
  const locale = readLocale(readCookie(request.get('cookie'), 'locale'))
  const refusal = { ...describe(error, { requestId: response.locals.requestId, locale }), status }
  const data = { code: refusal.code, httpStatus: status, refusal }
  response.status(status).json({ error: { json: { message: refusal.message, code: -32_600, data } } })
}

/**
 * Refuses writes that another site's page sends with our cookie. Browsers name the origin of every write; a client that
 * names none is no browser and carries no cookie of somebody else's.
 */
export function refuseCrossSite(describe: Describe): RequestHandler {
  return (request, response, next) => {
    if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return next()
    const origin = request.get('origin')
    const site = request.get('sec-fetch-site')
    const foreign =
      origin !== undefined ? !isSameOrigin(origin, request.get('host')) : site !== undefined && site !== 'same-origin'
    if (!foreign) return next()
    answerRefusal(request, response, describe, 403, new DomainError('forbidden', 'errors.crossSite'))
  }
}

const kilobyte = 1024
const megabyte = 1024 * kilobyte

/** Whoever is not signed in has little to say; a person may send a file of members. */
function findBodyLimit(response: Response): readonly [bytes: number, words: string] {
  return response.locals.visitor ? [20 * megabyte, '20 MB'] : [16 * kilobyte, '16 KB']
}

/**
 * Refuses a body that is too big for who sends it, without keeping any of it. Forms and calls of browsers always name its length.
 * Stands after `findVisitor`.
 */
export function refuseBigBody(describe: Describe): RequestHandler {
  return (request, response, next) => {
    const isUnknown = request.get('transfer-encoding') !== undefined
    const [bytes, limit] = findBodyLimit(response)
    if (!isUnknown && Number(request.get('content-length') ?? 0) <= bytes) return next()
    // Read to its end and thrown away: a browser that cannot finish writing does not read the answer.
    request.resume()
    const error = new DomainError('invalid', 'errors.inputTooBig', { params: { limit } })
    answerRefusal(request, response, describe, isUnknown ? 411 : 413, error)
  }
}

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST'])

/** Refuses what the product has no use for (TRACE, PUT, …). */
export const refuseMethods: RequestHandler = (request, response, next) => {
  if (methods.has(request.method)) return next()
  response.setHeader('Allow', [...methods].join(', '))
  response.status(405).end()
}

/** All but the files of the build are answers to one person: nothing on the way, and no browser, keeps them. */
export const forbidStoring: RequestHandler = (_request, response, next) => {
  response.setHeader('Cache-Control', 'no-store')
  next()
}
