import { Router } from 'express'

/** `/trpc/*`: the API over HTTP. Empty until packages/api has its router. */
export function mountTrpc(): Router {
  const router = Router()
  router.use((_request, response) => {
    response.status(404).json({ error: { code: 'not_found', messageKey: 'errors.notFound', requestId: response.locals.requestId } })
  })
  return router
}
