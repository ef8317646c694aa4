import { Busboy, type BusboyInstance } from '@fastify/busboy'
import { mostMegabytes, type OpenedFile, type StoredFile } from '@gonglian/files'
import { isShown, nameDownload } from '@gonglian/files/media'
import { DomainError } from '@gonglian/tenancy'
import { readLocale } from '@gonglian/ui/messages'
import { Router, type Request, type Response } from 'express'
import { once } from 'node:events'
import type { IncomingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { readCookie } from './cookies.ts'
import type { Visitor } from './door.ts'
import type { House } from './house.ts'
import { answerRefusal } from './security.ts'

export type SentFile = {
  readonly kind: string
  readonly fileName: string
  readonly content: AsyncIterable<Uint8Array>
}

/** What the house does with files, as one visitor. */
export type Files = {
  readonly store: (visitor: Visitor, sent: SentFile) => Promise<StoredFile>
  readonly open: (visitor: Visitor, fileId: number) => Promise<OpenedFile>
}

/**
 * The one address for files of any record: `POST /files` takes one (fields `kind` and `fileName`, then `file`), `GET /files/7` hands it out, and
 * `GET /files/7/show` shows a picture or PDF inside a page. Stands behind the limits and the check of other sites, as `/trpc` does.
 */
export function mountFiles(files: Files | null, describe: House['describe']): Router {
  const router = Router()
  if (files === null) return router
  router.post('/', (request, response, next) => {
    takeFile(files, request, response).catch((error: unknown) => refuse(request, response, describe, error, next))
  })
  router.get('/:id(\\d{1,15})', (request, response, next) => {
    handOut(files, request, response, 'attachment').catch((error: unknown) =>
      refuse(request, response, describe, error, next),
    )
  })
  router.get('/:id(\\d{1,15})/show', (request, response, next) => {
    handOut(files, request, response, 'inline').catch((error: unknown) =>
      refuse(request, response, describe, error, next),
    )
  })
  return router
}

/** Whoever may use the product, as the procedures ask it. */
function requireVisitor({ locals: { visitor } }: Response): Visitor {
  if (!visitor) throw new DomainError('unauthenticated', 'errors.unauthenticated')
  if (visitor.mustChangePassword) throw new DomainError('forbidden', 'errors.mustChangePassword')
  if (visitor.mustEnrol) throw new DomainError('forbidden', 'errors.mustEnrol')
  return visitor
}

async function takeFile(files: Files, request: Request, response: Response): Promise<void> {
  const visitor = requireVisitor(response)
  const stored = await readForm(request, (sent) => files.store(visitor, sent))
  response.status(201).json(stored)
}

const malformed = () => new DomainError('invalid', 'errors.invalid')

/** Reads a form of one file, and hands the file over while it comes in. What nobody reads is thrown away, so that the browser hears the answer. */
async function readForm<T>(request: Request, take: (sent: SentFile) => Promise<T>): Promise<T> {
  const type = request.get('content-type')
  if (type === undefined || !request.is('multipart/form-data')) throw malformed()
  const parser = openParser({ ...request.headers, 'content-type': type })
  const fields = new Map<string, string>()
  let taking: Promise<T> | null = null
  parser.on('field', (name, value) => fields.set(name, value))
  parser.on('file', (_name, stream) => {
    const sent = { kind: fields.get('kind') ?? '', fileName: fields.get('fileName') ?? '', content: readWhole(stream) }
    taking = take(sent).finally(() => stream.resume())
    // Answered below; until then the rest of the form comes in.
    taking.catch(() => undefined)
  })
  await pipeline(request, parser).catch(() => {
    throw malformed()
  })
  if (taking === null) throw malformed()
  return taking
}

function openParser(headers: IncomingHttpHeaders & { 'content-type': string }): BusboyInstance {
  try {
    return new Busboy({
      headers,
      limits: { files: 1, fields: 4, fieldSize: 2000, parts: 6, fileSize: mostMegabytes * 1024 * 1024 + 1 },
    })
  } catch {
    throw malformed()
  }
}

/** A file whose sender went away in the middle is no file. */
async function* readWhole(stream: Readable): AsyncGenerator<Uint8Array> {
  // Whoever stops reading leaves the rest to be thrown away: a form ends only when all of it was read.
  for await (const piece of stream.iterator({ destroyOnReturn: false })) yield Buffer.from(piece)
  if (!stream.readableEnded || stream.errored !== null) throw malformed()
}

async function handOut(
  files: Files,
  request: Request,
  response: Response,
  how: 'attachment' | 'inline',
): Promise<void> {
  const visitor = requireVisitor(response)
  const file = await files.open(visitor, Number(request.params['id']))
  if (how === 'inline' && !isShown(file.mediaType)) throw new DomainError('not_found', 'files.notShown')
  const name = nameDownload(file.fileName, file.mediaType)
  const isPdf = file.mediaType === 'application/pdf'
  response.setHeader('Content-Type', file.mediaType)
  response.setHeader('Content-Length', String(file.bytes))
  response.setHeader('Content-Disposition', `${how}; filename="file"; filename*=UTF-8''${encodeRfc5987(name)}`)
  response.setHeader('Cache-Control', 'no-store, no-transform')
  if (how === 'inline') {
    // A browser shows a PDF in a viewer of its own, which a sandbox would keep from starting.
    const sandbox = isPdf ? '' : '; sandbox'
    response.setHeader('Content-Security-Policy', `default-src 'none'; frame-ancestors 'self'${sandbox}`)
    response.setHeader('X-Frame-Options', 'SAMEORIGIN')
  } else response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'; sandbox")
  await writePieces(response, file.content)
}

async function writePieces(response: Response, content: AsyncIterable<Uint8Array>): Promise<void> {
  const left = new AbortController()
  response.once('close', () => left.abort())
  try {
    for await (const piece of content) {
      if (left.signal.aborted) return
      if (!response.write(piece)) await once(response, 'drain', { signal: left.signal })
    }
    response.end()
  } catch (error) {
    if (left.signal.aborted) return
    if (!response.headersSent) throw error
    // Cut off, so that nobody takes the half for the whole.
    response.destroy(error instanceof Error ? error : new Error(String(error)))
    throw error
  }
}

/** As RFC 8187 wants it: encodeURIComponent leaves some signs that a header does not take. */
function encodeRfc5987(text: string): string {
  return encodeURIComponent(text).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** A browser that goes to a file is sent to the sign-in or to the proof and comes back; a program gets the refusal. */
function refuse(
  request: Request,
  response: Response,
  describe: House['describe'],
  error: unknown,
  next: (error: unknown) => void,
): void {
  const locale = readLocale(readCookie(request.get('cookie'), 'locale'))
  const refusal = describe(error, { requestId: response.locals.requestId, locale })
  if (refusal.code === 'fault' || response.headersSent) return next(error)
  const isVisit = request.method === 'GET' && request.get('sec-fetch-dest') === 'document'
  const back = encodeURIComponent(request.originalUrl)
  if (isVisit && refusal.code === 'unauthenticated') return response.redirect(302, `/sign-in?back=${back}`)
  if (isVisit && refusal.key === 'errors.proofNeeded') return response.redirect(302, `/me/proof?back=${back}`)
  answerRefusal(request, response, describe, refusal.status, error)
}
