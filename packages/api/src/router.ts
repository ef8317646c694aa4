import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { accounts } from './accounts.ts'
import { audit } from './audit.ts'
import { bodies } from './bodies.ts'
import { createCallerFactory, router } from './procedures.ts'
import { queue } from './queue.ts'
import { session } from './session.ts'

/** All that may be asked of the house. Each name is the domain function behind it. */
export const appRouter = router({ accounts, audit, bodies, queue, session })

export type AppRouter = typeof appRouter
export type RouterInputs = inferRouterInputs<AppRouter>
export type RouterOutputs = inferRouterOutputs<AppRouter>

/** For the server's own pages: the same procedures and guards, without HTTP. */
export const createCaller = createCallerFactory(appRouter)
export type Caller = ReturnType<typeof createCaller>
