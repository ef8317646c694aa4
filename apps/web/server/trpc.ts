import { createExpressMiddleware } from '@gonglian/api/http'
import { readLocale } from '@gonglian/ui/messages'
import { Router } from 'express'
import { readCookie } from './cookies.ts'
import type { Door } from './door.ts'
import type { House } from './house.ts'
import { isPassive } from './requests.ts'

/** `/trpc/*`: the API over HTTP, by the same cookie and the same guards as the pages. */
export function mountTrpc(door: Door, house: Pick<House, 'router' | 'contextFor'> | null): Router {
  const router = Router()
  if (house) {
    router.use(
      createExpressMiddleware({
        router: house.router,
        maxBodySize: 20 * 1024 * 1024,
        createContext: async ({ req, res }) => {
          const { requestId } = res.locals
          const cookie = req.get('cookie')
          const visitor = await door.readVisitor(cookie, {
            requestId,
            address: req.ip ?? '',
            passive: isPassive(req, req.get('referer')),
          })
          return house.contextFor(visitor, { requestId, locale: readLocale(readCookie(cookie, 'locale')) })
        },
      }),
    )
  }
  return router
}
