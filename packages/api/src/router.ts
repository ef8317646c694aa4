import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server'
import { accounts } from './accounts.ts'
import { audit } from './audit.ts'
import { bodies } from './bodies.ts'
import { desk } from './desk.ts'
import { forms } from './forms.ts'
import { indicators } from './indicators.ts'
import { parameters } from './parameters.ts'
import { progress } from './progress.ts'
import { reports } from './reports.ts'
import { reviews } from './reviews.ts'
import { targets } from './targets.ts'
import { totals } from './totals.ts'
import { urges } from './urges.ts'
import { createCallerFactory, router } from './procedures.ts'
import { queue } from './queue.ts'
import { search } from './search.ts'
import { session } from './session.ts'

/** All that may be asked of the house. Each name is the domain function behind it. */
export const appRouter = router({
  accounts,
  audit,
  bodies,
  desk,
  forms,
  indicators,
  parameters,
  progress,
  queue,
  reports,
  reviews,
  search,
  session,
  targets,
  totals,
  urges,
})

export type AppRouter = typeof appRouter
export type RouterInputs = inferRouterInputs<AppRouter>
export type RouterOutputs = inferRouterOutputs<AppRouter>

/** For the server's own pages: the same procedures and guards, without HTTP. */
export const createCaller = createCallerFactory(appRouter)
export type Caller = ReturnType<typeof createCaller>
