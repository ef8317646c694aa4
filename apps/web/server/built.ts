import express, { type RequestHandler } from 'express'
import sirv from 'sirv'

const HOUR_SECONDS = 3_600
const YEAR_SECONDS = 365 * 24 * HOUR_SECONDS

/** Hands out the files of the built client, compressed as they were when it was built. */
export function serveBuilt(client: string): RequestHandler {
  const router = express.Router()
  const options = { brotli: true, gzip: true, etag: true, extensions: [] }
  // Their names hold a hash of their content: what was fetched once never changes.
  router.use('/assets', sirv(`${client}/assets`, { ...options, immutable: true, maxAge: YEAR_SECONDS }))
  router.use('/assets', (_request, response) => void response.sendStatus(404))
  router.use(sirv(client, { ...options, maxAge: HOUR_SECONDS }))
  return router
}
