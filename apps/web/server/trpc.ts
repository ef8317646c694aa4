import { createExpressMiddleware } from '@gonglian/api/http'
import { readLocale } from '@gonglian/ui/messages'
import { Router } from 'express'
import { readCookie } from './cookies.ts'
import type { Door } from './door.ts'
import type { House } from './house.ts'

/** `/trpc/*`: the API over HTTP, by the same cookie and the same guards as the pages. */
export function mountTrpc(door: Door, house: Pick<House, 'router' | 'contextFor'> | null): Router {
  const router = Router()
  if (house) {
    router.use(
      createExpressMiddleware({
        router: house.router,
        maxBodySize: 20 * 1024 * 1024,
        createContext: async ({ req, res, info }) => {
          const { requestId } = res.locals
          const cookie = req.get('cookie')
          const address = req.ip ?? ''
          const visitor = await door.readVisitor(cookie, { requestId, address })
          const locale = readLocale(readCookie(cookie, 'locale'))
          return house.contextFor(visitor, { requestId, locale, address, callCount: info.calls.length })
        },
      }),
    )
  }
  return router
}
