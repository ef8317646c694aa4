import type { RequestHandler } from 'express'

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
  response.setHeader('Permissions-Policy', 'camera=(), microphone=(), geolocation=(), payment=(), usb=()')
  if (request.secure) response.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains')
  next()
}

function isSameOrigin(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host
}

/**
 * Refuses writes that another site's page sends with our cookie. Browsers name the origin of every write; a client that
 * names none is no browser and carries no cookie of somebody else's.
 */
export const refuseCrossSite: RequestHandler = (request, response, next) => {
  if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return next()
  const origin = request.get('origin')
  const site = request.get('sec-fetch-site')
  const foreign =
    origin !== undefined ? !isSameOrigin(origin, request.get('host')) : site !== undefined && site !== 'same-origin'
  if (!foreign) return next()
  response
    .status(403)
    .json({ error: { code: 'forbidden', messageKey: 'errors.crossSite', requestId: response.locals.requestId } })
}
